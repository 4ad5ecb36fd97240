"""The palette: opened anywhere, found as one types, done with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.store.search_index import index
from console.ui.palette.items import Heading, Item
from console.ui.palette.palette import Palette
from console.ui.workspace_view import WorkspaceView


@pytest.fixture
def palette(view: WorkspaceView, side: SyncSide, qtbot: QtBot) -> Palette:
    """The open palette of the main window, over an index that knows everything."""
    while index(side.workspace, 5_000):
        pass
    QTest.keyClick(view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return view.palettes.open()


def _type(palette: Palette, qtbot: QtBot, text: str) -> None:
    QTest.keyClicks(palette.card.box.line, text)
    qtbot.waitUntil(palette._session.background.is_idle)


def _groups(palette: Palette) -> list[str]:
    return [line.group for line in palette.card.list.items.lines() if isinstance(line, Heading)]


def _items(palette: Palette, group: str = "") -> list[Item]:
    lines = palette.card.list.items.lines()
    return [line for line in lines if isinstance(line, Item) and group in ("", line.group)]


def test_ctrl_k_opens_it_escape_empties_it_then_closes_it_and_the_focus_goes_back(
    view: WorkspaceView, palette: Palette, qtbot: QtBot
) -> None:
    line = palette.card.box.line
    assert palette.is_open()
    assert line.hasFocus()
    _type(palette, qtbot, "vat")

    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert palette.is_open()
    assert not palette.card.box.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)

    assert not palette.is_open()
    assert view.inbox.column.list.hasFocus()


def test_without_words_it_offers_what_can_be_done_with_its_keys(palette: Palette) -> None:
    keys = {item.title: item.keys for item in _items(palette, "action")}

    assert keys["Import files…"] == "Ctrl+I"
    assert keys["Sources"] == "Ctrl+2"


def test_words_find_customers_conversations_and_actions_in_the_order_of_groups(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "ling")

    assert _groups(palette)[0] == "customer"
    assert "Ling" in _items(palette, "customer")[0].title


def test_an_action_is_done_with_enter_and_the_palette_is_gone(
    view: WorkspaceView, palette: Palette, qtbot: QtBot
) -> None:
    _type(palette, qtbot, "sources")
    palette.card.list.go_to(
        next(row for row in range(99) if (found := palette.card.list.items.item_at(row)) and found.title == "Sources")
    )

    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)

    assert not palette.is_open()
    assert view.pages.currentWidget() is view.sources


def test_enter_pressed_before_the_answer_waits_for_it(view: WorkspaceView, palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.card.box.line, "Wrong VAT")
    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)
    assert palette.is_open()

    qtbot.waitUntil(lambda: not palette.is_open())

    read = view.inbox.pane.read()
    assert read is not None
    assert read.head.subject == "Wrong VAT"
