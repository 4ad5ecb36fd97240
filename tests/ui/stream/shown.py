"""A stream shown in tests: whose, what it says, keys pressed on it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW

from console.domain.records import EventRecord, OwnerKind
from console.store.profile_calling import customer_called
from console.ui.session import Session
from console.ui.stream.view import StreamView

ARIANA = "person0@example.com"


def events(count: int, *, name: str = "Logged in", minutes: int = 60, who: str = "p0") -> list[EventRecord]:
    return [EventRecord(f"{name}{n}", name, NOW - timedelta(minutes=minutes * (n + 1)), who) for n in range(count)]


def key_of(session: Session, name: str = ARIANA) -> int:
    return session.read(lambda connection: customer_called(connection, name))


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(session.background.is_idle)


def show(qtbot: QtBot, session: Session, stream: StreamView, name: str = ARIANA) -> None:
    stream.show_owner(OwnerKind.CUSTOMER, key_of(session, name))
    settle(qtbot, session)


def said(stream: StreamView) -> list[str]:
    rows = stream.rows
    role = Qt.ItemDataRole.AccessibleTextRole
    return [rows.data(rows.index(place, 0), role) for place in range(rows.rowCount())]


def press(qtbot: QtBot, stream: StreamView, *keys: Qt.Key) -> None:
    stream.list.setFocus()
    for key in keys:
        qtbot.keyClick(stream.list, key)
