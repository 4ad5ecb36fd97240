"""The editor of a segment is reached: by Tab in the order one reads, in a small window, and with values that are offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.segments.shown import EXPORTED, SEEN, idle
from tests.ui.workspaces import SyncSide

from console.domain.records import CustomerRecord
from console.domain.segment_rules import AllOf, Condition, Subject, Verb
from console.domain.values import Value, ValueKind
from console.ui.segments import draft as d
from console.ui.segments.page import SegmentsPage
from console.ui.session import Session


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
