"""One matter whole: whom it is about, what is sent, what is in conflict, what happened, and what can be done."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.channels import OwnerKind
from console.domain.outbox import SendingState, WriteKind
from console.domain.outbox_rows import Happening, OutboxDetail, OutboxRow
from console.domain.outbox_words import words_of
from console.ui.outbox import words
from console.ui.outbox.acts import acts_of
from console.ui.outbox.conflict import ConflictCard
from console.ui.profile.wording import named, property_words
from console.ui.style import tokens
from console.ui.widgets.at_once import at_once
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.buttons import Button, IconButton, Kind
from console.ui.widgets.cards import Card, divider, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.scrolled import scrolled

_HAPPENED = {"made": "pencil", "edit": "pencil", "tried": "send", "settled": "check", "waits": "clock"}
_SETTLED = {
    SendingState.CONFLICT: ("git-compare", "amber"),
    SendingState.UNKNOWN: ("circle-question-mark", "violet"),
    SendingState.REFUSED: ("ban", "red"),
    SendingState.DROPPED: ("trash-2", "text2"),
    SendingState.SENT: ("check", "green"),
}


class OutboxDetailView(QFrame):
    """Shown anew for every matter, and again where it has changed; choices of a conflict stay while its fields do.

    Signals:
        act_wanted: what is to be done (a word of `acts_of`, `resolve` or `open`), and the button that was pressed.
    """

    act_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.detail: OutboxDetail | None = None
        self.conflict: ConflictCard | None = None
        self.buttons: dict[str, Button] = {}
        self._face = Avatar(Face("?"), 40)
        self._name, self._about = ElidedLabel("", "heading"), ElidedLabel("", "body2")
        self.open = IconButton("external-link", self.tr("Open it"))
        self.open.clicked.connect(lambda: self.act_wanted.emit("open", self.open))
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        self._column.setSpacing(tokens.SPACE_4)
        self._foot = QHBoxLayout()
        self._lay_out()

    def show_detail(self, detail: OutboxDetail, now: datetime, me: str) -> None:
        """Shows a matter; ``now`` is aware UTC, ``me`` is the teammate's name."""
        before = self.detail
        if before is not None and before == detail:
            return
        chosen = self._kept_choices(before, detail)
        self.detail = detail
        sending = detail.row
        name = named(sending.target_name) or named(sending.subject) or named(words_of(sending))
        self._face.set_face(Face(name, is_square=sending.target.kind is OwnerKind.COMPANY))
        self._name.set_words(name)
        many = self.tr("Both sides changed the same fields")
        about = many if detail.conflicts else named(words_of(sending))
        self._about.set_words(about)
        with at_once(self):
            empty(self._column)
            self.conflict = None
            if detail.conflicts:
                self._add_conflict(detail, now, chosen)
            else:
                self._column.addWidget(self._standing(sending, now, me))
                self._column.addWidget(self._sent(sending))
            self._column.addWidget(self._history(detail, now))
            self._column.addStretch(1)
            self._make_foot(detail)

    def _add_conflict(self, detail: OutboxDetail, now: datetime, chosen: dict[int, str]) -> None:
        self.conflict = ConflictCard(detail, now)
        for choice in self.conflict.choices:
            if choice.conflict.sending in chosen:
                choice.choose(chosen[choice.conflict.sending])
        self.conflict.changed.connect(self._enable)
        self._column.addWidget(self.conflict)

    def _kept_choices(self, before: OutboxDetail | None, after: OutboxDetail) -> dict[int, str]:
        if before is None or self.conflict is None or before.conflicts != after.conflicts:
            return {}
        return {choice.conflict.sending: choice.chosen() for choice in self.conflict.choices if choice.chosen()}

    def _standing(self, sending: OutboxRow, now: datetime, me: str) -> QWidget:
        icon, tone = words.look_of(sending.state)
        surface = {"amber": "amber", "red": "red", "green": "green", "violet": "tint", "accent": "blue"}.get(
            tone, "well"
        )
        card = Card(surface, tokens.SPACE_3)  # pyright: ignore[reportArgumentType]  # each is a surface
        said = label(words.standing_words(sending, now, me), "strong", is_wrapping=True)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        card.column.addLayout(
            row(IconLabel(icon, "text2" if tone == "grey" else "accentfg" if tone == "accent" else tone), said)
        )
        more = words.meaning(sending) or (named(sending.reason) if sending.state is SendingState.QUEUED else "")
        if more:
            card.column.addWidget(label(more, "body2", is_wrapping=True))
        return card

    def _sent(self, sending: OutboxRow) -> QWidget:
        card = Card("card", tokens.SPACE_4)
        is_sent = sending.state is SendingState.SENT
        card.column.addWidget(label(self.tr("What was sent") if is_sent else self.tr("What is to be sent"), "section"))
        for line in _lines(sending):
            words_line = label(line, "body2" if sending.kind is not WriteKind.PROPERTY else "value", is_wrapping=True)
            card.column.addWidget(words_line)
        return card

    def _history(self, detail: OutboxDetail, now: datetime) -> QWidget:
        whole = QWidget()
        held = QVBoxLayout(whole)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(tokens.SPACE_2)
        held.addWidget(label(self.tr("What happened"), "strong"))
        for one in detail.history:
            icon, color = _HAPPENED.get(one.what, "clock"), "text2"
            if one.what == "settled":
                icon, color = _SETTLED.get(detail.row.state, (icon, color))
            at = label(words.when(one.at, now), "small")
            at.setMinimumWidth(40)
            line = row(IconLabel(icon, color, 14), at)
            line.addWidget(ElidedLabel(_told(one), "body2"), 1)
            held.addLayout(line)
        return whole

    def _make_foot(self, detail: OutboxDetail) -> None:
        empty(self._foot)
        self.buttons.clear()
        can, state = acts_of(detail.row), detail.row.state
        if "drop" in can:
            self._add("drop", self.tr("Drop") if len(can) > 2 else self.tr("Drop my edit"), "trash-2", "quiet")
        self._foot.addStretch(1)
        if "edit" in can:
            self._add("edit", self.tr("Edit…"), "pencil", "quiet")
        if "hold" in can:
            self._add("hold", self.tr("Hold"), "circle-pause", "secondary", "H")
        if "sent" in can:
            self._add("sent", self.tr("It was sent"), "", "quiet")
        if "retry" in can:
            name = self.tr("Resend…") if state is SendingState.UNKNOWN else self.tr("Try again")
            self._add("retry", name, "rotate-cw", "secondary" if "check" in can else "primary", "R")
        if "release" in can:
            self._add("release", self.tr("Release"), "play", "primary", "H")
        if "check" in can:
            self._add("check", self.tr("Check"), "search", "primary")
        if detail.conflicts:
            self._add("resolve", self.tr("Send this choice"), "send", "primary", "Ctrl+Return")
        self._enable()

    def _enable(self) -> None:
        if "resolve" in self.buttons and self.conflict is not None:
            ours, _ = self.conflict.sides()
            is_all_theirs = self.conflict.is_complete() and not ours
            self.buttons["resolve"].setEnabled(self.conflict.is_complete())
            words_now = self.tr("Take this over") if is_all_theirs else self.tr("Send this choice")
            self.buttons["resolve"].set_words(words_now)

    def _add(self, act: str, name: str, icon: str, kind: Kind, keys: str = "") -> None:
        button = Button(name, kind, icon=icon, keys=keys)
        button.clicked.connect(partial(self._want, act, button))
        self._foot.addWidget(button)
        self.buttons[act] = button

    def _want(self, act: str, button: QWidget, _is_checked: bool = False) -> None:
        self.act_wanted.emit(act, button)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_3)
        head.addWidget(self._face)
        head.addLayout(texts, 1)
        head.addWidget(self.open)
        self._foot.setSpacing(tokens.SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_3, tokens.SPACE_6, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_3)
        column.addLayout(head)
        column.addWidget(divider())
        column.addWidget(scrolled(self._body, self.tr("What is on its way")), 1)
        column.addWidget(divider())
        column.addLayout(self._foot)


def _lines(sending: OutboxRow) -> list[str]:
    body = sending.body
    match sending.kind:
        case WriteKind.REPLY | WriteKind.NOTE:
            return [str(body.get("text", ""))]
        case WriteKind.PROPERTY:
            value = body.get("value")
            return [f"{property_words(str(body.get('name', '')))}: {'–' if value is None else value}"]
        case _:
            return [named(words_of(sending))]


def _told(one: Happening) -> str:
    return f"{named(one.title)} · {named(one.by)}" if one.by else named(one.title)
