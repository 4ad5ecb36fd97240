"""Undo, redo and whole imports: edits about edits."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.importing import plan_from_json
from console.store.batches import take_batch_out
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.outbox_undo import why_not
from console.store.undoing import inverse_of, take_back


def effect(folding: Folding, edit: e.Undo | e.Redo | e.StartImport | e.UndoImport) -> None:
    """Take an edit back, do it again, or put a batch in line or take it out."""
    match edit:
        case e.Undo(edit=target):
            _undo(folding, target)
        case e.Redo(edit=target):
            _redo(folding, target)
        case e.StartImport(batch=batch, plan=plan, is_dry_run=is_dry_run):
            _start(folding, batch, plan, is_dry_run=is_dry_run)
        case e.UndoImport(batch=batch):
            take_batch_out(folding.connection, batch, folding.recorder.now, folding.touched)
        case _:
            assert_never(edit)


def _undo(folding: Folding, target: str) -> None:
    kind, batch = _outcome(folding.connection, target)
    if kind == e.StartImport.__name__:
        take_batch_out(folding.connection, batch, folding.recorder.now, folding.touched)
    elif kind == e.UndoImport.__name__:
        _again(folding, batch)
    else:
        _take_back(folding, _last(folding.connection, target, e.Redo.__name__) or target)


def _redo(folding: Folding, target: str) -> None:
    kind, batch = _outcome(folding.connection, target)
    undone = _last(folding.connection, target, e.Undo.__name__)
    if undone is None:
        raise Refused("It was not taken back, so there is nothing to do again")
    if kind == e.StartImport.__name__:
        _again(folding, batch)
    elif kind == e.UndoImport.__name__:
        take_batch_out(folding.connection, batch, folding.recorder.now, folding.touched)
    else:
        _take_back(folding, undone)


def _take_back(folding: Folding, edit_id: str) -> None:
    take_back(folding.recorder, edit_id, folding.touched)
    folding.remark = why_not(folding.connection, inverse_of(folding.connection, edit_id))


def _outcome(connection: Connection, edit_id: str) -> tuple[str, str]:
    found = connection.exec_driver_sql(
        "SELECT kind, target, state FROM edit_outcomes WHERE edit_id = ?", (edit_id,)
    ).first()
    if found is None or found[2] != "folded":
        raise Refused("The edit was refused, so there is nothing to take back")
    return found[0], found[1] or ""


def _last(connection: Connection, target: str, kind: str) -> str | None:
    return connection.exec_driver_sql(
        "SELECT edit_id FROM edit_outcomes WHERE target = ? AND kind = ? AND state = 'folded' ORDER BY seq DESC LIMIT 1",
        (target, kind),
    ).scalar()


def _start(folding: Folding, batch: str, plan_text: str, *, is_dry_run: bool) -> None:
    plan = plan_from_json(plan_text)
    folding.connection.exec_driver_sql(
        "INSERT OR IGNORE INTO import_batches (id, kind, name, plan, state, started_at) VALUES (?, ?, ?, ?, ?, ?)",
        (
            batch,
            plan.kind.value,
            plan.origin_name,
            plan_text,
            "waiting, dry" if is_dry_run else "waiting",
            folding.recorder.now,
        ),
    )
    folding.touched.also(Stale.IMPORT)


def _again(folding: Folding, batch: str) -> None:
    folding.connection.exec_driver_sql(
        "UPDATE import_batches SET state = 'waiting', undone_at = NULL, finished_at = NULL, counts = '{}', done = 0 WHERE id = ?",
        (batch,),
    )
    folding.touched.also(Stale.IMPORT)
