"""What stands beside the inbox's rows: a conversation and a profile, made when the rows are on screen or when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from console.domain.ids import ConversationId
from console.ui.style import theme
from console.ui.widgets.at_once import at_once

if TYPE_CHECKING:
    from console.ui.conversation.pane import ConversationPane
    from console.ui.inbox.ahead import Ahead, Foreseen
    from console.ui.profile.panel import ProfilePanel
    from console.ui.profile.view import View
    from console.ui.session import Session

_MODULES = (
    "console.ui.conversation.pane",
    "console.ui.profile.panel",
    "console.ui.inbox.ahead",
    "console.ui.inbox.deeds",
    "console.ui.undo_steps",
)
# (at the usual text size, at the largest): the window still fits a screen of 1024 px.
_LEAST_PANE, _LEAST_PANEL = (376, 510), (296, 450)


class Beside(QSplitter):
    """Two places. Until something is made for them they are empty, as wide as it will be.

    Signals:
        made: conversation and profile are there.
    """

    made = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._made: tuple[ConversationPane, ProfilePanel] | None = None
        self._ahead: Ahead | None = None
        self._known: Foreseen | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._places: list[QWidget] = [QWidget(), QWidget()]
        for place in self._places:
            self.addWidget(place)
        self.setStretchFactor(0, 1)

    @property
    def pane(self) -> ConversationPane:
        """The conversation; made now where it is not there yet."""
        return self.make()[0]

    @property
    def panel(self) -> ProfilePanel:
        """The profile; made now where it is not there yet."""
        return self.make()[1]

    def is_made(self) -> bool:
        """Whether conversation and profile are there."""
        return self._made is not None

    def make(self) -> tuple[ConversationPane, ProfilePanel]:
        """Makes both, once."""
        if self._made is None:
            # Imported here: they are most of the window, and the rows are on screen before them.
            from console.ui.conversation.pane import ConversationPane
            from console.ui.profile.panel import ProfilePanel

            is_hidden = self.is_panel_hidden()
            self._made = ConversationPane(self._session), ProfilePanel(self._session)
            for place, widget in enumerate(self._made):
                self.replaceWidget(place, widget)
                widget.setMinimumWidth(self._places[place].minimumWidth())
                self._places[place].deleteLater()
            self._places = [*self._made]
            self._made[0].show()
            self._made[1].setVisible(not is_hidden)
            self.made.emit()
        return self._made

    def open(self, key: ConversationId | None) -> None:
        """Shows a conversation and its customer, from what was read ahead where it is there."""
        pane, panel = self.make()
        self._known = self._ahead.known(key) if self._ahead is not None and key is not None else None
        with at_once(*pane.filled, panel):
            pane.open(key, None if self._known is None else self._known.read)
        self._known = None
        if self._ahead is not None:
            self._ahead.look_around()

    def known_view(self) -> View | None:
        """The profile that was read together with the conversation that is just being opened."""
        return None if self._known is None else self._known.view

    def look_ahead(self, neighbours: Callable[[], Iterable[int]]) -> Ahead:
        """From now on the conversations that are likely next are read before they are chosen."""
        from console.ui.inbox.ahead import Ahead

        self._ahead = Ahead(self._session, neighbours, self)
        self._ahead.foreseen.connect(self._foresee)
        return self._ahead

    def make_soon(self) -> None:
        """Has what they need imported beside the window, and makes them then."""

        def modules() -> None:
            for name in _MODULES:
                import_module(name)

        self._session.background.run(modules, self._take_modules, asker=self, about="modules")

    def is_panel_hidden(self) -> bool:
        """Whether the profile's place is closed."""
        return self._places[1].isHidden()

    def show_panel(self, *, is_shown: bool) -> None:
        """Opens or closes the profile's place."""
        self._places[1].setVisible(is_shown)

    def measure(self) -> None:
        """Larger text needs wider columns."""
        pixels = theme.current().pixels
        for place, (usual, most) in enumerate((_LEAST_PANE, _LEAST_PANEL)):
            self._places[place].setMinimumWidth(min(pixels(usual), most))

    def least_width(self) -> int:
        """How much room both need, and the line between them."""
        return self._places[0].minimumWidth() + self._places[1].minimumWidth() + 1

    def _foresee(self, found: Foreseen) -> None:
        pane, panel = self.make()
        pane.messages.foresee(found.read.turns)
        if found.read.head.customer is not None:
            pane.header.spot.chip.foresee(found.read.head.customer)
        if found.view is not None:
            panel.header.foresee(found.view)

    def _take_modules(self, _imported: None) -> None:
        self.make()


def sizes_in(text: str) -> list[int]:
    """The widths of columns as they were kept (`340,1040`); none where the text says something else."""
    parts = text.split(",")
    return [int(part) for part in parts] if len(parts) > 1 and all(part.isdigit() for part in parts) else []
