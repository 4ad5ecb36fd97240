"""A popover finds room, holds the keyboard and gives it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from console.ui.widgets.popover import SHADOW, Popover


@pytest.fixture
def window(qtbot):
    made = QWidget()
    made.resize(800, 600)
    anchor = QPushButton("API", made)
    anchor.setObjectName("anchor")
    anchor.setGeometry(600, 200, 60, 24)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    anchor.setFocus()
    qtbot.waitUntil(anchor.hasFocus)
    return made


def anchor_of(window: QWidget) -> QPushButton:
    found = window.findChild(QPushButton, "anchor")
    assert found is not None
    return found


def popover_in(window: QWidget, count: int = 3) -> tuple[Popover, list[QPushButton]]:
    content = QWidget()
    column = QVBoxLayout(content)
    buttons = [QPushButton(f"button {number}") for number in range(count)]
    for button in buttons:
        column.addWidget(button)
    return Popover("Why this value?", content, window), buttons


def anchor_area(window: QWidget) -> QRect:
    return anchor_of(window).geometry()


def test_it_stands_beside_its_anchor_and_does_not_cover_it(window) -> None:
    popover, _ = popover_in(window)
    popover.open_at(anchor_of(window), "left")
    assert popover.side() == "left"
    assert popover.card().right() < anchor_area(window).left()
    assert anchor_area(window).left() - popover.card().right() < SHADOW


@pytest.mark.parametrize(
    ("wished", "at", "side"),
    [
        ("left", QPoint(10, 300), "right"),
        ("right", QPoint(730, 300), "left"),
        ("below", QPoint(300, 570), "above"),
        ("above", QPoint(300, 5), "below"),
    ],
)
def test_it_flips_where_there_is_no_room(window, wished, at, side) -> None:
    anchor_of(window).move(at)
    popover, _ = popover_in(window)
    popover.open_at(anchor_of(window), wished)
    assert popover.side() == side
    assert window.rect().contains(popover.card())
    assert not popover.card().intersects(anchor_area(window))


def test_left_means_right_where_text_runs_from_the_right(window) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    anchor_of(window).move(200, 200)
    popover, _ = popover_in(window)
    popover.open_at(anchor_of(window), "left")
    assert popover.side() == "right"


def test_the_keyboard_starts_in_it_and_stays_in_it(window, qtbot) -> None:
    popover, buttons = popover_in(window)
    popover.open_at(anchor_of(window))
    seen = []
    for _ in range(4):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [*buttons, buttons[0]]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is buttons[2]


def test_disabled_buttons_are_passed_over(window, qtbot) -> None:
    popover, buttons = popover_in(window)
    buttons[0].setEnabled(False)
    buttons[2].setEnabled(False)
    popover.open_at(anchor_of(window))
    assert QApplication.focusWidget() is buttons[1]
    qtbot.keyClick(buttons[1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is buttons[1]


def test_escape_closes_it_and_gives_the_focus_back(window, qtbot) -> None:
    popover, buttons = popover_in(window)
    popover.open_at(anchor_of(window))
    with qtbot.waitSignal(popover.closed):
        qtbot.keyClick(buttons[0], Qt.Key.Key_Escape)
    assert not popover.is_open()
    assert popover.isHidden()
    assert QApplication.focusWidget() is anchor_of(window)


def test_a_click_elsewhere_closes_it_and_a_click_inside_does_not(window, qtbot) -> None:
    popover, buttons = popover_in(window)
    popover.open_at(anchor_of(window))
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert popover.is_open()
    with qtbot.waitSignal(popover.closed):
        qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(20, 580))
    assert not popover.is_open()


def test_closing_twice_is_told_once(window, qtbot) -> None:
    popover, _ = popover_in(window)
    told: list[None] = []
    popover.closed.connect(lambda: told.append(None))
    popover.close_it()
    popover.open_at(anchor_of(window))
    popover.close_it()
    popover.close_it()
    assert len(told) == 1


def test_it_stays_inside_a_window_that_shrinks(window, qtbot) -> None:
    popover, _ = popover_in(window)
    popover.open_at(anchor_of(window), "below")
    window.resize(700, 330)
    assert window.rect().contains(popover.card())


def test_it_closes_with_its_anchor(window, qtbot) -> None:
    popover, _ = popover_in(window)
    popover.open_at(anchor_of(window))
    anchor_of(window).hide()
    assert not popover.is_open()


def test_it_can_point_at_one_row_of_a_view(window) -> None:
    view = QWidget(window)
    view.setGeometry(400, 0, 300, 600)
    view.show()
    popover, _ = popover_in(window)
    popover.open_at(view, "left", area=QRect(0, 400, 300, 30))
    assert popover.card().top() < 415 < popover.card().bottom()


def test_a_letter_pressed_in_it_is_no_shortcut_of_the_window(window, qtbot) -> None:
    shortcut = QShortcut(QKeySequence("A"), window)
    popover, buttons = popover_in(window)
    popover.open_at(anchor_of(window))
    with qtbot.assertNotEmitted(shortcut.activated):
        qtbot.keyClick(buttons[0], Qt.Key.Key_A)
    popover.close_it()
    with qtbot.waitSignal(shortcut.activated):
        qtbot.keyClick(anchor_of(window), Qt.Key.Key_A)
