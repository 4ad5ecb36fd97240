"""The page of segments on a real workspace: one has a tag and a segment of a source, two did something."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NAMES, NOW, SyncSide

from console.domain.records import CustomerRecord, EventRecord
from console.domain.values import Value, ValueKind
from console.ui.segments.page import SegmentsPage
from console.ui.session import Session
from console.ui.widgets.toast import Toasts


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
