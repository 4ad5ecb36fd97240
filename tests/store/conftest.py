"""A real workspace in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.world import World

from console.store.workspace import Role, Workspace, create


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty encrypted workspace with a random key, open for everything."""
    key = os.urandom(32)
    create(tmp_path / "workspace", key)
    opened = Workspace(tmp_path / "workspace", key, Role.SCRIPT)
    yield opened
    opened.close()


@pytest.fixture
def world(workspace: Workspace) -> World:
    """An empty workspace in which sources speak and teammates act."""
    return World(workspace)
