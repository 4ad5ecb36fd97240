"""What stands where a stream has nothing to show, and where it could not be read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.activity import Chip, StreamFilter
from console.ui.profile.wording import isolated
from console.ui.style import tokens
from console.ui.widgets.announce import announce
from console.ui.widgets.buttons import Button
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label
from console.ui.widgets.skeleton import Skeleton


class EmptyStream(QWidget):
    """Nothing here yet, or nothing that fits.

    Signals:
        all_wanted: the teammate wants to see everything again.
    """

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = Button(self.tr("Show all"))
        self.button.clicked.connect(self.all_wanted)
        self._state = EmptyState("activity", "", "", [self.button])
        column = QVBoxLayout(self)
        column.addWidget(self._state)

    def explain(self, wanted: StreamFilter, source: str) -> None:
        """Says why; `source` is the name of the only source that is wanted."""
        self.button.setVisible(wanted.is_narrow)
        if not wanted.is_narrow:
            title, words = self.tr("No activity yet"), self.tr("Messages, events and changes will appear here.")
        else:
            title, words = self.tr("Nothing matches"), self._reason(wanted, source)
        self._state.set_words(title, words)
        self.setAccessibleName(self._state.accessibleName())

    def _reason(self, wanted: StreamFilter, source: str) -> str:
        kinds = ", ".join(self._words(chip) for chip in sorted(wanted.chips)) or self.tr("activity")
        said = self.tr("There is no {0}").format(kinds)
        if source:
            said += " " + self.tr("from {0}").format(isolated(source))
        if wanted.words:
            said += " " + self.tr("with “{0}”").format(isolated(wanted.words[:60]))
        return said + "."

    def _words(self, chip: Chip) -> str:
        return {
            Chip.MESSAGES: self.tr("message"),
            Chip.FEEDBACK: self.tr("feedback"),
            Chip.EVENTS: self.tr("event"),
            Chip.CHANGES: self.tr("change"),
            Chip.NOTES: self.tr("note"),
        }[chip]


class LoadingStream(QWidget):
    """Grey shapes where entries will be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, tokens.SPACE_2, tokens.SPACE_4, 0)
        column.addWidget(Skeleton(6, 72))
        column.addStretch(1)


class TroubleLine(QFrame):
    """One line that says that the stream could not be read; `again` tries once more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "amber")
        self._words = label("", "amber", is_wrapping=True)
        self.again = Button(self.tr("Try again"), is_small=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(IconLabel("triangle-alert", "amber"))
        line.addWidget(self._words, 1)
        line.addWidget(self.again)

    def say(self, sentence: str) -> None:
        """Shows it and has it spoken."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        announce(self, sentence)
