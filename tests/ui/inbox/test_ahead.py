"""What is read ahead: the neighbours of what is read, never stale, never another's, and never much."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide, fill

from console.domain.edits import SetPriority
from console.domain.ids import ConversationId
from console.domain.inbox import InboxFilter
from console.store.changes import Stale
from console.store.conversations import turns
from console.store.inbox import rows
from console.ui.inbox.ahead import MOST_KEPT, Ahead, Foreseen
from console.ui.inbox.delegate import InboxDelegate
from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView


class _Beside:
    """Reads ahead for these conversations, and notes what was read."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.wanted: tuple[int, ...] = ()
        self.ahead = Ahead(session, lambda: self.wanted, session)
        self.read: list[Foreseen] = []
        self.ahead.foreseen.connect(self.read.append)
        self._qtbot = qtbot

    def look(self, *keys: int) -> None:
        """Reads these ahead."""
        self.wanted = keys
        self.ahead.look_around()
        self._qtbot.waitUntil(lambda: all(self.ahead.known(key) for key in keys[-MOST_KEPT:]))


@pytest.fixture
def beside(session: Session, qtbot: QtBot) -> _Beside:
    return _Beside(session, qtbot)


def _keys(session: Session) -> tuple[int, ...]:
    return tuple(row.id for row in session.read(lambda connection: rows(connection, InboxFilter(), None, 100)))


def test_a_conversation_is_read_with_the_profile_of_its_own_customer(session: Session, beside: _Beside) -> None:
    keys = _keys(session)

    beside.look(*keys[:3])

    for key in keys[:3]:
        found = beside.ahead.known(key)
        assert found is not None
        assert found.read.head.id == key
        assert found.read.head.customer is not None
        assert found.view is not None
        assert found.view.owner.id == found.read.head.customer.id
    assert beside.ahead.known(keys[3]) is None


def test_what_became_stale_is_dropped_and_read_again(session: Session, beside: _Beside, qtbot: QtBot) -> None:
    first, second, *_ = _keys(session)
    beside.look(first, second)

    session.submit(SetPriority(ConversationId(first), is_priority=True))
    session.feed.look()

    assert beside.ahead.known(first) is None
    assert beside.ahead.known(second) is not None
    qtbot.waitUntil(lambda: beside.ahead.known(first) is not None)
    found = beside.ahead.known(first)
    assert found is not None
    assert found.read.head.is_priority


def test_a_change_of_the_customer_drops_the_profile(session: Session, beside: _Beside) -> None:
    first, second, *_ = _keys(session)
    beside.look(first, second)
    found = beside.ahead.known(first)
    assert found is not None
    assert found.view is not None

    session.feed.changed.emit(Stale.CUSTOMER, frozenset({found.view.owner.id}))

    assert beside.ahead.known(first) is None
    assert beside.ahead.known(second) is not None


def test_an_answer_that_was_under_way_when_something_changed_is_not_kept(
    session: Session, beside: _Beside, qtbot: QtBot
) -> None:
    first, *_ = _keys(session)
    beside.wanted = (first,)
    moment = beside.ahead.findChild(QTimer)
    assert moment is not None

    def change() -> None:  # right after it was asked
        session.feed.changed.emit(Stale.CONVERSATION, frozenset({first}))
        moment.stop()

    moment.timeout.connect(change, Qt.ConnectionType.SingleShotConnection)
    with qtbot.waitSignal(moment.timeout):
        beside.ahead.look_around()
    qtbot.wait(150)

    assert beside.ahead.known(first) is None


@pytest.mark.parametrize("kind", [Stale.PROPERTY, Stale.OUTBOX, Stale.TAG, Stale.SEGMENT, Stale.COMPANY])
def test_a_change_of_everything_leaves_nothing(session: Session, beside: _Beside, kind: Stale) -> None:
    keys = _keys(session)[:2]
    beside.look(*keys)

    session.feed.changed.emit(kind, None)

    assert [beside.ahead.known(key) for key in keys] == [None, None]


def test_no_more_than_a_few_are_kept(session: Session, side: SyncSide, beside: _Beside) -> None:
    fill(side, MOST_KEPT + 4)
    keys = _keys(session)
    assert len(keys) > MOST_KEPT

    for key in keys:
        beside.look(key)

    assert [beside.ahead.known(key) is not None for key in keys] == [False] * (len(keys) - MOST_KEPT) + [
        True
    ] * MOST_KEPT


def test_what_grew_old_is_read_again(session: Session, beside: _Beside, side: SyncSide) -> None:
    first, *_ = _keys(session)
    beside.look(first)

    side.clock.at = NOW + timedelta(minutes=2)

    assert beside.ahead.known(first) is None


def test_a_conversation_that_is_not_there_is_asked_for_once(session: Session, beside: _Beside, qtbot: QtBot) -> None:
    beside.wanted = (4711,)

    beside.ahead.look_around()
    qtbot.wait(300)

    assert beside.ahead.known(4711) is None
    assert session.background.is_idle()


def test_the_window_shows_what_changed_since_it_was_read_ahead(view: WorkspaceView, qtbot: QtBot) -> None:
    rows = view.inbox.column.rows
    first, second = rows.id_at(0), rows.id_at(1)
    assert first is not None
    assert second is not None
    assert view.inbox.pane is not None  # made by being asked for
    ahead = view.inbox.findChild(Ahead)
    assert ahead is not None
    with qtbot.waitSignal(ahead.foreseen, check_params_cb=lambda found: found.read.head.id == second):
        view.inbox.show_conversation(first)

    view.session.submit(SetPriority(ConversationId(second), is_priority=True))
    view.session.feed.look()
    view.inbox.column.list.step(1)

    read, shown = view.inbox.pane.read(), view.inbox.panel.view()
    assert read is not None
    assert read.head.id == second
    assert read.head.is_priority
    assert shown is not None
    assert read.head.customer is not None
    assert shown.owner.id == read.head.customer.id


def test_steps_through_the_list_show_each_conversation_beside_its_own_customer(
    view: WorkspaceView, qtbot: QtBot
) -> None:
    column, inbox = view.inbox.column, view.inbox
    for step in (1, 1, 1, -1, -1, 1, 1):
        column.list.step(step)
        qtbot.wait(120)
        read, shown = inbox.pane.read(), inbox.panel.view()
        assert read is not None
        assert read.head.id == column.list.current_key()
        assert read.head.customer is not None
        assert shown is not None
        assert shown.owner.id == read.head.customer.id
        key = read.head.id
        assert read.turns == view.session.read(lambda connection, key=key: turns(connection, key, None, 50))


def test_rows_beyond_the_edge_are_painted_before_they_come_into_view(view: WorkspaceView, side: SyncSide) -> None:
    fill(side, 40)
    view.session.feed.look()
    column = view.inbox.column
    rows_of_list, delegate = column.rows, column.list.itemDelegate()
    assert isinstance(delegate, InboxDelegate)
    column.list.choose(rows_of_list.id_at(0))
    column.list.viewport().repaint()
    below = column.list.rowAt(column.list.viewport().height() - 1) + 1

    column.list.foresee()

    assert rows_of_list.rowCount() > below + 20
    assert not delegate.foresee(rows_of_list.row_of(below), is_selected=False)
    assert delegate.foresee(rows_of_list.row_of(below + 20), is_selected=False)
