"""Customers who may be the same one: why, to be compared, or called different for good."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.conversation import CustomerCard
from console.ui.profile.wording import isolated, named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

MOST_SHOWN = 3


class DuplicatesCard(QWidget):
    """One amber card for each suggestion.

    Signals:
        compare_wanted: (CustomerCard, the reason) "Compare".
        apart: (CustomerCard) "Not the same".
    """

    compare_wanted = Signal(object, str)
    apart = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[CustomerCard, str], ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)
        self.hide()

    def show_suggestions(self, suggestions: Sequence[tuple[CustomerCard, str]]) -> None:
        """Shows these customers, each with the reason; nothing where there are none."""
        shown = tuple(suggestions[:MOST_SHOWN])
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._column)
        for card, reason in shown:
            self._column.addWidget(self._card(card, reason))
        self.setVisible(bool(shown))

    def suggestions(self) -> tuple[tuple[CustomerCard, str], ...]:
        """What is shown."""
        return self._shown

    def _card(self, customer: CustomerCard, reason: str) -> QWidget:
        card = Card("amber", tokens.SPACE_3)
        name = named(customer.name) or named(customer.email) or "?"
        title = self.tr("{0} – same person?").format(isolated(name))
        compare = Button(self.tr("Compare"), is_small=True)
        no = Button(self.tr("Not the same"), "quiet", is_small=True)
        compare.setAccessibleName(self.tr("Compare with {0}").format(name))
        no.setAccessibleName(self.tr("{0} is not the same").format(name))
        compare.clicked.connect(lambda: self.compare_wanted.emit(customer, reason))
        no.clicked.connect(lambda: self.apart.emit(customer))
        head = row(IconLabel("git-merge", "amber", 15), label(title, "strong", is_wrapping=True))
        head.setStretch(1, 1)
        card.column.addLayout(head)
        card.column.addWidget(label(reason, "small", is_wrapping=True))
        card.column.addLayout(row(compare, no, None))
        card.setAccessibleName(f"{title} {reason}")
        return card
