"""A disk that is full: said in words, nothing lost, and all goes on when there is room (P3)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.seen import check
from tests.store.world import chat, customer
from tests.stories.test_files import KEY, world_in

from console.domain import edits as e
from console.store.errors import DiskFull
from console.store.fold import fold_pending
from console.store.workspace import create


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 megabytes. Only root may make one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Somebody else's file takes the rest of the disk."""
    path = disk / "film.mkv"
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            return path
    return path


def test_a_full_disk_is_said_in_words_nothing_is_lost_and_it_goes_on_when_there_is_room(small_disk: Path) -> None:
    """P3: of what was refused nothing is there in half, what was kept before can be read, and all goes in afterwards."""
    create(small_disk / "workspace", KEY)
    with world_in(small_disk / "workspace") as world:
        world.take(customer("1", "c1@x.example", name="C"), chat("c", "1", "Hello"))
        owner = world.owner("c1@x.example")
        kept = world.append(e.WriteNote(owner, "n", "kept"))
        film = fill(small_disk)
        many = [customer(f"x{n}", f"x{n}@x.example", name="x" * 500) for n in range(1_000)]

        with pytest.raises(DiskFull, match="Nothing is lost"):
            world.take(*many)
        with pytest.raises(DiskFull, match="Nothing is lost"):
            world.append(e.WriteNote(owner, "refused", "x" * 500_000))
        assert world.shown("c1@x.example") == {"name": "C"}
        assert world.rows("SELECT count(*) FROM customers") == [(1,)]

        film.unlink()
        fold_pending(world.workspace, world.later)
        world.take(*many)
        world.do(e.WriteNote(owner, "again", "short"))
        assert world.is_folded(kept)
        assert world.rows("SELECT id FROM notes ORDER BY id") == [("again",), ("n",)]
        assert world.rows("SELECT count(*) FROM customers") == [(1_001,)]
        check(world)
