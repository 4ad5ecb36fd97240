"""One matter of the outbox as a line: what it is, how it stands, and what can be done about it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.outbox import SendingState
from console.ui.outbox import words
from console.ui.outbox.acts import acts_of
from console.ui.outbox.matters import Matter, needs_somebody
from console.ui.style import tokens
from console.ui.widgets.buttons import Button, IconButton, Kind
from console.ui.widgets.cards import empty
from console.ui.widgets.chip import Chip
from console.ui.widgets.choosable import Choosable
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import Spinner

_SEAL = 28


class OutboxLine(Choosable):
    """Shown again in place when it changes; its buttons are made anew only where it stands otherwise.

    Signals:
        act_wanted: what is to be done with it (a word of `acts_of`), and the button that was pressed.
    """

    act_wanted = Signal(str, object)

    def __init__(self, matter: Matter, parent: QWidget | None = None) -> None:
        super().__init__(margin=tokens.SPACE_2, parent=parent)
        self.matter = matter
        self._shape: object = None
        self._title = ElidedLabel("", "strong")
        self._standing = ElidedLabel("", "body2")
        self._meaning = label("", "body2", is_wrapping=True)
        self._meaning.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._place = label("", "body2")
        self._seal = QHBoxLayout()
        self._end = QHBoxLayout()
        self._acts = QHBoxLayout()
        self.buttons: dict[str, Button | IconButton] = {}
        self._lay_out()

    def show_matter(self, matter: Matter, now: datetime, me: str) -> None:
        """Shows how it stands now; ``now`` is aware UTC, ``me`` is the teammate's name."""
        self.matter = matter
        row = matter.first
        title, standing = words.title_of(matter), words.standing_words(row, now, me)
        self._title.set_words(title)
        self._standing.set_words(standing)
        meaning = words.meaning(row)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self._place.setText(words.place_words(row, now))
        self._place.setVisible(bool(self._place.text()))
        self.setAccessibleName(f"{title}. {words.chip_of(row)} {standing}")
        shape = (row.state, acts_of(row))
        if shape != self._shape:
            self._shape = shape
            self._make_parts(row.state)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._title)
        texts.addWidget(self._standing)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_3)
        self._seal.setAlignment(Qt.AlignmentFlag.AlignTop)
        top.addLayout(self._seal)
        top.addLayout(texts, 1)
        self._end.setSpacing(tokens.SPACE_2)
        top.addWidget(self._place)
        top.addLayout(self._end)
        below = QVBoxLayout()
        below.setContentsMargins(_SEAL + tokens.SPACE_3, 0, 0, 0)
        below.setSpacing(tokens.SPACE_2)
        below.addWidget(self._meaning)
        self._acts.setSpacing(tokens.SPACE_2)
        below.addLayout(self._acts)
        self.column.addLayout(top)
        self.column.addLayout(below)

    def _make_parts(self, state: SendingState) -> None:
        for layout in (self._seal, self._end, self._acts):
            empty(layout)
        self.buttons.clear()
        icon, tone = words.look_of(state)
        if state is SendingState.CLAIMED:
            self._seal.addWidget(Spinner(self.tr("Being sent"), _SEAL))
        else:
            self._seal.addWidget(Seal(icon, tone, _SEAL, is_round=False))
        row, can = self.matter.first, acts_of(self.matter.first)
        chip = words.chip_of(row)
        if chip:
            self._end.addWidget(Chip(chip, tone), 0, Qt.AlignmentFlag.AlignTop)
        if "hold" in can:
            self._add_icon("hold", "circle-pause", self.tr("Hold"))
        if "release" in can:
            self._add(self._end, "release", self.tr("Release"), "play", "secondary")
        if needs_somebody(row) and state is not SendingState.CONFLICT:
            self._make_acts(state, can)
            self._acts.addStretch(1)

    def _make_acts(self, state: SendingState, can: frozenset[str]) -> None:
        if state is SendingState.UNKNOWN:
            self._add(self._acts, "check", self.tr("Check"), "search", "primary")
            self._add(self._acts, "retry", self.tr("Resend…"), "send", "secondary")
            self._add(self._acts, "sent", self.tr("It was sent"), "", "quiet")
            return
        self._add(self._acts, "retry", self.tr("Try again"), "rotate-cw", "secondary")
        if "edit" in can:
            self._add(self._acts, "edit", self.tr("Edit"), "pencil", "quiet")
        self._add(self._acts, "drop", self.tr("Drop"), "", "quiet")

    def _add(self, layout: QHBoxLayout, act: str, name: str, icon: str, kind: Kind) -> None:
        button = Button(name, kind, icon=icon, is_small=True)
        button.clicked.connect(partial(self._want, act, button))
        layout.addWidget(button)
        self.buttons[act] = button

    def _add_icon(self, act: str, icon: str, name: str) -> None:
        button = IconButton(icon, name, is_small=True)
        button.clicked.connect(partial(self._want, act, button))
        self._end.addWidget(button)
        self.buttons[act] = button

    def _want(self, act: str, button: QWidget, _is_checked: bool = False) -> None:
        self.act_wanted.emit(act, button)
