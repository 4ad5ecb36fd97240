"""The head of a profile: face, name, addresses to copy, company, place and the time there."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.profile_view import CompanyCard
from console.ui.overriding import override
from console.ui.profile.view import View
from console.ui.profile.wording import isolated, named, since_words
from console.ui.style import tokens
from console.ui.widgets.avatar import AvatarButton, Face, avatar_pixmap
from console.ui.widgets.buttons import Button, CopyButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip

_FACE = 52
_FIRST_MAILS = 2
_LONGEST_COMPANY = 22


class MailLine(QWidget):
    """An address with its copy button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ElidedLabel("", "small", mode=Qt.TextElideMode.ElideMiddle)
        self.copy = CopyButton("", self.tr("Copy e-mail"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_1)
        row.addWidget(IconLabel("at-sign", "text2", 13))
        row.addWidget(self._text)
        row.addWidget(self.copy)
        row.addStretch(1)

    def show_mail(self, address: str) -> None:
        """Shows another address."""
        self._text.set_words(address)
        self.copy.set_words(address)
        self.copy.set_name(self.tr("Copy {0}").format(address))


class NameLabel(ElidedLabel):
    """A name that opens what it names; by keyboard the face beside it does the same.

    Signals:
        pressed: the mouse was pressed and let go on it.
    """

    pressed = Signal()

    def __init__(self, look: str, parent: QWidget | None = None) -> None:
        super().__init__("", look, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class ProfileHeader(QWidget):
    """Filled again for every profile.

    Signals:
        company_wanted: (CompanyId) the company's name was pressed.
        window_wanted: (Owner) the face or the name was pressed: a window of its own.
    """

    company_wanted = Signal(object)
    window_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._company: CompanyCard | None = None
        self._zone: ZoneInfo | None = None
        self._view: View | None = None
        self._face = AvatarButton(Face("?"), "?", _FACE)
        self._name = NameLabel("heading")
        self._face.clicked.connect(self._open_window)
        self._name.pressed.connect(self._open_window)
        self._mails = [MailLine() for _ in range(_FIRST_MAILS)]
        self._more = label("", "muted")
        self._company_icon = IconLabel("building-2", "text2", 13)
        self._company_button = Button("", "link")
        self._members = ElidedLabel("", "small")
        self._company_button.clicked.connect(self._open_company)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._name)
        for mail in self._mails:
            texts.addWidget(mail)
        texts.addWidget(self._more)
        company = QHBoxLayout()
        company.setSpacing(tokens.SPACE_1)
        for widget in (self._company_icon, self._company_button, self._members):
            company.addWidget(widget)
        company.addStretch(1)
        texts.addLayout(company)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_2)
        top.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addLayout(top)
        self._make_place(column)
        self._badge_holder = QWidget()
        self._badges = FlowLayout(self._badge_holder)
        column.addWidget(self._badge_holder)

    def show_view(self, view: View, now: datetime) -> None:
        """Shows another profile; `now` is aware UTC."""
        name = self._name_of(view)
        self._view = view
        # First what has a layout of its own: Qt arranges in the order in which it was told, and this one only once then.
        self._show_badges(view)
        for number, mail in enumerate(self._mails):
            mail.setVisible(number < len(view.emails))
            if number < len(view.emails):
                mail.show_mail(view.emails[number])
        told = self.tr("Open {0} in a window").format(name)
        self._face.set_face(_face_of(view, name), told)
        plain_tip(self._face, told)
        self._name.set_words(name)
        self.setAccessibleName(name)
        rest = view.emails[_FIRST_MAILS:]
        self._more.setVisible(bool(rest))
        self._more.setText(self.tr("and {0} more").format(len(rest)))
        plain_tip(self._more, "\n".join(rest))
        self._show_company(view)
        self._show_place(view, now)

    def foresee(self, view: View) -> None:
        """Has the face painted that another profile will show."""
        avatar_pixmap(_face_of(view, self._name_of(view)), _FACE, self.devicePixelRatioF())

    def tick(self, now: datetime) -> None:
        """Shows the time where the customer is; `now` is aware UTC."""
        self._clock_icon.setVisible(self._zone is not None)
        self._clock.setVisible(self._zone is not None)
        if self._zone is not None:
            there = now.astimezone(self._zone)
            time = QLocale().toString(QTime(there.hour, there.minute), "HH:mm")
            self._clock.setText(self.tr("{0} local").format(time))

    def _name_of(self, view: View) -> str:
        return named(view.name) or (named(view.emails[0]) if view.emails else self.tr("No name"))

    def _make_place(self, column: QVBoxLayout) -> None:
        self._place_icon = IconLabel("map-pin", "text2", 14)
        self._place = ElidedLabel("", "value")
        self._place_from = ElidedLabel("", "small")
        self._clock_icon = IconLabel("clock", "text2", 14)
        self._clock = label("", "small")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._place_icon)
        row.addWidget(self._place)
        row.addWidget(self._place_from)
        row.addStretch(1)
        row.addWidget(self._clock_icon)
        row.addWidget(self._clock)
        column.addLayout(row)

    def _show_company(self, view: View) -> None:
        self._company = view.main_company
        is_shown = self._company is not None or view.is_company
        for widget in (self._company_icon, self._members):
            widget.setVisible(is_shown)
        self._company_button.setVisible(self._company is not None)
        count = view.member_count
        self._company_icon.set_icon("building-2", "text2")
        if self._company is not None:
            name = named(self._company.name) or named(self._company.domain)
            self._company_button.set_words(
                name if len(name) <= _LONGEST_COMPANY else name[: _LONGEST_COMPANY - 1] + "…"
            )
            plain_tip(self._company_button, name)
            count = self._company.member_count
        words = self.tr("1 customer") if count == 1 else self.tr("{0} customers").format(QLocale().toString(count))
        self._members.set_words(" · ".join(filter(None, (named(view.domain), words))))

    def _show_place(self, view: View, now: datetime) -> None:
        place = view.location
        words = ", ".join(filter(None, (named(place.city), named(place.country)))) if place else ""
        self._zone = _zone(place.time_zone) if place else None
        for widget in (self._place_icon, self._place, self._place_from):
            widget.setVisible(bool(words))
        if place is not None:
            self._place.set_words(words)
            self._place_from.set_words(self.tr("from {0}").format(isolated(place.origin)))
            self._place_from.setAccessibleDescription(since_words(place.since, now))
        self.tick(now)

    def _show_badges(self, view: View) -> None:
        self._badges.clear()
        badges = (
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
        shown = [badge for badge in badges if badge[0]]
        for _, words, tone, icon, tip in shown:
            chip = Chip(words, "red" if tone == "red" else "grey", icon)
            plain_tip(chip, tip)
            self._badges.addWidget(chip)
        self._badge_holder.setVisible(bool(shown))

    def _open_window(self) -> None:
        if self._view is not None:
            self.window_wanted.emit(self._view.owner)

    def _open_company(self) -> None:
        if self._company is not None:
            self.company_wanted.emit(self._company.id)


def _face_of(view: View, name: str) -> Face:
    return Face(name, is_square=view.is_company, edge="panel")


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
