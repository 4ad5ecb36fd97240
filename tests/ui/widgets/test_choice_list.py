"""One of many, found by typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.ui.widgets.choice_delegate import OFFERED
from console.ui.widgets.choice_list import ChoiceList, Offered


@pytest.fixture
def choices(qtbot: QtBot) -> ChoiceList:
    made = ChoiceList("Search companies")
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_choices([Offered(n, words, 9 - n) for n, words in enumerate(("Zürich AG", "Northpeak", "Nord", "Blank"))])
    made.show()
    return made


def _shown(choices: ChoiceList) -> list[str]:
    return [choices.model.index(at).data() for at in range(choices.model.rowCount())]


def test_typing_narrows_without_case_and_accents_and_beginnings_come_first(choices: ChoiceList) -> None:
    choices.search("ZURICH")
    assert _shown(choices) == ["Zürich AG"]
    choices.search("n")
    assert _shown(choices) == ["Northpeak", "Nord", "Blank"]
    assert choices._count.text() == "3 of 4"
    choices.search("qq")
    assert (_shown(choices), choices._count.text()) == ([], "Nothing fits")


def test_keys_choose_and_escape_empties_before_it_leaves(choices: ChoiceList, qtbot: QtBot) -> None:
    chosen: list[object] = []
    left: list[bool] = []
    choices.chosen.connect(chosen.append)
    choices.left.connect(lambda: left.append(True))

    qtbot.keyClicks(choices.field, "n")
    choices.field.tell()
    qtbot.keyClick(choices.field, Qt.Key.Key_Down)
    qtbot.keyClick(choices.field, Qt.Key.Key_Return)
    assert chosen == [2]

    qtbot.keyClick(choices.field, Qt.Key.Key_Escape)
    assert (left, len(_shown(choices))) == ([], 4)
    qtbot.keyClick(choices.field, Qt.Key.Key_Escape)
    assert left == [True]


def test_what_holds_now_is_current_and_its_count_is_said(choices: ChoiceList) -> None:
    choices.show_choices([Offered("a", "Alpha", 7), Offered("b", "Beta", 1_200, is_chosen=True)])

    current = choices.current()
    assert current is not None
    assert current.key == "b"
    said = choices.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Beta, 1200"


def test_a_hundred_thousand_rows_cost_no_more_than_those_on_screen(choices: ChoiceList, qtbot: QtBot) -> None:
    asked: list[int] = []
    data = choices.model.data

    choices.show_choices([Offered(n, f"Company {n}", n) for n in range(100_000)])
    choices.model.data = lambda index, role=0: (
        asked.append(index.row()) if role == OFFERED else None,
        data(index, role),
    )[1]
    choices.view.viewport().repaint()

    assert choices.model.rowCount() == 100_000
    assert len(set(asked)) < 40
