"""What lies on the disk: nothing in clear, for nobody else's eyes, whole after a migration that was killed."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store.world import World, chat, conversation_key, customer, text
from tests.stories.test_kills import Mother

from console.domain import edits as e
from console.domain.ids import ConversationId
from console.domain.records import OwnerKind
from console.store import migrating, search
from console.store.database import Access, Database
from console.store.errors import NewerFile, StoreError
from console.store.fold import fold_pending
from console.store.workspace import JOURNAL_FILE, WORKSPACE_FILE, Role, Workspace, create
from console.system import hardening, logs
from console.wiring import opening

ROOT = Path(__file__).parent.parent.parent
KEY = bytes(range(32))
CANARY = "Zanzibarquetzal"
ENVIRONMENT = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}

NOW = migrating.HEADS["workspace"]
NEXT_VERSION = f"""
from alembic import op
revision, down_revision, branch_labels, depends_on = "w9999", "{NOW}", None, None
def upgrade():
    for number in range(40):
        op.execute(f"CREATE TABLE later_{{number}} AS SELECT * FROM customers")
    op.execute("ALTER TABLE customers ADD COLUMN mood TEXT")
    op.execute("UPDATE customers SET mood = 'fine'")
def downgrade():
    raise RuntimeError
"""


@contextmanager
def world_in(folder: Path) -> Iterator[World]:
    workspace = Workspace(folder, KEY, Role.SCRIPT)
    try:
        yield World(workspace)
    finally:
        workspace.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create(tmp_path / "workspace", KEY)
    return tmp_path / "workspace"


def hashes_of(folder: Path) -> dict[str, str]:
    """By another process: none here may open the files beside SQLite."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    found = subprocess.run(["sha256sum", *names], cwd=folder, capture_output=True, text=True, check=True).stdout
    return {line.split()[1]: line.split()[0] for line in found.splitlines()}


def test_no_word_of_a_customer_lies_in_clear_on_the_disk(tmp_path: Path, folder: Path) -> None:
    """P16: while the files are open, with their write-ahead logs, after they were closed, and in the backup."""
    logs.write_to(folder / "logs", "test")
    with world_in(folder) as world:
        world.take(customer(CANARY, f"{CANARY}@x.example", name=CANARY), chat("c", CANARY, f"I am {CANARY}"))
        world.do(e.WriteNote(world.owner(f"{CANARY}@x.example"), "n", CANARY))
        world.do(e.AddTag(world.owner(f"{CANARY}@x.example"), CANARY))
        world.workspace.journal.keep_draft("reply:1", CANARY, world.at)
        while search.index(world.workspace, 500):
            pass
        assert _holding(tmp_path, CANARY) == []
    assert _holding(tmp_path, CANARY) == []
    migrating._back_up(_opened(folder / WORKSPACE_FILE))
    assert _holding(tmp_path, CANARY) == []
    assert _holding(tmp_path, "SQLite format 3") == []


def _opened(path: Path) -> Database:
    return Database(path, KEY, Access.WRITE)


def _holding(folder: Path, word: str) -> list[str]:
    """The files that hold a word, in UTF-8 or UTF-16, in any case; read by grep."""
    utf16 = "".join(f"{letter}\\x00" for letter in word)
    found = subprocess.run(
        ["grep", "-rliaP", f"{word}|{utf16}", str(folder)], capture_output=True, text=True, check=False
    )
    assert found.returncode in (0, 1), found.stderr
    return found.stdout.splitlines()


def test_every_file_and_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    """P22: even where the umask would let others in."""
    before = os.umask(0)
    try:
        folder = tmp_path / "workspace"
        made = opening.make(folder, "correct horse")
        logs.write_to(folder / "logs", "test")
        workspace = opening.open_for(folder, made.key, Role.SCRIPT)
        lock = opening.writer_lock(folder)
        assert lock.take()
        with workspace.database.write() as connection:
            connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('x', 'y')")
        migrating._back_up(workspace.database)
        open_to_others = {
            str(path.relative_to(tmp_path)): oct(path.stat().st_mode)
            for path in [folder, *folder.rglob("*")]
            if stat.S_IMODE(path.stat().st_mode) & 0o077
        }
        workspace.close()
        lock.give_back()
    finally:
        os.umask(before)

    assert open_to_others == {}


def test_no_core_is_dumped_and_no_other_process_reads_our_memory() -> None:
    """P20: the limits that ``hardening`` sets, as the system reports them."""
    code = (
        "import ctypes, resource; from console.system import hardening; hardening.keep_memory_private();"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    found = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)

    assert found.stdout.split("\n")[0] == "(0, 0) 0"
    assert hardening.keep_memory_private.__doc__


@pytest.mark.parametrize(("part", "name"), [("journal", JOURNAL_FILE), ("workspace", WORKSPACE_FILE)])
def test_a_file_of_a_newer_version_is_refused_and_no_byte_of_any_file_changes(
    folder: Path, part: str, name: str
) -> None:
    """P9: also where the other file would have had to be brought up to date."""
    database = _opened(folder / name)
    with database.write() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{part[0]}9999'")
    database.close()
    before = hashes_of(folder)

    for attempt in (lambda: create(folder, KEY), lambda: Workspace(folder, KEY, Role.WINDOW)):
        with pytest.raises(NewerFile, match="Nothing was changed"):
            attempt()
        # Looking into a file leaves an empty log beside it, no more.
        assert {
            name: found for name, found in hashes_of(folder).items() if not name.endswith(("-wal", "-shm"))
        } == before


@pytest.mark.slow
def test_a_migration_that_is_killed_leaves_the_old_or_the_new_and_a_backup_before(tmp_path: Path, folder: Path) -> None:
    """P8: killed 25 times at any moment of bringing the file up to date."""
    with world_in(folder) as world:
        world.take(*(customer(str(n), f"c{n}@x.example", name=f"C {n}") for n in range(300)))
    migrations = tmp_path / "newer" / "migrations"
    shutil.copytree(Path(migrating.__file__).parent / "migrations", migrations)
    (migrations / "workspace" / "versions" / "w9999_next.py").write_text(NEXT_VERSION)
    chance, found = random.Random(8), {NOW: 0, "w9999": 0}
    mother = Mother("migrating_once.py", migrations)
    whole = _seconds_of_a_whole_one(mother, tmp_path, folder)
    for number in range(25):
        victim = tmp_path / f"victim {number}"
        shutil.copytree(folder, victim)
        mother.bear(str(victim))
        time.sleep(chance.uniform(0, whole))
        mother.bury()
        found[_version_of(victim)] += 1
        shutil.rmtree(victim)
    mother.close()

    assert found[NOW] > 0
    assert sum(found.values()) == 25


def _seconds_of_a_whole_one(mother: Mother, tmp_path: Path, folder: Path) -> float:
    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    begun = time.monotonic()
    mother.bear(str(whole))
    mother.await_end()
    seconds = time.monotonic() - begun
    assert _version_of(whole) == "w9999"
    assert _version_of(whole / "backups", f"workspace-{NOW}.db") == NOW
    return seconds


def _version_of(folder: Path, name: str = WORKSPACE_FILE) -> str:
    """All of the old version or all of the new one, with every customer in it."""
    database = _opened(folder / name)
    with database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA quick_check").scalar() == "ok"
        assert connection.exec_driver_sql("SELECT count(*) FROM customers").scalar() == 300
        version = migrating.revision(connection)
        later = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name LIKE 'later%'").scalar()
        moods = connection.exec_driver_sql(
            "SELECT count(*) FROM pragma_table_info('customers') WHERE name = 'mood'"
        ).scalar()
    database.close()
    assert (later, moods) == ((40, 1) if version == "w9999" else (0, 0))
    assert version
    return version


def test_only_one_process_writes_a_workspace_and_the_next_one_may_after_its_end(tmp_path: Path) -> None:
    """P6: the lock is the system's, so that a killed holder holds nothing."""
    code = (
        "import sys, pathlib; from console.wiring import opening;"
        "lock = opening.writer_lock(pathlib.Path(sys.argv[1])); print(lock.take(), flush=True); sys.stdin.read()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout
    assert first.stdin
    assert first.stdout.readline() == "True\n"

    lock = opening.writer_lock(tmp_path)
    assert not lock.take()
    first.kill()
    first.wait()
    first.stdin.close()
    first.stdout.close()

    assert lock.take()
    lock.give_back()


def test_a_foreign_lock_on_the_workspace_is_a_sentence_and_the_edit_is_folded_later(folder: Path) -> None:
    """P7, the writer's side; the window's is tested with the window."""
    holder = _opened(folder / WORKSPACE_FILE)
    with world_in(folder) as world:
        world.take(customer("1", "c1@x.example"))
        kept = world.append(e.WriteNote(world.owner("c1@x.example"), "n", "kept"))
        impatient = Database(folder / WORKSPACE_FILE, KEY, Access.WRITE, patience_ms=50)
        with holder.write(), pytest.raises(StoreError, match="Another program holds"), impatient.write():
            pass
        impatient.close()
        fold_pending(world.workspace, world.later)
        assert world.is_folded(kept)
    holder.close()


def test_nothing_in_the_process_opens_the_files_but_sqlite(folder: Path) -> None:
    """P11: the interpreter's own record of every file it opens, over a day's work."""
    opened: list[str] = []
    _listen(opened)
    with world_in(folder) as world:
        world.take(customer("1", "c1@x.example"), chat("c", "1", "Hello"))
        world.do(e.CloseConversation(ConversationId(conversation_key(world, "c"))))
        world.do(e.SetProperty(world.owner("c1@x.example"), "plan", text("Pro")))
        world.do(e.AddTag(e.Owner(OwnerKind.CUSTOMER, world.customer("c1@x.example")), "vip"))
        while search.index(world.workspace, 500):
            pass
        world.workspace.database.checkpoint()
        migrating._back_up(world.workspace.database)
    mine = [path for path in opened if str(folder) in path]

    assert opened
    assert [path for path in mine if ".db" in path] == []


def _listen(opened: list[str]) -> None:
    """An audit hook stays for good, so this one listens only as long as its test runs."""
    here = threading.get_ident()

    def hear(name: str, arguments: tuple[object, ...]) -> None:
        if name == "open" and threading.get_ident() == here:
            opened.append(str(arguments[0]))

    sys.addaudithook(hear)
    with Path(os.devnull).open():
        pass
