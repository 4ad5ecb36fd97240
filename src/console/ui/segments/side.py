"""The list of segments: yours, built in, and those that sources keep, each with how many are in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.ui.overriding import override
from console.ui.segments.reading import Listed
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.cards import empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField

WIDTH = 216
Key = tuple[str, str]
"""Whose segment, and its key or name: ("ours", "12"), ("built in", "Active"), ("given", "Trial")."""


class Entry(QPushButton):
    """One segment of the list; `clicked` chooses it."""

    def __init__(
        self, key: Key, name: str, icon: str, count: int, parent: QWidget | None = None, *, is_locked: bool = False
    ) -> None:
        super().__init__(parent)
        self.key, self.name = key, name
        counted = QLocale().toString(count)
        self.setProperty("kind", "entry")
        self.setCheckable(True)
        self.setFixedHeight(theme.current().pixels(tokens.ROW_HEIGHT))
        # As wide as the list, not as its words wish: the scroll bar takes some of it.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        told = self.tr("{0}, {1}, kept by a source") if is_locked else self.tr("{0}, {1}")
        self.setAccessibleName(told.format(name, counted))
        inner = QHBoxLayout(self)
        inner.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        inner.setSpacing(tokens.SPACE_2)
        parts: list[QWidget] = [IconLabel(icon, "text2", 16), ElidedLabel(name), label(counted, "small")]
        if is_locked:
            parts.append(IconLabel("lock", "text3", 13))
        for place, part in enumerate(parts):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inner.addWidget(part, 1 if place == 1 else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.current().pixels(WIDTH - 2 * tokens.SPACE_2), self.height())


class Side(QFrame):
    """The column at the left.

    Signals:
        chosen: (Key) a segment is to be shown.
        new_wanted: another one is to be made.
    """

    chosen = Signal(object)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sunken")
        self.setProperty("line", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().pixels(WIDTH))
        self.entries: list[Entry] = []
        self._current: Key | None = None
        self.new = IconButton("plus", self.tr("New segment"), keys="Ctrl+Shift+N")
        self.new.clicked.connect(self.new_wanted)
        self.field = SearchField(self.tr("Find a segment"))
        self.field.searched.connect(self._narrow)
        self.field.stepped.connect(self.step)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, tokens.SPACE_1, 0)
        self._column.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_3, tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_2)
        column.addLayout(row(label(self.tr("Segments"), "heading"), None, self.new))
        column.addWidget(self.field)
        column.addWidget(scrolled(self._body, self.tr("Segments")), 1)

    def show_listed(self, listed: Listed) -> None:
        """Shows these."""
        empty(self._column)
        self.entries.clear()
        ours = [
            Entry(
                ("ours", str(one.id)),
                one.name,
                "layers" if one.owner_kind is OwnerKind.CUSTOMER else "building-2",
                count,
            )
            for one, count in listed.ours
        ]
        ready = [Entry(("built in", one.name), one.name, "activity", count) for one, count in listed.built_in]
        given = [Entry(("given", one.name), one.name, "plug", one.count, is_locked=True) for one in listed.given]
        self._add(self.tr("Yours"), "", ours, self.tr("None yet. Press + to make one"))
        self._add(self.tr("Built in"), "", ready, "")
        self._add(self.tr("From sources"), self.tr("read-only"), given, self.tr("No source gives any"))
        self._column.addStretch(1)
        self._mark()
        self._narrow(self.field.text().strip())

    def show_current(self, key: Key | None) -> None:
        """Which one is being looked at."""
        self._current = key
        self._mark()

    def step(self, by: int) -> None:
        """Goes to the next or the previous one."""
        shown = [entry for entry in self.entries if not entry.isHidden()]
        places = [place for place, entry in enumerate(shown) if entry.key == self._current]
        to = (places[0] + by) if places else 0
        if 0 <= to < len(shown):
            self.chosen.emit(shown[to].key)

    def _add(self, words: str, note: str, entries: Sequence[Entry], nothing: str) -> None:
        head = QWidget()
        line = row(label(words, "section"), None, label(note, "muted"))
        line.setContentsMargins(tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_1)
        head.setLayout(line)
        self._column.addWidget(head)
        for entry in entries:
            entry.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            self.entries.append(entry)
            self._column.addWidget(entry)
        if not entries and nothing:
            words_of_none = label(nothing, "muted", is_wrapping=True)
            words_of_none.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
            self._column.addWidget(words_of_none)

    def _narrow(self, words: str) -> None:
        for entry in self.entries:
            entry.setVisible(words.casefold() in entry.name.casefold())

    def _mark(self) -> None:
        for entry in self.entries:
            entry.setChecked(entry.key == self._current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
