"""The rail says where one is and how much waits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.widgets.menu import Menu
from console.ui.widgets.rail_button import RailButton


def test_one_place_of_the_rail_is_lit(qtbot) -> None:
    rail = QWidget()
    row = QHBoxLayout(rail)
    places = [RailButton("inbox", "Inbox"), RailButton("users", "Customers")]
    act = RailButton("refresh-cw", "Sync now", is_place=False)
    for button in (*places, act):
        row.addWidget(button)
    qtbot.addWidget(rail)
    rail.show()
    qtbot.mouseClick(places[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(places[1], Qt.Key.Key_Return)
    assert [place.isChecked() for place in places] == [False, True]
    with qtbot.waitSignal(act.clicked):
        qtbot.keyClick(act, Qt.Key.Key_Space)
    assert [place.isChecked() for place in places] == [False, True]


def test_a_count_is_painted_and_said(qtbot) -> None:
    button = RailButton("send", "Outbox", "G O")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage()
    button.set_count(3)
    assert button.accessibleName() == "Outbox, 3"
    assert button.grab().toImage() != before
    button.set_count(0)
    assert button.accessibleName() == "Outbox"
    assert button.toolTip() == "Outbox (G O)"


def test_a_menu_shows_what_is_behind_its_round_corners(qtbot) -> None:
    menu = Menu("More")
    qtbot.addWidget(menu)
    menu.addAction("Archive")
    assert menu.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    assert menu.isWindow()
    menu.ensurePolished()
    assert menu.grab().toImage().pixelColor(0, 0).alpha() < 255
