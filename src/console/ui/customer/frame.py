"""How the window of a customer is laid out: strips on top, then facts, story and signals side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.customer.facts import FactsColumn
from console.ui.customer.figures import FigureStrip
from console.ui.customer.header import CustomerHeader
from console.ui.customer.read import CustomerRead
from console.ui.customer.signals import SignalsColumn
from console.ui.overriding import override
from console.ui.profile.as_of import AsOfStrip
from console.ui.profile.wording import isolated, named
from console.ui.session import Session
from console.ui.stream.view import StreamView
from console.ui.style import theme
from console.ui.widgets.banner import Banner

_FACTS, _SIGNALS = (304, 400), (300, 390)
_LEAST_STORY = 520


class CustomerFrame(QWidget):
    """The parts of the window, none of which knows another."""

    def __init__(
        self, session: Session, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        # From the outside inwards: each time a filled widget gets another parent, Qt tells everything in it.
        self.header, self.strip, self.past = CustomerHeader(self), FigureStrip(self), AsOfStrip(self)
        self.notice = Banner("", is_closable=True, parent=self)
        self.facts = FactsColumn(session, known_tags, self)
        self.story, self.signals = StreamView(session, self), SignalsColumn(session, self)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.facts)
        columns.addWidget(self.story, 1)
        columns.addWidget(self.signals)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.notice.hide()
        for part in (self.past, self.notice, self.header, self.strip):
            whole.addWidget(part)
        whole.addLayout(columns, 1)
        self._is_narrow = False
        self._set_widths()
        theme.current().changed.connect(self._measure)

    def say_merged(self, read: CustomerRead, asked: int) -> None:
        """Says that who was asked for is part of this customer now."""
        card = next((one for one in read.profile.merged_from if one.id == asked), None)
        name = isolated(named(card.name) or named(card.email)) if card is not None else self.tr("Who was asked for")
        self.notice.set_banner(self.tr("{0} was merged into this customer").format(name), "", "blue", icon="git-merge")
        self.notice.show_once()

    def say_gone(self) -> None:
        """Says that no source has the customer any more."""
        title, words = self.tr("No source has this customer any more."), self.tr("What is known about them stays.")
        self.notice.set_banner(title, words, "amber")
        self.notice.show_once()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
            self._make_room()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Three columns in a small window help nobody: what stands on the right goes below the facts."""
        needed = self.facts.width() + self.signals.maximumWidth() + theme.current().pixels(_LEAST_STORY)
        is_narrow = self.width() < needed
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            if is_narrow:
                self.facts.take_in(self.signals.lend())
            else:
                self.signals.take_back()

    def _measure(self) -> None:
        self._set_widths()
        if self.isVisible():
            self._make_room()

    def _set_widths(self) -> None:
        """Larger text needs wider columns, but the middle must keep its room."""
        for column, (usual, most) in ((self.facts, _FACTS), (self.signals, _SIGNALS)):
            column.setFixedWidth(min(theme.current().pixels(usual), most))
