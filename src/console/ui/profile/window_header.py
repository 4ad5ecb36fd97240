"""The head of a window of one profile: face, name, badges and ways to reach, and what can be done, in one line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.customer_flags import OWNER, first_said
from console.ui.profile.view import View
from console.ui.profile.wording import isolated, named
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button, CopyButton, IconButton
from console.ui.widgets.cards import empty
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, plain_tip

_FACE = 56
Badge = tuple[str, Tone, str, str]
"""Words, colour, icon, tool tip."""


class ReachLine(QWidget):
    """An address or a number with its copy button."""

    def __init__(self, icon: str, words: str, copy_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = CopyButton(words, copy_name.format(words))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_1)
        row.addWidget(IconLabel(icon, "text2", 14))
        row.addWidget(ElidedLabel(words, mode=Qt.TextElideMode.ElideMiddle))
        row.addWidget(self.copy)


class WindowHeader(QFrame):
    """Whoever derives from it fills badges and reach, and says what the button of messages does.

    Signals:
        note_wanted: "Note".
        owner_wanted, more_wanted: (the button) a menu is to open below it.
        past_wanted: another day is to be shown.
    """

    note_wanted = Signal()
    owner_wanted = Signal(object)
    more_wanted = Signal(object)
    past_wanted = Signal()

    def __init__(self, face: Face, owner: Button, message: Button, gap: int, parent: QWidget | None = None) -> None:
        """`gap` stands between face and words."""
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("line", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._face, self._name = Avatar(face, _FACE), ElidedLabel("", "title")
        self._badge_holder, self._reach_holder = QWidget(), QWidget()
        self._badges, self._reach = QHBoxLayout(self._badge_holder), FlowLayout(self._reach_holder, gap=tokens.SPACE_3)
        self._badges.setContentsMargins(0, 0, 0, 0)
        self._badges.setSpacing(6)
        self.owner, self.message = owner, message
        self.note = Button(self.tr("Note"), icon="sticky-note", keys="N")
        self.past = IconButton("history", self.tr("As of another day…"), keys="D")
        self.more = IconButton("ellipsis", self.tr("More"))
        self.owner.clicked.connect(lambda: self.owner_wanted.emit(self.owner))
        self.more.clicked.connect(lambda: self.more_wanted.emit(self.more))
        self.note.clicked.connect(self.note_wanted)
        self.past.clicked.connect(self.past_wanted)
        self._lay_out(gap)

    def name(self) -> str:
        """The name as it is shown."""
        return self._name.words()

    def _show_name(self, name: str, face: Face) -> None:
        self._face.set_face(face)
        self._name.set_words(name)
        self.setAccessibleName(name)

    def _show_owner(self, view: View) -> None:
        owner = named(first_said(view.properties, (OWNER,)))
        self.owner.set_words(self.tr("Owner: {0}").format(isolated(owner)) if owner else self.tr("No owner"))
        for button in (self.owner, self.note, self.more, self.message):
            button.setEnabled(view.as_of is None)

    def _show_badges(self, badges: Iterable[Badge]) -> None:
        empty(self._badges)
        for words, tone, icon, tip in badges:
            chip = Chip(words, tone, icon)
            plain_tip(chip, tip)
            self._badges.addWidget(chip)
        self._badge_holder.setVisible(self._badges.count() > 0)

    def _lay_out(self, gap: int) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_2)
        top.addWidget(self._name)
        top.addWidget(self._badge_holder)
        top.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(tokens.SPACE_1)
        texts.addLayout(top)
        texts.addWidget(self._reach_holder)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, tokens.SPACE_3, 20, tokens.SPACE_3)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(gap - row.spacing())
        row.addLayout(texts, 1)
        for widget in (self.owner, self.note, self.message, self.past, self.more):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
