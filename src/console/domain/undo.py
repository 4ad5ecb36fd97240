"""Undo and redo: which edit the next Ctrl+Z takes back, and which the next Ctrl+Y does again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.edits import Entry, EraseCustomer, Erased, MarkRead, Redo, StartImport, Undo
from console.domain.ids import EditId

DEPTH = 100


@dataclass(frozen=True, slots=True)
class History:
    """The edits that can be taken back and those that can be done again, the next one last."""

    undoable: tuple[Entry, ...] = ()
    redoable: tuple[Entry, ...] = ()


def history(entries: Iterable[Entry], refused: frozenset[EditId] = frozenset()) -> History:
    """What can be undone and redone after ``entries`` (oldest first), the last 100 of them; refused edits did nothing.

    Reading a conversation marks it read without a word; such edits are not steps of their own, and nothing brings an
    erased customer back. A fresh edit ends what could
    be done again, as everywhere.
    """
    undoable: list[Entry] = []
    redoable: list[Entry] = []
    for entry in entries:
        if entry.id in refused:
            continue
        match entry.edit:
            case Undo(edit=target):
                _move(target, undoable, redoable)
            case Redo(edit=target):
                _move(target, redoable, undoable)
            case MarkRead(is_read=True) | StartImport(is_dry_run=True) | EraseCustomer() | Erased():
                pass
            case _:
                undoable.append(entry)
                redoable.clear()
    return History(tuple(undoable[-DEPTH:]), tuple(redoable[-DEPTH:]))


def _move(target: EditId, source: list[Entry], destination: list[Entry]) -> None:
    for index in range(len(source) - 1, -1, -1):
        if source[index].id == target:
            destination.append(source.pop(index))
            return
