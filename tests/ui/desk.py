"""A conversation and its profile side by side on a real workspace, with the sync side folding at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.rich import ARIANA, conversation_called, customer_called, made_rich

from console.domain.conversation import Turn
from console.domain.edits import Edit
from console.domain.profile_view import ShownProperty
from console.ui.conversation.message_bubble import MessageBubble
from console.ui.conversation.pane import ConversationPane
from console.ui.profile.panel import ProfilePanel
from console.ui.profile.property_row import PropertyRow


class Desk:
    """The window of a test: `pane` shows Ariana's mail, `panel` shows Ariana."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session, self.side = made_rich(folder)
        self.window = QWidget()
        self.window.resize(1100, 900)
        row = QHBoxLayout(self.window)
        self.pane, self.panel = ConversationPane(self.session), ProfilePanel(self.session)
        self.panel.setFixedWidth(348)
        row.addWidget(self.pane, 1)
        row.addWidget(self.panel)
        qtbot.addWidget(self.window)
        self.submitted: list[Edit] = []
        self.session.submitted.connect(lambda entry: self.submitted.append(entry.edit))
        self.conversation = conversation_called(self.session, "CSV export drops custom fields")
        self.customer = customer_called(self.session, ARIANA)
        self.pane.open(self.conversation)
        self.panel.show_customer(self.customer)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def look(self) -> None:
        """The feed looks once, as it does ten times a second."""
        self.session.feed.look()

    def bubbles(self) -> list[MessageBubble]:
        """The messages that are shown, from top to bottom."""
        shown = [self.pane.messages.widget_of(f"turn {turn.id}") for turn in self._read_turns()]
        return [bubble for bubble in shown if isinstance(bubble, MessageBubble)]

    def shown(self, name: str) -> ShownProperty:
        """A property as the panel shows it."""
        return next(one for one in self.panel.properties.shown() if one.name == name)

    def row(self, name: str) -> PropertyRow:
        """The row of a property, after unfolding the list where it is too short."""
        row = self.panel.properties.reveal(name)
        assert row is not None
        return row

    def close(self) -> None:
        """Closes window, session and sync side."""
        self.window.close()
        self.session.close()
        self.side.workspace.close()

    def _read_turns(self) -> tuple[Turn, ...]:
        read = self.pane.read()
        return read.turns if read else ()


def desk_in(folder: Path, qtbot: QtBot) -> Iterator[Desk]:
    """For fixtures: a desk that is closed afterwards."""
    made = Desk(folder, qtbot)
    yield made
    made.close()
