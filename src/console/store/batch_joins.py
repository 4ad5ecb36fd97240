"""What a batch had joined is parted again: its addresses go, and owners who were one only because of them are two."""

from __future__ import annotations

from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.identities import are_apart, following, identities_of, mark_merged, table_of
from console.store.refreshing import Touched
from console.store.relinking import members_through, relink
from console.store.undoing import touch_owner

_SHARED = """SELECT 1 FROM identity_keys a JOIN identities i ON i.id = a.identity_id
    JOIN identity_keys b ON b.kind = a.kind AND b.key = a.key JOIN identities j ON j.id = b.identity_id
    WHERE i.owner_id = ? AND j.owner_id = ? AND i.batch_id IS NOT ? AND j.batch_id IS NOT ? LIMIT 1"""


def part_again(connection: Connection, batch: str, now: int, touched: Touched) -> None:
    """Take back the joins that addresses of this batch caused, the last one first, unless other records join them too."""
    connection.exec_driver_sql(
        "DELETE FROM identity_keys WHERE batch_id = ?1 AND identity_id NOT IN (SELECT id FROM identities WHERE batch_id = ?1)",
        (batch,),
    )
    rows = connection.exec_driver_sql(
        """SELECT h.identity_id, h.from_id, h.to_id, i.kind FROM identity_history h JOIN identities i ON i.id = h.identity_id
           WHERE h.edit_id = ? AND h.reason = 'key' ORDER BY h.id DESC""",
        (batch,),
    ).fetchall()
    parted: dict[tuple[OwnerKind, int, int], None] = {}
    for identity, former, joined, kind in rows:
        into = following(connection, OwnerKind(kind), joined)
        _move(connection, OwnerKind(kind), identity, into, former, batch, now, touched)
        parted[OwnerKind(kind), former, into] = None
    for kind, former, into in reversed(parted):
        is_joined = connection.exec_driver_sql(_SHARED, (former, into, batch, batch)).scalar()
        if is_joined and not are_apart(connection, former, into):
            relink(connection, kind, identities_of(connection, former), into, now=now, reason="key")
            mark_merged(connection, kind, former, into)
    connection.exec_driver_sql("DELETE FROM identity_history WHERE edit_id = ?", (batch,))


def _move(
    connection: Connection,
    kind: OwnerKind,
    identity: int,
    owner: int,
    former: int,
    batch: str,
    now: int,
    touched: Touched,
) -> None:
    """Back to the former owner, unless the identity is somewhere else by now."""
    standing = connection.exec_driver_sql("SELECT owner_id FROM identities WHERE id = ?", (identity,)).scalar()
    if standing != owner:
        return
    connection.exec_driver_sql(f"UPDATE {table_of(kind)} SET merged_into = NULL WHERE id = ?", (former,))
    relink(connection, kind, [identity], former, now=now, reason="undo", edit_id=batch)
    touch_owner(kind, owner, touched)
    touch_owner(kind, former, touched)
    if kind is OwnerKind.COMPANY:
        touched.customers |= members_through(connection, [identity])
