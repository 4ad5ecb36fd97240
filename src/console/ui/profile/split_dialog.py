"""Taking one customer or company apart: which records leave, where they go, and what each side is left with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.profile.identities import identity_words, separable
from console.ui.profile.view import View
from console.ui.profile.wording import isolated, named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.labels import label


class SplitDialog(QDialog):
    """Choose records to leave; both sides are previewed, and the split can be undone.

    Signals:
        decided: (identity ids, the customer that they return to or None for a new one, whether never to merge again).
    """

    decided = Signal(object, object, bool)

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self.boxes = view, list[QCheckBox]()
        name = named(view.name) or "?"
        title = (
            self.tr("These are not the same company") if view.is_company else self.tr("These are not the same customer")
        )
        self.setWindowTitle(title)
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(label(title, "title"))
        words = self.tr("Choose the records that do not belong to {0}. What came with them leaves with them.")
        column.addWidget(label(words.format(isolated(name)), is_wrapping=True))
        for identity in separable(view):
            box = QCheckBox(identity_words(identity).replace("&", "&&"))
            box.setProperty("identity", identity.id)
            box.toggled.connect(self._preview)
            self.boxes.append(box)
            column.addWidget(box)
        column.addLayout(self._target_row())
        self._stays, self._leaves = self._side(self.tr("Stays")), self._side(self.tr("Leaves"))
        sides = QHBoxLayout()
        sides.setSpacing(tokens.SPACE_3)
        sides.addWidget(self._stays[0], 1)
        sides.addWidget(self._leaves[0], 1)
        column.addLayout(sides)
        never = self.tr("also not by name or domain") if view.is_company else self.tr("also not by e-mail")
        self.never = QCheckBox(self.tr("Never merge these two again, {0}").format(never))
        self.never.setChecked(True)
        column.addWidget(self.never)
        column.addWidget(label(self.tr("It can be undone."), "muted"))
        self.cancel = Button(self.tr("Cancel"))
        self.split = Button(self.tr("Split"), "primary", icon="split", keys="Ctrl+Enter")
        self.cancel.clicked.connect(self.reject)
        self.split.clicked.connect(self._decide)
        column.addLayout(row(None, self.cancel, self.split))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self._preview()

    def _target_row(self) -> QHBoxLayout:
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("Where they go"))
        self.target.addItem(self.tr("A new company") if self._view.is_company else self.tr("A new customer"), None)
        for card in self._view.merged_from:
            self.target.addItem(self.tr("Back to {0}").format(named(card.name or card.email)), card.id)
        return row(label(self.tr("They become"), "body2"), self.target, None)

    def _side(self, title: str) -> tuple[Card, QLabel]:
        card = Card("well", tokens.SPACE_3)
        card.column.addWidget(label(title, "section"))
        words = label("", "small", is_wrapping=True)
        card.column.addWidget(words)
        card.column.addStretch(1)
        return card, words

    def _preview(self) -> None:
        chosen = self._chosen()
        stays, leaves = [], []
        for identity in separable(self._view):
            (leaves if identity.id in chosen else stays).append("• " + identity_words(identity))
        nothing = self.tr("nothing")
        for (_, words), lines in ((self._stays, stays), (self._leaves, leaves)):
            words.setText("\n".join(lines) or nothing)
        self.split.setEnabled(bool(stays) and bool(leaves))
        if self.isVisible():
            # Sides that grew need a higher dialog; it never shrinks again, so that nothing jumps.
            wide = max(self.width(), self.minimumWidth())
            self.resize(wide, max(self.height(), self.heightForWidth(wide)))

    def _chosen(self) -> tuple[int, ...]:
        return tuple(box.property("identity") for box in self.boxes if box.isChecked())

    def _decide(self) -> None:
        self.decided.emit(self._chosen(), self.target.currentData(), self.never.isChecked())
        self.accept()
