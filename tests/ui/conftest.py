"""A workspace with six conversations, its session, and the side that folds what windows submit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide, made

from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView


@pytest.fixture
def both(qapp: QApplication, tmp_path: Path) -> Iterator[tuple[Session, SyncSide]]:
    """A session on a workspace with six conversations, and its sync side."""
    session, side = made(tmp_path / "workspace")
    yield session, side
    session.close()
    side.workspace.close()


@pytest.fixture
def session(both: tuple[Session, SyncSide]) -> Session:
    """The session alone."""
    return both[0]


@pytest.fixture
def side(both: tuple[Session, SyncSide]) -> SyncSide:
    """What the sync process does, in this process."""
    return both[1]


@pytest.fixture
def view(session: Session, qtbot: QtBot) -> Iterator[WorkspaceView]:
    """The window of the open workspace, with the keyboard in its list."""
    made = WorkspaceView(session)
    qtbot.addWidget(made)
    made.resize(1400, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.inbox.column.list.setFocus()
    yield made
    session.feed.look()
