"""What the sync process still has to do for a source, in steps, and goes on with after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.ids import SourceId
from console.domain.records import Page
from console.domain.sources import AsideRow
from console.store.changes import Stale, note_changes
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.sources import aside


class Chore(StrEnum):
    """``DROP`` takes out what a removed source brought; ``RETRY`` reads once more what was put aside."""

    DROP = "drop"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A chore of a source; ``place`` is where it stands, empty at its beginning."""

    chore: Chore
    source: SourceId
    place: str


def chore_name(chore: Chore, source: int) -> str:
    """Under which name ``meta`` keeps it."""
    return f"source {chore.value}:{source}"


def waiting_chores(connection: Connection) -> tuple[Waiting, ...]:
    """The chores that are not done yet."""
    rows = connection.exec_driver_sql(
        "SELECT name, value FROM meta WHERE name LIKE 'source %:%' ORDER BY name"
    ).fetchall()
    found = []
    for name, place in rows:
        chore, _, source = name.removeprefix("source ").partition(":")
        found.append(Waiting(Chore(chore), SourceId(int(source)), place))
    return tuple(found)


def move_chore(connection: Connection, waiting: Waiting, place: str | None) -> None:
    """Write down where a chore stands; None ends it."""
    name = chore_name(waiting.chore, waiting.source)
    if place is None:
        connection.exec_driver_sql("DELETE FROM meta WHERE name = ?", (name,))
    else:
        connection.exec_driver_sql("UPDATE meta SET value = ? WHERE name = ?", (place, name))


def put_aside(connection: Connection, source: SourceId) -> tuple[AsideRow, ...]:
    """All that a source gave that could not be read."""
    return aside(connection, source, 1_000_000)


def ask_again(connection: Connection, source: SourceId, rows: tuple[AsideRow, ...]) -> None:
    """Let go of what was put aside and forget where its streams ended: the source gives it once more."""
    streams = {row.stream for row in rows}
    connection.exec_driver_sql(f"DELETE FROM quarantine WHERE id IN {IN_LIST}", (listed(row.id for row in rows),))
    everywhere = "" in streams
    connection.exec_driver_sql(
        f"UPDATE streams SET cursor = NULL, done = 0 WHERE source_id = ? AND (? OR stream IN {IN_LIST})",
        (source, everywhere, listed(streams)),
    )
    note_changes(connection, Stale.SOURCE, [source])


def page_again(row: AsideRow, read: Page) -> Page:
    """What was kept of one record, read again, as a page that leaves the stream's place as it is."""
    return Page(row.stream or read.stream, read.records, None, read.rejected)
