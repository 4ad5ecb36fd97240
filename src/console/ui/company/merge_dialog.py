"""Two companies become one: which one stays, what comes together, and that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.ids import CompanyId
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.labels import ElidedLabel, label


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    id: CompanyId
    name: str
    domain: str
    members: int


class CompanyMergeDialog(QDialog):
    """Focus starts on Cancel; S swaps, Ctrl+Enter merges.

    Signals:
        decided: (which stays, which goes).
        apart: (both) they are not the same.
    """

    decided = Signal(object, object)
    apart = Signal(object, object)

    def __init__(self, stays: Side, goes: Side, shared: int, parent: QWidget | None = None) -> None:
        """`shared`: how many customers belong to both."""
        super().__init__(parent)
        self._sides, self._shared = (stays, goes), shared
        self.setWindowTitle(self.tr("Merge companies"))
        self.setMinimumWidth(560)
        self._cards = (Card("blue", tokens.SPACE_3), Card("well", tokens.SPACE_3))
        self._faces = (Avatar(Face("?", is_square=True), 36), Avatar(Face("?", is_square=True), 36))
        self._names = (ElidedLabel("", "strong"), ElidedLabel("", "strong"))
        self._remarks = (ElidedLabel("", "small"), ElidedLabel("", "small"))
        self.swap = Button(self.tr("Swap"), "quiet", icon="arrow-left-right", keys="S", is_small=True)
        self._sum = label("", is_wrapping=True)
        self.cancel = Button(self.tr("Cancel"))
        self.merge = Button(self.tr("Merge"), "primary", icon="git-merge", keys="Ctrl+Enter")
        self.never = Button(self.tr("Not the same"), "quiet")
        self.swap.clicked.connect(self._swap)
        self.cancel.clicked.connect(self.reject)
        self.merge.clicked.connect(self._decide)
        self.never.clicked.connect(self._part)
        for keys, deed in (("S", self._swap), ("Ctrl+Return", self._decide), ("Ctrl+Enter", self._decide)):
            QShortcut(QKeySequence(keys), self, deed)
        self._lay_out()
        self._show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(label(self.tr("Are these one company?"), "title"))
        sides = QHBoxLayout()
        sides.setSpacing(tokens.SPACE_3)
        for place, words in enumerate((self.tr("Stays"), self.tr("Is merged into it"))):
            card = self._cards[place]
            card.column.addWidget(label(words, "section"))
            texts = QVBoxLayout()
            texts.addWidget(self._names[place])
            texts.addWidget(self._remarks[place])
            line = row(self._faces[place], texts)
            line.setStretch(1, 1)
            card.column.addLayout(line)
            sides.addWidget(card, 1)
        column.addLayout(sides)
        column.addLayout(row(self.swap, None))
        column.addWidget(self._sum)
        column.addWidget(label(self.tr("You can split them again at any time."), "muted"))
        column.addLayout(row(self.never, None, self.cancel, self.merge))

    def _show(self) -> None:
        for side, card, face, name, remark in zip(
            self._sides, self._cards, self._faces, self._names, self._remarks, strict=True
        ):
            words = named(side.name) or named(side.domain) or "?"
            face.set_face(Face(words, is_square=True))
            name.set_words(words)
            counted = self.tr("{0} members").format(side.members)
            remark.set_words(" · ".join(filter(None, (named(side.domain), counted))))
            card.setAccessibleName(words)
        stays, goes = self._sides
        total = stays.members + goes.members - self._shared
        words = self.tr("{0} + {1} members are {2} together.").format(stays.members, goes.members, total)
        if self._shared:
            words += " " + self.tr("{0} belong to both and count once.").format(self._shared)
        moves = self.tr(
            "Properties, tags, notes and records of both come together; where they disagree, the usual rule decides."
        )
        self._sum.setText(f"{words} {moves}")

    def _swap(self) -> None:
        self._sides = self._sides[1], self._sides[0]
        self._show()

    def _decide(self) -> None:
        self.decided.emit(self._sides[0].id, self._sides[1].id)
        self.accept()

    def _part(self) -> None:
        self.apart.emit(self._sides[0].id, self._sides[1].id)
        self.accept()
