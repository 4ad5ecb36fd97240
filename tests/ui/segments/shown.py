"""Reading and settling the page of segments in tests."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.domain.segment_rules import Condition, Subject, Verb
from console.ui.segments.page import SegmentsPage
from console.ui.session import Session

SEEN = Condition(Subject.LAST_SEEN, Verb.NEWER, ("30d",))
EXPORTED = Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, ("2",), "Exported", window="30d")


def idle(page: SegmentsPage, qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not page.counting.is_counting() and session.background.is_idle())


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel)]
