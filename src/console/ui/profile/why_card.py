"""The card that answers “Why this value?”."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.profile import Claim
from console.domain.profile_view import ShownProperty
from console.ui.overriding import override
from console.ui.profile import why
from console.ui.profile.wording import day_of, named, origin_look, property_words, since_words, value_words
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.cards import Card, divider, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.painted import PaintedLabel

WIDTH = 410
_MOST_LOSERS, _MOST_MEMBERS, _MOST_FORMER = 5, 5, 8


class StepBox(PaintedLabel):
    """One step of the ladder; the deciding one is lit."""

    def __init__(self, step: why.Step, parent: QWidget | None = None) -> None:
        super().__init__(f"{step.title}: {step.words}", parent)
        self._step = step
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(110, theme.current().pixels(44))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        is_lit = self._step.is_deciding
        if is_lit:
            painting.fill(painter, area, "accentbg", tokens.RADIUS_CONTROL)
        edge, width = ("accent", 1.5) if is_lit else ("border", 1)
        painting.outline(painter, area, edge, tokens.RADIUS_CONTROL, width=width)
        look = theme.current()
        ink, words = ("accentfg", "accentfg") if is_lit else ("text2", "text2")
        upper = QRectF(area.left() + 9, area.top() + 5, area.width() - 14, area.height() / 2 - 5)
        bold = look.font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
        painting.text(painter, upper, self._step.title, ink, bold)
        lower = upper.translated(0, upper.height())
        painting.text(painter, lower, self._step.words, words, look.font(tokens.TEXT_SMALL))


class WhyCard(QWidget):
    """Winner, losers, ladder, rule and actions of one property.

    Signals:
        chosen: "pin", "mask" or "return".
        left: its × was pressed.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(
        self, shown: ShownProperty, history: tuple[Claim, ...], now: datetime, parent: QWidget | None = None
    ) -> None:
        """`history` is every claim on the property, newest first; `now` is aware UTC."""
        super().__init__(parent)
        self._shown, self._history, self._now = shown, history, now
        self.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)
        self._add_title()
        self._add_winner()
        self._add_losers()
        self._add_members()
        self._add_ladder()
        self._column.addWidget(divider())
        self._add_buttons()
        self._add_foot()

    def _add_title(self) -> None:
        cross = IconButton("x", self.tr("Close"), keys="Esc", is_small=True)
        cross.clicked.connect(self.left)
        name = ElidedLabel(property_words(self._shown.name), "small")
        line = row(label(self.tr("Why this value?"), "heading"))
        line.addWidget(name, 1)
        line.addWidget(cross)
        self._column.addLayout(line)

    def _add_winner(self) -> None:
        shown = self._shown
        is_value = shown.value is not None
        card = Card("green" if is_value else "amber", tokens.SPACE_3)
        words = value_words(shown.value) if shown.value is not None else self.tr("Empty on purpose")
        text, tone, icon = origin_look(shown.winner.origin)
        line = row(IconLabel("circle-check" if is_value else "eye-off", "green" if is_value else "amber", 17))
        line.addWidget(ElidedLabel(words, "heading"), 1)
        line.addWidget(Chip(text, tone, "pin" if shown.winner.is_pin else icon))
        card.column.addLayout(line)
        came = [
            why.came_words(shown.winner, self._now),
            why.member_words(shown),
            why.replaced_words(shown, self._history, self._now),
        ]
        for sentence in filter(None, came):
            told = label(sentence, "small", is_wrapping=True)
            told.setContentsMargins(25, 0, 0, 0)
            card.column.addWidget(told)
        self._column.addWidget(card)

    def _add_losers(self) -> None:
        members = {member.claim.id for member in self._shown.members}
        losers = [claim for claim in self._shown.losers if claim.id not in members]
        if not losers and members:
            return
        if not losers:
            self._column.addWidget(label(self.tr("No other source has a value"), "small"))
            return
        self._column.addWidget(label(self.tr("Not used"), "section"))
        for claim in losers[:_MOST_LOSERS]:
            self._add_claim(claim, why.claim_words(claim), since_words(claim.acted_at, self._now))
        if len(losers) > _MOST_LOSERS:
            self._column.addWidget(label(self.tr("and {0} more").format(len(losers) - _MOST_LOSERS), "muted"))

    def _add_members(self) -> None:
        others = [one for one in self._shown.members if one.claim.value != self._shown.value]
        if not others:
            return
        self._column.addWidget(label(self.tr("Members say otherwise"), "section"))
        for member in others[:_MOST_MEMBERS]:
            self._add_claim(member.claim, why.claim_words(member.claim), named(member.customer_name), is_lost=False)
        if len(others) > _MOST_MEMBERS:
            self._column.addWidget(label(self.tr("and {0} more").format(len(others) - _MOST_MEMBERS), "muted"))

    def _add_claim(self, claim: Claim, words: str, remark: str, *, is_lost: bool = True) -> None:
        text, tone, icon = origin_look(claim.origin)
        line = QHBoxLayout()
        line.setContentsMargins(25, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(ElidedLabel(words, "loser" if is_lost else "value"), 1)
        line.addWidget(label(remark, "small"))
        line.addWidget(Chip(text, tone, icon))
        self._column.addLayout(line)

    def _add_ladder(self) -> None:
        line = row(gap=tokens.SPACE_1)
        for number, step in enumerate(why.ladder(self._shown)):
            if number:
                line.addWidget(IconLabel("chevron-right", "text2", 14))
            line.addWidget(StepBox(step), 1)
        self._column.addLayout(line)
        self._column.addWidget(label(why.rule_words(self._shown), "small", is_wrapping=True))

    def _add_buttons(self) -> None:
        allowed = why.acts(self._shown)
        self.pin_button = Button(self.tr("Pin this value"), icon="pin")
        self.mask_button = Button(self.tr("Mask"), icon="eye-off")
        self.automatic_button = Button(self.tr("Return to automatic"), icon="undo-2")
        line = row(gap=tokens.SPACE_2)
        for button, key, is_allowed in (
            (self.pin_button, "pin", allowed.can_pin),
            (self.mask_button, "mask", allowed.can_mask),
            (self.automatic_button, "return", allowed.can_return),
        ):
            button.setEnabled(is_allowed)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            line.addWidget(button)
        line.addStretch(1)
        self._column.addLayout(line)
        first = next(
            (one for one in (self.pin_button, self.mask_button, self.automatic_button) if one.isEnabled()), None
        )
        self._first = first
        self._reason = allowed.reason

    def _add_foot(self) -> None:
        words = label(self._reason, "small", is_wrapping=True)
        line = QHBoxLayout()
        line.addWidget(words, 1)
        count = len(self._history)
        self.history_button = Button(
            self.tr("History, 1 change") if count == 1 else self.tr("History, {0} changes").format(count),
            "link",
            icon="history",
        )
        self.history_button.setCheckable(True)
        self.history_button.setVisible(count > 0)
        self.history_button.toggled.connect(self._show_history)
        line.addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        self.setFocusProxy(self._first or self.history_button)
        self._former: QWidget | None = None

    def _show_history(self, is_shown: bool) -> None:
        if self._former is None:
            self._former = self._former_claims()
            self._column.addWidget(self._former)
        self._former.setVisible(is_shown)

    def _former_claims(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        for claim in self._history[:_MOST_FORMER]:
            text, tone, icon = origin_look(claim.origin)
            since = day_of(claim.since.astimezone().date())
            until = self.tr("today") if claim.until is None else day_of(claim.until.astimezone().date())
            line = row(ElidedLabel(why.claim_words(claim), "value"), gap=tokens.SPACE_2)
            line.setStretch(0, 1)
            line.addWidget(label(self.tr("{0} – {1}").format(since, until), "small"))
            line.addWidget(Chip(text, tone, icon))
            column.addLayout(line)
        rest = len(self._history) - _MOST_FORMER
        if rest > 0:
            column.addWidget(label(self.tr("and {0} older ones").format(rest), "muted"))
        return holder
