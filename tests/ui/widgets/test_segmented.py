"""One of a few choices holds, and the arrows move it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from console.ui.widgets.segmented import Choice, Segmented

CHOICES = [Choice("open", "Open", 24), Choice("mine", "Mine"), Choice("closed", "Closed & gone")]


@pytest.fixture
def segmented(qtbot) -> Segmented:
    made = Segmented("Filter", CHOICES)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def button(segmented: Segmented, number: int) -> QPushButton:
    return segmented.findChildren(QPushButton)[number]


def test_the_first_choice_holds_at_the_start(segmented) -> None:
    assert segmented.key() == "open"


def test_a_press_is_told_and_a_choice_from_the_program_is_not(segmented, qtbot) -> None:
    with qtbot.waitSignal(segmented.chosen) as told:
        qtbot.mouseClick(button(segmented, 1), Qt.MouseButton.LeftButton)
    assert told.args == ["mine"]
    with qtbot.assertNotEmitted(segmented.chosen):
        segmented.choose("closed")
    assert segmented.key() == "closed"
    with pytest.raises(KeyError):
        segmented.choose("snoozed")


def test_arrows_move_the_choice(segmented, qtbot) -> None:
    first = button(segmented, 0)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(first.hasFocus)
    with qtbot.waitSignal(segmented.chosen) as told:
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert told.args == ["mine"]
    assert button(segmented, 1).hasFocus()


def test_it_is_one_tab_stop(segmented, qtbot) -> None:
    stops = [
        found
        for found in segmented.findChildren(QPushButton)
        if found.focusPolicy() & Qt.FocusPolicy.TabFocus and found.isChecked()
    ]
    assert len(stops) == 1
    button(segmented, 0).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button(segmented, 0), Qt.Key.Key_Tab)
    assert not any(found.hasFocus() for found in segmented.findChildren(QPushButton)[1:])


def test_counts_and_ampersands_are_shown_as_they_are(segmented) -> None:
    assert button(segmented, 0).accessibleName() == "Open 24"
    segmented.set_count("open", 7)
    assert button(segmented, 0).text() == "Open 7"
    segmented.set_count("open", None)
    assert button(segmented, 0).text() == "Open"
    assert button(segmented, 2).text() == "Closed && gone"
