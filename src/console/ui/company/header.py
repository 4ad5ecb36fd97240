"""The head of a company's window: its name and state, where it is found, who looks after it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.customer_flags import OWNER, first_said
from console.ui.company.read import CompanyRead
from console.ui.customer.header import ReachLine
from console.ui.profile.wording import isolated, named, value_words
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, plain_tip

_FACE, _MOST_BADGES = 56, 4
_CITIES, _COUNTRIES = ("location.city", "city"), ("location.country", "country")


class CompanyHeader(QFrame):
    """Filled again whenever the company changes.

    Signals:
        note_wanted, message_wanted: "Note", "Message all".
        past_wanted: another day is to be shown.
        owner_wanted, more_wanted: (the button) a menu is to open below it.
    """

    note_wanted = Signal()
    message_wanted = Signal(object)
    past_wanted = Signal()
    owner_wanted = Signal(object)
    more_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setProperty("line", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: tuple[object, ...] = ()
        self._face = Avatar(Face("?", is_square=True), _FACE)
        self._name = ElidedLabel("", "title")
        self._badge_holder, self._reach_holder = QWidget(), QWidget()
        self._badges, self._reach = QHBoxLayout(self._badge_holder), FlowLayout(self._reach_holder, gap=tokens.SPACE_3)
        self._badges.setContentsMargins(0, 0, 0, 0)
        self._badges.setSpacing(6)
        self.owner = Button("", icon="user", keys="O")
        self.note = Button(self.tr("Note"), icon="sticky-note", keys="N")
        self.message = Button("", "primary", icon="mail", keys="M")
        self.past = IconButton("history", self.tr("As of another day…"), keys="D")
        self.more = IconButton("ellipsis", self.tr("More"))
        self.owner.clicked.connect(lambda: self.owner_wanted.emit(self.owner))
        self.more.clicked.connect(lambda: self.more_wanted.emit(self.more))
        self.note.clicked.connect(self.note_wanted)
        self.past.clicked.connect(self.past_wanted)
        self.message.clicked.connect(lambda: self.message_wanted.emit(self.message))
        self._lay_out()

    def show_read(self, read: CompanyRead) -> None:
        """Shows another company, or this one as it is now."""
        view = read.view
        name = named(view.name) or named(view.domain) or self.tr("No name")
        self._face.set_face(Face(name, is_square=True))
        self._name.set_words(name)
        self.setAccessibleName(name)
        shown = (view.domain, view.member_count, _place_of(read), read.figures.plan, read.figures.since, read.segments)
        if shown != self._shown:
            self._shown = shown
            self._show_badges(read)
            self._show_reach(read)
        owner = named(first_said(view.properties, (OWNER,)))
        self.owner.set_words(self.tr("Owner: {0}").format(isolated(owner)) if owner else self.tr("No owner"))
        self.message.set_words(self.tr("Message all {0}").format(view.member_count))
        self.message.setEnabled(view.member_count > 0 and not read.is_past)
        for button in (self.owner, self.note, self.more):
            button.setEnabled(not read.is_past)

    def name(self) -> str:
        """The company's name as it is shown."""
        return self._name.words()

    def _lay_out(self) -> None:
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
        row.addSpacing(tokens.SPACE_2)
        row.addLayout(texts, 1)
        for widget in (self.owner, self.note, self.message, self.past, self.more):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _show_badges(self, read: CompanyRead) -> None:
        while (item := self._badges.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        badges: list[tuple[str, Tone, str, str]] = []
        if read.figures.plan is not None:
            plan = value_words(read.figures.plan.value)
            badges.append((named(plan), "accent", "layers", self.tr("Plan")))
        if read.figures.since is not None:
            badges.append((self.tr("Customer"), "green", "user-check", self.tr("A source says since when")))
        for name in read.segments:
            badges.append((named(name), "teal", "layers", self.tr("Segment")))
        for words, tone, icon, tip in badges[:_MOST_BADGES]:
            chip = Chip(words, tone, icon)
            plain_tip(chip, f"{tip}: {words}")
            self._badges.addWidget(chip)
        self._badge_holder.setVisible(bool(badges))

    def _show_reach(self, read: CompanyRead) -> None:
        self._reach.clear()
        if read.view.domain:
            copy = self.tr("Copy the domain {0}")
            self._reach.addWidget(ReachLine("globe", named(read.view.domain), copy))
        for icon, words in (("map-pin", _place_of(read)), ("users", self._members(read.view.member_count))):
            if words:
                self._reach.addWidget(_IconLine(icon, words))

    def _members(self, count: int) -> str:
        return self.tr("1 customer") if count == 1 else self.tr("{0} customers").format(count)


class _IconLine(QWidget):
    """An icon and a word."""

    def __init__(self, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.ICON_GAP)
        row.addWidget(IconLabel(icon, "text2", 14))
        row.addWidget(ElidedLabel(named(words)))


def _place_of(read: CompanyRead) -> str:
    properties = read.view.properties
    parts = (first_said(properties, _CITIES), first_said(properties, _COUNTRIES))
    return ", ".join(filter(None, parts))
