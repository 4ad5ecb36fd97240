"""Why somebody belongs or does not, line by line: a tick where a rule holds, a cross where it blocks, a minus where it need not hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.domain.segment_rules import Condition, Not
from console.domain.segment_words import found_words, line_of
from console.domain.segments import Explained, Part
from console.ui.profile.wording import since_words
from console.ui.segments.reading import Why
from console.ui.style import theme, tokens
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, divider
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel

_LOOKS = {
    Part.HOLDS: ("circle-check", "green", "body2"),
    Part.BLOCKS: ("circle-x", "red", "red"),
    Part.NOT_NEEDED: ("circle-minus", "text3", "small"),
}
_INDENT, _MOST_SAID = 24, 132


def flat(line: Explained, depth: int = 0) -> Iterator[tuple[int, Explained]]:
    """The lines of an explanation from top to bottom, each with how deep it stands; a single rule and its denial are one line."""
    inner = line
    while isinstance(inner.rule, Not):
        inner = inner.lines[0]
    if isinstance(inner.rule, Condition):
        yield depth, inner
        return
    yield depth, inner
    for one in inner.lines:
        yield from flat(one, depth + 1)


class WhyCard(Card):
    """One customer (or company) and the rules.

    Signals:
        line_chosen: (place) the line of a rule was pressed; rules are counted from 0 in reading order.
        opened: (key) the customer or company is to be shown.
    """

    line_chosen = Signal(int)
    opened = Signal(int)

    def __init__(
        self, why: Why, owner_kind: OwnerKind, now: datetime, zone: tzinfo, parent: QWidget | None = None
    ) -> None:
        super().__init__("card", tokens.SPACE_3, parent)
        name = why.member.name or why.member.second or self.tr("No name")
        told = self.tr("Why is {0} in?") if why.line.holds else self.tr("Why is {0} not in?")
        self.setAccessibleName(told.format(name))
        self.lines: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.column.addLayout(self._head(why, name, told.format(name), owner_kind))
        place = 0
        for depth, line in self._lines(why):
            is_rule = isinstance(line.rule, Condition)
            self.column.addLayout(self._line(depth, line, place if is_rule else None, found_words(line, now, zone)))
            place += is_rule
        self.column.addWidget(divider())
        self.column.addLayout(self._foot(why, now))

    def _lines(self, why: Why) -> tuple[tuple[int, Explained], ...]:
        """Without the outermost group, which is the answer itself."""
        found = tuple(flat(why.line))
        return tuple((depth - 1, line) for depth, line in found[1:]) if len(found) > 1 else found

    def _head(self, why: Why, name: str, words: str, owner_kind: OwnerKind) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(words, "strong"))
        names.addWidget(ElidedLabel(why.member.second, "small"))
        chip = Chip(self.tr("In"), "green", "check") if why.line.holds else Chip(self.tr("Not in"), "red", "x")
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_2)
        head.addWidget(Avatar(Face(name, is_square=owner_kind is OwnerKind.COMPANY), 28))
        head.addLayout(names, 1)
        head.addWidget(chip)
        return head

    def _line(self, depth: int, line: Explained, place: int | None, said: str) -> QHBoxLayout:
        icon, color, look = _LOOKS[line.part]
        words = line_of(line)
        marks = {
            Part.HOLDS: self.tr("holds"),
            Part.BLOCKS: self.tr("blocks"),
            Part.NOT_NEEDED: self.tr("does not hold, but need not"),
        }
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.setContentsMargins(depth * _INDENT, 0, 0, 0)
        row.addWidget(IconLabel(icon, color, 16))
        if place is None:
            shown: QWidget = ElidedLabel(words)
        else:
            shown = ElidedLabel(words)
            shown.setCursor(Qt.CursorShape.PointingHandCursor)
            shown.mousePressEvent = lambda _event, at=place: self.line_chosen.emit(at)
        shown.setAccessibleName(f"{words}: {marks[line.part]}, {said}")
        self.lines.append(shown)
        row.addWidget(shown, 1)
        value = ElidedLabel(said, look)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setMaximumWidth(theme.current().pixels(_MOST_SAID))
        row.addWidget(value)
        return row

    def _foot(self, why: Why, now: datetime) -> QHBoxLayout:
        rules = [line for _, line in flat(why.line) if isinstance(line.rule, Condition)]
        held = sum(line.part is Part.HOLDS for line in rules)
        if why.line.holds and why.since is not None:
            words = self.tr("In since {0}").format(since_words(why.since, now))
        else:
            words = self.tr("{0} of {1} rules as asked").format(held, len(rules))
        foot = QHBoxLayout()
        foot.setSpacing(tokens.SPACE_2)
        foot.addWidget(IconLabel("clock", "text3", 14))
        foot.addWidget(ElidedLabel(words, "small"), 1)
        show = Button(self.tr("Open"), "link", is_small=True)
        show.clicked.connect(lambda: self.opened.emit(why.member.id))
        foot.addWidget(show)
        return foot
