"""Moving identities from one owner to another: the only thing that a merge or a split does."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

_FOLLOWERS = ("taggings", "notes")


def relink(
    connection: Connection,
    kind: OwnerKind,
    identities: Iterable[int],
    owner: int,
    *,
    now: int,
    reason: str,
    edit_id: str | None = None,
    is_placed: bool | None = None,
) -> None:
    """Link identities to ``owner`` and let everything that hangs on them follow; the history keeps from, to and why."""
    ids = listed(identities)
    connection.exec_driver_sql(
        f"""INSERT INTO identity_history (identity_id, from_id, to_id, at, reason, edit_id)
            SELECT id, owner_id, ?, ?, ?, ? FROM identities WHERE id IN {IN_LIST} AND owner_id <> ? ORDER BY id""",
        (owner, now, reason, edit_id, ids, owner),
    )
    connection.exec_driver_sql(f"UPDATE identities SET owner_id = ? WHERE id IN {IN_LIST}", (owner, ids))
    if is_placed is not None:
        connection.exec_driver_sql(f"UPDATE identities SET is_placed = ? WHERE id IN {IN_LIST}", (is_placed, ids))
    for table in _FOLLOWERS:
        connection.exec_driver_sql(f"UPDATE {table} SET owner_id = ? WHERE subject_id IN {IN_LIST}", (owner, ids))
    if kind is OwnerKind.CUSTOMER:
        connection.exec_driver_sql(f"UPDATE events SET owner_id = ? WHERE identity_id IN {IN_LIST}", (owner, ids))
        connection.exec_driver_sql(
            f"UPDATE memberships SET customer_id = ? WHERE customer_identity IN {IN_LIST}", (owner, ids)
        )
        _follow_conversations(connection, owner, ids)
    else:
        connection.exec_driver_sql(
            f"UPDATE memberships SET company_id = ? WHERE company_identity IN {IN_LIST}", (owner, ids)
        )


def members_through(connection: Connection, identities: Iterable[int]) -> set[int]:
    """The customers who belong to a company through one of these identities of it."""
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT customer_id FROM memberships WHERE company_identity IN {IN_LIST} AND until IS NULL",
        (listed(identities),),
    ).fetchall()
    return {row[0] for row in rows}


def _follow_conversations(connection: Connection, owner: int, ids: str) -> None:
    connection.exec_driver_sql(f"UPDATE conversations SET customer_id = ? WHERE placed_id IN {IN_LIST}", (owner, ids))
    connection.exec_driver_sql(
        f"""UPDATE conversations SET customer_id = ?
            WHERE identity_id IN {IN_LIST} AND placed_id IS NULL AND is_unlinked = 0""",
        (owner, ids),
    )
