"""A hundred kills at any moment: no edit that was acknowledged is lost, nothing is there twice, the files open (P1)."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store.seen import RULES, check_winners
from tests.stories.short_lives import NOW, PAGE_SIZE, PROMISED

from console.store.fold import fold_pending, read_folded_through
from console.store.workspace import Role, Workspace, create

ROOT = Path(__file__).parent.parent.parent
KEY = bytes(range(32))
KILLS = 100


class Mother:
    """Makes processes that are killed; the next one is always warm already, so that kills fall on its work."""

    def __init__(self, script: str, folder: Path) -> None:
        self._command = [sys.executable, str(Path(__file__).with_name(script)), str(folder)]
        self._next = self._made()
        self._child: subprocess.Popen[str] | None = None

    def bear(self, command: str) -> None:
        """A child that begins to work now."""
        self._child, self._next = self._next, self._made()
        assert self._child.stdin
        self._child.stdin.write(f"{command}\n")
        self._child.stdin.close()

    def bury(self) -> None:
        """Kill the child, however deep in its work it is."""
        assert self._child
        self._child.kill()
        self._child.wait()

    def await_end(self) -> None:
        """Let the child do all of its work."""
        assert self._child
        assert self._child.wait(60) == 0

    def close(self) -> None:
        self._next.kill()
        self._next.wait()
        assert self._next.stdin
        self._next.stdin.close()

    def _made(self) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        child = subprocess.Popen(self._command, stdin=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
        assert child.stdin
        child.stdin.write(KEY.hex() + "\n")
        child.stdin.flush()
        return child


@contextmanager
def mothers(folder: Path) -> Iterator[tuple[Mother, Mother]]:
    """One for windows and one for writers: a process each, as in the product."""
    window, writer = Mother("short_lives.py", folder), Mother("short_lives.py", folder)
    try:
        yield window, writer
    finally:
        window.close()
        writer.close()


def promised(folder: Path) -> Counter[str]:
    """What was promised so far; a last line may be cut off by the kill, then nobody has read it."""
    path = folder.parent / PROMISED
    return Counter(line for line in path.read_text().split("\n")[:-1] if line) if path.exists() else Counter()


def promises(folder: Path) -> int:
    """How many bytes were promised so far."""
    path = folder.parent / PROMISED
    return path.stat().st_size if path.exists() else 0


def await_promise(folder: Path, before: int) -> None:
    """Until something more was promised: so that kills also fall on work that is under way, however slow the machine."""
    deadline = time.monotonic() + 10
    while promises(folder) <= before and time.monotonic() < deadline:
        time.sleep(0.005)


def verify(folder: Path) -> tuple[int, int]:
    """The files are whole and hold exactly what they must; gives how many edits are in and how many pages."""
    kept = promised(folder)
    workspace = Workspace(folder, KEY, Role.WINDOW)
    try:
        for database in (workspace.journal.database, workspace.database, workspace.search):
            with database.read() as connection:
                assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        with workspace.journal.database.read() as journal:
            edits = [row[0] for row in journal.exec_driver_sql("SELECT id FROM edits ORDER BY seq").fetchall()]
        assert len(edits) == len(set(edits))
        assert {key.removeprefix("edit ") for key in kept if key.startswith("edit ")} <= set(edits)
        with workspace.database.read() as connection:
            folded = read_folded_through(connection)
            outcomes = connection.exec_driver_sql("SELECT seq FROM edit_outcomes ORDER BY seq").fetchall()
            assert [row[0] for row in outcomes] == list(range(1, folded + 1))
            cursor = int(connection.exec_driver_sql("SELECT max(cursor + 0) FROM streams").scalar() or 0)
            records = connection.exec_driver_sql("SELECT count(*), count(DISTINCT external_id) FROM records").one()
            assert tuple(records) == (cursor * PAGE_SIZE, cursor * PAGE_SIZE)
            pages = [int(line.removeprefix("page ")) for line in kept if line.startswith("page ")]
            assert max(pages, default=-1) < cursor
            assert all(kept[f"page {number}"] == 1 for number in pages)
        return len(edits), cursor
    finally:
        workspace.close()


@pytest.mark.slow
def test_a_hundred_kills_of_window_and_writer_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    folder, chance = tmp_path / "workspace", random.Random(20261121)
    create(folder, KEY)
    with mothers(folder) as (window_mother, writer_mother):
        writer_mother.bear("writer")
        await_promise(folder, 0)
        window_mother.bear("window 0")
        for number in range(1, KILLS + 1):
            if chance.random() < 0.7:
                await_promise(folder, promises(folder))
            time.sleep(chance.uniform(0.0, 0.15))
            victims = chance.choice(["window", "writer", "writer", "both"])
            if victims in ("window", "both"):
                window_mother.bury()
            if victims in ("writer", "both"):
                writer_mother.bury()
            if number % 5 == 0:
                verify(folder)
            if victims in ("window", "both"):
                window_mother.bear(f"window {number}")
            if victims in ("writer", "both"):
                writer_mother.bear("writer")
        window_mother.bury()
        writer_mother.bury()

    edits, pages = verify(folder)
    assert edits > KILLS
    assert pages > 5
    verify_all_folded(folder)


def verify_all_folded(folder: Path) -> None:
    """The rest is folded by a writer that lives: every edit took effect once, and every rule of the store holds."""
    workspace = Workspace(folder, KEY, Role.SCRIPT)
    try:
        fold_pending(workspace, lambda: NOW)
        with workspace.journal.database.read() as journal:
            bodies = journal.exec_driver_sql("SELECT body ->> 'do', count(*) FROM edits GROUP BY 1").fetchall()
        made = dict(bodies)
        with workspace.database.read() as connection:
            found = connection.exec_driver_sql(
                """SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM taggings), (SELECT count(*) FROM claims WHERE origin_key = 'manual'),
                   (SELECT count(*) FROM edit_outcomes WHERE state <> 'folded')"""
            ).one()
            assert tuple(found) == (made["WriteNote"], made["AddTag"], made["SetProperty"], 0)
            broken = {rule: connection.exec_driver_sql(statement).fetchall() for rule, statement in RULES.items()}
            assert not {rule: rows for rule, rows in broken.items() if rows}
            check_winners(connection)
    finally:
        workspace.close()
