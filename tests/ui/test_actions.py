"""Actions: each made once, each with words and keys of its own."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.ui.actions import Actions, groups
from console.ui.settings.shortcuts import ShortcutSheet
from console.ui.widgets.labels import KeyCaps
from console.ui.workspace_view import WorkspaceView


def _window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def _actions(window: QWidget) -> tuple[Actions, list[str]]:
    done: list[str] = []
    keys = [act.key for _, acts in groups() for act in acts]
    made = Actions(window, {key: lambda key=key: done.append(key) for key in keys})
    return made, done


def test_no_two_actions_share_a_shortcut_or_a_key(qtbot: QtBot) -> None:
    acts = [act for _, group in groups() for act in group]

    keys = Counter(keys for act in acts for keys in act.keys)

    assert [key for key, count in keys.items() if count > 1] == []
    assert len({act.key for act in acts}) == len(acts)
    assert all(act.words and act.keys and act.icon for act in acts)


def test_an_action_does_its_deed_however_it_is_triggered(qtbot: QtBot) -> None:
    window = _window(qtbot)
    actions, done = _actions(window)

    for key in ("undo", "import", "inbox"):
        actions.action(key).trigger()

    assert done == ["undo", "import", "inbox"]


def test_what_needs_a_conversation_is_off_without_one(qtbot: QtBot) -> None:
    window = _window(qtbot)
    actions, _ = _actions(window)
    assert not actions.action("close").isEnabled()
    assert actions.action("import").isEnabled()

    actions.set_conversation(is_there=True)

    assert actions.action("close").isEnabled()


def test_what_needs_a_conversation_is_off_where_none_is_seen(qtbot: QtBot) -> None:
    """A letter typed on the page of segments must not close a conversation in the inbox behind it."""
    window = _window(qtbot)
    actions, _ = _actions(window)
    actions.set_conversation(is_there=True)

    actions.set_place("segments")
    assert not actions.action("close").isEnabled()
    actions.set_place("inbox")

    assert actions.action("close").isEnabled()


def test_undo_and_redo_name_their_step_and_are_off_without_one(qtbot: QtBot) -> None:
    window = _window(qtbot)
    actions, _ = _actions(window)

    actions.name_steps("Set plan to Pro", None)

    assert actions.action("undo").text() == "Undo: Set plan to Pro"
    assert actions.action("undo").isEnabled()
    assert actions.action("redo").text() == "Redo"
    assert not actions.action("redo").isEnabled()


def test_the_sheet_shows_every_action_with_its_keys(qtbot: QtBot) -> None:
    window = _window(qtbot)
    actions, _ = _actions(window)
    sheet = ShortcutSheet(actions)
    qtbot.addWidget(sheet)
    acts = [act for _, group in groups() for act in group]

    words = {label.text() for label in sheet.findChildren(QLabel)}

    assert {act.words for act in acts} <= words
    assert len(sheet.findChildren(KeyCaps)) == sum(len(act.keys) for act in acts)


def test_every_visible_action_has_words_a_shortcut_an_icon_and_its_line_in_the_sheet(
    view: WorkspaceView, qtbot: QtBot
) -> None:
    sheet = view.open_shortcuts()
    told = {found.accessibleName() for found in sheet.findChildren(KeyCaps)}
    taken: list[str] = []
    for action in view.actions():
        assert action.text(), action
        assert not action.icon().isNull(), action.text()
        assert action.shortcuts(), action.text()
        for keys in action.shortcuts():
            shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
            assert shown in told, action.text()
            taken.append(shown)
    sheet.reject()

    assert len(taken) == len(set(taken))
    assert "H" in taken
