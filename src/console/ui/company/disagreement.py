"""A property on which members disagree: what most of them say, who says otherwise, and how to end it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.company_figures import Voices, otherwise
from console.domain.profile_view import ShownProperty
from console.domain.values import stored
from console.ui.profile.property_row import PropertyRow
from console.ui.profile.wording import isolated, named, property_words, value_words
from console.ui.style import tokens
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.labels import ElidedLabel, label

_FACES, _MOST_CARDS, _FACE = 3, 3, 18


class DisagreementCard(Card):
    """One property, in the place of its row in the list. The value that is shown comes first, then who says otherwise.

    Signals:
        edit_wanted: (the property's name) the value is to be changed.
        menu_wanted: (the row, QPoint on screen).
        compare_wanted: (the property's name) "Compare values".
        pinned: (the property's name) the value that is shown is to stay, whatever anybody says.
    """

    edit_wanted = Signal(str)
    menu_wanted = Signal(object, object)
    compare_wanted = Signal(str)
    pinned = Signal(str)

    def __init__(
        self, shown: ShownProperty, voices: Sequence[Voices], names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`names`: some of those who say otherwise."""
        super().__init__("amber", tokens.SPACE_3, parent)
        self.column.setSpacing(tokens.SPACE_1)
        value = value_words(shown.value) if shown.value is not None else ""
        title = property_words(shown.name)
        self.row = PropertyRow()
        self.row.show_property(shown, shown.name)
        self.row.clicked.connect(lambda _=False: self.edit_wanted.emit(shown.name))
        self.row.why_wanted.connect(lambda: self.compare_wanted.emit(shown.name))
        self.row.menu_wanted.connect(lambda at: self.menu_wanted.emit(self.row, at))
        self.column.addWidget(self.row)
        agreeing = sum(
            one.members for one in voices if shown.value is not None and stored(one.value) == stored(shown.value)
        )
        if agreeing:
            self.column.addWidget(label(self._said(agreeing, value), "small", is_wrapping=True))
        others = otherwise(shown.value, voices)
        for place, one in enumerate(others[:2]):
            faces = names[:_FACES] if place == 0 and len(others) == 1 else ()
            avatars = [Avatar(Face(named(name) or "?", edge="amberbg"), _FACE) for name in faces]
            words = ElidedLabel(self._said(one.members, value_words(one.value)), "amber")
            line = row(words, *avatars, gap=tokens.SPACE_1)
            line.addStretch(1)
            self.column.addLayout(line)
        if len(others) > 2:
            rest = sum(one.members for one in others[2:])
            self.column.addWidget(label(self.tr("{0} more say something else again").format(rest), "amber"))
        compare = Button(self.tr("Compare values"), is_small=True)
        pin = Button(self.tr("Pin {0}").format(isolated(value)), "quiet", icon="pin", is_small=True)
        compare.setAccessibleName(self.tr("Compare values of {0}").format(title))
        compare.clicked.connect(lambda: self.compare_wanted.emit(shown.name))
        pin.clicked.connect(lambda: self.pinned.emit(shown.name))
        self.compare, self.pin = compare, pin
        self.column.addLayout(row(compare, pin, None))
        self.setAccessibleName(self.tr("{0}: members disagree").format(title))

    def _said(self, count: int, value: str) -> str:
        if count == 1:
            return self.tr("1 member says {0}").format(isolated(value))
        return self.tr("{0} members say {1}").format(count, isolated(value))


class Disagreements(QWidget):
    """The cards, the most disputed first.

    Signals:
        leaving: the cards, and whatever is said about their rows, are about to go.
        edit_wanted, menu_wanted, compare_wanted, pinned: see `DisagreementCard`.
    """

    leaving = Signal()
    edit_wanted = Signal(str)
    menu_wanted = Signal(object, object)
    compare_wanted = Signal(str)
    pinned = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)

    def show_properties(self, properties: Sequence[ShownProperty], voices: dict[str, tuple[Voices, ...]]) -> None:
        """The cards of properties on which a minority contradicts; where everybody says something else, there is nothing to settle."""
        found = disputed(properties, voices)
        if found == self._shown:
            return
        self._shown = found
        self.leaving.emit()
        empty(self._column)
        for shown, said in found[:_MOST_CARDS]:
            names = [one.customer_name for one in shown.members if one.claim.value != shown.value]
            card = DisagreementCard(shown, said, names)
            card.edit_wanted.connect(self.edit_wanted)
            card.menu_wanted.connect(self.menu_wanted)
            card.compare_wanted.connect(self.compare_wanted)
            card.pinned.connect(self.pinned)
            self._column.addWidget(card)
        self.setVisible(bool(found))

    def names(self) -> frozenset[str]:
        """The properties that stand in the cards, so nowhere else."""
        return frozenset(shown.name for card in self.cards() if (shown := card.row.shown()) is not None)

    def row_of(self, name: str) -> PropertyRow | None:
        """The row of a property in its card, None where it has none."""
        return next((card.row for card in self.cards() if (one := card.row.shown()) and one.name == name), None)

    def cards(self) -> list[DisagreementCard]:
        """What is shown, from top to bottom."""
        return [card for card in self.findChildren(DisagreementCard) if not card.isHidden()]


def disputed(
    properties: Sequence[ShownProperty], voices: dict[str, tuple[Voices, ...]]
) -> list[tuple[ShownProperty, tuple[Voices, ...]]]:
    """Properties on which members contradict what is shown, unless a pin has ended it; where most agree, first."""
    found = [
        (shown, voices[shown.name])
        for shown in properties
        if shown.name in voices
        and not shown.winner.is_pin
        and shown.value is not None
        and otherwise(shown.value, voices[shown.name])
        and len(voices[shown.name]) < max(3, sum(one.members for one in voices[shown.name]) // 2)
    ]
    return sorted(found, key=lambda pair: (-pair[1][0].members, pair[0].name))
