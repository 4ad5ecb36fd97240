"""What stands around the rows of a comparison: the two heads, and the totals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.comparing import Compared, Comparison, Total
from console.domain.records import OwnerKind
from console.ui.compare import words as said
from console.ui.compare.row import LABEL_WIDTH, RESULT_WIDTH
from console.ui.profile.wording import day_of, named
from console.ui.style import theme, tokens
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, column, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label

_FACE = 40


class Heads(QWidget):
    """Swap, the two records, and the head of the result; they stay in place while the rows scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pixels = theme.current().pixels
        self.swap = Button(self.tr("Swap"), icon="arrow-left-right", keys="S")
        self._cards = _Head(is_staying=True), _Head(is_staying=False)
        self._result = Card("bg", tokens.SPACE_3)
        self._result.setProperty("surface", "merge")
        self._result.setFixedWidth(pixels(RESULT_WIDTH))
        self._name, self._sources = ElidedLabel("", "strong"), ElidedLabel("", "small")
        texts = column(label(self.tr("After the merge"), "link"), self._name, self._sources, None, gap=0)
        line = row(IconLabel("circle-check", "accentfg", 22), texts, gap=tokens.SPACE_3)
        line.setStretch(1, 1)
        self._result.column.addLayout(line)
        holder = QWidget()
        holder.setFixedWidth(pixels(LABEL_WIDTH))
        holder.setLayout(row(self.swap, None))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(pixels(tokens.SPACE_3))
        whole.addWidget(holder)
        for card in self._cards:
            whole.addWidget(card, 1)
        whole.addWidget(self._result)

    def show_found(self, found: Comparison) -> None:
        """Shows the two."""
        self._cards[0].show_one(found.stays)
        self._cards[1].show_one(found.goes)
        self._name.set_words(name_of(found.stays))
        count = len(dict.fromkeys((*found.stays.sources, *found.goes.sources)))
        words = self.tr("one profile, one source") if count == 1 else self.tr("one profile, {0} sources").format(count)
        self._sources.set_words(words)


class _Head(Card):
    def __init__(self, *, is_staying: bool) -> None:
        super().__init__("card" if is_staying else "well", tokens.SPACE_3)
        self._face = Avatar(Face("?"), _FACE)
        self._name, self._detail, self._since = (
            ElidedLabel("", "heading"),
            ElidedLabel("", "body2"),
            ElidedLabel("", "small"),
        )
        chip = Chip(self.tr("Stays"), "green") if is_staying else Chip(self.tr("Joins"), "grey")
        last = row(chip, self._since)
        last.setStretch(1, 1)
        line = row(self._face, column(self._name, self._detail, last, gap=2), gap=tokens.SPACE_3)
        line.setStretch(1, 1)
        self.column.addLayout(line)

    def show_one(self, one: Compared) -> None:
        name = name_of(one)
        self._face.set_face(Face(name, is_square=one.owner.kind is OwnerKind.COMPANY))
        self._name.set_words(name)
        self._detail.set_words(named(one.detail) or self.tr("no address"))
        since = self.tr("since {0}").format(day_of(one.since.astimezone().date()))
        self._since.set_words(" · ".join([since, *map(named, one.sources[:2])]))
        self.setAccessibleName(name)


class Totals(QWidget):
    """A card for each thing that is counted: the sum, what it is made of, and why it is smaller where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[QWidget] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(tokens.SPACE_3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_2)
        whole.addWidget(label(self.tr("What they have together"), "section"))
        whole.addLayout(self._row)

    def show_totals(self, totals: Sequence[Total]) -> None:
        """Shows other totals."""
        for old in self._cards:
            old.hide()
            old.deleteLater()
        self._cards = [_total(one) for one in totals]
        for card in self._cards:
            self._row.addWidget(card, 1)


def name_of(one: Compared) -> str:
    """What one of the two is called."""
    return named(one.name) or named(one.detail) or "?"


def _total(total: Total) -> Card:
    number = QLocale().toString
    card = Card("well", tokens.SPACE_3)
    card.column.setSpacing(0)
    title = row(IconLabel(said.TOTAL_ICON[total.name], "text2", 15), ElidedLabel(said.total_name(total.name), "small"))
    title.setStretch(1, 1)
    parts = f"{number(total.stays)} + {number(total.goes)}"
    card.column.addLayout(title)
    card.column.addLayout(row(label(number(total.together), "title"), label(parts, "small"), None))
    reason = said.total_reason(total)
    card.column.addWidget(ElidedLabel(reason, "small"))
    card.setAccessibleName(f"{said.total_name(total.name)}: {parts} = {number(total.together)}, {reason}")
    return card
