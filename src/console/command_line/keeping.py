"""``sync``, ``export``, ``doctor``, ``recover`` and ``tour``: keeping the workspace in order, and looking at it."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from pathlib import Path
from types import FrameType

from console.command_line.errors import BadInput, World
from console.command_line.opening import passphrase_of, reading
from console.command_line.source_documents import run_document
from console.command_line.words import printable, say_json, say_table
from console.domain.health import Severity
from console.store.errors import DamagedFile, WrongKey
from console.store.exports import export as export_all
from console.store.fold import fold_pending
from console.store.sources import last_run, runs_after, sources
from console.store.workspace import Role, Workspace
from console.sync.progress import Progress
from console.system import clock, hardening, logs
from console.wiring import opening
from console.wiring.syncing import serve, sync_of

_LOCK_SECONDS = 10.0


def sync(options: argparse.Namespace) -> int:
    """Be the sync process: of a window (``--serve``), or by hand until Ctrl+C, or once."""
    if options.serve:
        return serve(options.workspace)
    hardening.keep_memory_private()
    key = opening.key_for(options.workspace, passphrase_of(options))
    logs.write_to(options.workspace / "logs", "sync")
    lock = opening.writer_lock(options.workspace)
    if not opening.taken(lock, _LOCK_SECONDS if options.once else 0):
        raise World("The sync process of a window is at work on this workspace already; it does the same")
    workspace = opening.open_for(options.workspace, key, Role.SCRIPT)
    failed: list[str] = []

    def tell(progress: Progress) -> None:
        if progress.problem:
            failed.append(f"{progress.task.name}: {progress.problem}")
            print(printable(failed[-1]), file=sys.stderr)

    process = sync_of(workspace, tell, once=options.once, names=options.names)
    with workspace.database.read() as connection:
        before = last_run(connection)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        process.stopping.set()

    signal.signal(signal.SIGTERM, stop)
    try:
        _refuse_unknown(workspace, options.names)
        process.run()
        if options.json:
            _say_runs(workspace, before)
    finally:
        workspace.close()
        lock.give_back()
    return 3 if failed and options.once else 0


def _say_runs(workspace: Workspace, before: int) -> None:
    """What came of the runs since, in all and of each source."""
    with workspace.database.read() as connection:
        found = [{"source": name, **run_document(run)} for name, run in runs_after(connection, before)]
    counted = ("new", "changed", "unchanged", "gone", "quarantined", "requests", "waits")
    say_json({**{name: sum(int(str(run[name])) for run in found) for name in counted}, "runs": found})


def _refuse_unknown(workspace: Workspace, names: list[str]) -> None:
    fold_pending(workspace, clock.now)
    with workspace.database.read() as connection:
        known = [row.name for row in sources(connection)]
    if unknown := [name for name in names if name not in known]:
        raise BadInput(f"There is no source called {unknown[0]}; there are: {', '.join(known) or 'none'}")


def export(options: argparse.Namespace) -> None:
    """Write everything in open formats; it is readable by anybody who can read the folder."""
    with reading(options) as workspace:
        counts = export_all(workspace, options.folder)
    if options.json:
        say_json(dict(counts))
    else:
        say_table([(name, f"{count:,}") for name, count in counts.items()])


def doctor(options: argparse.Namespace) -> int:
    """Check everything; exit code 1 where something is broken."""
    from console.store.health import check_files
    from console.store.health import doctor as check_up

    try:
        with reading(options) as workspace:
            findings = check_up(workspace)
    except (DamagedFile, WrongKey):
        findings = check_files(options.workspace, opening.key_for(options.workspace, passphrase_of(options)))
    if options.json:
        say_json([{"check": one.check, "severity": one.severity.value, "sentence": one.sentence} for one in findings])
    else:
        say_table([(one.severity.value, one.check, one.sentence) for one in findings])
    return int(any(one.severity is Severity.BROKEN for one in findings))


def recover(options: argparse.Namespace) -> None:
    """Bring the key back from the recovery code."""
    code = opening.read_passphrase(options.code_file)
    key = opening.recover(options.workspace, code, passphrase_of(options))
    opening.open_for(options.workspace, key, Role.WINDOW).close()
    print("The workspace opens again")


def tour(options: argparse.Namespace) -> None:
    """Render every window and state to pictures."""
    from console.wiring.touring import tour_of

    size = re.fullmatch(r"(\d{3,5})x(\d{3,5})", options.size)
    if not size:
        raise BadInput(f"“{options.size}” is no size; write it like 1440x900")
    if not 0.5 <= options.scale <= 4:
        raise BadInput("The scale is between 0.5 and 4, for example 1.5")
    folder: Path = options.folder.absolute()
    pictures = tour_of(
        options.workspace, passphrase_of(options), folder, options.theme, (int(size[1]), int(size[2])), options.scale
    )
    print(f"{len(pictures)} pictures in {folder}")
