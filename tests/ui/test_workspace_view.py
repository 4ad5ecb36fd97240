"""The window of an open workspace, driven as a teammate drives it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import KEY, NAMES, Clock, SyncSide, conversation

from console.domain.inbox import ConversationState, InboxFilter, InboxRow
from console.store.inbox import rows, rows_of
from console.store.workspace import Role, Workspace
from console.ui.inbox.choice import InboxChoice
from console.ui.inbox.row_words import name_of
from console.ui.session import Session
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.toast import SHADOW
from console.ui.workspace_view import WorkspaceView


def _names(view: WorkspaceView) -> list[str]:
    model = view.inbox.column.rows
    return [name_of(model.row_of(place)) for place in range(model.rowCount())]


def _row(view: WorkspaceView, key: int) -> InboxRow:
    return view.session.read(lambda connection: rows_of(connection, [key]))[key]


def _press(qtbot: QtBot, widget: QWidget, keys: str) -> None:
    for key in keys:
        qtbot.keyClicks(widget, key)


def test_the_inbox_shows_the_open_conversations_newest_first(view: WorkspaceView) -> None:
    assert _names(view) == list(NAMES)


def test_a_window_opens_on_the_newest_conversation_and_reads_it_only_when_it_is_looked_at(
    session: Session, qtbot: QtBot
) -> None:
    view = WorkspaceView(session)
    qtbot.addWidget(view)
    newest = view.inbox.column.rows.id_at(0)
    assert newest is not None

    qtbot.waitUntil(lambda: view.inbox.pane.read() is not None)
    view.inbox.marks.take()  # the moment has passed, but the window was never shown

    assert view.inbox.column.list.current_key() == newest
    assert view.inbox.panel.view() is not None
    assert _row(view, newest).unread_count > 0

    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: _row(view, newest).unread_count == 0, timeout=6_000)


def test_without_a_conversation_the_profile_says_so(view: WorkspaceView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.inbox.pane.read() is not None)

    view.inbox.column.list.choose(None)

    said = [state.accessibleName() for state in view.inbox.panel.findChildren(EmptyState) if state.isVisible()]
    assert said == ["No conversation chosen. Choose a conversation, and its customer appears here"]


def test_toasts_never_cover_the_composer(view: WorkspaceView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.inbox.pane.composer.isVisible())
    composer = view.inbox.pane.composer
    top = composer.mapTo(view, QPoint(0, 0)).y()

    toast = view.toasts.say("Closed", "Undo")
    qtbot.waitUntil(lambda: toast.isVisible())

    assert toast.geometry().bottom() - SHADOW < top
    view.toasts.clear()


def test_j_and_k_go_through_the_list_and_the_conversation_follows(view: WorkspaceView, qtbot: QtBot) -> None:
    column, pane = view.inbox.column, view.inbox.pane

    qtbot.waitUntil(lambda: pane.read() is not None)
    _press(qtbot, column.list, "j")
    second = pane.read()
    assert second is not None
    assert second.head.subject == "Cannot invite teammates"

    _press(qtbot, column.list, "k")
    first = pane.read()
    assert first is not None
    assert first.head.subject == "CSV export drops custom fields"
    assert first.head.customer is not None
    assert view.inbox.panel.owner().id == first.head.customer.id


def test_e_closes_and_the_next_conversation_follows(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    closed = view.inbox.column.list.current_key()
    assert closed is not None

    _press(qtbot, view.inbox.column.list, "e")
    view.session.feed.look()

    assert _row(view, closed).state is ConversationState.CLOSED
    assert _names(view) == list(NAMES[1:])
    assert view.inbox.column.list.current_key() == view.inbox.column.rows.id_at(0)
    following = view.inbox.pane.read()
    assert following is not None
    assert following.head.id == view.inbox.column.list.current_key()


def test_the_toast_takes_an_edit_back(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    _press(qtbot, view.inbox.column.list, "e")
    view.session.feed.look()
    assert len(_names(view)) == 5

    toast = view.toasts.shown()[-1]
    assert toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    view.session.feed.look()

    assert _names(view) == list(NAMES)


def test_priority_unread_and_mine_are_one_key_each(view: WorkspaceView, qtbot: QtBot) -> None:
    view.inbox.column.list.step(0)
    key = view.inbox.column.list.current_key()
    assert key is not None

    _press(qtbot, view.inbox.column.list, "pmu")

    row = _row(view, key)
    assert row.is_priority
    assert row.assignee == "Nadia"
    assert row.unread_count == 0


def test_single_letters_are_text_while_one_types(view: WorkspaceView, qtbot: QtBot) -> None:
    _press(qtbot, view.inbox.column.list, "j")
    before = len(view.session.workspace.journal.newest(50))

    view.inbox.column.begin_search()
    qtbot.keyClicks(view.inbox.column.search, "e/mpu?")
    assert view.inbox.column.search.text() == "e/mpu?"

    view.inbox.pane.write_reply()
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClicks(field, "eeju")

    assert "eeju" in view.inbox.pane.composer.field.toPlainText()
    assert len(view.session.workspace.journal.newest(50)) == before
    view.inbox.column.search.empty()


def test_undo_and_redo_say_what_they_do_and_survive_a_restart(
    view: WorkspaceView, both: tuple[Session, SyncSide], qtbot: QtBot
) -> None:
    view.inbox.column.list.step(0)
    _press(qtbot, view.inbox.column.list, "p")
    key = view.inbox.column.list.current_key()
    assert key is not None
    undo = view.actions_by_key.action("undo")
    assert undo.isEnabled()
    assert undo.text().startswith("Undo: ")

    side = both[1]
    other = Session(
        Workspace(view.session.workspace.folder, KEY, Role.WINDOW), "Nadia", now=Clock().now, services=side.services()
    )
    again = WorkspaceView(other)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(again.inbox.is_complete)
    assert again.actions_by_key.action("undo").text() == undo.text()
    again.actions_by_key.action("undo").trigger()

    assert not _row(view, key).is_priority
    assert again.actions_by_key.action("redo").isEnabled()
    again.actions_by_key.action("redo").trigger()
    assert _row(view, key).is_priority
    again.close()
    other.close()


def test_new_mail_arrives_on_top_without_moving_what_one_reads(view: WorkspaceView, side: SyncSide) -> None:
    for number in range(30, 60):
        side.take(conversation(number, minutes=600 + number))
    view.session.feed.look()
    column = view.inbox.column
    column.list.choose(column.rows.id_at(20))
    column.list.verticalScrollBar().setValue(1_000)
    chosen, top = column.list.current_key(), column.rows.id_at(column.list.rowAt(0))
    offset = column.list.rowViewportPosition(column.list.rowAt(0))

    side.take(conversation(90, minutes=1))
    view.session.feed.look()

    assert column.rows.position_of(chosen) == 21
    assert column.list.current_key() == chosen
    assert column.list.currentIndex().row() == 21
    assert column.rows.id_at(column.list.rowAt(0)) == top
    assert column.list.rowViewportPosition(column.list.rowAt(0)) == offset


def test_reading_for_a_moment_marks_read_and_stays_in_the_unread_list(view: WorkspaceView, qtbot: QtBot) -> None:
    column = view.inbox.column
    column.show_choice(InboxChoice(is_unread=True))
    column.list.step(0)
    key = column.list.current_key()
    assert key is not None

    qtbot.waitUntil(lambda: _row(view, key).unread_count == 0, timeout=3_000)
    view.session.feed.look()

    assert column.rows.position_of(key) is None
    shown = view.inbox.pane.read()
    assert shown is not None
    assert shown.head.id == key
    assert len(_names(view)) == 5


def test_segments_conditions_and_their_chips_narrow_the_list(view: WorkspaceView, qtbot: QtBot) -> None:
    column = view.inbox.column

    column.show_choice(InboxChoice(tag="VIP"))
    assert _names(view) == [NAMES[0]]

    column.show_choice(InboxChoice(tag="no such tag"))
    assert _names(view) == []
    assert column.empty.isVisible()
    shown = column.empty.currentWidget()
    assert shown is not None
    assert shown.accessibleName().startswith("Nothing matches")

    column.empty.wanted.emit(InboxChoice())
    assert len(_names(view)) == 6


def test_the_empty_inbox_is_calm_and_says_when_something_comes_back(view: WorkspaceView, qtbot: QtBot) -> None:
    from datetime import timedelta

    from console.domain.edits import CloseConversation, SnoozeConversation

    found = view.session.read(lambda connection: rows(connection, InboxFilter(), None, 20))
    for row in found[1:]:
        view.session.submit(CloseConversation(row.id))
    view.session.submit(SnoozeConversation(found[0].id, view.session.now() + timedelta(hours=3)))
    view.session.feed.look()

    assert view.inbox.clear.isVisible()
    assert "All clear" in view.inbox.clear.accessibleName()
    assert "comes back at" in view.inbox.clear.accessibleName()


def test_the_filter_and_the_open_conversation_are_remembered(
    view: WorkspaceView, both: tuple[Session, SyncSide], qtbot: QtBot
) -> None:
    view.inbox.column.show_choice(InboxChoice(segment="open", tag="VIP"))
    view.inbox.column.list.step(0)
    key = view.inbox.column.list.current_key()
    view.remember()

    again = WorkspaceView(view.session)
    qtbot.addWidget(again)
    again.show()

    assert again.inbox.column.choice == InboxChoice(segment="open", tag="VIP")
    qtbot.waitUntil(lambda: again.inbox.column.list.current_key() == key)
    again.close()
