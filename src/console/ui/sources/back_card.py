"""What goes back to a source: replies, notes, tags, states, assignments, and the properties that were chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.outbox import PROPERTY_PREFIX, WriteKind
from console.domain.source_kinds import SourceKind
from console.ui.profile.wording import property_words
from console.ui.style import tokens
from console.ui.widgets.cards import Card
from console.ui.widgets.chip import AddChip, ChipButton
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label
from console.ui.widgets.popover import Popover

PLAIN = (WriteKind.REPLY, WriteKind.NOTE, WriteKind.TAG, WriteKind.STATE, WriteKind.ASSIGNMENT)


class BackCard(Card):
    """Switches that tell what was pressed and wait for the feed; a property is a chip that can be removed.

    Signals:
        chosen: (a word of `what_of`, whether it goes back from now on).
    """

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._chosen: frozenset[str] = frozenset()
        self._properties: Sequence[str] = ()
        self._popover: Popover | None = None
        names = {
            WriteKind.REPLY: self.tr("Replies"),
            WriteKind.NOTE: self.tr("Notes"),
            WriteKind.TAG: self.tr("Tags"),
            WriteKind.STATE: self.tr("State of conversations"),
            WriteKind.ASSIGNMENT: self.tr("Assignment"),
        }
        self.boxes = {kind.value: QCheckBox(names[kind]) for kind in PLAIN}
        for what, box in self.boxes.items():
            box.setAccessibleName(box.text())
            box.clicked.connect(lambda is_on, what=what: self.chosen.emit(what, is_on))
        self.add = AddChip(self.tr("Add a property"))
        self.add.clicked.connect(self.open_properties)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._property_words = label(self.tr("Properties of customers and companies"), "body2")
        self.column.addWidget(label(self.tr("What goes back"), "strong"))
        words = self.tr("What you change here is told to this source as well. Nothing else leaves this computer.")
        self.column.addWidget(label(words, "body2", is_wrapping=True))
        switches = QWidget()
        flow = FlowLayout(switches)
        for box in self.boxes.values():
            flow.addWidget(box)
        self.column.addWidget(switches)
        self.column.addWidget(self._property_words)
        self.column.addWidget(self._chips)

    def show_choices(self, kind: SourceKind, chosen: frozenset[str], properties: Sequence[str]) -> None:
        """Shows what goes back; ``properties`` are all that can be chosen, as words of `what_of`."""
        takes = frozenset(kind.writes)
        for what, box in self.boxes.items():
            box.setVisible(what in takes)
            box.setChecked(what in chosen)
        has_properties = WriteKind.PROPERTY.value in takes
        self._property_words.setVisible(has_properties)
        self._chips.setVisible(has_properties)
        self._properties = properties
        if chosen != self._chosen or not self._flow.count():
            self._chosen = chosen
            self._make_chips()

    def open_properties(self) -> ChoiceList:
        """Asks which property is to go back as well."""
        self.close_popover()
        found = ChoiceList(self.tr("Search properties"))
        found.show_choices([Offered(one, words_of(one)) for one in self._properties if one not in self._chosen])
        found.chosen.connect(self._take)
        found.left.connect(self.close_popover)
        self._popover = Popover(self.tr("Add a property"), found, self.window())
        self._popover.open_at(self.add, "below")
        return found

    def close_popover(self) -> None:
        """Closes the list of properties."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _take(self, what: str) -> None:
        self.close_popover()
        self.chosen.emit(what, True)

    def _make_chips(self) -> None:
        self._flow.removeWidget(self.add)
        self._flow.clear()
        for what in sorted(one for one in self._chosen if one.startswith(PROPERTY_PREFIX)):
            chip = ChipButton(words_of(what), "violet", is_removable=True)
            chip.removed.connect(lambda what=what: self.chosen.emit(what, False))
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add)


def words_of(what: str) -> str:
    """A property as one reads it: “Plan”, “Size · companies”."""
    kind, _, name = what.removeprefix(PROPERTY_PREFIX).partition(":")
    return f"{property_words(name)} · companies" if kind == "company" else property_words(name)
