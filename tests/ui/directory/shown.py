"""Reading and settling a page of the directory in tests."""

from __future__ import annotations

from collections.abc import Iterator

from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NAMES

from console.domain.edits import Edit
from console.domain.records import OwnerKind
from console.ui.directory.page import DirectoryPage
from console.ui.session import Session

SORTED = sorted(NAMES, key=str.casefold)


def opened(session: Session, qtbot: QtBot, kind: OwnerKind) -> Iterator[DirectoryPage]:
    made = DirectoryPage(session, kind)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    settle(qtbot, session, made)
    yield made
    qtbot.waitUntil(session.background.is_idle)


def settle(qtbot: QtBot, session: Session, page: DirectoryPage) -> None:
    qtbot.waitUntil(lambda: page.reading.is_complete and session.background.is_idle())


def told(qtbot: QtBot, session: Session, page: DirectoryPage) -> None:
    """Everything that others did is on screen."""
    session.feed.look()
    qtbot.wait(20)
    settle(qtbot, session, page)


def names(page: DirectoryPage) -> list[str]:
    return [str(page.rows.index(row, 0).data()) for row in range(page.rows.rowCount())]


def key_of(page: DirectoryPage, name: str) -> int:
    key = page.rows.id_at(names(page).index(name))
    assert key is not None
    return key


def last_edit(session: Session) -> Edit:
    return session.workspace.journal.newest(1)[0].edit
