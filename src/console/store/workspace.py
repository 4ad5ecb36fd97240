"""A workspace: its three files, opened for what a process is there to do."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from console.store import migrating
from console.store.database import PATIENCE_MS, WINDOW_PATIENCE_MS, Access, Database
from console.store.journal import Journal
from console.store.outcomes import folded_through


class Role(Enum):
    """Who opens the workspace: the window edits, the sync process writes everything else, a script may do both, a
    guest edits beside a sync process as the window does, with more patience."""

    WINDOW = "window"
    SYNC = "sync"
    SCRIPT = "script"
    GUEST = "guest"


JOURNAL_FILE, WORKSPACE_FILE, SEARCH_FILE = "journal.db", "workspace.db", "search.db"

_ACCESS = {
    Role.WINDOW: (Access.WRITE_DURABLE, Access.READ, Access.READ),
    Role.SYNC: (Access.READ, Access.WRITE, Access.WRITE),
    Role.SCRIPT: (Access.WRITE_DURABLE, Access.WRITE, Access.WRITE),
    Role.GUEST: (Access.WRITE_DURABLE, Access.READ, Access.READ),
}


class Workspace:
    """The open files of one workspace: ``journal``, ``database`` (workspace.db) and ``search``.

    Raises WrongKey, NewerFile or another StoreError with a sentence; never makes a file that ``create`` has not made.
    """

    def __init__(self, folder: Path, key: bytes, role: Role) -> None:
        self.folder, self.role = folder, role
        journal, workspace, search = _ACCESS[role]
        patience_ms = WINDOW_PATIENCE_MS if role is Role.WINDOW else PATIENCE_MS
        self.journal = Journal(Database(folder / JOURNAL_FILE, key, journal, patience_ms=patience_ms))
        self.database = Database(folder / WORKSPACE_FILE, key, workspace)
        self.search = Database(folder / SEARCH_FILE, key, search)
        try:
            migrating.check(self.database, self.journal.database)
            if workspace is not Access.READ:
                # Imported here: a window only reads it, and is on screen before the rules of addresses.
                from console.store.erased_marks import keep_secret

                keep_secret(self.database)
            if journal is not Access.READ:
                with self.database.read() as connection:
                    folded = folded_through(connection)
                self.journal.go_on_after(folded)
        except Exception:  # closed and raised again, whatever it is
            self.close()
            raise

    def close(self) -> None:
        """Close all files; the key goes with them."""
        for database in (self.journal.database, self.database, self.search):
            database.close()


def create(folder: Path, key: bytes) -> None:
    """Make the files that are not there yet and bring older ones up to date (a verified backup first).

    Raises NewerFile where a file was written by a newer version; then nothing is touched.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrating.bring_up_to_date(
        folder, key, {"journal": JOURNAL_FILE, "workspace": WORKSPACE_FILE, "search": SEARCH_FILE}
    )


def exists(folder: Path) -> bool:
    """Whether any file of a workspace lies in the folder; then a new key must never be made for it."""
    return any((folder / name).exists() for name in (JOURNAL_FILE, WORKSPACE_FILE, SEARCH_FILE))
