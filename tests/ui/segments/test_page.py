"""The page of segments on a real workspace: rules are typed, counted, explained, saved, moved and removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui import workspaces
from tests.ui.segments.shown import EXPORTED, SEEN, idle, texts
from tests.ui.workspaces import NAMES, SyncSide

from console.domain.edits import DefineSegment, Edit
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Subject, Verb, rule_from_json
from console.domain.segments import Part
from console.store.segments import GivenSegment
from console.ui.segments import draft as d
from console.ui.segments.page import SegmentsPage
from console.ui.session import Session


def test_all_segments_are_listed_apart_with_their_counts(page: SegmentsPage) -> None:
    assert [entry.key for entry in page.side.entries] == [
        ("built in", "New"), ("built in", "Active"), ("built in", "Slipping away"), ("built in", "Away"), ("given", "Beta group"),
    ]  # fmt: skip
    assert [entry.accessibleName() for entry in page.side.entries][-1] == "Beta group, 1, kept by a source"
    page.side.field.setText("slip")
    page.side.field.tell()
    assert [entry.key[1] for entry in page.side.entries if not entry.isHidden()] == ["Slipping away"]


def test_a_segment_is_made_counted_explained_and_saved(page: SegmentsPage, session: Session, qtbot: QtBot) -> None:
    submitted: list[Edit] = []
    session.submitted.connect(lambda entry: submitted.append(entry.edit))
    page.begin_new(d.draft_of(AllOf((SEEN, EXPORTED))))
    idle(page, qtbot, session)

    assert page.beside.count.text() == "1"
    assert not page.save.isEnabled()
    inside, outside = page.middle.cards()
    assert inside.accessibleName() == f"Why is {NAMES[0]} in?"
    assert "2 times" in texts(inside)
    assert "is more" not in " ".join(texts(outside))

    page.middle.name.setText("Exporters")
    page.middle.name.textEdited.emit("Exporters")
    assert page.save.isEnabled()
    qtbot.keyClick(page.middle.name, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    session.feed.look()
    idle(page, qtbot, session)

    (edit,) = submitted
    assert isinstance(edit, DefineSegment)
    assert (edit.name, rule_from_json(edit.rule)) == ("Exporters", AllOf((SEEN, EXPORTED)))
    assert page.side.entries[0].accessibleName() == "Exporters, 1"
    assert not page.save.isEnabled()


def test_a_new_segment_stays_in_sight_while_it_is_being_saved(
    page: SegmentsPage, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    page.begin_new(d.draft_of(AllOf((SEEN,))), "Seen")
    key = page.key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspaces, "fold_pending", lambda *_: 0)
        assert page.keep()
        session.feed.look()
        idle(page, qtbot, session)
        assert (page.key, page.middle.name.text()) == (key, "Seen")
        assert not page.save.isEnabled()
    side.poke({})
    session.feed.look()
    idle(page, qtbot, session)
    assert (page.key, page.middle.name.text()) == (key, "Seen")
    assert page.side.entries[0].key == key


def test_the_count_follows_a_pause_in_typing_and_is_dimmed_until_then(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.begin_new(d.draft_of(AllOf((EXPORTED,))), "Exporters")
    idle(page, qtbot, session)
    (row,) = page.middle.editor.rows()
    assert row.value is not None
    row.value.focus()
    qtbot.keyClicks(row.value.findChildren(type(page.middle.name))[0], "1")

    assert page.counting.is_counting()
    assert (page.beside.count.text(), page.beside.count.property("look")) == ("1", "herowaiting")
    idle(page, qtbot, session)
    assert (page.beside.count.text(), page.beside.count.property("look")) == ("2", "hero")


def test_an_unfinished_rule_is_marked_left_out_and_keeps_saving_off(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    half = Condition(Subject.CONVERSATIONS, Verb.ABOVE, ("many",))
    page.begin_new(d.draft_of(AllOf((EXPORTED, half))), "Half")
    idle(page, qtbot, session)

    assert page.beside.count.text() == "1"
    assert "One rule is not finished and does not count" in page.beside.note.text()
    assert not page.save.isEnabled()
    assert any("not a number" in text for text in texts(page.middle.editor.rows()[1]))
    assert not page.keep()


def test_where_nobody_fits_the_rule_that_excludes_most_is_named(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.begin_new(d.draft_of(AllOf((SEEN, Condition(Subject.TAG, Verb.IS, ("no such tag",))))), "Nobody")
    idle(page, qtbot, session)
    assert page.beside.note.text() == "Nobody fits; this rule excludes the most: tag is no such tag"


def test_rules_are_moved_added_and_removed_by_keyboard_and_a_removal_is_undone(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.begin_new(d.draft_of(AllOf((SEEN, EXPORTED))), "Keys")
    first = page.middle.editor.rows()[0]
    qtbot.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert d.rule_of(page.middle.editor.draft) == AllOf((EXPORTED, SEEN))

    qtbot.keyClick(page.middle.editor.rows()[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(page.middle.editor.rows()) == 3

    qtbot.keyClick(page.middle.editor.rows()[0].handle, Qt.Key.Key_Delete)
    assert d.rule_of(page.middle.editor.draft) == AllOf((SEEN,))
    page.toasts.shown()[-1].acted.emit()
    assert d.rule_of(page.middle.editor.draft) == AllOf((EXPORTED, SEEN))
    idle(page, qtbot, session)


def test_choosing_what_a_rule_is_about_offers_its_fields_and_comparisons(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.begin_new()
    (row,) = page.middle.editor.rows()
    abouts = [row.about.itemText(place) for place in range(row.about.count())]
    assert abouts[0] == "Choose…"
    row.about.activated.emit(abouts.index("Event"))
    assert row.field.currentText() == "Exported"
    row.way.activated.emit(3)
    assert row.line.is_negated
    assert d.problem_of(row.line) == ""
    idle(page, qtbot, session)
    assert page.beside.count.text() == str(len(NAMES) - 2)


def test_a_line_of_the_explanation_leads_to_its_rule(page: SegmentsPage, session: Session, qtbot: QtBot) -> None:
    page.begin_new(d.draft_of(AllOf((SEEN, EXPORTED))), "Focus")
    idle(page, qtbot, session)
    page.activateWindow()
    card = page.middle.cards()[1]
    assert any(Part.BLOCKS.value in line.accessibleName() for line in card.lines)

    qtbot.mouseClick(card.lines[1], Qt.MouseButton.LeftButton)

    row = page.middle.editor.rows()[1]
    assert row.isAncestorOf(page.focusWidget() or page)


def test_built_in_and_given_ones_are_read_only_and_can_be_copied(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.choose(("given", "Beta group"))
    idle(page, qtbot, session)
    assert isinstance(page.current, GivenSegment)
    assert page.beside.count.text() == "1"
    assert page.middle.editor.isHidden()
    assert any(text.startswith("Kept by Mail") for text in texts(page.middle))

    page.choose(("built in", "Slipping away"))
    assert not page.middle.editor.isEnabled()
    page.middle.copied.emit()
    assert page.middle.name.text() == "Copy of Slipping away"
    assert page.middle.editor.isEnabled()
    assert len(page.middle.editor.rows()) == 2
    idle(page, qtbot, session)


def test_all_who_fit_are_shown_in_the_directory(page: SegmentsPage, session: Session, qtbot: QtBot) -> None:
    wanted: list[tuple[object, str]] = []
    page.all_wanted.connect(lambda kind, expression: wanted.append((kind, expression)))
    page.choose(("built in", "Slipping away"))
    page.beside.all_wanted.emit()
    page.begin_new(d.draft_of(AllOf((SEEN, EXPORTED))))
    idle(page, qtbot, session)
    assert page.beside.all.text() == "Show all 1"
    page.beside.all.click()
    assert wanted == [
        (OwnerKind.CUSTOMER, 'segment="Slipping away"'),
        (OwnerKind.CUSTOMER, "last_seen<30d count(Exported, 30d)>=2"),
    ]


def test_what_is_not_saved_stays_while_one_looks_at_another(page: SegmentsPage, session: Session, qtbot: QtBot) -> None:
    page.begin_new(d.draft_of(AllOf((SEEN,))), "Kept")
    key = page.key
    page.choose(("built in", "Active"))
    assert key is not None
    page.choose(key)
    assert page.middle.name.text() == "Kept"
    page.take_back()
    assert page.key != key
    idle(page, qtbot, session)
