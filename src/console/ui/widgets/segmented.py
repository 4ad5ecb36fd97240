"""One choice of a few: segments, filter chips or tabs, one tab stop moved by arrows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from console.ui.style import tokens

Look = Literal["segment", "filter", "tab"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the choices; `count` stands behind the words where it is not None, `most+` in place of more than `most`."""

    key: str
    words: str
    count: int | None = None
    most: int | None = None


class Segmented(QFrame):
    """A row of choices of which exactly one holds.

    Signals:
        chosen: the teammate picked the choice with this key; `choose` does not emit it.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Iterable[Choice], look: Look = "segment", parent: QWidget | None = None
    ) -> None:
        """`name` tells assistive technology what is chosen here; the first choice holds at the start."""
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._tell)
        self.setAccessibleName(name)
        self.setProperty("surface", f"{look}s")
        row = QHBoxLayout(self)
        margin = 4 if look == "segment" else 0
        row.setContentsMargins(margin, margin, margin, margin)
        row.setSpacing({"segment": 0, "filter": tokens.SPACE_1, "tab": tokens.SPACE_4}[look])
        for choice in choices:
            row.addWidget(self._button(choice, look), 1 if look == "segment" else 0)
        if look != "segment":
            row.addStretch(1)
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.setChecked(True)

    def key(self) -> str:
        """The choice that holds; empty where there are no choices."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Makes another choice hold, silently; KeyError where there is none of that key."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None, *, most: int | None = None) -> None:
        """Shows another number behind one choice; `most+` in place of more than `most`."""
        button = self._buttons[key]
        _label(button, Choice(key, button.property("words"), count, most))

    def _button(self, choice: Choice, look: Look) -> QPushButton:
        button = QPushButton(self)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("kind", look)
        button.setProperty("words", choice.words)
        button.setProperty("key", choice.key)
        policy = QSizePolicy.Policy.Expanding if look == "segment" else QSizePolicy.Policy.Fixed
        button.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        _label(button, choice)
        self._group.addButton(button)
        self._buttons[choice.key] = button
        return button

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.property("key"))


def _label(button: QPushButton, choice: Choice) -> None:
    words = choice.words if choice.count is None else f"{choice.words} {_count_words(choice.count, choice.most)}"
    button.setText(words.replace("&", "&&"))
    button.setAccessibleName(words)


def _count_words(count: int, most: int | None) -> str:
    if most is not None and count > most:
        return f"{QLocale().toString(most)}+"
    return QLocale().toString(count)
