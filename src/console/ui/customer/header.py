"""The head of a customer's window: who this is, how to reach them, who looks after them, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.customer_flags import OWNER, TITLES, Flag, first_said, flags_of, phones_of
from console.domain.profile_view import CompanyCard
from console.ui.customer.read import CustomerRead
from console.ui.profile.wording import day_of, isolated, named
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button, CopyButton, IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip

_FACE, _MOST_REACHED = 56, 6
Badge = tuple[str, Tone, str, str]


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


class CustomerHeader(QFrame):
    """Filled again whenever the customer changes.

    Signals:
        company_wanted: (CompanyId) the company's name was pressed.
        note_wanted, message_wanted: "Note", "Message".
        owner_wanted, more_wanted: (the button) a menu is to open below it.
        past_wanted: another day is to be shown.
    """

    company_wanted = Signal(object)
    note_wanted = Signal()
    message_wanted = Signal()
    owner_wanted = Signal(object)
    more_wanted = Signal(object)
    past_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._company: CompanyCard | None = None
        self.setProperty("surface", "bg")
        self.setProperty("line", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._face = Avatar(Face("?"), _FACE)
        self._name = ElidedLabel("", "title")
        self._badge_holder, self._reach_holder = QWidget(), QWidget()
        self._badges, self._reach = QHBoxLayout(self._badge_holder), FlowLayout(self._reach_holder, gap=tokens.SPACE_3)
        self._badges.setContentsMargins(0, 0, 0, 0)
        self._badges.setSpacing(6)
        self.owner = Button("", icon="user")
        self.note = Button(self.tr("Note"), icon="sticky-note", keys="N")
        self.message = Button(self.tr("Message"), "primary", icon="mail", keys="M")
        self.past = IconButton("history", self.tr("As of another day…"), keys="D")
        self.more = IconButton("ellipsis", self.tr("More"))
        self._connect()
        self._lay_out()

    def show_read(self, read: CustomerRead) -> None:
        """Shows another customer, or this one as it is now."""
        view = read.view
        name = named(view.name) or (named(view.emails[0]) if view.emails else self.tr("No name"))
        self._face.set_face(Face(name))
        self._name.set_words(name)
        self.setAccessibleName(name)
        self._show_badges(self._badges_of(read))
        self._show_reach(read)
        owner = named(first_said(view.properties, (OWNER,)))
        self.owner.set_words(self.tr("Owner: {0}").format(isolated(owner)) if owner else self.tr("No owner"))
        for button in (self.owner, self.note, self.more):
            button.setEnabled(not read.is_past)
        self.message.setEnabled(not read.is_past)

    def name(self) -> str:
        """The customer's name as it is shown."""
        return self._name.words()

    def _connect(self) -> None:
        self.owner.clicked.connect(lambda: self.owner_wanted.emit(self.owner))
        self.more.clicked.connect(lambda: self.more_wanted.emit(self.more))
        self.note.clicked.connect(self.note_wanted)
        self.message.clicked.connect(self.message_wanted)
        self.past.clicked.connect(self.past_wanted)

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
        row.setSpacing(tokens.SPACE_4)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        for widget in (self.owner, self.note, self.message, self.past, self.more):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            row.setSpacing(tokens.SPACE_2)

    def _badges_of(self, read: CustomerRead) -> list[Badge]:
        view, signed_up = read.view, read.figures.signed_up
        found: list[Badge] = []
        if signed_up is not None:
            told = self.tr("Signed up on {0}").format(day_of(signed_up.astimezone().date()))
            found.append((self.tr("Customer"), "green", "user-check", told))
        flags = flags_of(view.properties)
        warnings: tuple[tuple[bool, str, Tone, str, str], ...] = (
            (Flag.UNSUBSCRIBED in flags, self.tr("No newsletters"), "amber", "bell-off", self.tr("Unsubscribed")),
            (Flag.BOUNCED in flags, self.tr("Mail bounces"), "red", "mail", self.tr("The address does not take mail")),
            (Flag.BLOCKED in flags, self.tr("Blocked"), "red", "ban", self.tr("Blocked or suspended at a source")),
            (view.is_role, self.tr("Role address"), "grey", "users", self.tr("A desk's address, not one person's")),
            (view.is_shared, self.tr("Shared address"), "grey", "users", self.tr("Several people use this address")),
            (
                view.is_deceptive,
                self.tr("Deceptive name"),
                "red",
                "triangle-alert",
                self.tr("The name hides something"),
            ),
        )
        return found + [(words, tone, icon, tip) for holds, words, tone, icon, tip in warnings if holds]

    def _show_badges(self, badges: list[Badge]) -> None:
        while (item := self._badges.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for words, tone, icon, tip in badges:
            chip = Chip(words, tone, icon)
            plain_tip(chip, tip)
            self._badges.addWidget(chip)
        self._badge_holder.setVisible(bool(badges))

    def _show_reach(self, read: CustomerRead) -> None:
        self._reach.clear()
        view = read.view
        self._company = view.main_company
        title = named(first_said(view.properties, TITLES))
        if self._company is not None or title:
            self._reach.addWidget(self._work(title))
        mail, phone = self.tr("Copy the e-mail {0}"), self.tr("Copy the number {0}")
        reached = [("mail", words, mail) for words in view.emails]
        reached += [("phone", words, phone) for words in phones_of(view.properties)]
        for icon, words, copy_name in reached[:_MOST_REACHED]:
            self._reach.addWidget(ReachLine(icon, named(words), copy_name))
        rest = reached[_MOST_REACHED:]
        if rest:
            more = label(self.tr("and {0} more").format(len(rest)), "small")
            plain_tip(more, "\n".join(words for _, words, _ in rest))
            self._reach.addWidget(more)

    def _work(self, title: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_1)
        row.addWidget(IconLabel("building-2" if self._company else "user", "text2", 14))
        if self._company is not None:
            button = Button(named(self._company.name) or named(self._company.domain) or "?", "link")
            button.clicked.connect(self._open_company)
            row.addWidget(button)
        words = f"· {title}" if title and self._company else title
        row.addWidget(ElidedLabel(words, "body2"))
        return holder

    def _open_company(self) -> None:
        if self._company is not None:
            self.company_wanted.emit(self._company.id)
