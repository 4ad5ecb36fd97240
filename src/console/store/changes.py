"""The change feed: which keys became stale, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.store.connection import Connection
from console.store.kinds import by_value

_KEPT = 20_000
_MOST_KEYS = 2_000


class Stale(StrEnum):
    """What kind of thing a change is about; a change without a key means all of its kind."""

    CONVERSATION = "conversation"
    CUSTOMER = "customer"
    COMPANY = "company"
    PROPERTY = "property"
    TAG = "tag"
    SOURCE = "source"
    IMPORT = "import"
    OUTBOX = "outbox"
    EDIT = "edit"
    SEGMENT = "segment"


_KINDS = by_value(Stale)


@dataclass(frozen=True, slots=True)
class Change:
    """A key that became stale; ``key`` None stands for every key of the kind."""

    seq: int
    kind: Stale
    key: int | None


def note_changes(connection: Connection, kind: Stale, keys: Iterable[int]) -> None:
    """Write down, in the transaction that made them stale, which keys did; too many of them become one for all."""
    unique = sorted(set(keys))
    rows = [(kind.value, None)] if len(unique) > _MOST_KEYS else [(kind.value, key) for key in unique]
    if rows:
        connection.exec_driver_sql("INSERT INTO changes (kind, key) VALUES (?, ?)", rows)


def changes_since(connection: Connection, seq: int) -> tuple[Change, ...]:
    """The changes after ``seq``, oldest first. Where older ones were pruned meanwhile, everything counts as stale."""
    rows = connection.exec_driver_sql(
        "SELECT seq, kind, key FROM changes WHERE seq > ? ORDER BY seq", (seq,)
    ).fetchall()
    if rows and rows[0][0] > seq + 1 and seq > 0:
        return tuple(Change(rows[-1][0], kind, None) for kind in Stale)
    return tuple(Change(number, _KINDS[kind], key) for number, kind, key in rows)


def last_change(connection: Connection) -> int:
    """The number of the newest change, 0 where there is none."""
    return connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM changes").scalar_one()


def prune(connection: Connection) -> None:
    """Forget changes so old that every window has read them or must read everything anyway."""
    connection.exec_driver_sql("DELETE FROM changes WHERE seq <= (SELECT max(seq) FROM changes) - ?", (_KEPT,))
