"""A real workspace in a temporary folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.store.world import World

from console.store.workspace import Role, Workspace, create

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed files of an empty workspace: making them takes half a second, copying them nothing."""
    folder = tmp_path_factory.mktemp("empty") / "workspace"
    create(folder, KEY)
    return folder


@pytest.fixture
def workspace(tmp_path: Path, empty_workspace: Path) -> Iterator[Workspace]:
    """An empty encrypted workspace, open for everything."""
    with opened(empty_workspace, tmp_path / "workspace") as found:
        yield found


@contextmanager
def opened(files: Path, folder: Path) -> Iterator[Workspace]:
    """A copy of the closed files of a workspace, open for everything."""
    shutil.copytree(files, folder)
    found = Workspace(folder, KEY, Role.SCRIPT)
    try:
        yield found
    finally:
        found.close()


@pytest.fixture
def world(workspace: Workspace) -> World:
    """An empty workspace in which sources speak and teammates act."""
    return World(workspace)
