"""The outbox among the places of the window: its badge, its keys, what the palette offers there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.edits import QueueReply
from console.domain.ids import ConversationId
from console.ui.palette.deeds import words_of
from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView


def _two_replies(session: Session) -> None:
    ask = "SELECT id FROM conversations ORDER BY id LIMIT 2"
    keys = session.read(lambda connection: connection.exec_driver_sql(ask).fetchall())
    for place, (key,) in enumerate(keys):
        session.submit(QueueReply(ConversationId(key), f"r{place}", "Hello"))
    session.feed.look()


def test_the_badge_counts_what_needs_somebody(
    view: WorkspaceView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    _two_replies(session)
    with side.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE outbox SET state = 'unknown' WHERE id = (SELECT min(id) FROM outbox)")
    view.sync.tell()

    qtbot.waitUntil(lambda: view._outbox_button.accessibleName() == "Outbox, 1", timeout=5_000)


def test_j_and_k_walk_the_outbox_where_it_is_shown(view: WorkspaceView, session: Session, qtbot: QtBot) -> None:
    _two_replies(session)
    before = view.inbox.column.list.current_key()
    view.go_to("outbox")
    page = view.outbox.page_of("outbox")
    assert page is not None
    qtbot.waitUntil(lambda: len(page.groups.lines()) == 2, timeout=5_000)

    qtbot.keyClick(view, Qt.Key.Key_J)
    assert page.groups.lines()[1].is_chosen()
    qtbot.keyClick(view, Qt.Key.Key_K)

    assert page.groups.lines()[0].is_chosen()
    assert view.inbox.column.list.current_key() == before


def test_the_palette_offers_what_can_be_done_on_the_page_that_is_shown(
    view: WorkspaceView, session: Session, qtbot: QtBot
) -> None:
    _two_replies(session)
    assert "Drop what goes out" not in [words_of(action) for action in view.palettes._offered()]
    view.go_to("outbox")
    page = view.outbox.page_of("outbox")
    assert page is not None
    qtbot.waitUntil(lambda: page.groups.current() is not None, timeout=5_000)

    offered = {words_of(action): action.isEnabled() for action in view.palettes._offered()}

    assert offered["Drop what goes out"]
    assert not offered["Check whether it was sent"]
    view.go_to("sources")
    assert "Sync this source" in [words_of(action) for action in view.palettes._offered()]
