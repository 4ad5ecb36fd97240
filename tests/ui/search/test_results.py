"""What the search box finds, and how one goes through it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.search import Hit, HitKind
from console.store.search_index import index
from console.ui.search.hit_rows import HitModel
from console.ui.workspace_view import WorkspaceView


def _search(view: WorkspaceView, side: SyncSide, qtbot: QtBot, words: str) -> None:
    while index(side.workspace, 5_000):
        pass
    view.inbox.column.begin_search()
    qtbot.keyClicks(view.inbox.column.search, words)
    view.inbox.column.search.tell()
    qtbot.waitUntil(view.session.background.is_idle)


def test_enter_opens_the_first_hit_and_the_conversation_follows(
    view: WorkspaceView, side: SyncSide, qtbot: QtBot
) -> None:
    _search(view, side, qtbot, "vat")
    assert view.inbox.column.results.isVisible()

    qtbot.keyClick(view.inbox.column.search, Qt.Key.Key_Return)

    shown = view.inbox.pane.read()
    assert shown is not None
    assert shown.head.subject == "Wrong VAT"


def test_a_customer_is_found_by_name_and_opened_in_a_window(view: WorkspaceView, side: SyncSide, qtbot: QtBot) -> None:
    _search(view, side, qtbot, "ling")
    model = view.inbox.column.results.model
    hits = [hit for row in range(model.rowCount()) if (hit := model.hit_at(row)) is not None]
    customer = next(hit for hit in hits if hit.kind is HitKind.CUSTOMER)

    view.inbox.column.found.emit(customer)

    assert [window.shown_owner().id for window in view.windows.open_windows()] == [int(customer.id)]


def test_what_is_nowhere_is_said_so(view: WorkspaceView, side: SyncSide, qtbot: QtBot) -> None:
    _search(view, side, qtbot, "zzxqy")

    page = view.inbox.column.results.currentWidget()

    assert page is not None
    assert page.accessibleName() == "Nothing found. Nothing contains “zzxqy”."


def test_arrows_pass_over_headings(qtbot: QtBot) -> None:
    model = HitModel()
    hits = [Hit(kind, str(n), "t", "s", None, None) for n, kind in enumerate((HitKind.NOTE, HitKind.CUSTOMER))]
    model.show_hits(hits)

    first = model.next_hit(-1, 1)
    assert first == 1
    assert model.next_hit(first, 1) == 3
    assert model.next_hit(3, 1) is None
    assert model.next_hit(3, -1) == 1
    assert model.hit_at(0) is None
