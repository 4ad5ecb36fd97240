"""What is typed behind a comparison: words, numbers, a length of time, days, or how often in how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from console.domain.segment_rules import Condition
from console.ui.segments.choices import Compared
from console.ui.segments.word_list import WordList
from console.ui.style import theme, tokens
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.labels import label

_NARROW, _DAY, _UNIT = 46, 104, 88
_LENGTH = re.compile(r"(\d*)\s*(h|d|w|mo|y)?")


class ValueBox(QWidget):
    """The fields behind a comparison.

    Signals:
        changed: something was typed; ask `values` and `within`.
        sought: (words) values that begin so may be offered.
    """

    changed = Signal()
    sought = Signal(str)

    def __init__(
        self, way: Compared, condition: Condition, words: Iterable[str], parent: QWidget | None = None
    ) -> None:
        """`words` complete what is typed."""
        super().__init__(parent)
        self._way, self._fixed = way, way.values
        self._fields: list[QLineEdit] = []
        self._unit: CalmBox | None = None
        self._words: WordList | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.SPACE_2)
        given = condition.values if condition.verb is way.verb else ()
        match way.shape:
            case "words":
                self._add_words(", ".join(given), words)
            case "number" | "two numbers" | "day" | "two days":
                self._add_plain(given)
            case "length":
                self._add_length(given[0] if given else "")
            case "times":
                self._add_times(given, condition.window)
            case "none":
                self._row.addStretch(1)

    def values(self) -> tuple[str, ...]:
        """What the condition compares with."""
        texts = [field.text().strip() for field in self._fields]
        match self._way.shape:
            case "words":
                return tuple(part.strip() for part in texts[0].split(",") if part.strip())
            case "length":
                return (f"{texts[0]}{self._unit_key()}",) if texts[0] else ()
            case "times":
                return (texts[0],) if texts[0] else ()
            case "none":
                return self._fixed
            case _:
                return tuple(text for text in texts if text)

    def within(self) -> str:
        """Of events, in how long; empty for ever."""
        typed = self._fields[1].text().strip() if self._way.shape == "times" else ""
        return f"{typed}d" if typed else ""

    def offer(self, words: Sequence[str]) -> None:
        """Completes with these words from now on."""
        if self._words is not None:
            self._words.offer(words)

    def focus(self) -> None:
        """Puts the keyboard into the first field."""
        if self._fields:
            self._fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._fields[0].selectAll()

    def mark(self, *, is_wrong: bool) -> None:
        """Shows that what is typed is no value."""
        for field in self._fields:
            if field.property("invalid") != ("true" if is_wrong else "false"):
                field.setProperty("invalid", "true" if is_wrong else "false")
                theme.restyle(field)

    def _field(self, name: str, text: str, width: int = 0) -> QLineEdit:
        field = QLineEdit(text)
        field.setAccessibleName(name)
        if width:
            field.setFixedWidth(theme.current().pixels(width))
        else:
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.textEdited.connect(lambda _: self.changed.emit())
        self._fields.append(field)
        self._row.addWidget(field)
        return field

    def _add_words(self, text: str, words: Iterable[str]) -> None:
        field = self._field(self.tr("Value"), text)
        field.setPlaceholderText(self.tr("a value, or several with commas"))
        self._words = WordList(field, sorted(set(words), key=str.casefold))
        self._words.taken.connect(self.changed)
        self._words.sought.connect(self.sought)

    def _add_plain(self, given: tuple[str, ...]) -> None:
        is_day = "day" in self._way.shape
        names = (self.tr("Day"), self.tr("Last day")) if is_day else (self.tr("Number"), self.tr("Highest number"))
        for place in range(2 if self._way.shape.startswith("two") else 1):
            if place:
                self._row.addWidget(label(self.tr("and"), "body2"))
            field = self._field(names[place], given[place] if place < len(given) else "", _DAY)
            if is_day:
                field.setPlaceholderText("2026-12-31")
        self._row.addStretch(1)

    def _add_length(self, given: str) -> None:
        found = _LENGTH.match(given)
        self._field(self.tr("How long"), found[1] if found else "", _NARROW)
        self._unit = CalmBox(self.tr("Unit"))
        for key, words in (
            ("d", self.tr("days")),
            ("h", self.tr("hours")),
            ("w", self.tr("weeks")),
            ("mo", self.tr("months")),
            ("y", self.tr("years")),
        ):
            self._unit.addItem(words, key)
        self._unit.setCurrentIndex(max(0, self._unit.findData(found[2] if found else "d")))
        self._unit.setProperty("tight", "true")
        self._unit.setFixedWidth(theme.current().pixels(_UNIT))
        self._unit.activated.connect(lambda _: self.changed.emit())
        self._row.addWidget(self._unit)
        behind = {"newer": self.tr("ago"), "older": self.tr("ago")}.get(self._way.verb.value, "")
        if behind and not self._way.is_negated:
            self._row.addWidget(label(behind, "body2"))
        self._row.addStretch(1)

    def _add_times(self, given: tuple[str, ...], window: str) -> None:
        self._field(self.tr("How often"), given[0] if given else "1", _NARROW)
        self._row.addWidget(label(self.tr("times in"), "body2"))
        days = self._field(self.tr("In how many days; empty for ever"), window.removesuffix("d"), _NARROW)
        days.setPlaceholderText("∞")
        self._row.addWidget(label(self.tr("days"), "body2"))
        self._row.addStretch(1)

    def _unit_key(self) -> str:
        return str(self._unit.currentData()) if self._unit is not None else "d"
