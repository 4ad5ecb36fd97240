"""The session keeps edits: also while another program holds the journal, and never at the price of a frozen window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from console.domain.edits import AddTag, Entry, Owner
from console.domain.records import OwnerKind
from console.store import workspace as files
from console.store.workspace import Role, Workspace
from console.ui.services import Services, SourceCheck
from console.ui.session import Session

_HOLD = """
import sys
from pathlib import Path
from console.store.database import Access, Database
database = Database(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline().strip()), Access.WRITE_DURABLE)
with database.bare() as connection:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")
    print("held", flush=True)
    sys.stdin.readline()
    connection.exec_driver_sql("ROLLBACK")
"""
EDIT = AddTag(Owner(OwnerKind.CUSTOMER, 1), "vip")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Session, bytes]]:
    key = os.urandom(32)
    files.create(tmp_path / "workspace", key)
    services = Services(
        poke=lambda _words: None,
        guess=lambda _paths, _kind, _choice: pytest.fail("nothing is guessed here"),
        check_source=lambda _draft: SourceCheck(is_good=True, sentence=""),
        keep_secret=lambda _source, _secret: None,
        zone_at=lambda _north, _east: "",
        write_dossier=lambda _customer, _target, _by: None,
        back_up=lambda: "",
    )
    session = Session(
        Workspace(tmp_path / "workspace", key, Role.WINDOW), "Nadia", now=lambda: datetime.now(UTC), services=services
    )
    yield session, key
    session.close()


def test_an_edit_made_while_another_program_holds_the_journal_is_kept_later_and_nothing_freezes(
    opened: tuple[Session, bytes], qtbot: QtBot
) -> None:
    """Promise P7: a foreign lock never freezes the window, and the edit is tried again."""
    session, key = opened
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(session.workspace.folder / "journal.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert holder.stdin
    assert holder.stdout
    holder.stdin.write(key.hex() + "\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "held\n"
    gaps = _Gaps()
    kept: list[Entry] = []
    session.submitted.connect(kept.append)

    assert session.submit(EDIT) is not None
    assert session.submit(AddTag(Owner(OwnerKind.CUSTOMER, 1), "second")) is not None
    qtbot.wait(700)

    assert session.is_waiting()
    assert kept == []
    holder.stdin.write("\n")
    holder.stdin.close()
    qtbot.waitUntil(lambda: len(kept) == 2, timeout=5_000)
    assert holder.wait(10) == 0
    holder.stdout.close()
    assert [entry.edit for entry in session.workspace.journal.newest(10)] == [one.edit for one in kept]
    assert gaps.longest() < 0.4, "the window stood still"


class _Gaps:
    """How long the event loop was ever away from a timer that fires every ten milliseconds."""

    def __init__(self) -> None:
        self._at = time.monotonic()
        self._longest = 0.0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(10)

    def longest(self) -> float:
        self._timer.stop()
        return self._longest

    def _tick(self) -> None:
        now = time.monotonic()
        self._longest = max(self._longest, now - self._at)
        self._at = now
