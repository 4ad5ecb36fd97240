"""The states of a stream: another day, a company's, empty, broken, large and from right to left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui.stream.shown import ARIANA, events, key_of, press, said, settle, show
from tests.ui.workspaces import NOW, SyncSide, conversation

from console.domain import edits as e
from console.domain.activity import Chip, Happened, Said
from console.domain.edits import Owner
from console.domain.records import EventRecord, OwnerKind
from console.domain.values import Value, ValueKind
from console.store import activity
from console.store.errors import StoreError
from console.store.profile_calling import company_called
from console.ui.session import Session
from console.ui.stream.view import StreamView
from console.ui.style import theme


def test_as_of_a_day_nothing_later_is_shown(stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot) -> None:
    side.take(*events(20, minutes=600))
    until = NOW - timedelta(days=3)
    stream.show_owner(OwnerKind.CUSTOMER, key_of(session), until)
    settle(qtbot, session)
    assert stream.reading.lines
    assert all(line.at <= until for line in stream.reading.lines)


def test_a_companys_stream_says_whose_each_line_is(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(*events(2), *events(2, name="Exported report", who="p2"))
    key = session.read(lambda connection: company_called(connection, "Northpeak Analytics"))
    stream.show_owner(OwnerKind.COMPANY, key)
    settle(qtbot, session)
    names = {line.customer_name for line in stream.reading.lines if isinstance(line.what, Happened | Said)}
    assert {"Ariana Delacroix", "Priya Raman"} <= names
    assert any("Ariana Delacroix" in words for words in said(stream))


def test_the_menu_of_a_companys_line_opens_its_conversation_and_whose_it_is(
    stream: StreamView, session: Session, qtbot: QtBot
) -> None:
    key = session.read(lambda connection: company_called(connection, "Northpeak Analytics"))
    stream.show_owner(OwnerKind.COMPANY, key)
    settle(qtbot, session)
    heard: list[object] = []
    stream.conversation_wanted.connect(heard.append)
    stream.customer_wanted.connect(heard.append)
    stream.list.go_to_first()
    line = stream.list.current_line()
    while line is not None and not isinstance(line.what, Said):
        press(qtbot, stream, Qt.Key.Key_Down)
        line = stream.list.current_line()
    assert line is not None
    assert isinstance(line.what, Said)
    at = stream.list.visualRect(stream.list.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, stream.list.viewport().mapToGlobal(at))
    QApplication.sendEvent(stream.list.viewport(), event)
    (menu,) = stream.findChildren(QMenu)
    for action in menu.actions()[:2]:
        action.trigger()
    menu.close()
    assert heard == [line.what.conversation_id, line.customer_id]


def test_one_source_can_be_chosen_and_an_empty_one_names_it(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.take(EventRecord("x1", "Paid", NOW, email=ARIANA), source="Billing")
    show(qtbot, session, stream)
    assert stream.bar.source.isVisible()
    qtbot.mouseClick(stream.bar.source, Qt.MouseButton.LeftButton)
    (menu,) = stream.bar.findChildren(QMenu)
    (billing,) = [action for action in menu.actions() if action.text() == "Billing"]
    billing.trigger()
    menu.close()
    settle(qtbot, session)
    assert {line.source for line in stream.reading.lines} == {"Billing"}
    stream.bar.choose(Chip.FEEDBACK)
    settle(qtbot, session)
    assert stream.empty.isVisible()
    assert "Billing" in stream.empty.accessibleName()


def test_what_comes_from_outside_is_text_and_turns_nothing_around(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    hostile = "<b>bold</b> <img src=/canary> \u202egnp.exe & more"
    side.take(
        conversation(0, minutes=4, text=hostile),
        EventRecord("h1", hostile, NOW, "p0", metadata={hostile: Value(ValueKind.STRING, hostile)}),
    )
    show(qtbot, session, stream)
    session.submit(e.WriteNote(Owner(OwnerKind.CUSTOMER, key_of(session)), "n1", f"first line\n{hostile}"))
    session.submit(e.AddTag(Owner(OwnerKind.CUSTOMER, key_of(session)), "<i>tag</i>"))
    session.feed.look()
    settle(qtbot, session)
    words = " ".join(said(stream))
    assert words.count("<img src=/canary>") >= 3
    assert "<i>tag</i>" in words
    assert "\u202e" not in words
    for place in range(stream.rows.rowCount()):
        stream.rows.toggle(place, is_open=True)
    assert not stream.grab().isNull()


def test_a_stream_without_anything_says_what_will_be_here(stream: StreamView, session: Session, qtbot: QtBot) -> None:
    stream.show_owner(OwnerKind.CUSTOMER, 1)
    settle(qtbot, session)
    assert stream.empty.accessibleName() == ("No activity yet. Messages, events and changes will appear here.")
    assert not stream.empty.button.isVisible()


def test_a_page_that_cannot_be_read_is_one_line_with_a_way_to_try_again(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreError("workspace.db cannot be read")

    with monkeypatch.context() as failing:
        failing.setattr(activity, "page", broken)
        show(qtbot, session, stream)
    assert stream.trouble.isVisible()
    assert stream.trouble.accessibleName() == "workspace.db cannot be read"
    qtbot.mouseClick(stream.trouble.again, Qt.MouseButton.LeftButton)
    settle(qtbot, session)
    assert not stream.trouble.isVisible()
    assert stream.reading.lines


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_rows_are_as_tall_as_what_they_show_at_any_text_size_and_direction(
    stream: StreamView, session: Session, side: SyncSide, qtbot: QtBot, scale: float, direction: Qt.LayoutDirection
) -> None:
    side.take(*events(3), conversation(0, minutes=3, text="word " * 200))
    stream.setLayoutDirection(direction)
    theme.current().scale_text(scale)
    try:
        show(qtbot, session, stream)
        stream.list.go_to_first()
        before = stream.list.rowHeight(stream.list.currentIndex().row())
        press(qtbot, stream, Qt.Key.Key_Left if direction is Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Right)
        assert stream.list.rowHeight(stream.list.currentIndex().row()) > before
        assert not stream.grab().isNull()
    finally:
        theme.current().scale_text(1.0)
