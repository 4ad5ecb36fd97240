"""What stands above the stream: chips that narrow it, a field to search in it, the ways to a date and to one source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.activity import Chip
from console.store.activity_counts import MOST_COUNTED
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.menu import passing_menu
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.segmented import Choice, Segmented

ALL = "all"


class StreamBar(QWidget):
    """Chips, search, date and source.

    Signals:
        changed: another chip, other words or another source hold.
        date_wanted: the teammate asked for a date.
        list_wanted: Down was pressed in the search field.
    """

    changed = Signal()
    date_wanted = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        choices = [Choice(ALL, self.tr("All")), *(Choice(chip.value, self._words(chip)) for chip in Chip)]
        self.chips = Segmented(self.tr("Kinds of activity"), choices, "filter")
        self.search = SearchField(self.tr("Search this activity"))
        self.date = Button(self.tr("Jump to date"), icon="calendar", keys="G")
        self.source = IconButton("funnel", self.tr("Only one source"))
        self.source_id: int | None = None
        self._is_silent = False
        self._counts: Mapping[Chip, int] | None = None
        self._sources: Sequence[tuple[int, str]] = ()
        self.chips.chosen.connect(self.changed)
        self.search.searched.connect(self._tell)
        self.search.stepped.connect(self.list_wanted)
        self.search.left.connect(self.list_wanted)
        self.date.clicked.connect(self.date_wanted)
        self.source.clicked.connect(self._open_sources)
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self.search, 1)
        line.addWidget(self.date)
        line.addWidget(self.source)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, tokens.SPACE_3, tokens.SPACE_4, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(self.chips)
        column.addLayout(line)

    def chip(self) -> Chip | None:
        """The kind that is wanted, None for all of them."""
        key = self.chips.key()
        return None if key == ALL else Chip(key)

    def choose(self, chip: Chip) -> None:
        """Narrows to one kind, and says so."""
        self.chips.choose(chip.value)
        self.changed.emit()

    def reset(self) -> None:
        """Another stream: nothing is narrowed any more; nothing is told."""
        self.source_id = None
        self.chips.choose(ALL)
        self._is_silent = True
        self.search.empty()
        self._is_silent = False

    def show_sources(self, sources: Sequence[tuple[int, str]]) -> None:
        """The sources (key, name) among which one can choose."""
        self._sources = sources
        self.source.setVisible(len(sources) > 1)

    def source_words(self) -> str:
        """The name of the only source that is wanted, empty for all of them."""
        return next((name for key, name in self._sources if key == self.source_id), "")

    def show_all(self) -> None:
        """Nothing is narrowed any more, and says so."""
        self.reset()
        self.changed.emit()

    def show_counts(self, counts: Mapping[Chip, int] | None) -> None:
        """How many there are of each kind; None where it is not known yet."""
        self._counts = counts
        self._say_counts()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._say_counts()

    def _say_counts(self) -> None:
        """With their numbers where there is room for all of them; the words alone are what is needed."""
        self._label(None)
        self.chips.setMinimumWidth(self.chips.minimumSizeHint().width())
        if self._counts is not None:
            self._label(self._counts)
            if self.chips.minimumSizeHint().width() > self.width() - 36:
                self._label(None)

    def _label(self, counts: Mapping[Chip, int] | None) -> None:
        if counts is None:
            for key in (ALL, *Chip):
                self.chips.set_count(key, None)
            return
        self.chips.set_count(ALL, sum(counts.values()), most=MOST_COUNTED - 1)
        for chip in Chip:
            self.chips.set_count(chip.value, counts[chip], most=MOST_COUNTED - 1)

    def _tell(self) -> None:
        if not self._is_silent:
            self.changed.emit()

    def _open_sources(self) -> None:
        menu, group = passing_menu(self.tr("Sources"), self), QActionGroup(self)
        for key, words in ((None, self.tr("All sources")), *self._sources):
            action = QAction(named(words).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(key == self.source_id)
            action.triggered.connect(lambda _=False, key=key: self._choose_source(key))
            group.addAction(action)
            menu.addAction(action)
        menu.open_below(self.source)

    def _choose_source(self, key: int | None) -> None:
        if key != self.source_id:
            self.source_id = key
            self.changed.emit()

    def _words(self, chip: Chip) -> str:
        return {
            Chip.MESSAGES: self.tr("Messages"),
            Chip.FEEDBACK: self.tr("Feedback"),
            Chip.EVENTS: self.tr("Events"),
            Chip.CHANGES: self.tr("Changes"),
            Chip.NOTES: self.tr("Notes"),
        }[chip]
