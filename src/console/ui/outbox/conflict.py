"""The view of a conflict: field by field whose value stays, what both sides keep, and what will be sent."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.outbox import SendingState, WriteKind
from console.domain.outbox_rows import FieldConflict, OutboxDetail
from console.ui.outbox.field_choice import MINE, THEIRS, FieldChoice, all_of
from console.ui.outbox.words import field_words, when
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label


class ConflictCard(QWidget):
    """Made for one matter; nothing is chosen at first.

    Signals:
        changed: another side was chosen.
    """

    changed = Signal()

    def __init__(self, detail: OutboxDetail, now: datetime, parent: QWidget | None = None) -> None:
        """``now`` is aware UTC."""
        super().__init__(parent)
        self._source = named(detail.row.source_name)
        self.choices = [FieldChoice(one, self._source, self) for one in detail.conflicts]
        for choice in self.choices:
            choice.changed.connect(self._take_change)
        self.mine, self.theirs = Button(self.tr("All mine"), "quiet"), Button(self.tr("All theirs"), "quiet")
        for button, side in ((self.mine, MINE), (self.theirs, THEIRS)):
            button.clicked.connect(all_of(self.choices, side))
        self._told = label("", "small")
        self._lines = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_3)
        whole.addLayout(row(label(self.tr("Choose field by field"), "strong"), None, self.mine, self.theirs))
        whole.addLayout(self._grid(detail, now))
        tags = _tags_kept(detail)
        if tags:
            whole.addWidget(self._merged(tags))
        whole.addWidget(self._outcome())
        self._take_change()

    def is_complete(self) -> bool:
        """Whether a side of every field is chosen."""
        return bool(self.choices) and all(choice.chosen() for choice in self.choices)

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sendings whose value is ours, and those whose value is the source's."""
        return tuple(
            tuple(choice.conflict.sending for choice in self.choices if choice.chosen() == side)
            for side in (MINE, THEIRS)
        )  # pyright: ignore[reportReturnType]  # two sides, so two tuples

    def _grid(self, detail: OutboxDetail, now: datetime) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_3)
        grid.setVerticalSpacing(tokens.SPACE_2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        theirs_at = when(detail.theirs_at, now) if detail.theirs_at else ""
        grid.addWidget(label(self.tr("Field"), "small"), 0, 0)
        grid.addLayout(_head("pencil", self.tr("Yours"), when(detail.row.at, now)), 0, 1)
        grid.addLayout(_head("cloud", self.tr("At {0}").format(self._source), theirs_at), 0, 2)
        for place, choice in enumerate(self.choices, start=1):
            grid.addWidget(ElidedLabel(field_words(choice.conflict.field), "value"), place, 0)
            grid.addWidget(choice.mine, place, 1)
            grid.addWidget(choice.theirs, place, 2)
            choice.hide()  # it only ties the two cells together
        grid.setColumnMinimumWidth(0, 84)
        return grid

    def _merged(self, tags: list[str]) -> QWidget:
        card = Card("green", tokens.SPACE_3)
        chips: list[QWidget] = [Chip(named(tag), "violet", is_on_tint=True) for tag in tags]
        words = label(self.tr("Both sides only added, so both are kept:"), "body2")
        card.column.addLayout(
            row(IconLabel("git-merge", "green"), label(self.tr("Tags"), "strong"), words, *chips, None)
        )
        return card

    def _outcome(self) -> QWidget:
        card = Card("well", tokens.SPACE_3)
        card.column.addLayout(row(label(self.tr("What will be sent"), "section"), None, self._told))
        self._lines.setSpacing(tokens.SPACE_1)
        card.column.addLayout(self._lines)
        card.setAccessibleName(self.tr("What will be sent"))
        return card

    def _take_change(self) -> None:
        empty(self._lines)
        ours = [choice.conflict for choice in self.choices if choice.chosen() == MINE]
        taken = [choice.conflict for choice in self.choices if choice.chosen() == THEIRS]
        open_fields = [choice.conflict for choice in self.choices if not choice.chosen()]
        for one in ours:
            self._lines.addLayout(self._sent(one))
        if taken:
            self._lines.addLayout(
                row(IconLabel("arrow-left", "text2", 14), _names(taken), label(self.tr("taken over here"), "body2"), None)
            )  # fmt: skip
        if open_fields:
            still = label(self.tr("still to be chosen"), "amber")
            self._lines.addLayout(row(IconLabel("circle", "amber", 14), _names(open_fields), still, None))
        total = QLocale().toString(len(self.choices))
        words = self.tr("{0} of {1} fields is yours") if len(ours) == 1 else self.tr("{0} of {1} fields are yours")
        self._told.setText(words.format(QLocale().toString(len(ours)), total))
        self.changed.emit()

    def _sent(self, one: FieldConflict) -> QHBoxLayout:
        value = ElidedLabel(named(one.mine) or self.tr("no value"), "strong")
        return row(
            IconLabel("arrow-right", "accentfg", 14),
            label(field_words(one.field), "body2"),
            value,
            label(self.tr("to {0}").format(self._source), "body2"),
            None,
        )


def _names(fields: list[FieldConflict]) -> ElidedLabel:
    return ElidedLabel(", ".join(field_words(one.field) for one in fields), "value")


def _head(icon: str, words: str, at: str) -> QHBoxLayout:
    return row(IconLabel(icon, "text2", 14), ElidedLabel(words, "strong"), label(at, "small"), None, gap=6)


def _tags_kept(detail: OutboxDetail) -> list[str]:
    """Tags that the same edit stuck on: a tag stands beside whatever the source has, so nothing is to be chosen."""
    states = (SendingState.QUEUED, SendingState.SENT, SendingState.CLAIMED, SendingState.HELD)
    found = [one for one in detail.matter if one.kind is WriteKind.TAG and one.state in states]
    return [str(one.body.get("tag", "")) for one in found]
