"""The palette: opened anywhere, found as one types, done with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.records import CustomerRecord
from console.domain.values import Value, ValueKind
from console.store.search_index import index
from console.ui.palette.items import Heading, Item
from console.ui.palette.palette import Palette
from console.ui.style import theme
from console.ui.workspace_view import WorkspaceView


@pytest.fixture
def palette(view: WorkspaceView, side: SyncSide, qtbot: QtBot) -> Palette:
    """The open palette of the main window, over an index that knows everything."""
    side.take(
        CustomerRecord("z1", ("zelda@hyrule.example",), {"name": _text("Zelda Hyrule"), "plan": _text("Enterprise")}),
        CustomerRecord(
            "z2", ("link@hyrule.example",), {"name": _text("<b>Link</b>\u202e Hyrule"), "plan": _text("Pro")}
        ),
    )
    while index(side.workspace, 5_000):
        pass
    QTest.keyClick(view, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    return view.palettes.open()


def _text(words: str) -> Value:
    return Value(ValueKind.STRING, words)


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


def test_a_condition_becomes_a_chip_and_backspace_makes_it_text_again(palette: Palette, qtbot: QtBot) -> None:
    box = palette.card.box
    _type(palette, qtbot, "plan:enterprise ")

    assert box.chips() == ("plan:enterprise",)
    assert box.line.text() == ""
    assert [item.title for item in _items(palette, "customer")] == ["Zelda Hyrule"]

    QTest.keyClick(box.line, Qt.Key.Key_Backspace)

    assert box.chips() == ()
    assert box.line.text() == "plan:enterprise"


def test_nothing_found_offers_the_search_without_the_condition(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "plan:pro ")
    _type(palette, qtbot, "zelda")
    titles = [item.title for item in _items(palette, "try")]
    assert any("plan:pro" in title for title in titles)

    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(palette._session.background.is_idle)

    assert palette.is_open()
    assert palette.card.box.text() == "zelda"
    assert [item.title for item in _items(palette, "customer")] == ["Zelda Hyrule"]


def test_a_name_typed_with_a_slip_finds_who_was_meant_and_says_so(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "zedla hyrul")

    assert [item.title for item in _items(palette, "customer")] == ["Zelda Hyrule"]
    assert "zelda hyrule" in palette.card.told.words()


def test_nonsense_is_underlined_with_its_reason_and_old_results_stay(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "zelda")
    before = palette.card.list.items.lines()

    _type(palette, qtbot, " state:asleep")

    assert palette.card.box.line.wrong() == (6, 18)
    assert "asleep" in palette.card.told.words()
    assert palette.card.list.items.lines() == before
    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)
    assert palette.is_open()
    for _ in range(13):
        QTest.keyClick(palette.card.box.line, Qt.Key.Key_Backspace)
    qtbot.waitUntil(palette._session.background.is_idle)
    assert palette.card.box.line.wrong() is None


def test_up_and_down_pass_over_headings_and_tab_goes_to_the_next_group(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "hyrule")
    line, found = palette.card.box.line, palette.card.list
    assert found.row() == 1

    QTest.keyClick(line, Qt.Key.Key_Up)
    assert found.row() == 1
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert found.row() == 2
    QTest.keyClick(line, Qt.Key.Key_Tab)

    assert found.items.item_at(found.row()) is not None
    assert line.hasFocus()


def test_ctrl_and_a_number_shows_all_of_a_kind_and_no_other_place_opens(
    view: WorkspaceView, palette: Palette, qtbot: QtBot
) -> None:
    _type(palette, qtbot, "e")
    place = view.pages.currentWidget()

    QTest.keyClick(palette.card.box.line, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(palette._session.background.is_idle)

    assert _groups(palette) == ["customer"]
    assert view.pages.currentWidget() is place


def test_enter_opens_a_customer_and_it_is_among_the_recent_ones_by_its_key_alone(
    view: WorkspaceView, palette: Palette, qtbot: QtBot
) -> None:
    _type(palette, qtbot, "zelda")
    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)

    assert len(view.beside.windows.open_windows()) == 1
    kept = view.session.state()["recent.palette"]
    assert "Zelda" not in kept

    view.actions_by_key.action("open_customer").trigger()
    qtbot.waitUntil(palette._session.background.is_idle)
    assert [item.title for item in _items(palette)] == ["Zelda Hyrule"]
    view.beside.windows.close_all()


def test_ctrl_k_opens_it_in_the_window_of_a_customer_with_that_windows_actions(
    view: WorkspaceView, palette: Palette, qtbot: QtBot
) -> None:
    _type(palette, qtbot, "zelda")
    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)
    window = view.beside.windows.open_windows()[0]

    next(action for action in window.actions() if action.objectName() == "palette").trigger()

    own = window.findChildren(Palette)[0]
    titles = [item.title for item in _items(own, "action")]
    assert own.is_open()
    assert "As of another day" in titles
    assert "Settings" in titles
    own.close()
    view.beside.windows.close_all()


def test_the_mouse_selects_only_where_it_moves(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "hyrule")
    found = palette.card.list
    spot = found.visualRect(found.items.index(2, 0)).center()

    _hover(found.viewport(), spot)
    assert found.row() == 1
    _hover(found.viewport(), spot + QPoint(3, 0))

    assert found.row() == 2


def test_a_name_from_outside_is_text_that_turns_nothing_around(palette: Palette, qtbot: QtBot) -> None:
    _type(palette, qtbot, "link")
    item = _items(palette, "customer")[0]

    assert item.title.startswith("<b>Link</b>")
    assert item.side == "Look-alike letters"
    palette.card.grab()


def test_the_card_stands_where_it_stood_whatever_is_found(palette: Palette, qtbot: QtBot) -> None:
    before = palette.card.card()

    _type(palette, qtbot, "zzzxq")

    assert palette.card.card() == before
    assert (before.width(), before.top()) == (800, 64)


def test_the_theme_is_switched_from_the_palette_and_kept(view: WorkspaceView, palette: Palette, qtbot: QtBot) -> None:
    was_dark = theme.current().is_dark
    _type(palette, qtbot, "light and dark")

    QTest.keyClick(palette.card.box.line, Qt.Key.Key_Return)

    assert theme.current().is_dark is not was_dark
    assert view.session.settings()["theme"] == ("light" if was_dark else "dark")
    view.actions_by_key.action("theme").trigger()


def test_a_press_beside_the_card_closes_it(palette: Palette) -> None:
    QTest.mouseClick(palette.card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))

    assert not palette.is_open()


def _hover(widget, spot: QPoint) -> None:
    at, none = QPointF(spot), Qt.MouseButton.NoButton
    place = QPointF(widget.mapToGlobal(spot))
    event = QMouseEvent(QMouseEvent.Type.MouseMove, at, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)
