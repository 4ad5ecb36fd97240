"""A toast says what was done, offers Undo, and waits while it is looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.widgets.toast import SHOWN_AT_ONCE, Toast, Toasts


@pytest.fixture
def toasts(qtbot):
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    made = Toasts(window)
    yield made
    made.clear()


def enter(toast: Toast) -> None:
    QApplication.sendEvent(toast, QEnterEvent(QPointF(), QPointF(), QPointF()))


def leave(toast: Toast) -> None:
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))


def test_undo_is_told_and_takes_the_toast_away(toasts, qtbot) -> None:
    toast = toasts.say("Tag VIP removed.", "Undo")
    assert toast.button is not None
    with qtbot.waitSignals([toast.acted, toast.closed]):
        qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert toasts.shown() == ()


def test_it_goes_by_itself_without_having_acted(toasts, qtbot) -> None:
    toast = toasts.say("Saved.", "Undo", ms=20)
    with qtbot.assertNotEmitted(toast.acted), qtbot.waitSignal(toast.closed):
        pass
    assert toasts.shown() == ()


def test_it_waits_while_the_mouse_is_on_it(toasts, qtbot) -> None:
    toast = toasts.say("Saved.", ms=30)
    enter(toast)
    assert not toast.is_waiting()
    with qtbot.assertNotEmitted(toast.closed, wait=120):
        pass
    with qtbot.waitSignal(toast.closed):
        leave(toast)


def test_three_stand_at_once_and_the_others_wait_their_turn(toasts, qtbot) -> None:
    said = [toasts.say(f"edit {number}", ms=60_000) for number in range(5)]
    assert toasts.shown() == tuple(said[:SHOWN_AT_ONCE])
    assert said[3].isHidden()
    said[0].dismiss()
    assert toasts.shown() == tuple(said[1:4])
    assert said[3].isVisible()


def test_they_never_cover_each_other_nor_leave_the_window(toasts) -> None:
    said = [toasts.say(f"edit {number}", "Undo", ms=60_000) for number in range(3)]
    cards = [toast.geometry().adjusted(10, 10, -10, -10) for toast in said]
    for number, card in enumerate(cards):
        assert toasts.parent().rect().contains(card)
        assert not any(card.intersects(other) for other in cards[number + 1 :])
    assert cards[0].top() < cards[1].top() < cards[2].top()


def test_it_follows_the_window(toasts, qtbot) -> None:
    toast = toasts.say("Saved.", ms=60_000)
    toasts.parent().resize(500, 300)
    qtbot.waitUntil(lambda: toast.geometry().bottom() <= 300 and abs(toast.geometry().center().x() - 250) <= 1)


def test_escape_takes_it_away(toasts, qtbot) -> None:
    toast = toasts.say("Saved.", "Undo", ms=60_000)
    with qtbot.waitSignal(toast.closed):
        qtbot.keyClick(toast.button, Qt.Key.Key_Escape)


def test_words_from_outside_are_plain(toasts) -> None:
    toast = toasts.say("Tag <b>VIP</b> removed.", ms=60_000)
    assert toast.accessibleName() == "Tag <b>VIP</b> removed."
