"""Putting two customers together: which one stays, and what happens to the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.conversation import CustomerCard
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, column, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import ElidedLabel, label


class MergeDialog(QDialog):
    """Two customers, one of which stays. The focus starts on Cancel; S swaps, Ctrl+Enter merges.

    Signals:
        decided: (CustomerId that stays, CustomerId that becomes part of it).
        apart: (CustomerId, CustomerId) these two are never to be merged.
    """

    decided = Signal(object, object)
    apart = Signal(object, object)

    def __init__(self, stays: CustomerCard, goes: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stays, self._goes = stays, goes
        self.setWindowTitle(self.tr("Merge two customers"))
        self.setMinimumWidth(520)
        made = QVBoxLayout(self)
        made.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        made.setSpacing(tokens.SPACE_3)
        made.addWidget(label(self.tr("Are these the same customer?"), "title"))
        self._cards = QHBoxLayout()
        self._cards.setSpacing(tokens.SPACE_2)
        made.addLayout(self._cards)
        words = self.tr(
            "Conversations, notes, tags and records of both stand together then. Where both have a value, the usual "
            "rule decides. You can split them again at any time."
        )
        made.addWidget(label(words, "small", is_wrapping=True))
        self.swap = Button(self.tr("Swap"), "quiet", icon="arrow-left-right", keys="S")
        self.never = Button(self.tr("Not the same"), "quiet")
        self.cancel = Button(self.tr("Cancel"))
        self.merge = Button(self.tr("Merge"), "primary", icon="git-merge", keys="Ctrl+Enter")
        self.swap.clicked.connect(self._swap)
        self.never.clicked.connect(self._keep_apart)
        self.cancel.clicked.connect(self.reject)
        self.merge.clicked.connect(self._decide)
        made.addLayout(row(self.swap, self.never, None, self.cancel, self.merge))
        self._show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._decide()
        elif event.key() == Qt.Key.Key_S:
            self._swap()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cards.addWidget(self._card(self._stays, is_staying=True), 1)
        self._cards.addWidget(self._card(self._goes, is_staying=False), 1)

    def _card(self, customer: CustomerCard, *, is_staying: bool) -> Card:
        card = Card("well", tokens.SPACE_3)
        name = named(customer.name) or named(customer.email) or "?"
        line = row(Avatar(Face(name), 36))
        texts = (ElidedLabel(name, "strong"), ElidedLabel(named(customer.email), "small"))
        line.addLayout(column(*texts, gap=0), 1)
        card.column.addLayout(line)
        words = self.tr("stays") if is_staying else self.tr("becomes part of it")
        card.column.addLayout(row(Chip(words, "accent" if is_staying else "grey"), None))
        return card

    def _swap(self) -> None:
        self._stays, self._goes = self._goes, self._stays
        self._show()

    def _decide(self) -> None:
        self.decided.emit(self._stays.id, self._goes.id)
        self.accept()

    def _keep_apart(self) -> None:
        self.apart.emit(self._stays.id, self._goes.id)
        self.accept()
