"""A process that is made to be killed: a window that writes edits, or a writer that folds them and takes pages in.

    python3 tests/stories/short_lives.py FOLDER

reads the key as hexadecimal from the first line, then what to be (``window 17`` or ``writer``) from the second, and works
until it is killed. What it has promised (an edit's key once it is in the journal, a page's number once it is committed) it
writes to the file ``promised`` of the folder above.
"""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from console.domain.edits import AddTag, Entry, Owner, SetProperty, WriteNote
from console.domain.ids import EditId, stable_id
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import CustomerRecord, OwnerKind, Page
from console.domain.values import Value, ValueKind
from console.store.fold import fold_pending
from console.store.ingest import Intake, take_in
from console.store.source_writes import cursors, ensure_source
from console.store.workspace import Role, Workspace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PROMISED = "promised"
PAGE_SIZE, PAGES = 10, 100_000
FIRST = stable_id("customer", "c0@x.example")


def record(number: int) -> CustomerRecord:
    """The customer with this number; every tenth shares an address with the one before, so that customers are joined."""
    emails = (f"c{number}@x.example",) if number % 10 else (f"c{number}@x.example", f"c{max(0, number - 1)}@x.example")
    return CustomerRecord(str(number), emails, {"plan": Value(ValueKind.STRING, f"plan {number}")})


def page_of(number: int) -> Page:
    records = tuple(record(number * PAGE_SIZE + n) for n in range(PAGE_SIZE))
    return Page("all", records, str(number + 1), done=(number + 1) * PAGE_SIZE)


def edits_forever(workspace: Workspace, promised: int, seed: int) -> None:
    """Append edits and promise each one; a draft beside them."""
    chance = random.Random(seed)
    for n in count():
        key = str(uuid.UUID(int=chance.getrandbits(128)))
        owner = Owner(OwnerKind.CUSTOMER, FIRST)
        edit = chance.choice([
            WriteNote(owner, f"note {key}", "kept"),
            SetProperty(owner, f"p{n % 7}", Value(ValueKind.STRING, key)),
            AddTag(owner, f"tag {key}"),
        ])  # fmt: skip
        workspace.journal.append(Entry(EditId(key), NOW + timedelta(seconds=n), "Marta", edit))
        os.write(promised, f"edit {key}\n".encode())
        time.sleep(0.01)  # a fast typist; faster than this and nobody would ever be done folding


def write_forever(workspace: Workspace, promised: int) -> None:
    """Fold what waits, then take the next page in, from where the cursor stands."""
    with workspace.database.write() as connection:
        source = ensure_source(connection, "kill", "Source", 0)
    intake = Intake(source, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Source", f"source:{source}"))
    while True:
        fold_pending(workspace, lambda: NOW)
        with workspace.database.read() as connection:
            number = int(cursors(connection, source).get("all", "0"))
        with workspace.database.write() as connection:
            take_in(connection, page_of(number), intake, NOW)
        os.write(promised, f"page {number}\n".encode())


def live(folder: Path, key: bytes, command: str) -> None:
    """Work until killed."""
    promised = os.open(folder.parent / PROMISED, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    kind, _, seed = command.partition(" ")
    workspace = Workspace(folder, key, Role.WINDOW if kind == "window" else Role.SYNC)
    if kind == "window":
        edits_forever(workspace, promised, int(seed))
    else:
        write_forever(workspace, promised)


def main() -> None:
    key = bytes.fromhex(sys.stdin.readline())
    live(Path(sys.argv[1]), key, sys.stdin.readline().strip())


if __name__ == "__main__":
    main()
