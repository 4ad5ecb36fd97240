"""The change feed."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide, conversation

from console.domain.edits import SetPriority
from console.store.changes import Stale, note_changes
from console.ui.session import Session


def test_what_others_commit_is_told_once_a_kind_with_its_keys(session: Session, side: SyncSide) -> None:
    heard: list[tuple[Stale, frozenset[int] | None]] = []
    session.feed.changed.connect(lambda kind, keys: heard.append((kind, keys)))

    for key in (7, 8, 7):
        with side.workspace.database.write() as connection:
            note_changes(connection, Stale.COMPANY, [key])
    session.feed.look()

    assert heard == [(Stale.COMPANY, frozenset({7, 8}))]


def test_nothing_is_told_twice(session: Session, side: SyncSide) -> None:
    heard: list[object] = []
    session.feed.changed.connect(lambda kind, keys: heard.append(kind))
    side.take(conversation(30))

    session.feed.look()
    first = len(heard)
    session.feed.look()

    assert first
    assert len(heard) == first


def test_too_many_keys_become_all_of_the_kind(session: Session, side: SyncSide) -> None:
    heard: list[tuple[Stale, frozenset[int] | None]] = []
    session.feed.changed.connect(lambda kind, keys: heard.append((kind, keys)))

    with side.workspace.database.write() as connection:
        note_changes(connection, Stale.CUSTOMER, range(5_000))
    session.feed.look()

    assert heard == [(Stale.CUSTOMER, None)]


def test_a_submitted_edit_comes_back_through_the_feed_within_a_moment(session: Session, qtbot: QtBot) -> None:
    from console.domain.inbox import InboxFilter
    from console.store.inbox import rows

    first = session.read(lambda connection: rows(connection, InboxFilter(), None, 1))[0]
    session.feed.start()

    with qtbot.waitSignal(session.feed.changed, timeout=2_000):
        session.submit(SetPriority(first.id, is_priority=True))

    assert session.read(lambda connection: rows(connection, InboxFilter(), None, 1))[0].is_priority
