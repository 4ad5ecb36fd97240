"""The directory on a real workspace: rows, order, filter, views, what is chosen, and what is done with all of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.ui.directory.shown import SORTED, key_of, names, settle, told
from tests.ui.workspaces import NAMES, SyncSide

from console.domain import edits as e
from console.domain.directory import Column
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.records import CustomerRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.directory.page import DirectoryPage
from console.ui.session import Session


def test_all_customers_stand_there_by_name_with_their_cells(page: DirectoryPage, qtmodeltester: ModelTester) -> None:
    assert names(page) == SORTED
    assert page.count.text() == "6"
    row = page.rows.row_of(0)
    assert row is not None
    assert row.second.startswith("person")
    shown = [column.key for column in page.rows.columns()]
    assert shown[:3] == ["name", "email", "company"]
    words = [page.rows.index(0, place).data() for place in range(len(shown))]
    assert words[2] in ("Northpeak Analytics", "Cobalto")
    assert page.rows.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Company: ")
    qtmodeltester.check(page.rows)


def test_a_title_sorts_and_once_more_turns_it_round(page: DirectoryPage, session: Session, qtbot: QtBot) -> None:
    page.sort_by(Column("name"))
    settle(qtbot, session, page)
    assert names(page) == SORTED[::-1]
    page.sort_by(Column("email"))
    settle(qtbot, session, page)
    assert names(page) == list(NAMES)
    assert page.table.horizontalHeader().sortIndicatorSection() == 1


def test_what_is_typed_narrows_enter_makes_chips_and_show_all_takes_them_away(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    page.filter.field.setText("tag:VIP or name:Jonas")
    page.filter.field.tell()
    settle(qtbot, session, page)
    assert names(page) == ["Jonas Weiß"]

    qtbot.keyClick(page.filter.field, Qt.Key.Key_Return)
    settle(qtbot, session, page)
    assert page.filter.chips() == ("(tag:VIP or name:Jonas)",)
    page.filter.put("")
    page.filter.add("tag:VIP or name:Jonas")
    page.filter.add("-name:Priya")
    settle(qtbot, session, page)
    assert names(page) == ["Jonas Weiß"]
    page.filter.put("tag:VIP or name:Jonas")
    page.filter.add("-name:Jonas")
    settle(qtbot, session, page)
    assert page.rows.rowCount() == 0
    assert page.states.isVisible()

    qtbot.mouseClick(page.filter.clear, Qt.MouseButton.LeftButton)
    settle(qtbot, session, page)
    assert names(page) == SORTED
    assert not page.filter.clear.isVisible()


def test_what_is_wrong_with_a_filter_is_said_and_the_rows_stay(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    page.filter.field.setText("nonsense>3")
    page.filter.field.tell()
    settle(qtbot, session, page)

    assert "no property “nonsense”" in page.filter.reason.text()
    assert names(page) == SORTED
    qtbot.keyClick(page.filter.field, Qt.Key.Key_Return)
    assert page.filter.chips() == ()
    page.filter.field.setText("name:Priya")
    page.filter.field.tell()
    settle(qtbot, session, page)
    assert not page.filter.reason.isVisible()
    assert names(page) == ["Priya Raman"]


def test_keys_choose_one_several_and_all_and_enter_opens(page: DirectoryPage, session: Session, qtbot: QtBot) -> None:
    opened: list[int] = []
    page.opened.connect(opened.append)
    page.focus_table()

    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.bulk.words.text() == "1 chosen"
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.bulk.words.text() == "2 chosen"
    assert page.bulk.compare.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.bulk.words.text() == "All 6 that match"
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.bulk.words.text() == "5 chosen"
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [page.rows.id_at(1)]
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.bulk.words.isVisible()


def test_a_view_keeps_filter_order_and_columns_and_comes_back_after_a_restart(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    page.filter.put("name:a")
    settle(qtbot, session, page)
    page.choose_columns(["last_seen", "tags"])
    page.sort_by(Column("last_seen"))
    card = page.choices.ask_name()
    card.field.setText("  People with an A ")
    qtbot.keyClick(card.field, Qt.Key.Key_Return)
    settle(qtbot, session, page)
    assert page.title.text() == "People with an A"

    again = DirectoryPage(session, OwnerKind.CUSTOMER)
    qtbot.addWidget(again)
    settle(qtbot, session, again)
    kept = next(view for view in again.kept.views() if view.name == "People with an A")
    again.show_view(kept)
    settle(qtbot, session, again)

    assert again.filter.expression() == "name:a"
    assert [column.key for column in again.rows.columns()] == ["name", "last_seen", "tags"]
    assert again.view.sort == "last_seen"
    page.rename_view(page.view, "Renamed")
    assert "Renamed" in [button.view.name for button in page.side.buttons]
    page.side.removed.emit(page.view)
    settle(qtbot, session, page)
    assert page.title.text() == "All customers"
    assert [view.is_built_in for view in page.kept.views()] == [True] * 7


def test_columns_are_ticked_moved_and_keep_their_widths(page: DirectoryPage, session: Session, qtbot: QtBot) -> None:
    card = page.choices.open_columns()
    next(box for box in card.boxes if box.text() == "First seen").click()
    page.choices.close()
    titles = page.table.horizontalHeader()
    titles.moveSection(titles.visualIndex(len(page.rows.columns()) - 1), 1)
    titles.resizeSection(2, 321)
    page.keep()

    again = DirectoryPage(session, OwnerKind.CUSTOMER)
    qtbot.addWidget(again)
    settle(qtbot, session, again)
    keys = [column.key for column in again.rows.columns()]
    assert keys[:2] == ["name", "first_seen"]
    assert again.table.horizontalHeader().sectionSize(keys.index("company")) == 321


def test_a_wide_window_leaves_no_room_unused_and_keeps_the_widths_that_were_chosen(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    titles = page.table.horizontalHeader()

    def shown(wide: int) -> list[int]:
        page.resize(wide, 700)
        qtbot.waitUntil(lambda: page.table.viewport().width() > wide - 300)
        return [titles.sectionSize(place) for place in range(titles.count())]

    narrow = shown(900)
    wide = shown(2540)
    assert sum(wide) == page.table.viewport().width()
    assert all(after > before for before, after in zip(narrow, wide, strict=True))
    titles.resizeSection(1, wide[1] * 2)
    page.keep()
    assert shown(900) == [narrow[0], pytest.approx(narrow[1] * 2, abs=1), *narrow[2:]]


def test_what_others_do_comes_and_goes_and_what_is_chosen_stays(
    page: DirectoryPage, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    page.rows.chosen.put((key_of(page, NAMES[2]),), is_chosen=True)
    side.take(CustomerRecord("new", ("new@example.com",), {"name": Value(ValueKind.STRING, "Aaron New")}))
    told(qtbot, session, page)
    qtbot.waitUntil(lambda: names(page)[0] == "Aaron New")
    session.submit(e.MergeCustomers(CustomerId(key_of(page, NAMES[0])), CustomerId(key_of(page, "Aaron New"))))
    told(qtbot, session, page)
    qtbot.waitUntil(lambda: names(page) == SORTED)
    session.submit(
        e.SetProperty(Owner(OwnerKind.CUSTOMER, key_of(page, SORTED[0])), "name", Value(ValueKind.STRING, "Zoe"))
    )
    told(qtbot, session, page)
    qtbot.waitUntil(lambda: names(page) == [*SORTED[1:], "Zoe"])

    assert key_of(page, NAMES[2]) in page.rows.chosen


def test_companies_have_their_own_columns_and_views(companies: DirectoryPage, session: Session, qtbot: QtBot) -> None:
    assert names(companies) == ["Cobalto", "Northpeak Analytics"]
    assert [column.key for column in companies.rows.columns()][:3] == ["name", "domain", "members"]
    nobody = next(view for view in companies.kept.views() if view.key == "nobody")
    companies.show_view(nobody)
    settle(qtbot, session, companies)
    assert companies.rows.rowCount() == 0
    assert companies.states.isVisible()


def test_every_built_in_view_can_be_read_and_a_segment_narrows(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    for view in page.kept.views():
        page.show_view(view)
        settle(qtbot, session, page)
        assert not page.filter.reason.isVisible()
    page.show_view(page.kept.views()[0])
    found = page.choices.open_segments()
    found.search("Active")
    found.choose()
    settle(qtbot, session, page)
    assert page.filter.chips() == ("segment=Active",)
    assert names(page) == SORTED


def test_every_control_has_a_name(page: DirectoryPage) -> None:
    page.rows.chosen.all_that_match()
    page.table.chosen.emit()
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or getattr(widget, "text", str)(), type(widget)
