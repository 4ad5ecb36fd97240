"""A workspace for one command: opened with its key, edits folded here, or by the sync process where one is at work."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from console.command_line.errors import BadInput, World
from console.command_line.words import say
from console.domain.edits import Edit, Entry
from console.domain.ids import EditId, new_edit_id
from console.domain.outcomes import OutcomeState
from console.store import search_index
from console.store.errors import DamagedFile
from console.store.fold import fold_pending
from console.store.journal_scrubbing import scrub
from console.store.outcomes import folded_through, outcome
from console.store.workspace import Role, Workspace
from console.system import clock, hardening, logs
from console.system.locks import FileLock
from console.wiring import opening

_INDEX_ROWS = 5_000
_FOLD_SECONDS = 60.0
_LOOK_SECONDS = 0.02


@dataclass(slots=True)
class Desk:
    """An open workspace for one command. Where another process writes it, that one folds what is done here; where that
    one ends before it did, this process becomes the writer. ``workspace`` is then opened anew: ask for it each time.
    """

    workspace: Workspace
    key: bytes = field(repr=False)
    lock: FileLock = field(repr=False)
    is_writer: bool
    teammate: str

    def submit(self, edit: Edit) -> EditId:
        """Keep an edit for good and wait until it took effect. Raises BadInput with the reason where it is refused.

        What did not take effect on everybody is said.
        """
        at = clock.now()
        entry = Entry(new_edit_id(at, os.urandom(10)), at, self.teammate, edit)
        seq = self.workspace.journal.append(entry)
        self._wait_for(seq)
        with self.workspace.database.read() as connection:
            found = outcome(connection, entry.id)
        scrub(self.workspace)
        if found is not None and found.state is OutcomeState.REFUSED:
            raise BadInput(found.reason)
        if found is not None and found.reason:
            say(found.reason)
        return entry.id

    def takes_over(self) -> bool:
        """Whether this process writes the workspace, be it since just now: whoever did before has ended."""
        if not self.is_writer and self.lock.take():
            self.workspace.close()
            self.workspace = opening.open_for(self.workspace.folder, self.key, Role.SCRIPT)
            self.is_writer = True
        return self.is_writer

    def close(self) -> None:
        """Close the files."""
        self.workspace.close()

    def _wait_for(self, seq: int) -> None:
        deadline = clock.monotonic() + _FOLD_SECONDS
        while not self.takes_over():
            with self.workspace.database.read() as connection:
                if folded_through(connection) >= seq:
                    return
            if clock.monotonic() > deadline:
                raise World("The edit is kept, but the sync process has not folded it yet. It will; nothing is lost")
            clock.wait(_LOOK_SECONDS)
        fold_pending(self.workspace, clock.now)


def passphrase_of(options: argparse.Namespace) -> str | None:
    """The passphrase that the options name, None where they name none."""
    return opening.read_passphrase(options.passphrase_file) if options.passphrase_file else None


@contextlib.contextmanager
def reading(options: argparse.Namespace) -> Iterator[Workspace]:
    """The workspace to look at; what is waiting in the journal is folded first where nobody else does it."""
    with writing(options) as desk:
        yield desk.workspace


@contextlib.contextmanager
def writing(options: argparse.Namespace) -> Iterator[Desk]:
    """The workspace to work on. Everything is folded before and after, and the index is brought up to date at the end."""
    hardening.keep_memory_private()
    key = opening.key_for(options.workspace, passphrase_of(options))
    logs.write_to(options.workspace / "logs", "command-line")
    lock = opening.writer_lock(options.workspace)
    with contextlib.ExitStack() as stack:
        is_writer = lock.take()
        stack.callback(lock.give_back)
        workspace = opening.open_for(options.workspace, key, Role.SCRIPT if is_writer else Role.GUEST)
        desk = Desk(workspace, key, lock, is_writer, opening.teammate_name(workspace.journal.settings()))
        stack.callback(desk.close)
        if is_writer:
            fold_pending(workspace, clock.now)
        scrub(workspace)
        yield desk
        if desk.is_writer:
            _index(desk.workspace)


def _index(workspace: Workspace) -> None:
    # What the command did is done, whatever the index is like; “search” and “doctor” say what is wrong with it.
    with contextlib.suppress(DamagedFile):
        while search_index.index(workspace, _INDEX_ROWS):
            pass
