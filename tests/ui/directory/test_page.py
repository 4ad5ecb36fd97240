"""The directory on a real workspace: rows, order, filter, views, what is chosen, and what is done with all of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NAMES, SyncSide

from console.domain import edits as e
from console.domain.directory import Column
from console.domain.edits import Edit, Owner
from console.domain.ids import CustomerId
from console.domain.records import CustomerRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.directory.page import DirectoryPage
from console.ui.session import Session

SORTED = sorted(NAMES, key=str.casefold)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[DirectoryPage]:
    yield from _opened(session, qtbot, OwnerKind.CUSTOMER)


@pytest.fixture
def companies(session: Session, qtbot: QtBot) -> Iterator[DirectoryPage]:
    yield from _opened(session, qtbot, OwnerKind.COMPANY)


def _opened(session: Session, qtbot: QtBot, kind: OwnerKind) -> Iterator[DirectoryPage]:
    made = DirectoryPage(session, kind)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    settle(qtbot, session, made)
    yield made
    qtbot.waitUntil(session.background.is_idle)


def settle(qtbot: QtBot, session: Session, page: DirectoryPage) -> None:
    qtbot.waitUntil(lambda: page.reading.is_complete and session.background.is_idle())


def told(qtbot: QtBot, session: Session, page: DirectoryPage) -> None:
    """Everything that others did is on screen."""
    session.feed.look()
    qtbot.wait(20)
    settle(qtbot, session, page)


def names(page: DirectoryPage) -> list[str]:
    return [str(page.rows.index(row, 0).data()) for row in range(page.rows.rowCount())]


def key_of(page: DirectoryPage, name: str) -> int:
    key = page.rows.id_at(names(page).index(name))
    assert key is not None
    return key


def last_edit(session: Session) -> Edit:
    return session.workspace.journal.newest(1)[0].edit


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


def test_a_tag_for_all_that_match_is_one_edit_of_exactly_them(
    page: DirectoryPage, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    page.filter.put("name:a -name:Priya")
    settle(qtbot, session, page)
    seen = page.rows.ids()
    page.rows.chosen.all_that_match()
    side.take(CustomerRecord("late", ("late@example.com",), {"name": Value(ValueKind.STRING, "Late Arrival")}))

    card = page.deeds.ask_tag(page.bulk.tag)
    card.field.setText("beta")
    card.add.click()

    edit = last_edit(session)
    assert edit == e.AddTagToMany(OwnerKind.CUSTOMER, seen, "beta")
    told(qtbot, session, page)
    assert "Late Arrival" in names(page)
    page.filter.put("tag:beta")
    settle(qtbot, session, page)
    assert set(page.rows.ids()) == set(seen)


def test_of_a_list_that_is_still_read_all_that_match_are_asked_for(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    page.reading.is_complete = False
    page.rows.chosen.all_that_match()
    page.rows.chosen.toggle(key_of(page, NAMES[0]))

    page.deeds.ask_owner(page.bulk.owner).actions()[0].trigger()
    qtbot.waitUntil(session.background.is_idle)

    edit = last_edit(session)
    assert isinstance(edit, e.SetPropertyOfMany)
    assert (edit.name, edit.value.content, len(edit.owners)) == ("owner", "Nadia", 5)
    assert key_of(page, NAMES[0]) not in edit.owners


def test_a_property_and_a_tag_are_set_and_taken_off(page: DirectoryPage, session: Session, qtbot: QtBot) -> None:
    ada = key_of(page, NAMES[0])
    page.rows.chosen.put((ada,), is_chosen=True)
    page.table.chosen.emit()

    card = page.deeds.ask_property(page.bulk.set_property)
    card.name.setText("tier")
    assert card.field is not None
    line = card.field.focusProxy()
    assert isinstance(line, QLineEdit)
    line.setText("gold")
    assert card.save()
    assert last_edit(session) == e.SetPropertyOfMany(
        OwnerKind.CUSTOMER, (ada,), "tier", Value(ValueKind.STRING, "gold")
    )
    session.submit(e.AddTag(Owner(OwnerKind.CUSTOMER, ada), "beta"))
    told(qtbot, session, page)
    found = page.deeds.ask_untag(page.bulk.untag)
    found.search("beta")
    found.choose()
    assert last_edit(session) == e.RemoveTagFromMany(OwnerKind.CUSTOMER, (ada,), "beta")
    told(qtbot, session, page)
    assert "property:tier" in [column.key for column in page.known]


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
    page.save_view("Renamed", page.view)
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


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_who_is_chosen_is_written_to_a_file_that_runs_no_formula(
    page: DirectoryPage, session: Session, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    evil = key_of(page, SORTED[0])
    session.submit(e.SetProperty(Owner(OwnerKind.CUSTOMER, evil), "name", Value(ValueKind.STRING, "=cmd|x")))
    told(qtbot, session, page)
    qtbot.waitUntil(lambda: "=cmd|x" in names(page))
    page.rows.chosen.put((evil, key_of(page, SORTED[1])), is_chosen=True)
    said: list[str] = []
    page.exports.said.connect(said.append)
    path = tmp_path / name

    page.exports.write(path)
    qtbot.waitUntil(lambda: bool(said))

    assert said == [f"2 written to {name}"]
    if name.endswith(".csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][:3] == ["ID", "Name", "E-mail"]
        assert [row[1] for row in rows[1:]] == ["'=cmd|x", SORTED[1]]
    else:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line["name"] for line in lines] == ["=cmd|x", SORTED[1]]
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_file_that_cannot_be_written_is_said(
    page: DirectoryPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page.rows.chosen.all_that_match()
    failed: list[str] = []
    page.exports.failed.connect(failed.append)
    page.exports.write(tmp_path / "no such folder" / "list.csv")
    qtbot.waitUntil(lambda: bool(failed))
    assert "could not be written" in failed[0]


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
