"""Folding: edits of the journal take effect: effect, inverse, outcome and ``folded_through`` in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.edits import (
    CheckSending,
    DropSending,
    Edit,
    EditSending,
    Entry,
    EraseCustomer,
    Erased,
    HoldSending,
    MarkSent,
    Redo,
    ReleaseSending,
    RetrySending,
    StartImport,
    Undo,
    UndoImport,
)
from console.domain.titles import title
from console.store.changes import Stale, prune
from console.store.connection import Connection
from console.store.dialect import act
from console.store.erased_again import keep_beside
from console.store.errors import Refused
from console.store.fold_effects import effect
from console.store.folding import Folding
from console.store.journal import Journal
from console.store.moments import micros
from console.store.outbox_making import send_back
from console.store.recorder import Recorder
from console.store.refreshing import Touched, refresh
from console.store.workspace import Workspace

_AT_ONCE = 200


def fold_pending(workspace: Workspace, now: Callable[[], datetime]) -> int:
    """Fold every edit that is in the journal and not folded yet; gives how many.

    Exactly once: an edit's effect and its place in the order commit together. An edit that makes no sense any more is
    refused in words and changes nothing.
    """
    count = 0
    while entries := workspace.journal.after(folded_through(workspace), _AT_ONCE):
        with workspace.database.write() as connection:
            fold(connection, entries, now(), workspace.journal)
        count += len(entries)
        if any(isinstance(entry.edit, EraseCustomer) for _, entry in entries):
            keep_beside(workspace)
    return count


def folded_through(workspace: Workspace) -> int:
    """The place in the journal up to which everything is folded."""
    with workspace.database.read() as connection:
        return read_folded_through(connection)


def read_folded_through(connection: Connection) -> int:
    """``folded_through``, on a connection at hand."""
    value = connection.exec_driver_sql("SELECT value FROM meta WHERE name = 'folded_through'").scalar()
    return int(value) if value else 0


def fold(
    connection: Connection, entries: Sequence[tuple[int, Entry]], at: datetime, journal: Journal | None = None
) -> None:
    """Fold some edits, in order, inside the caller's transaction."""
    for seq, entry in entries:
        _fold_one(connection, seq, _still_said(connection, entry), at, journal)
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('folded_through', ?)", (str(entries[-1][0]),)
    )
    prune(connection)


def _still_said(connection: Connection, entry: Entry) -> Entry:
    """The edit, or what is left of one that waited when the customer it is about was erased."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM journal_traces WHERE kind = 'edit' AND key = ?", (entry.id,)
    ).scalar()
    return replace(entry, edit=Erased()) if found else entry


def _fold_one(connection: Connection, seq: int, entry: Entry, at: datetime, journal: Journal | None) -> None:
    known = connection.exec_driver_sql("SELECT 1 FROM edit_outcomes WHERE edit_id = ?", (entry.id,)).scalar()
    if known:
        return
    connection.exec_driver_sql("SAVEPOINT edit")
    touched = Touched()
    recorder = Recorder(connection, entry.id, micros(entry.at))
    state, reason = "folded", ""
    act(connection, recorder.now, entry.teammate)
    try:
        folding = Folding(connection, entry, recorder, touched, micros(at), journal)
        effect(folding, entry.edit)
        send_back(folding, entry.edit)
        reason = folding.remark
        recorder.keep()
        refresh(connection, touched)
    except Refused as refusal:
        connection.exec_driver_sql("ROLLBACK TO edit")
        state, reason = "refused", str(refusal)
    except UnicodeEncodeError:
        connection.exec_driver_sql("ROLLBACK TO edit")
        state, reason = "refused", "It holds bytes that are no text"
    connection.exec_driver_sql("RELEASE edit")
    connection.exec_driver_sql(
        "INSERT INTO edit_outcomes (edit_id, seq, state, kind, target, title, reason, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            seq,
            state,
            type(entry.edit).__name__,
            _target(entry.edit),
            title(entry.edit),
            reason,
            micros(at),
            entry.teammate,
        ),
    )
    final = Touched()
    final.also(Stale.EDIT, seq)
    refresh(connection, final)


def _target(edit: Edit) -> str | None:
    match edit:
        case Undo(edit=target) | Redo(edit=target):
            return target
        case StartImport(batch=batch) | UndoImport(batch=batch):
            return batch
        case (
            HoldSending(sending=sending)
            | ReleaseSending(sending=sending)
            | RetrySending(sending=sending)
            | CheckSending(sending=sending)
            | DropSending(sending=sending)
            | MarkSent(sending=sending)
            | EditSending(sending=sending)
        ):
            return f"sending:{sending}"
        case _:
            return None
