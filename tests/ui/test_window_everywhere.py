"""What holds for the whole window: names, keyboard, search, sizes, the lost connection."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.ui.assign.popover import AssignPopover
from console.ui.profile.property_row import PropertyRow
from console.ui.widgets.chip import ChipButton
from console.ui.workspace_view import WorkspaceView


def test_every_control_has_a_name_and_is_reached_by_keyboard(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    for place in ("inbox", "sources", "imports", "outbox"):
        view.go_to(place)
        shown = [widget for widget in view.findChildren(QWidget) if widget.isVisible()]
        controls = [widget for widget in shown if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)]
        inner = {"qt_spinbox_lineedit"}
        nameless = [
            f"{place}: {type(widget).__name__}"
            for widget in controls
            if not widget.accessibleName() and widget.objectName() not in inner and not _is_inner(widget)
        ]
        assert not nameless


def _is_inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QComboBox)


def test_escape_leaves_the_search_and_gives_the_list_back(view: WorkspaceView, qtbot: QtBot) -> None:
    column = view.inbox.column
    qtbot.keyClick(column.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert column.search.hasFocus()
    qtbot.keyClicks(column.search, "export")
    column.search.tell()
    assert column.results.isVisible()

    qtbot.keyClick(column.search, Qt.Key.Key_Escape)
    assert column.list.isVisible()
    qtbot.keyClick(column.search, Qt.Key.Key_Escape)

    assert column.list.hasFocus()


def test_the_search_box_takes_any_text(view: WorkspaceView, qtbot: QtBot) -> None:
    for words in ('"', "a AND", "NEAR(", "*", "col:x -", "'; DROP TABLE messages; --", "\u202e\ud800 x"):
        view.inbox.column.results.ask(words)
        qtbot.waitUntil(view.session.background.is_idle)


def test_the_window_bears_being_small_and_large(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    for width, height in ((900, 560), (2_400, 1_300), (1_100, 700)):
        view.resize(width, height)
        QApplication.sendEvent(view, QEvent(QEvent.Type.LayoutRequest))
        assert not view.grab().isNull()


def test_offline_is_said_after_five_seconds_and_only_then(view: WorkspaceView, qtbot: QtBot) -> None:
    from console.ui.services import Progress

    view.sync._grace.setInterval(80)
    view.session.progressed.emit(Progress("connection", "", "offline"))
    assert not view.offline.isVisible()

    qtbot.waitUntil(view.offline.isVisible, timeout=2_000)
    assert "You are offline since" in view.offline.accessibleName()
    qtbot.waitUntil(view.session.background.is_idle)
    assert view.footer.words().startswith("Offline, as of")

    view.session.progressed.emit(Progress("connection", "", "online"))
    assert not view.offline.isVisible()


def test_a_narrow_window_gives_the_room_of_the_profile_to_the_conversation(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    assert view.inbox.panel.isVisible()

    view.resize(920, 600)
    assert not view.inbox.panel.isVisible()
    view.actions_by_key.action("panel").trigger()
    assert view.inbox.panel.isVisible()

    view.resize(1_400, 860)
    assert view.inbox.panel.isVisible()


def test_tab_goes_through_the_window_as_one_reads(view: WorkspaceView, qtbot: QtBot) -> None:
    inbox = view.inbox
    qtbot.waitUntil(lambda: inbox.pane.read() is not None)
    qtbot.wait(250)
    inbox.column.list.setFocus()
    visited: list[QWidget] = []
    for _ in range(40):
        qtbot.keyClick(_focused(), Qt.Key.Key_Tab)
        visited.append(_focused())

    header, composer = inbox.pane.header, inbox.pane.composer
    tags = [visited.index(chip) for chip in header.tags.findChildren(ChipButton) if chip.isVisible()]
    rows = [visited.index(row) for row in inbox.panel.properties.findChildren(PropertyRow) if row.isVisible()]
    assert tags
    assert rows
    assert visited.index(header.state) < min(tags) < visited.index(composer.field) < min(rows)
    assert rows == sorted(rows)
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in visited)


def test_escape_closes_a_popover_and_the_keyboard_goes_back(view: WorkspaceView, qtbot: QtBot) -> None:
    inbox = view.inbox
    qtbot.waitUntil(lambda: inbox.pane.read() is not None)
    inbox.column.list.setFocus()

    qtbot.keyClick(inbox.column.list, Qt.Key.Key_A)
    popover = view.findChild(AssignPopover)
    assert popover is not None
    assert popover.isAncestorOf(_focused())
    qtbot.keyClick(_focused(), Qt.Key.Key_Escape)

    assert not popover.is_open()
    assert _focused() is inbox.column.list


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
