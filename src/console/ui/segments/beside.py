"""Beside the rules: how many fit right now, a sample of them, and who joined and left lately."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.store.segments import Member, Span
from console.ui.profile.wording import since_words
from console.ui.segments.reading import Fitting
from console.ui.style import theme, tokens
from console.ui.widgets.avatar import AvatarButton, Face
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import divider, empty, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import ElidedLabel, label, set_look
from console.ui.widgets.scrolled import scrolled

WIDTH, _MOST_SPANS = 248, 12


class Beside(QFrame):
    """The column at the right.

    Signals:
        shuffled: another sample is wanted.
        opened: (key) a customer or a company is to be shown.
        picked: (Member) somebody is to be explained.
        all_wanted: everybody who fits is to be shown.
    """

    shuffled = Signal()
    opened = Signal(int)
    picked = Signal(object)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setProperty("line", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().pixels(WIDTH))
        self._owner_kind = OwnerKind.CUSTOMER
        self.count = label("–", "hero")
        self._of = label("", "small")
        self._who = label("", "strong")
        self._share = QProgressBar()
        self._share.setTextVisible(False)
        self._share.setFixedHeight(theme.current().pixels(6))
        self._share.setAccessibleName(self.tr("Share of everybody"))
        self._moved = Chip("", "green", "trending-up")
        self.note = label("", "amber", is_wrapping=True)
        self._shuffle = Button(self.tr("Shuffle"), "quiet", icon="shuffle", is_small=True)
        self._shuffle.clicked.connect(self.shuffled)
        self.all = Button(self.tr("Show all"), "link", is_small=True)
        self.all.clicked.connect(self.all_wanted)
        self._members, self._spans = QVBoxLayout(), QVBoxLayout()
        self._history = label(self.tr("Joined and left"), "section")
        self._lay_out()

    def lend(self) -> QWidget:
        """What it shows, to stand elsewhere until `take_back`."""
        return self._area.takeWidget()

    def take_back(self) -> None:
        """Shows here again what it shows."""
        self._area.setWidget(self._body)
        self._body.setAutoFillBackground(False)

    def wait(self) -> None:
        """The number is of the rules as they were; another one is being counted."""
        set_look(self.count, "herowaiting")

    def show_fitting(self, found: Fitting, owner_kind: OwnerKind, left_out: int) -> None:
        """Who fits; `left_out` rules are not finished and do not count."""
        self._owner_kind = owner_kind
        set_look(self.count, "hero")
        self.count.setText(QLocale().toString(found.count))
        share = 100 * found.count / found.total if found.total else 0.0
        is_customer = owner_kind is OwnerKind.CUSTOMER
        self._who.setText(self.tr("customers") if is_customer else self.tr("companies"))
        self._of.setText(
            self.tr("{0} % of {1}").format(QLocale().toString(share, "f", 1), QLocale().toString(found.total))
        )
        self._share.setMaximum(max(found.total, 1))
        self._share.setValue(found.count)
        notes = []
        if left_out:
            notes.append(
                self.tr("One rule is not finished and does not count")
                if left_out == 1
                else self.tr("{0} rules are not finished and do not count").format(left_out)
            )
        if not found.count:
            notes.append(
                self.tr("Nobody fits; this rule excludes the most: {0}").format(found.excludes)
                if found.excludes
                else self.tr("Nobody fits")
            )
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        self._fill(self._members, [self._member(one) for one in found.sample])
        self._shuffle.setVisible(found.count > len(found.sample))
        self.all.set_words(self.tr("Show all {0}").format(QLocale().toString(found.count)))
        self.all.setVisible(bool(found.count))

    def show_moved(self, more: int, spans: tuple[Span, ...], now: datetime) -> None:
        """How many more than yesterday, and who joined and left; nothing of either where it is not kept."""
        words = self.tr("{0} more since yesterday") if more > 0 else self.tr("{0} fewer since yesterday")
        self._moved.set_chip(
            words.format(QLocale().toString(abs(more))),
            "green" if more > 0 else "amber",
            "trending-up" if more > 0 else "trending-down",
        )
        self._moved.setVisible(more != 0)
        self._history.setVisible(bool(spans))
        self._fill(self._spans, [self._span(one, now) for one in spans[:_MOST_SPANS]])

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._who)
        beside.addWidget(self._of)
        body = self._body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Right now"), "section"))
        column.addLayout(row(self.count, beside, None, gap=tokens.SPACE_3))
        column.addWidget(self._share)
        column.addLayout(row(self._moved, None))
        column.addWidget(self.note)
        column.addWidget(divider())
        column.addLayout(row(label(self.tr("A sample"), "section"), None, self._shuffle))
        column.addLayout(self._members)
        column.addLayout(row(self.all, None))
        column.addWidget(divider())
        column.addWidget(self._history)
        column.addLayout(self._spans)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_3)
        self._area = scrolled(body, self.tr("Who fits"))
        whole.addWidget(self._area)
        for hidden in (self._moved, self.note, self._history):
            hidden.hide()

    def _member(self, one: Member) -> QWidget:
        name = one.name or one.second or self.tr("No name")
        told = QWidget()
        line = QHBoxLayout(told)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(tokens.SPACE_2)
        face = AvatarButton(
            Face(name, is_square=self._owner_kind is OwnerKind.COMPANY, edge="panel"),
            self.tr("Open {0}").format(name),
            28,
        )
        face.clicked.connect(lambda: self.opened.emit(one.id))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(ElidedLabel(name, "value"))
        names.addWidget(ElidedLabel(one.second, "small"))
        asked = Button(self.tr("Why?"), "link", is_small=True)
        asked.setAccessibleName(self.tr("Why is {0} in?").format(name))
        asked.clicked.connect(lambda: self.picked.emit(one))
        line.addWidget(face)
        line.addLayout(names, 1)
        line.addWidget(asked)
        return told

    def _span(self, one: Span, now: datetime) -> QWidget:
        when = since_words(one.until or one.since, now)
        words = self.tr("{0} left {1}") if one.until else self.tr("{0} joined {1}")
        told = ElidedLabel(words.format(one.owner_name or "?", when), "small")
        told.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        return told

    def _fill(self, column: QVBoxLayout, widgets: list[QWidget]) -> None:
        empty(column)
        for widget in widgets:
            column.addWidget(widget)
