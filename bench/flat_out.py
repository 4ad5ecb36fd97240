"""The sync process of the benchmarks: the real one, with a source that always has another page.

python -m bench.flat_out FOLDER        commands as JSON lines on stdin: go, rest, fold, stop; says "ready" and pages taken
"""

from __future__ import annotations

import itertools
import json
import queue
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

from bench.arrivals import MAIL_INTAKE, mail_pages, write_mbox
from bench.generate import KEY, NOW
from bench.places import passing_folder

from console.domain.records import MailRecord, Page
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.sync.work import PageWork, Task
from console.system import hardening
from console.wiring.syncing import sync_of

_MAILS = 600
_TASK = Task("sync", "Imported mail")
_WAIT = 0.2


def main(arguments: Sequence[str]) -> None:
    """Serve until stdin says stop or closes; as the program's own it steps back (nice) and takes a page in parts."""
    hardening.step_back()
    with passing_folder() as folder:
        pages = mail_pages(write_mbox(folder / "bench.mbox", _MAILS))
    workspace = Workspace(Path(arguments[0]), KEY, Role.SYNC)
    process = sync_of(workspace, lambda _: None)
    going, ended = Event(), Event()
    threads = [
        Thread(target=_listen, args=(process, going), daemon=True),
        Thread(target=_deliver, args=(process, pages, going, ended), daemon=True),
    ]
    for thread in threads:
        thread.start()
    print("ready", flush=True)
    process.run()
    ended.set()
    going.set()
    threads[1].join()
    workspace.close()


def _listen(process: SyncProcess, going: Event) -> None:
    for line in sys.stdin:
        match json.loads(line)["command"]:
            case "go":
                going.set()
            case "rest":
                going.clear()
            case _:
                process.command(json.loads(line))
    process.command({"command": "stop"})


def _deliver(process: SyncProcess, pages: Sequence[Page], going: Event, ended: Event) -> None:
    """The same mails for ever, each time as mails of another day that nobody has seen yet."""
    for number, page in ((number, page) for number in itertools.count() for page in pages):
        going.wait()
        work = PageWork(_TASK, _renewed(page, number), MAIL_INTAKE, NOW)
        while not ended.is_set():
            try:
                process.writer.put(work, seconds=_WAIT)
                break
            except queue.Full:
                continue
        if ended.is_set():
            return


def _renewed(page: Page, number: int) -> Page:
    mails = (record for record in page.records if isinstance(record, MailRecord))
    return replace(page, records=tuple(_as_another(mail, number) for mail in mails))


def _as_another(mail: MailRecord, number: int) -> MailRecord:
    message = replace(mail.message, key=f"{mail.message.key}/{number}")
    references = tuple(f"{one}/{number}" for one in mail.references)
    return replace(
        mail, external_id=f"{mail.external_id}/{number}", message=message, message_id=f"{mail.message_id}/{number}",
        references=references, base_subject="", raw=mail.raw,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
