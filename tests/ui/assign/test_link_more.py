"""After a conversation got its customer, the toast offers what else the same sender wrote."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide

from console.domain.edits import AssignCustomer, Several, Undo
from console.domain.ids import ConversationId, CustomerId
from console.domain.records import AuthorKind, Channel, ConversationRecord, MessageRecord, Person
from console.ui.session import Session
from console.ui.undo_steps import UndoSteps
from console.ui.widgets.toast import Toast, Toasts


def _reviews(side: SyncSide, session: Session, count: int) -> list[ConversationId]:
    def one(number: int) -> ConversationRecord:
        at = NOW - timedelta(days=number)
        message = MessageRecord(f"rv{number}", at, AuthorKind.CUSTOMER, Person("", "ari_d"), "Asks everything twice")
        return ConversationRecord(f"rv{number}", Channel.REVIEW, f"Review {number}", (message,), nickname="ari_d")

    side.take(*(one(number) for number in range(count)), source="App Store")
    question = "SELECT id FROM conversations WHERE nickname = 'ari_d' ORDER BY last_at DESC"
    rows = session.read(lambda connection: connection.exec_driver_sql(question).fetchall())
    return [ConversationId(row[0]) for row in rows]


def _linked(session: Session) -> int:
    question = "SELECT count(*) FROM conversations WHERE nickname = 'ari_d' AND customer_id IS NOT NULL"
    return session.read(lambda connection: connection.exec_driver_sql(question).scalar_one())


def _somebody(session: Session) -> CustomerId:
    question = "SELECT id FROM customers WHERE name = 'Ariana Delacroix'"
    return CustomerId(session.read(lambda connection: connection.exec_driver_sql(question).scalar_one()))


def _toast(session: Session, toasts: Toasts, qtbot: QtBot) -> Toast:
    qtbot.waitUntil(session.background.is_idle, timeout=5_000)
    return toasts.shown()[-1]


def _steps(session: Session, qtbot: QtBot) -> Toasts:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    toasts = Toasts(window)
    UndoSteps(session, toasts, window)
    return toasts


def test_one_more_review_is_linked_from_the_toast(session: Session, side: SyncSide, qtbot: QtBot) -> None:
    toasts = _steps(session, qtbot)
    first, _ = _reviews(side, session, 2)

    session.submit(AssignCustomer(first, _somebody(session)))
    toast = _toast(session, toasts, qtbot)

    assert toast.offered is not None
    assert toast.button is not None
    assert (
        toast.words.replace("\u2068", "").replace("\u2069", "") == "Customer linked. Link 1 more review by ari_d too?"
    )
    assert (toast.offered.text(), toast.button.text()) == ("Link it", "Undo")
    assert toast.width() >= toast.sizeHint().width() >= toast.offered.width() + toast.button.width()
    assert toast.offered.geometry().right() < toast.button.geometry().left()
    qtbot.mouseClick(toast.offered, Qt.MouseButton.LeftButton)
    assert _linked(session) == 2


def test_several_are_linked_in_one_edit_that_one_undo_takes_back(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    toasts = _steps(session, qtbot)
    first, *_ = _reviews(side, session, 4)
    session.submit(AssignCustomer(first, _somebody(session)))
    toast = _toast(session, toasts, qtbot)
    assert toast.offered is not None
    assert toast.offered.text() == "Link them"

    qtbot.mouseClick(toast.offered, Qt.MouseButton.LeftButton)

    newest = session.workspace.journal.newest(1)[0]
    assert isinstance(newest.edit, Several)
    assert _linked(session) == 4
    said = _toast(session, toasts, qtbot)
    assert (said.words, said.offered) == ("3 conversations linked", None)
    session.submit(Undo(newest.id))
    assert _linked(session) == 1


def test_without_another_one_the_toast_offers_nothing(session: Session, side: SyncSide, qtbot: QtBot) -> None:
    toasts = _steps(session, qtbot)
    (only,) = _reviews(side, session, 1)

    session.submit(AssignCustomer(only, _somebody(session)))
    toast = _toast(session, toasts, qtbot)

    assert (toast.words, toast.offered) == ("Customer linked", None)


def test_an_answer_that_comes_after_the_toast_has_gone_is_dropped(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    toasts = _steps(session, qtbot)
    first, _ = _reviews(side, session, 2)
    session.submit(AssignCustomer(first, _somebody(session)))
    toasts.clear()

    qtbot.waitUntil(session.background.is_idle, timeout=5_000)

    assert toasts.shown() == ()
    assert _linked(session) == 1
