"""The window of a company with hostile names, larger letters, the other theme, and for those who hear it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from tests.ui.company.conftest import Room
from tests.ui.rich import company_called, text

from console.domain.records import CompanyRecord, CustomerRecord
from console.ui.style import theme
from console.ui.widgets.avatar import Avatar

CANARY = "<b>Acme</b><img src='/canary'>"


def test_names_from_outside_are_text_wherever_they_stand(room: Room) -> None:
    said = {"name": text(CANARY), "company.size": text(CANARY)}
    room.side.take(
        CompanyRecord("bad", CANARY, ("bad.example",), {"plan": text(CANARY), "industry": text(CANARY)}),
        CustomerRecord("b1", ("b1@bad.example",), said, ("bad",), tags=(CANARY,)),
        CustomerRecord("b2", ("b2@bad.example",), {**said, "company.size": text("5")}, ("bad",)),
        CustomerRecord("b3", ("b3@bad.example",), {"name": text(CANARY)}),
        source="Intercom",
        done=2,
    )
    room.look()
    window = room.turn_to(company_called(room.session, CANARY))
    for tab in ("activity", "conversations", "members", "notes"):
        window.frame.show_tab(tab)
        room.settle()
    rich = [
        one.text()
        for one in window.findChildren(QLabel)
        if "<" in one.text() and one.textFormat() is not Qt.TextFormat.PlainText
    ]
    tips = [one.toolTip() for one in window.findChildren(QWidget) if "<img" in one.toolTip() or "<b>" in one.toolTip()]
    assert rich == []
    assert tips == []
    assert any(CANARY in (one.accessibleName() or one.text()) for one in window.findChildren(QLabel))


def test_everything_that_can_be_used_has_a_name(room: Room) -> None:
    for tab in ("activity", "conversations", "members", "notes"):
        room.window.frame.show_tab(tab)
        room.settle()
    used = (QAbstractButton, QLineEdit, QTableView, Avatar)
    nameless = [
        (type(one).__name__, one.objectName())
        for kind in used
        for one in room.window.findChildren(kind)
        if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
    ]
    ours = [
        one for one in nameless if not one[1].startswith("qt_") and one[0] not in ("QTableCornerButton", "QToolButton")
    ]
    assert [one for one in ours if one[0] != "QAbstractButton"] == []


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_larger_letters_need_no_more_room_than_the_window_has(room: Room, scale: float) -> None:
    look = theme.current()
    before = look.text_scale
    try:
        look.scale_text(scale)
        QApplication.processEvents()
        table = room.window.members.table
        wide = sum(table.columnWidth(column) for column in range(7) if not table.isColumnHidden(column))
        assert wide <= table.viewport().width() + 1
        assert table.rowHeight(0) == look.pixels(36)
        assert room.window.side.width() < room.window.width() / 2
    finally:
        look.scale_text(before)


def test_it_can_be_drawn_in_the_dark(room: Room) -> None:
    look = theme.current()
    before = look.is_dark
    light = room.window.grab().toImage()
    try:
        look.choose("light" if before else "dark")
        QApplication.processEvents()
        assert room.window.grab().toImage() != light
    finally:
        look.choose("dark" if before else "light")
