"""Sections fold, count and move by mouse and keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel

from console.ui.widgets.section import MIME, Section
from console.ui.widgets.section_column import SectionColumn


@pytest.fixture
def column(qtbot) -> SectionColumn:
    sections = [Section(key, key.title(), act="Add") for key in ("properties", "tags", "notes")]
    for section in sections:
        section.body.addWidget(QLabel("body"))
    made = SectionColumn(sections)
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    made.activateWindow()
    return made


def section(column: SectionColumn, key: str) -> Section:
    return next(found for found in column.findChildren(Section) if found.key == key)


def drop(column: SectionColumn, key: str, y: int) -> None:
    carried = QMimeData()
    carried.setData(MIME, key.encode())
    event = QDropEvent(
        QPointF(10, y), Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    column.dropEvent(event)


def test_a_press_folds_and_tells_it(column, qtbot) -> None:
    tags = section(column, "tags")
    words = tags.findChild(QLabel)
    assert words is not None
    with qtbot.waitSignal(column.folded) as told:
        qtbot.mouseClick(tags.header, Qt.MouseButton.LeftButton)
    assert told.args == ["tags", True]
    assert tags.is_folded()
    assert not words.isVisible()
    with qtbot.waitSignal(column.folded) as told:
        qtbot.keyClick(tags.header, Qt.Key.Key_Return)
    assert told.args == ["tags", False]
    assert words.isVisible()


def test_left_folds_and_right_unfolds(column, qtbot) -> None:
    tags = section(column, "tags")
    qtbot.keyClick(tags.header, Qt.Key.Key_Right)
    assert not tags.is_folded()
    qtbot.keyClick(tags.header, Qt.Key.Key_Left)
    assert tags.is_folded()


def test_what_was_remembered_is_restored_silently(column, qtbot) -> None:
    with qtbot.assertNotEmitted(column.folded), qtbot.assertNotEmitted(column.reordered):
        section(column, "notes").fold(is_folded=True)
        column.order(["notes", "gone", "tags"])
    assert column.keys() == ("notes", "tags", "properties")
    assert section(column, "notes").is_folded()


def test_alt_and_arrows_move_a_section_and_keep_the_focus(column, qtbot) -> None:
    header = section(column, "notes").header
    header.setFocus()
    qtbot.waitUntil(header.hasFocus)
    with qtbot.waitSignal(column.reordered) as told:
        qtbot.keyClick(header, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told.args == [("properties", "notes", "tags")]
    assert header.hasFocus()
    qtbot.waitUntil(lambda: header.mapTo(column, header.pos()).y() < section(column, "tags").y())


def test_a_section_does_not_move_beyond_the_ends(column, qtbot) -> None:
    with qtbot.assertNotEmitted(column.reordered):
        qtbot.keyClick(section(column, "properties").header, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(section(column, "notes").header, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert column.keys() == ("properties", "tags", "notes")


def test_a_dropped_section_stands_where_it_was_dropped(column, qtbot) -> None:
    drop(column, "properties", 490)
    assert column.keys() == ("tags", "notes", "properties")
    drop(column, "properties", 0)
    assert column.keys() == ("properties", "tags", "notes")
    drop(column, "tags", section(column, "tags").geometry().center().y())
    assert column.keys() == ("properties", "tags", "notes")
    drop(column, "of another window", 0)
    assert column.keys() == ("properties", "tags", "notes")


def test_the_header_says_title_and_count_and_the_action_has_a_name(column, qtbot) -> None:
    tags = section(column, "tags")
    tags.set_count(1200)
    assert tags.header.accessibleName().replace(",", "") == "Tags 1200"
    tags.set_count(None)
    assert tags.header.accessibleName() == "Tags"
    assert tags.button is not None
    assert tags.button.accessibleName() == "Add"
    with qtbot.waitSignal(tags.acted):
        tags.button.click()
