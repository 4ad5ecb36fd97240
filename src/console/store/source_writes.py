"""Sources as the sync process keeps them: their rows, states and cursors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.ids import SourceId, stable_id
from console.domain.source_settings import every, streams_off, theirs
from console.store.changes import Stale, note_changes
from console.store.connection import Connection, Row


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the sync process needs to know of a source.

    ``settings`` are those of its connector; ``every`` minutes between two runs, None for the kind's own pace; ``streams_off``
    are not wanted.
    """

    id: SourceId
    kind: str
    name: str
    settings: dict[str, str]
    own_addresses: frozenset[str]
    is_paused: bool
    state: str
    every: int | None = None
    streams_off: frozenset[str] = frozenset()


def source_id(kind: str, name: str) -> SourceId:
    """The key of a source, the same after every rebuild."""
    return SourceId(stable_id("source", kind, name))


def ensure_source(
    connection: Connection, kind: str, name: str, now: int, own_addresses: Iterable[str] = ()
) -> SourceId:
    """A source that is not connected to anything (imported files, the sample): made where it is missing."""
    key = source_id(kind, name)
    connection.exec_driver_sql(
        "INSERT INTO sources (id, kind, name, own_addresses, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (key, kind, name, json.dumps(sorted(own_addresses), ensure_ascii=False), now),
    )
    return key


def source_states(connection: Connection) -> tuple[SourceState, ...]:
    """The sources that are connected, by name."""
    rows = connection.exec_driver_sql(
        "SELECT id, kind, name, settings, own_addresses, is_paused, state FROM sources WHERE state <> 'removed' ORDER BY name"
    ).fetchall()
    return tuple(_state_of(row) for row in rows)


def _state_of(row: Row) -> SourceState:
    settings = json.loads(row.settings)
    own = frozenset(json.loads(row.own_addresses))
    return SourceState(
        SourceId(row.id), row.kind, row.name, theirs(settings), own, bool(row.is_paused), row.state, every(settings), streams_off(settings)
    )  # fmt: skip


def is_connected(connection: Connection, source: int) -> bool:
    """Whether a source is still there: what a removed one still brings is not taken in."""
    state = connection.exec_driver_sql("SELECT state FROM sources WHERE id = ?", (source,)).scalar()
    return state is not None and state != "removed"


def own_addresses(connection: Connection) -> frozenset[str]:
    """Every address of ours that any source knows."""
    rows = connection.exec_driver_sql("SELECT own_addresses FROM sources").fetchall()
    return frozenset(address for (text,) in rows for address in json.loads(text))


def set_state(
    connection: Connection,
    source: SourceId,
    state: str,
    problem: str,
    now: int,
    *,
    is_synced: bool = False,
    next_at: int | None = None,
) -> None:
    """Write down how a source is; ``next_at``: when it is asked again, or until when it waits (microseconds)."""
    connection.exec_driver_sql(
        """UPDATE sources SET state = ?, problem = ?, next_at = ?, synced_at = CASE WHEN ? THEN ? ELSE synced_at END
           WHERE id = ? AND state <> 'removed'""",
        (str(state), problem, next_at, is_synced, now, source),
    )
    note_changes(connection, Stale.SOURCE, [source])


def cursors(connection: Connection, source: SourceId) -> dict[str, str]:
    """Where each stream of a source continues."""
    rows = connection.exec_driver_sql(
        "SELECT stream, cursor FROM streams WHERE source_id = ? AND cursor IS NOT NULL", (source,)
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def known_places(connection: Connection, source: SourceId, prefix: str) -> set[str]:
    """The places of a source's living records that begin with ``prefix`` (a folder and its generation)."""
    rows = connection.exec_driver_sql(
        "SELECT external_id FROM records WHERE source_id = ? AND external_id >= ? AND external_id < ? AND gone_at IS NULL",
        (source, prefix, prefix + "\U0010ffff"),
    ).fetchall()
    return {row[0] for row in rows}


def known_to(connection: Connection, customer: int) -> tuple[tuple[SourceId, str], ...]:
    """Which sources know a customer, and under which external ids."""
    rows = connection.exec_driver_sql(
        """SELECT DISTINCT source_id, external_id FROM identities
           WHERE owner_id = ? AND kind = 'customer' AND source_id <> 0 AND gone_at IS NULL ORDER BY source_id, external_id""",
        (customer,),
    ).fetchall()
    return tuple((SourceId(row[0]), row[1]) for row in rows)
