"""The journal: what teammates did, one durable row an edit, before anything else happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.ids import EditId
from console.store.database import Database
from console.store.moments import micros, moment

if TYPE_CHECKING:
    from console.domain.edits import Entry


class Journal:
    """The edits, drafts, window state and settings of one workspace; each call is its own durable transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def append(self, entry: Entry) -> int:
        """Keep an edit for good and give its place in the order. The same key twice is one edit."""
        # Edits are many frozen classes; the window's rows are on screen before the first one is read or made.
        from console.domain.edit_json import to_json

        with self.database.write() as connection:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO edits (id, at, teammate, body) VALUES (?, ?, ?, ?)",
                (entry.id, micros(entry.at), entry.teammate, to_json(entry.edit)),
            )
            return connection.exec_driver_sql("SELECT seq FROM edits WHERE id = ?", (entry.id,)).scalar_one()

    def after(self, seq: int, limit: int) -> tuple[tuple[int, Entry], ...]:
        """The edits after a place in the order, oldest first."""
        return self._entries(
            "SELECT seq, id, at, teammate, body FROM edits WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
        )

    def bodies(self, at_once: int) -> Iterator[tuple[str, str]]:
        """Every edit's key and text as it stands in the file, oldest first, whichever version wrote it."""
        last = 0
        while True:
            with self.database.read() as connection:
                rows = connection.exec_driver_sql(
                    "SELECT seq, id, body FROM edits WHERE seq > ? ORDER BY seq LIMIT ?", (last, at_once)
                ).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield from ((key, body) for _, key, body in rows)

    def newest(self, limit: int) -> tuple[Entry, ...]:
        """The last edits, oldest first; those that came with the workspace (the sample's) are no steps to take back."""
        rows = self._entries(
            """SELECT seq, id, at, teammate, body FROM edits WHERE seq > coalesce(
               (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'steps_from'), 0) ORDER BY seq DESC LIMIT ?""",
            (limit,),
        )
        return tuple(entry for _, entry in reversed(rows))

    def go_on_after(self, seq: int) -> None:
        """See that the next edit's place is behind ``seq``: a journal that was lost, or is an older one put back, would
        else give places again that were folded long ago, and their edits would never be.
        """
        with self.database.read() as connection:
            last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'edits'").scalar() or 0
        if last < seq:
            with self.database.write() as connection:
                connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = 'edits'")
                connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('edits', ?)", (seq,))

    def last_seq(self) -> int:
        """The place of the newest edit, 0 where there is none."""
        with self.database.read() as connection:
            return connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM edits").scalar_one()

    def keep_draft(self, place: str, text: str, at: datetime) -> None:
        """Keep what is being written at ``place`` (for example ``reply:123``); an empty text forgets it."""
        with self.database.write() as connection:
            if text:
                connection.exec_driver_sql(
                    "INSERT OR REPLACE INTO drafts (place, text, at) VALUES (?, ?, ?)", (place, text, micros(at))
                )
            else:
                connection.exec_driver_sql("DELETE FROM drafts WHERE place = ?", (place,))

    def draft(self, place: str) -> str:
        """What was being written at ``place``; empty where nothing was."""
        with self.database.read() as connection:
            return connection.exec_driver_sql("SELECT text FROM drafts WHERE place = ?", (place,)).scalar() or ""

    def keep_state(self, values: Mapping[str, str]) -> None:
        """Keep how the window stands (sizes, folded sections, the open conversation)."""
        self._keep("window_state", values)

    def state(self) -> dict[str, str]:
        """How the window stood."""
        return self._kept("window_state")

    def keep_settings(self, values: Mapping[str, str]) -> None:
        """Keep what the teammate chose (theme, name, shortcuts)."""
        self._keep("settings", values)

    def settings(self) -> dict[str, str]:
        """What the teammate chose."""
        return self._kept("settings")

    def _keep(self, table: str, values: Mapping[str, str]) -> None:
        with self.database.write() as connection:
            connection.exec_driver_sql(
                f"INSERT OR REPLACE INTO {table} (name, value) VALUES (?, ?)", list(values.items())
            )

    def _kept(self, table: str) -> dict[str, str]:
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(f"SELECT name, value FROM {table}").fetchall()
        return dict(rows)

    def _entries(self, statement: str, arguments: tuple[int, ...]) -> tuple[tuple[int, Entry], ...]:
        from console.domain.edit_json import from_json
        from console.domain.edits import Entry

        with self.database.read() as connection:
            rows = connection.exec_driver_sql(statement, arguments).fetchall()
        return tuple(
            (seq, Entry(EditId(key), moment(at), teammate, from_json(body))) for seq, key, at, teammate, body in rows
        )
