"""The sync process put together: its workspace, its secrets, and the pipe to the window."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Thread
from typing import IO

from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.sync.progress import Progress
from console.system import clock, hardening, logs
from console.wiring import opening

_log = logging.getLogger(__name__)
_LOCK_SECONDS = 10.0
_NO_SOURCE = "\0none"


def sync_of(
    workspace: Workspace, tell: Callable[[Progress], None], *, once: bool = False, names: Iterable[str] = ()
) -> SyncProcess:
    """The sync process over an open workspace."""
    return SyncProcess(
        workspace, lambda source: opening.secret_of(workspace.folder, workspace.journal, source), clock.now, clock.monotonic, clock.wait, tell,
        once=once, names=frozenset(names), zone=clock.zone_name(),
    )  # fmt: skip


def import_waiting(workspace: Workspace) -> None:
    """Carry out every import that waits, and nothing else; in the process that writes the workspace."""
    sync_of(workspace, lambda _progress: None, once=True, names=[_NO_SOURCE]).run()


def serve(folder: Path) -> int:
    """Be the sync process of a window: key and commands come over stdin, progress goes out over stdout as JSON lines.

    Ends when the window says so, or when its end of the pipe closes, however it died.
    """
    hardening.keep_memory_private()
    hardening.step_back()
    key = bytes.fromhex(json.loads(sys.stdin.readline())["key"])
    logs.write_to(folder / "logs", "sync")
    logs.note_broken_threads()
    lock = opening.writer_lock(folder)
    # A command line may be writing just now; it takes seconds, so wait a little before giving up.
    if not opening.taken(lock, _LOCK_SECONDS):
        _say(
            sys.stdout,
            {"state": "refused", "problem": "Another process of the console writes this workspace. It is waited for"},
        )
        return 3
    workspace = opening.open_for(folder, key, Role.SYNC)
    try:
        process = sync_of(workspace, lambda progress: _say(sys.stdout, _as_words(progress)))
        Thread(target=_listen, args=(sys.stdin, process), name="commands", daemon=True).start()
        _say(sys.stdout, {"state": "ready"})
        process.run()
    finally:
        workspace.close()
        lock.give_back()
    return 0


def _listen(lines: IO[str], process: SyncProcess) -> None:
    for line in lines:
        try:
            words = json.loads(line)
        except ValueError:
            _log.warning("a command was not understood")
            continue
        process.command(words)
    process.command({"command": "stop"})


def _as_words(progress: Progress) -> Mapping[str, object]:
    return {
        "task": progress.task.kind, "name": progress.task.name, "state": progress.state, "done": progress.done, "total": progress.total,
        "stream": progress.stream, "problem": progress.problem, "records": progress.records, "rate": progress.rate,
        "seconds_left": progress.seconds_left, "until": progress.until,
    }  # fmt: skip


def _say(out: IO[str], words: Mapping[str, object]) -> None:
    try:
        out.write(json.dumps(words, ensure_ascii=False) + "\n")
        out.flush()
    except BrokenPipeError:
        _log.info("the window has gone")
