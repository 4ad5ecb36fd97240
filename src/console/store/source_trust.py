"""The order of trust: which of two integrations is believed, whatever was read last.

A source keeps its trust, and each of its claims repeats it, so that winners are chosen without a look at the source. Claims
follow in steps when the order changes; ``meta`` says which trust they have got.
"""

from __future__ import annotations

from console.domain.edits import TrustSources
from console.domain.ids import SourceId
from console.domain.profile import Rank
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.dialect import IN_LIST, act, listed
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.refreshing import Touched, refresh
from console.store.taking import Intake

_AT_ONCE = 300
_BETWEEN = "\x1f"
_BEHIND = """SELECT s.id, s.trust, coalesce(p.value, '') AS place FROM sources s
    LEFT JOIN meta m ON m.name = 'trust of ' || s.id LEFT JOIN meta p ON p.name = 'trust up to ' || s.id
    WHERE s.trust <> coalesce(CAST(m.value AS INTEGER), 0) OR p.name IS NOT NULL ORDER BY s.id LIMIT 1"""


def trust_in(connection: Connection, intake: Intake) -> int:
    """How far what is taken in is trusted among integrations."""
    return trust_of(connection, intake.source_id) if intake.rank is Rank.INTEGRATION else 0


def trust_of(connection: Connection, source: int) -> int:
    """How far a source is trusted among integrations, 0 without an order."""
    return connection.exec_driver_sql("SELECT trust FROM sources WHERE id = ?", (source,)).scalar() or 0


def order(folding: Folding, edit: TrustSources) -> None:
    """Believe these sources in this order, before all others. Raises Refused where one is named twice or is not there."""
    rows = folding.connection.exec_driver_sql("SELECT id, trust FROM sources ORDER BY id").fetchall()
    if len(set(edit.order)) != len(edit.order) or not set(edit.order) <= {row[0] for row in rows}:
        raise Refused("One of these sources is not connected, or is named twice")
    wanted = {source: len(edit.order) - place for place, source in enumerate(edit.order)}
    for source, before in rows:
        if before != wanted.get(source, 0):
            folding.recorder.update("sources", {"id": source}, {"trust": wanted.get(source, 0)})
            folding.touched.also(Stale.SOURCE, source)


def is_trust_behind(connection: Connection) -> bool:
    """Whether claims still have to follow a change of trust."""
    return connection.exec_driver_sql(_BEHIND).first() is not None


def follow_trust(connection: Connection, now: int) -> bool:
    """Bring the next few claims up to date with the trust in their source; tells whether there were any to look at."""
    behind = connection.exec_driver_sql(_BEHIND).first()
    if behind is None:
        return False
    act(connection, now, "")
    source, trust, place = SourceId(behind[0]), behind[1], behind[2]
    begun, _, reached = place.partition(_BETWEEN)
    kind, _, external_id = reached.partition(_BETWEEN) if begun == str(trust) else ("", "", "")
    rows = connection.exec_driver_sql(
        """SELECT id, kind, external_id, owner_id FROM identities WHERE source_id = ? AND (kind, external_id) > (?, ?)
           ORDER BY kind, external_id LIMIT ?""",
        (source, kind, external_id, _AT_ONCE),
    ).fetchall()
    if not rows:
        _keep(connection, f"trust of {source}", str(trust))
        connection.exec_driver_sql("DELETE FROM meta WHERE name = ?", (f"trust up to {source}",))
        return True
    connection.exec_driver_sql(
        f"UPDATE claims SET trust = ? WHERE identity_id IN {IN_LIST} AND origin_key = ? AND rank = ? AND trust <> ?",
        (trust, listed(row.id for row in rows), f"source:{source}", int(Rank.INTEGRATION), trust),
    )
    touched = Touched()
    touched.customers.update(row.owner_id for row in rows if row.kind == "customer")
    touched.companies.update(row.owner_id for row in rows if row.kind == "company")
    refresh(connection, touched)
    _keep(connection, f"trust up to {source}", _BETWEEN.join((str(trust), rows[-1].kind, rows[-1].external_id)))
    return True


def _keep(connection: Connection, name: str, value: str) -> None:
    connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
