"""Steps back and forth, and what is said about edits."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.edits import AssignCustomer, CloseConversation, MarkRead, SetPriority
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState, InboxFilter, InboxRow
from console.store.errors import DiskFull
from console.store.inbox import rows, rows_of
from console.ui.session import Session
from console.ui.undo_steps import UndoSteps
from console.ui.widgets.toast import Toasts


def _steps(session: Session, qtbot: QtBot) -> tuple[UndoSteps, Toasts, list[tuple[str | None, str | None]]]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    toasts = Toasts(window)
    named: list[tuple[str | None, str | None]] = []
    steps = UndoSteps(session, toasts, window)
    steps.named.connect(lambda undo, redo: named.append((undo, redo)))
    return steps, toasts, named


def _first(session: Session) -> InboxRow:
    return session.read(lambda connection: rows(connection, InboxFilter(), None, 1))[0]


def _again(session: Session, row: InboxRow) -> InboxRow:
    return session.read(lambda connection: rows_of(connection, [row.id]))[row.id]


def _words(toasts: Toasts) -> list[str]:
    return [toast.words for toast in toasts.shown()]


def test_several_steps_back_and_forth_end_where_they_began(session: Session, qtbot: QtBot) -> None:
    steps, _, named = _steps(session, qtbot)
    row = _first(session)
    session.submit(SetPriority(row.id, is_priority=True))
    session.submit(CloseConversation(row.id))

    steps.undo()
    steps.undo()
    assert _again(session, row) == row
    assert named[-1][0] is None

    steps.redo()
    steps.redo()
    assert _again(session, row).is_priority
    assert _again(session, row).state is ConversationState.CLOSED
    assert named[-1][1] is None


def test_reading_is_no_step_and_says_nothing(session: Session, qtbot: QtBot) -> None:
    _, toasts, named = _steps(session, qtbot)

    session.submit(MarkRead(_first(session).id, is_read=True))

    assert _words(toasts) == []
    assert named[-1] == (None, None)


def test_each_edit_is_said_with_a_way_back(session: Session, qtbot: QtBot) -> None:
    _, toasts, _ = _steps(session, qtbot)
    row = _first(session)

    session.submit(SetPriority(row.id, is_priority=True))
    toast = toasts.shown()[-1]
    assert toast.button is not None
    toast.button.click()

    assert not _again(session, row).is_priority
    assert any(words.startswith("Undone: ") for words in _words(toasts))


def test_a_refused_edit_is_said_with_its_reason_and_is_no_step(session: Session, side: SyncSide, qtbot: QtBot) -> None:
    _, toasts, named = _steps(session, qtbot)

    session.submit(AssignCustomer(ConversationId(404), CustomerId(405)))
    session.feed.look()

    assert any("was refused: " in words for words in _words(toasts))
    assert named[-1] == (None, None)


def test_an_edit_that_finds_no_room_on_the_disk_is_said_and_not_lost_silently(
    session: Session, qtbot: QtBot, monkeypatch
) -> None:
    _, toasts, _ = _steps(session, qtbot)

    def full(entry: object) -> int:
        raise DiskFull("The disk is full, so journal.db could not be written")

    monkeypatch.setattr(session.workspace.journal, "append", full)

    assert session.submit(CloseConversation(_first(session).id)) is None
    assert _words(toasts) == ["The disk is full, so journal.db could not be written"]
