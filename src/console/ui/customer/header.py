"""The head of a customer's window: who this is, how to reach them, who looks after them, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.customer_flags import TITLES, Flag, first_said, flags_of, phones_of
from console.domain.profile_view import CompanyCard
from console.ui.customer.read import CustomerRead
from console.ui.profile.window_header import Badge, ReachLine, WindowHeader
from console.ui.profile.wording import day_of, named
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.avatar import Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip

_MOST_REACHED = 6


class CustomerHeader(WindowHeader):
    """Filled again whenever the customer changes.

    Signals:
        company_wanted: (CompanyId) the company's name was pressed.
        message_wanted: "Message".
    """

    company_wanted = Signal(object)
    message_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        owner = Button("", icon="user")
        message = Button(self.tr("Message"), "primary", icon="mail", keys="M")
        super().__init__(Face("?"), owner, message, tokens.SPACE_2, parent)
        self._company: CompanyCard | None = None
        self.message.clicked.connect(self.message_wanted)

    def show_read(self, read: CustomerRead) -> None:
        """Shows another customer, or this one as it is now."""
        view = read.view
        name = named(view.name) or (named(view.emails[0]) if view.emails else self.tr("No name"))
        self._show_name(name, Face(name))
        self._show_badges(self._badges_of(read))
        self._show_reach(read)
        self._show_owner(view)

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
