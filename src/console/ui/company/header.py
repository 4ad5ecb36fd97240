"""The head of a company's window: its name and state, where it is found, who looks after it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.customer_flags import first_said
from console.ui.company.read import CompanyRead
from console.ui.profile.window_header import Badge, ReachLine, WindowHeader
from console.ui.profile.wording import named, value_words
from console.ui.style import tokens
from console.ui.widgets.avatar import Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel

_MOST_BADGES = 4
_CITIES, _COUNTRIES = ("location.city", "city"), ("location.country", "country")


class CompanyHeader(WindowHeader):
    """Filled again whenever the company changes.

    Signals:
        message_wanted: (the button) "Message all".
    """

    message_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        owner, message = Button("", icon="user", keys="O"), Button("", "primary", icon="mail", keys="M")
        super().__init__(Face("?", is_square=True), owner, message, tokens.SPACE_4, parent)
        self._shown: tuple[object, ...] = ()
        self.message.clicked.connect(lambda: self.message_wanted.emit(self.message))

    def show_read(self, read: CompanyRead) -> None:
        """Shows another company, or this one as it is now."""
        view = read.view
        name = named(view.name) or named(view.domain) or self.tr("No name")
        self._show_name(name, Face(name, is_square=True))
        shown = (view.domain, view.member_count, _place_of(read), read.figures.plan, read.figures.since, read.segments)
        if shown != self._shown:
            self._shown = shown
            self._show_badges(self._badges_of(read))
            self._show_reach(read)
        self._show_owner(view)
        self.message.set_words(self.tr("Message all {0}").format(view.member_count))
        self.message.setEnabled(view.member_count > 0 and not read.is_past)

    def _badges_of(self, read: CompanyRead) -> list[Badge]:
        badges: list[Badge] = []
        if read.figures.plan is not None:
            plan = value_words(read.figures.plan.value)
            badges.append((named(plan), "accent", "layers", f"{self.tr('Plan')}: {named(plan)}"))
        if read.figures.since is not None:
            words = self.tr("Customer")
            badges.append((words, "green", "user-check", f"{self.tr('A source says since when')}: {words}"))
        for name in read.segments:
            badges.append((named(name), "teal", "layers", f"{self.tr('Segment')}: {named(name)}"))
        return badges[:_MOST_BADGES]

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
