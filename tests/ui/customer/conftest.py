"""The window of a customer on a real workspace, with the sync side folding at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.rich import ARIANA, customer_called, made_rich
from tests.ui.workspaces import SyncSide

from console.domain.edits import Edit
from console.ui.customer.window import CustomerWindow
from console.ui.profile.property_row import PropertyRow
from console.ui.session import Session


@dataclass
class Room:
    """Ariana's window, and all that was submitted in it."""

    qtbot: QtBot
    session: Session
    side: SyncSide
    window: CustomerWindow
    customer: int
    submitted: list[Edit] = field(default_factory=list)

    def look(self) -> None:
        """The feed looks once, as it does ten times a second."""
        self.session.feed.look()

    def turn_to(self, customer: int) -> None:
        """The window of another customer in place of Ariana's."""
        self.window.close()
        self.window.deleteLater()
        self.window = CustomerWindow(self.session, customer)
        self.window.show()

    def row(self, name: str) -> PropertyRow:
        """The row of a property, after unfolding the list where it is too short."""
        row = self.window.properties.reveal(name)
        assert row is not None
        return row


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    """Ariana's window, open."""
    session, side = made_rich(tmp_path / "workspace")
    customer = customer_called(session, ARIANA)
    window = CustomerWindow(session, customer)
    made = Room(qtbot, session, side, window, customer)
    session.submitted.connect(lambda entry: made.submitted.append(entry.edit))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    yield made
    made.window.close()
    made.window.deleteLater()
    session.close()
    side.workspace.close()
