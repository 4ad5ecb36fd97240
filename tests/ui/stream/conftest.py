"""An empty stream on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.ui.session import Session
from console.ui.stream.view import StreamView


@pytest.fixture
def stream(session: Session, qtbot: QtBot) -> Iterator[StreamView]:
    made = StreamView(session)
    qtbot.addWidget(made)
    made.resize(600, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    session.feed.look()
