"""What is done in the directory with all that are chosen: one edit of exactly them, or a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.directory.shown import SORTED, key_of, last_edit, names, settle, told
from tests.ui.workspaces import NAMES, SyncSide

from console.domain import edits as e
from console.domain.edits import Owner
from console.domain.records import CustomerRecord, OwnerKind
from console.domain.segment_rules import Condition, Not, Subject, Verb, rule_to_json
from console.domain.values import Value, ValueKind
from console.ui.compare.dialog import CompareDialog
from console.ui.directory.page import DirectoryPage
from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView

KEY = Condition(Subject.TAG, Verb.IS, ("key",))


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


def test_a_tag_for_many_says_what_it_starts_before_it_is_applied(
    page: DirectoryPage, session: Session, qtbot: QtBot
) -> None:
    rules = {"Key people": KEY, "Small fry": Not(KEY)}
    for number, (name, rule) in enumerate(rules.items()):
        session.submit(e.DefineSegment(number + 1, name, OwnerKind.CUSTOMER, rule_to_json(rule)))
    told(qtbot, session, page)
    page.rows.chosen.all_that_match()
    count = len(page.rows.ids())

    card = page.deeds.ask_tag(page.bulk.tag)
    assert card.effect() == ""
    card.field.setText("key")
    qtbot.waitUntil(lambda: bool(card.effect()))
    assert card.effect() == f"{count} join Key people\n{count} leave Small fry"
    card.field.setText("another")
    qtbot.waitUntil(lambda: card.effect() == "No segment is joined or left")
    page.deeds.close()


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


def test_two_that_are_chosen_are_seen_side_by_side_and_may_be_made_one(
    view: WorkspaceView, session: Session, qtbot: QtBot
) -> None:
    view.go_to("customers")
    page = view.directories.page_of("customers")
    assert page is not None
    settle(qtbot, session, page)
    first, second = key_of(page, SORTED[0]), key_of(page, SORTED[1])
    page.rows.chosen.put((first, second), is_chosen=True)
    page.table.chosen.emit()

    page.bulk.compare.click()
    qtbot.waitUntil(session.background.is_idle)
    dialog = next(one for one in view.window().findChildren(CompareDialog) if one.isVisible())
    qtbot.waitUntil(dialog.merge.isEnabled)
    dialog.merge.click()

    edit = last_edit(session)
    assert isinstance(edit, e.MergeCustomers)
    assert {edit.winner, edit.loser} == {first, second}
    told(qtbot, session, page)
    qtbot.waitUntil(lambda: page.rows.rowCount() == 5)


def test_what_has_no_room_beside_the_others_stands_in_a_menu(page: DirectoryPage, qtbot: QtBot) -> None:
    page.rows.chosen.all_that_match()
    page.table.chosen.emit()
    assert page.bulk.export.isVisible()
    assert not page.bulk.more.isVisible()

    page.resize(680, 800)
    qtbot.waitUntil(lambda: not page.bulk.export.isVisible())

    assert not page.bulk.export.isVisible()
    menu = page.bulk.open_more()
    assert "Export…" in [action.text() for action in menu.actions()]
    warned: list[str] = []
    page.deeds.warned.connect(warned.append)
    next(action for action in menu.actions() if action.text() == "Message…").trigger()
    menu.close()
    assert "Nothing was sent" in warned[0]
