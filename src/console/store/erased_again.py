"""Erased for good: an older backup that is put back holds the customer again, and is cleaned before anybody sees it.

The marks lie in a file beside the workspace as well, ``erased.marks``, and a copy of it in every backup's folder. It holds keyed
hashes only, and tells nobody anything without the key of the workspace.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from console.domain.ids import new_edit_id
from console.store.connection import Connection
from console.store.dialect import act
from console.store.erased_marks import marks, put_marks
from console.store.erasing import erase
from console.store.erasing_traces import found_again, traces
from console.store.journal_scrubbing import note_traces, scrub
from console.store.moments import micros
from console.store.refreshing import Touched, refresh
from console.store.workspace import Workspace

MARKS_FILE = "erased.marks"
_BY = "Restored backup"


def keep_beside(workspace: Workspace) -> None:
    """Write the marks beside the workspace where they are not there yet. Raises OSError."""
    with workspace.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT hash, erasure_id FROM erased ORDER BY hash").fetchall()
    known = read_marks(workspace.folder / MARKS_FILE)
    found = {bytes(row[0]): row[1] for row in rows}
    if found.keys() <= known.keys():
        return
    lines = "".join(f"{mark.hex()} {erasure}\n" for mark, erasure in sorted({**known, **found}.items()))
    partial = workspace.folder / f".{MARKS_FILE}.partial"
    with open(partial, "w", encoding="ascii", opener=_private) as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(workspace.folder / MARKS_FILE)


def read_marks(path: Path) -> dict[bytes, str]:
    """The marks of a file with the erasure that each is of; none where there is no such file, or a line is none."""
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[bytes, str] = {}
    for line in lines:
        with contextlib.suppress(ValueError):
            mark, _, erasure = line.partition(" ")
            found[bytes.fromhex(mark)] = erasure
    return found


def erase_again(workspace: Workspace, known: dict[bytes, str], now: Callable[[], datetime]) -> int:
    """Erase whoever the marks say has been erased; gives how many customers. The caller may write every file."""
    if not known:
        return 0
    at = now()
    with workspace.database.write() as connection:
        act(connection, micros(at), _BY)
        for erasure in sorted(set(known.values())):
            put_marks(connection, (mark for mark, one in known.items() if one == erasure), erasure)
        count = _erase_found(connection, workspace, at)
    scrub(workspace)
    return count


def _erase_found(connection: Connection, workspace: Workspace, at: datetime) -> int:
    touched, gone = Touched(), set[int]()
    for customer in found_again(connection, marks(connection)):
        found = traces(connection, customer, marks(connection))
        note_traces(connection, workspace.journal, found)
        erase(connection, customer, new_edit_id(at, os.urandom(10)), micros(at), _BY, touched)
        gone.add(customer)
    touched.customers -= gone
    refresh(connection, touched)
    return len(gone)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
