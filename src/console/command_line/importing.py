"""``import``: files in, as one batch that can be taken out again."""

from __future__ import annotations

import argparse
import os
import sys

from console.command_line.errors import BadInput, World
from console.command_line.opening import Desk, writing
from console.command_line.words import printable, say_json, say_table, when
from console.connectors.errors import SourceError
from console.domain.address import canonical
from console.domain.edits import StartImport, UndoImport
from console.domain.ids import new_edit_id
from console.domain.import_mapping import mapping_of, with_mapping
from console.domain.importing import ImportCounts, ImportKind, ImportPlan, LayoutChoice, can_import, plan_to_json
from console.domain.imports import BatchRow, Problem
from console.store.imports import CHANGES, batches, counts_of, problems
from console.system import clock
from console.wiring.plans import is_table, plan_for
from console.wiring.syncing import import_waiting

_LOOK_SECONDS = 0.1
_ENDED = ("done", "failed", "stopped", "previewed", "undone")
_MOST_SHOWN = 20
_STOPPED = "Stopped; what came in so far is kept. Take it out again with: support-console import --undo {}"


def run(options: argparse.Namespace) -> int:
    """Import, list the imports, or take one out again."""
    with writing(options) as desk:
        if options.batches:
            _list(desk, as_json=options.json)
            return 0
        if options.undo:
            desk.submit(UndoImport(options.undo))
            print(f"Taken out again: {options.undo}")
            return 0
        if not options.paths:
            raise BadInput("Name the files to import, or use --batches or --undo BATCH")
        code = 0
        for plan in _plans(options):
            code = max(code, _import(desk, plan, options))
        return code


def _plans(options: argparse.Namespace) -> list[ImportPlan]:
    missing = next((path for path in options.paths if not path.exists()), None)
    if missing:
        raise BadInput(f"There is no file or folder {missing}; check the path")
    addresses = tuple(_address(text) for text in options.my_address)
    kind = ImportKind(options.kind) if options.kind else None
    groups = [(path,) for path in options.paths] if is_table(options.paths[0], kind) else [tuple(options.paths)]
    try:
        plans = [plan_for(group, kind, addresses, _choice(options)) for group in groups]
    except SourceError as error:
        raise BadInput(str(error)) from error
    if options.map:
        plans = [with_mapping(plan, mapping_of(options.map)) for plan in plans]
    for plan in plans:
        if reason := can_import(plan):
            raise BadInput(reason)
    return plans


def _choice(options: argparse.Namespace) -> LayoutChoice:
    if options.header_row is not None and options.header_row < 0:
        raise BadInput("Rows count from 1; 0 says that the table has no header row")
    return LayoutChoice(
        sheet=options.sheet,
        header_row=options.header_row,
        delimiter="\t" if options.delimiter in ("tab", "\\t") else options.delimiter,
        encoding=options.encoding,
        decimal_comma=None if options.decimal is None else options.decimal == "comma",
    )


def _address(text: str) -> str:
    found = canonical(text)
    if found is None:
        raise BadInput(f"“{text}” is not an e-mail address")
    return found


def _import(desk: Desk, plan: ImportPlan, options: argparse.Namespace) -> int:
    batch = new_edit_id(clock.now(), os.urandom(10))
    desk.submit(StartImport(batch, plan_to_json(plan), is_dry_run=options.dry_run))
    state, problem, counts = _carried_out(desk, batch)
    with desk.workspace.database.read() as connection:
        left_out = problems(connection, batch)
    if state != "failed" or options.json:
        _say(batch, plan, state, counts, left_out, as_json=options.json, is_dry_run=options.dry_run)
    if state == "failed":
        raise BadInput(problem)
    return 0


def _carried_out(desk: Desk, batch: str) -> tuple[str, str, ImportCounts]:
    while True:
        with desk.workspace.database.read() as connection:
            state, problem, counts = counts_of(connection, batch)
        if state in _ENDED:
            return state, problem, counts
        if not desk.takes_over():
            clock.wait(_LOOK_SECONDS)
            continue
        try:
            import_waiting(desk.workspace)
        except KeyboardInterrupt:
            raise World(_STOPPED.format(batch)) from None


def _say(
    batch: str,
    plan: ImportPlan,
    state: str,
    counts: ImportCounts,
    left_out: tuple[Problem, ...],
    *,
    as_json: bool,
    is_dry_run: bool,
) -> None:
    if as_json:
        say_json({
            "batch": batch, "kind": plan.kind.value, "state": state, "new": counts.new, "updated": counts.updated, "unchanged": counts.unchanged,
            "left_out": counts.left_out, "changes_by_property": dict(counts.changes_by_property),
            "problems": [{"id": one.external_id, "reason": one.reason} for one in left_out],
            "columns": [{"column": one.column, "target": one.target, "type": one.kind.value, "proof": one.proof} for one in plan.table.columns] if plan.table else [],
        })  # fmt: skip
        return
    would = "would be " if is_dry_run else ""
    print(
        f"{counts.new:,} {would}new, {counts.updated:,} {would}updated, {counts.unchanged:,} unchanged, {counts.left_out:,} left out"
    )
    for one in left_out[:_MOST_SHOWN]:
        print(printable(f"left out: {one.external_id}: {one.reason}"), file=sys.stderr)
    if not is_dry_run:
        print(f"Batch {batch}; take it out again with: support-console import --undo {batch}")


def _list(desk: Desk, *, as_json: bool) -> None:
    with desk.workspace.database.read() as connection:
        rows = batches(connection)
    if as_json:
        say_json([{"batch": row.id, "kind": row.kind, "name": row.name, "state": row.state, "counts": _counts(row), "problem": row.problem,
                   "started_at": when(row.started_at), "finished_at": when(row.finished_at), "undone_at": when(row.undone_at)} for row in rows])  # fmt: skip
    else:
        say_table([(row.id, row.kind, row.name, row.state, f"{row.counts.get('new', 0)} new") for row in rows])


def _counts(row: BatchRow) -> dict[str, object]:
    changes = {name.removeprefix(CHANGES): count for name, count in row.counts.items() if name.startswith(CHANGES)}
    counted = {name: row.counts.get(name, 0) for name in ("new", "updated", "unchanged", "left_out")}
    return {**counted, "changes_by_property": changes}
