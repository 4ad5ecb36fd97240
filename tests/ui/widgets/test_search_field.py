"""A search waits for a pause, and Escape empties before it leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.ui.widgets.search_field import SearchField


@pytest.fixture
def field(qtbot) -> SearchField:
    made = SearchField("Find a customer")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_searches_once_when_typing_pauses(field, qtbot) -> None:
    told: list[str] = []
    field.searched.connect(told.append)
    with qtbot.waitSignal(field.searched):
        qtbot.keyClicks(field, "ari ")
    assert told == ["ari"]


def test_enter_searches_at_once_and_not_twice(field, qtbot) -> None:
    told: list[str] = []
    field.searched.connect(told.append)
    field.setText("ari")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["ari"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["ari"]


def test_escape_empties_first_and_leaves_then(field, qtbot) -> None:
    field.setText("ari")
    field.tell()
    with qtbot.assertNotEmitted(field.left), qtbot.waitSignal(field.searched) as told:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told.args == [""]
    with qtbot.waitSignal(field.left):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_arrows_step_through_the_list_below(field, qtbot) -> None:
    steps: list[int] = []
    field.stepped.connect(steps.append)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert steps == [1, -1]


def test_the_actions_in_it_have_names_and_the_cross_shows_only_when_there_is_text(field) -> None:
    glass, cross = field.actions()
    assert glass.text()
    assert cross.text()
    assert not cross.isVisible()
    field.setText("ari")
    assert cross.isVisible()
    cross.trigger()
    assert field.text() == ""
    assert not cross.isVisible()
    assert field.accessibleName() == "Find a customer"
