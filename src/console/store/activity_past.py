"""Whose activities a stream of another day tells: those of the records that belonged to the owner then, or came since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.members_past import members_then
from console.store.moments import micros
from console.store.profiles_past import owner_then
from console.store.rewinding import Rewound

_MOST = 5_000
"""More would not fit into a statement."""

_TODAY = "SELECT id, created_at FROM identities WHERE owner_id = ?"
_TODAY_OF_MEMBERS = """SELECT id, created_at FROM identities WHERE owner_id IN
    (SELECT customer_id FROM memberships WHERE company_id = ? AND until IS NULL)"""
_SOURCES = f"SELECT id, source_id FROM identities WHERE id IN {IN_LIST} ORDER BY id"
_OWNERS = f"""SELECT owner_id FROM identities WHERE id IN {IN_LIST}
UNION SELECT customer_id FROM conversations WHERE id IN {IN_LIST} AND customer_id IS NOT NULL"""

# Only whole numbers are written into it. Owners of today, because that is what the rows are kept by.
_ROWS = """(SELECT {owner} AS owner_id, a.at, a.kind, a.ref, a.customer_id, a.source_id, a.run FROM activities a
    WHERE a.owner_id {owners} AND CASE a.kind
        WHEN 3 THEN (SELECT e.identity_id FROM events e WHERE e.id = a.ref) IN ({identities})
        ELSE EXISTS (SELECT 1 FROM messages m JOIN conversations v ON v.id = m.conversation_id WHERE m.id = a.ref
            AND CASE WHEN v.id IN ({moved}) THEN v.id IN ({ours})
                ELSE NOT v.is_unlinked AND coalesce(v.placed_id, v.identity_id) IN ({identities}) END) END)"""


def activities_then(
    connection: Connection, owner: Owner, then: datetime
) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """What stands for ``activities`` in a stream that ends at ``then`` (aware UTC), and the owner's identities of then with
    their sources. None where the same records belong to the owner today, so that the rows of today tell it; and of a company
    with very many, where nearly all do."""
    is_company = owner.kind is OwnerKind.COMPANY
    _, linked = owner_then(connection, "companies" if is_company else "customers", owner.id, then)
    own = [int(one.id) for one in linked]
    of_then = own
    if is_company:
        of_then = [identity for identity, _ in members_then(connection, owner.id, own, then).pairs]
    today = connection.exec_driver_sql(_TODAY_OF_MEMBERS if is_company else _TODAY, (owner.id,)).fetchall()
    # Records that nobody knew of then tell of earlier days as well: they were nobody else's.
    speaking = sorted({*of_then, *(row.id for row in today if row.created_at > micros(then))})
    moved, ours = _placed(connection, set(speaking), then)
    if len(speaking) > _MOST or ({row.id for row in today} == set(speaking) and not moved):
        return None
    owners = [row[0] for row in connection.exec_driver_sql(_OWNERS, (listed(speaking), listed(ours))).fetchall()]
    rows = _ROWS.format(
        owner=owner.id,
        owners=f"= {owners[0]}" if len(owners) == 1 else f"IN ({_numbers(owners)})",
        identities=_numbers(speaking),
        moved=_numbers(moved),
        ours=_numbers(ours),
    )
    told = own if is_company else speaking
    sources = connection.exec_driver_sql(_SOURCES, (listed(told),)).fetchall()
    return rows, tuple((key, source) for key, source in sources)


def _placed(connection: Connection, speaking: set[int], then: datetime) -> tuple[list[int], list[int]]:
    """The conversations that edits gave to others since, and those of them that were of these identities then."""
    rewound = Rewound(connection, "conversations", then)
    keys = [int(str(key)) for key, was in rewound.changed().items() if {"placed_id", "is_unlinked"} & was.keys()]
    now = connection.exec_driver_sql(
        f"SELECT id, identity_id, placed_id, is_unlinked FROM conversations WHERE id IN {IN_LIST}", (listed(keys),)
    ).fetchall()
    ours = []
    for one in now:
        was = rewound.row(one.id, one.by_name())
        if was and not was["is_unlinked"]:
            holder = was["placed_id"] if was["placed_id"] is not None else was["identity_id"]
            ours += [one.id] if holder in speaking else []
    return keys, ours


def _numbers(keys: Iterable[int]) -> str:
    return ", ".join(str(int(key)) for key in keys)
