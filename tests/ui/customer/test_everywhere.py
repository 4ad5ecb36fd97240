"""What holds for the whole window of a customer: names, keys, text that stays text, room for larger letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QScrollArea, QTextBrowser, QWidget
from tests.ui.customer.conftest import Room
from tests.ui.workspaces import NOW

from console.domain.edits import AddTag, Owner, SetProperty, WriteNote
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.ui.style import theme

CANARY = '<img src="/canary.png"><b>bold</b>'


def test_assistive_technology_hears_what_everything_is(room: Room) -> None:
    room.window.ask_day()
    room.qtbot.waitUntil(room.session.background.is_idle)
    tree = list(_tree(QAccessible.queryAccessibleInterface(room.window)))
    names = {name for _, name in tree}
    assert {"Ariana Delacroix", "Facts", "Signals", "Key figures"} <= names
    assert any(name.startswith("As of ") and name.endswith("read-only") for name in names)
    assert any(name.startswith("Logged in: ") for name in names)
    assert any(name.startswith("Lyon, France, approximate, from") for name in names)
    assert _nameless(room.window) == []


def test_the_keyboard_reaches_every_column(room: Room) -> None:
    window, seen = room.window, set[str]()
    parts: dict[str, QWidget] = {
        "header": window.header,
        "properties": window.facts.properties,
        "story": window.story,
        "events": window.signals.events,
    }
    for _ in range(90):
        focus = room.window.focusWidget()
        seen |= {name for name, part in parts.items() if focus is not None and part.isAncestorOf(focus)}
        room.qtbot.keyClick(focus or room.window, Qt.Key.Key_Tab)
    assert seen == set(parts)


def test_whatever_it_is_called_it_is_shown_as_text(room: Room) -> None:
    value = Value(ValueKind.STRING, CANARY)
    room.side.take(
        CompanyRecord("x", CANARY),
        CustomerRecord(CANARY, ("mallory@example.com",), {"name": value, "city": value, "phone": value, "job_title": value}, ("x",), NOW, (CANARY,), (CANARY,)),
        EventRecord("x", CANARY, NOW, customer_id=CANARY, metadata={CANARY: value}),
        source=CANARY,
    )  # fmt: skip
    key = room.session.read(
        lambda c: c.exec_driver_sql("SELECT id FROM customers WHERE email = 'mallory@example.com'").scalar_one()
    )
    owner = Owner(OwnerKind.CUSTOMER, key)
    for edit in (
        AddTag(owner, "x" + CANARY),
        WriteNote(owner, "n1", f"**{CANARY}**"),
        SetProperty(owner, "owner", value),
    ):
        room.session.submit(edit)
    room.turn_to(key)
    room.qtbot.waitUntil(room.session.background.is_idle)
    room.window.signals.events.rows()[0].click()
    menu = room.window.acts.open_owner(room.window.header.owner)
    for widget in [room.window, *room.window.findChildren(QWidget)]:
        if isinstance(widget, QLabel):
            assert widget.textFormat() is Qt.TextFormat.PlainText or "canary" not in widget.text(), widget.text()
        assert "canary" not in widget.toolTip() or "<img" not in widget.toolTip(), widget.toolTip()
    menu.close()
    assert room.window.header.name() == CANARY
    assert CANARY in room.window.signals.notes.cards()[0]._text.toPlainText()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_middle_keeps_its_room_at_every_text_size(room: Room, scale: float) -> None:
    theme.current().scale_text(scale)
    try:
        for size in (QSize(900, 560), QSize(1180, 820), QSize(1900, 1000)):
            room.window.resize(size)
            room.qtbot.waitUntil(room.session.background.is_idle)
            assert room.window.story.width() >= 400
            assert room.window.signals.notes.isVisible()
    finally:
        theme.current().scale_text(1.0)


def _tree(interface) -> Iterator[tuple[object, str]]:
    yield interface.role(), interface.text(QAccessible.Text.Name)
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is not None:
            yield from _tree(child)


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if not isinstance(widget, QTextBrowser | QScrollArea) and not _name(widget)
    ]


def _name(widget: QWidget) -> str:
    known = QAccessible.queryAccessibleInterface(widget)
    return widget.accessibleName() or (known.text(QAccessible.Text.Name) if known else "")
