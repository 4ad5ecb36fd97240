"""Choosing a conversation: arranged to the end before it is painted, painted once, and in the widgets that are there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide
from typing_extensions import override

from console.domain.edits import Entry, SetPriority
from console.domain.ids import ConversationId, new_edit_id
from console.store.changes import Stale
from console.ui.conversation.message_bubble import MessageBubble
from console.ui.profile.lines import LineRow
from console.ui.profile.property_row import PropertyRow
from console.ui.workspace_view import WorkspaceView

_QUIET_MS = 200


class _Seen(QObject):
    """Counts events of one kind that widgets get."""

    def __init__(self, kind: QEvent.Type, *watched: QWidget) -> None:
        super().__init__()
        self._kind = kind
        self.counts = dict.fromkeys(watched, 0)
        for widget in watched:
            widget.installEventFilter(self)

    def wait_until_quiet(self, qtbot: QtBot) -> None:
        """A window that was just shown is activated some time, and painted for that; counting begins behind it."""

        def is_quiet() -> bool:
            self.counts = dict.fromkeys(self.counts, 0)
            qtbot.wait(_QUIET_MS)
            return not any(self.counts.values())

        qtbot.waitUntil(is_quiet, timeout=20_000)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == self._kind and isinstance(watched, QWidget):
            self.counts[watched] += 1
        return False


def _settle() -> None:
    for _ in range(5):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def _choose(view: WorkspaceView, place: int) -> None:
    view.inbox.show_conversation(view.inbox.column.rows.id_at(place))


def test_a_chosen_conversation_is_painted_once(view: WorkspaceView, qtbot: QtBot) -> None:
    _choose(view, 0)
    pane, panel = view.inbox.pane, view.inbox.panel
    seen = _Seen(QEvent.Type.Paint, pane.header, pane.messages, panel.header, panel.properties)
    seen.wait_until_quiet(qtbot)

    for place in (1, 2, 3):
        _choose(view, place)
        _settle()

    assert set(seen.counts.values()) == {3}


def test_a_chosen_conversation_is_arranged_before_it_is_painted(view: WorkspaceView, qtbot: QtBot) -> None:
    _choose(view, 0)
    _settle()
    _choose(view, 1)
    pane, panel = view.inbox.pane, view.inbox.panel
    content = pane.messages.widget()
    assert content is not None
    seen = _Seen(QEvent.Type.LayoutRequest, pane, pane.header, content, panel.header, panel.sections.column)

    _settle()

    assert set(seen.counts.values()) == {0}
    assert view.inbox.pane.updatesEnabled()
    assert view.inbox.panel.updatesEnabled()


def test_what_becomes_of_another_conversation_repaints_no_profile_and_no_conversation(
    view: WorkspaceView, side: SyncSide, qtbot: QtBot
) -> None:
    _choose(view, 0)
    other = view.inbox.column.rows.id_at(3)
    assert other is not None
    pane, panel = view.inbox.pane, view.inbox.panel
    seen = _Seen(QEvent.Type.Paint, pane.header, pane.messages, panel.header, panel.properties, panel.tags)
    seen.wait_until_quiet(qtbot)
    changed: list[Stale] = []
    view.session.feed.changed.connect(lambda kind, _: changed.append(kind))

    # Another process kept it: an edit of this window would show a toast over the messages.
    entry = Entry(new_edit_id(NOW, bytes(10)), NOW, "Priya", SetPriority(ConversationId(other), is_priority=True))
    view.session.workspace.journal.append(entry)
    side.poke({"command": "fold"})
    view.session.feed.look()
    _settle()

    assert Stale.CONVERSATION in changed
    assert {type(one).__name__: count for one, count in seen.counts.items() if count} == {}


def test_conversations_and_profiles_are_shown_in_the_same_widgets(view: WorkspaceView, qtbot: QtBot) -> None:
    kinds = (MessageBubble, PropertyRow, LineRow)
    count = view.inbox.column.rows.rowCount()
    for place in range(count):
        _choose(view, place)
        _settle()
    before = {kind: set(view.inbox.findChildren(kind)) for kind in kinds}

    for place in range(count):
        _choose(view, place)
        _settle()

    assert all(before.values())
    assert {kind: set(view.inbox.findChildren(kind)) for kind in kinds} == before
