"""The page of segments on a real workspace: rules are typed, counted, explained, saved, moved and removed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import workspaces
from tests.ui.workspaces import NAMES, NOW, SyncSide

from console.domain.edits import DefineSegment, Edit
from console.domain.records import CustomerRecord, EventRecord, OwnerKind
from console.domain.segment_rules import AllOf, Condition, Subject, Verb, rule_from_json
from console.domain.segments import Part
from console.domain.values import Value, ValueKind
from console.store.segments import GivenSegment
from console.ui.segments import draft as d
from console.ui.segments.page import SegmentsPage
from console.ui.session import Session
from console.ui.widgets.toast import Toasts

SEEN = Condition(Subject.LAST_SEEN, Verb.NEWER, ("30d",))
EXPORTED = Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, ("2",), "Exported", window="30d")


@pytest.fixture
def page(session: Session, side: SyncSide, qtbot: QtBot) -> Iterator[SegmentsPage]:
    side.take(
        CustomerRecord("p0", (), {"name": Value(ValueKind.STRING, NAMES[0])}, (), None, ("vip",), ("Beta group",)),
        EventRecord("e1", "Exported", NOW, "p0"),
        EventRecord("e2", "Exported", NOW, "p0"),
        EventRecord("e3", "Exported", NOW, "p1"),
    )
    made = SegmentsPage(session, _toasts(qtbot))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: made.listed is not None and session.background.is_idle())
    yield made
    qtbot.waitUntil(session.background.is_idle)


def _toasts(qtbot: QtBot) -> Toasts:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Toasts(window)


def idle(page: SegmentsPage, qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not page.counting.is_counting() and session.background.is_idle())


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel)]


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


def test_tab_goes_through_a_rule_from_left_to_right_and_then_to_the_next(
    page: SegmentsPage, session: Session, qtbot: QtBot
) -> None:
    page.begin_new(d.draft_of(AllOf((EXPORTED, SEEN))), "Seen")
    idle(page, qtbot, session)
    first, _ = page.middle.editor.rows()
    # Its value box is made anew, and so is the last widget that was made.
    first._take_way(1)
    idle(page, qtbot, session)
    rows = page.middle.editor.rows()
    wanted = [
        part
        for row in rows
        for part in (row.handle, row.about, row.field, row.way, *row.findChildren(QLineEdit), row.bin)
    ]
    rows[0].handle.setFocus()
    gone: list[QWidget] = [rows[0].handle]
    while gone[-1] is not rows[-1].bin and len(gone) < 30:
        QTest.keyClick(gone[-1], Qt.Key.Key_Tab)
        gone.append(page.focusWidget())
    unit = rows[1].value._unit if rows[1].value is not None else None
    assert unit in gone
    assert [one for one in gone if one is not unit] == wanted


@pytest.mark.parametrize(("wide", "high"), [(640, 400), (840, 560), (1140, 820)])
def test_nothing_of_the_editor_is_out_of_reach_in_a_small_window(
    page: SegmentsPage, session: Session, qtbot: QtBot, wide: int, high: int
) -> None:
    page.resize(wide, high)
    page.begin_new(d.draft_of(AllOf((EXPORTED, SEEN))), "Seen")
    idle(page, qtbot, session)
    area = page.middle.findChildren(QScrollArea)[0]
    for row in page.middle.editor.rows():
        area.ensureWidgetVisible(row.bin)
        seen = area.viewport().rect()
        assert seen.contains(QRect(row.bin.mapTo(area.viewport(), QPoint()), row.bin.size()))
        assert row.value is not None
        for part in row.value.findChildren(QLineEdit):
            area.ensureWidgetVisible(part)
            assert seen.contains(QRect(part.mapTo(area.viewport(), QPoint()), part.size()))
    if page.beside.isHidden():
        area.ensureWidgetVisible(page.beside.all)
    assert page.beside.all.isVisible()
    assert not page.beside.all.visibleRegion().isEmpty()
    (entry, *_) = page.side.entries
    assert entry.visibleRegion().boundingRect().width() == entry.width()


def test_a_rule_offers_the_values_that_its_property_has(
    page: SegmentsPage, side: SyncSide, session: Session, qtbot: QtBot
) -> None:
    says = {"plan": ("Team", "Enterprise", "Trial")}
    for place, plan in enumerate(says["plan"]):
        side.take(CustomerRecord(f"plan{place}", (), {"plan": Value(ValueKind.STRING, plan)}, (), None, (), ()))
    rule = Condition(Subject.PROPERTY, Verb.IS, (), "plan", ValueKind.STRING)
    page.begin_new(d.draft_of(AllOf((rule,))), "Plans")
    idle(page, qtbot, session)
    (row,) = page.middle.editor.rows()
    row.focus()
    assert row.value is not None
    field = row.value.findChildren(QLineEdit)[0]
    completer = field.completer()
    popup = completer.popup() if completer is not None else None
    assert completer is not None
    assert popup is not None
    qtbot.waitUntil(lambda: completer.model().rowCount() == 3)

    qtbot.keyClicks(field, "ent")
    assert completer.completionModel().rowCount() == 1
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.line.condition is not None and row.line.condition.values == ("Enterprise",))

    # Behind a comma the next one is completed, and the first stays.
    qtbot.keyClicks(field, ", tea")
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.line.condition is not None and row.line.condition.values == ("Enterprise", "Team"))
    popup.hide()
