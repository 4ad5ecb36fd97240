"""Shortcuts: chosen, checked, kept, given back; single letters on and off; AltGr is never taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui import shortcuts
from console.ui.actions import groups
from console.ui.settings.shortcuts import ShortcutSheet
from console.ui.widgets.buttons import Button
from console.ui.workspace_view import WorkspaceView

_OWN = {act.key: act.keys for _, acts in groups() for act in acts}
_WORDS = {act.key: act.words for _, acts in groups() for act in acts}


@pytest.fixture
def sheet(view: WorkspaceView) -> Iterator[ShortcutSheet]:
    """The open sheet of the main window."""
    opened = view.open_shortcuts()
    yield opened
    opened.reject()


def test_other_keys_work_at_once_and_are_kept(view: WorkspaceView, sheet: ShortcutSheet) -> None:
    sheet.line("close").begin()
    QTest.keyClick(sheet.line("close").catcher, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)

    assert view.actions_by_key.keys_of("close") == ("Ctrl+D",)
    assert view.session.settings()["shortcut.close"] == "Ctrl+D"


def test_keys_that_another_action_has_are_refused_by_its_name_and_can_be_taken_from_it(
    view: WorkspaceView, sheet: ShortcutSheet
) -> None:
    line = sheet.line("close")
    line.begin()
    QTest.keyClick(line.catcher, Qt.Key.Key_R)
    assert line.told() == "R belongs to “Reply”"
    assert view.actions_by_key.keys_of("close") == ("E",)

    line.take.click()

    assert view.actions_by_key.keys_of("close") == ("R",)
    assert view.actions_by_key.keys_of("reply") == ()


def test_backspace_takes_a_shortcut_away_and_its_own_comes_back(view: WorkspaceView, sheet: ShortcutSheet) -> None:
    sheet.line("close").begin()
    QTest.keyClick(sheet.line("close").catcher, Qt.Key.Key_Backspace)
    assert view.actions_by_key.keys_of("close") == ()

    sheet.line("close").back.click()

    assert view.actions_by_key.keys_of("close") == ("E",)


def test_single_letters_can_be_turned_off_and_the_others_stay(view: WorkspaceView, sheet: ShortcutSheet) -> None:
    sheet.letters.setChecked(False)

    assert view.actions_by_key.keys_of("close") == ()
    assert view.actions_by_key.keys_of("search") == ("Ctrl+F",)
    assert view.actions_by_key.keys_of("shortcuts") == ("F1",)
    assert not shortcuts.are_letters_on(view.session.settings())


def test_a_window_beside_follows_the_switch_of_single_letters(view: WorkspaceView, sheet: ShortcutSheet) -> None:
    row = view.inbox.column.rows.row_of(0)
    view.session.open_customer(row.customer_id)
    window = view.beside.windows.open_windows()[0]
    note = next(action for action in window.actions() if action.shortcut().toString() == "N")

    sheet.letters.setChecked(False)
    assert note.shortcut().toString() == ""
    sheet.letters.setChecked(True)

    assert note.shortcut().toString() == "N"
    window.close()


def test_tool_tips_name_the_keys_that_work_now(view: WorkspaceView, sheet: ShortcutSheet) -> None:
    view.session.open_customer(view.inbox.column.rows.row_of(0).customer_id)
    window = view.beside.windows.open_windows()[0]
    (note,) = [one for one in window.findChildren(Button) if one.text() == "Note"]
    snooze = view.inbox.pane.header.snooze
    assert (note.toolTip(), snooze.toolTip()) == ("Note (N)", "Snooze (H)")

    line = sheet.line("snooze")
    line.begin()
    QTest.keyClick(line.catcher, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert snooze.toolTip() == "Snooze (Ctrl+D)"
    sheet.letters.setChecked(False)
    assert (note.toolTip(), snooze.toolTip()) == ("Note", "Snooze (Ctrl+D)")
    window.close()


def test_the_sheet_is_searched_by_words_and_by_keys(sheet: ShortcutSheet) -> None:
    sheet.search.setText("ctrl+k")

    assert sheet.line("palette").words == "Search or do anything…"
    with pytest.raises(KeyError):
        sheet.line("close")


@pytest.mark.parametrize("keys", ["Ctrl+Alt+E", "Ctrl+Alt+Q", "Ctrl+Alt+Shift+7"])
def test_what_altgr_writes_with_is_never_a_shortcut(keys: str) -> None:
    found = shortcuts.refused("close", keys, _OWN, _WORDS)

    assert found is not None
    assert "AltGr" in found.sentence


def test_a_sign_written_with_altgr_reaches_the_field_and_no_action(view: WorkspaceView, qtbot: QtBot) -> None:
    done: list[str] = []
    for key in ("close", "search", "reply"):
        view.actions_by_key.action(key).triggered.connect(lambda _=False, key=key: done.append(key))
    field = view.inbox.column.search
    field.setFocus()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier

    for code, text in ((Qt.Key.Key_E, "€"), (Qt.Key.Key_Q, "@"), (Qt.Key.Key_7, "{")):
        QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, code, held, text))

    assert done == []
    assert all(QKeySequence(keys)[0].keyboardModifiers() & held != held for own in _OWN.values() for keys in own)  # pyright: ignore[reportIndexIssue]  # the stubs miss it


@pytest.mark.parametrize("keys", ["Ctrl+C", "Ctrl+V", "Tab", "Return", "Esc", "Up", ""])
def test_what_fields_need_is_never_a_shortcut(keys: str) -> None:
    assert shortcuts.refused("close", keys, _OWN, _WORDS) is not None


def test_keys_as_in_mail_programs_leave_no_two_actions_with_the_same() -> None:
    kept = shortcuts.like_mail(_OWN)

    taken = [one for keys in shortcuts.chosen(_OWN, kept).values() for one in keys]

    assert len(taken) == len(set(taken))
    assert shortcuts.chosen(_OWN, kept)["snooze"] == ("B",)


@given(st.dictionaries(st.sampled_from([f"shortcut.{key}" for key in _OWN]), st.text(max_size=30)))
def test_whatever_is_kept_is_read(kept: dict[str, str]) -> None:
    found = shortcuts.in_force(_OWN, kept)

    assert found.keys() == _OWN.keys()
    assert all(QKeySequence(one).count() == 1 for keys in found.values() for one in keys)
