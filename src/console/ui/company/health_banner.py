"""The banner of a company's health: the verdict, its evidence, the heat map as proof, and one thing to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.company_health import WEEKS_SHOWN, Health, HealthState
from console.store.company_usage import CompanyUsage
from console.ui.company.words import look_of, verdict
from console.ui.overriding import override
from console.ui.profile.wording import day_of
from console.ui.style import theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.charts import CELL, CELL_GAP, HeatMap
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label, plain_tip
from console.ui.widgets.painted import PaintedLabel
from console.ui.widgets.skeleton import Skeleton

SURFACE: dict[Tone, str] = {"green": "green", "amber": "amber", "red": "red", "blue": "blue"}
_MARK = 36

_LARGE = 1.4
"""From so large a text on the evidence needs another line."""


class Verdict(PaintedLabel):
    """The state in large letters of its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._color = "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, tone: Tone) -> None:
        """Shows another state."""
        self.setText(words)
        self.setAccessibleName(words)
        self._color = "text2" if tone == "grey" else theme.current().tokens.tone(tone)[0]
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetricsF(_verdict_font()).horizontalAdvance(self.text())
        return QSize(round(width) + 2, theme.current().pixels(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painting.text(painting.painter_on(self), QRectF(self.rect()), self.text(), self._color, _verdict_font())


class HealthBanner(QFrame):
    """Grey shapes until the health has been worked out; then the same height in every state.

    Signals:
        acted: the one thing to do.
        explained: (the button) "How is this worked out?".
    """

    acted = Signal()
    explained = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usage: CompanyUsage | None = None
        self.setProperty("surface", "well")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Health"))
        self._mark = IconLabel("circle-question-mark", "text2", 20)
        self._verdict, self._since = Verdict(), label("", "small")
        self.evidence = label("", "", is_wrapping=True)
        self.act = Button(self.tr("Plan a check-in"), icon="calendar", is_small=True)
        plain_tip(self.act, self.tr("Begins a note about it, which only your team sees; nothing is sent"))
        self.why = Button(self.tr("How is this worked out?"), "quiet", is_small=True)
        self.heat = HeatMap((), "", columns=(), rows=())
        self._caption = label("", "tiny")
        self._waiting = Skeleton(2, 40, has_avatar=False)
        self._ready = QWidget()
        self.act.clicked.connect(self.acted)
        self.why.clicked.connect(lambda: self.explained.emit(self.why))
        self._lay_out()
        self._measure()
        theme.current().changed.connect(self._measure)

    def wait(self) -> None:
        """Another company's health is being worked out."""
        self._usage = None
        self._ready.hide()
        self._waiting.show()
        self._paint_ground("grey")

    def show_usage(self, usage: CompanyUsage, now: datetime) -> None:
        """Shows the health at `now` (aware UTC)."""
        self._waiting.hide()
        self._ready.show()
        if usage == self._usage:
            return
        self._usage, health = usage, usage.health
        tone, icon = look_of(health)
        self._mark.set_icon(icon, "text2" if tone == "grey" else tone)
        self._verdict.show_words(verdict(health), tone)
        self._since.setText(self._since_words(health))
        sentence = health.evidence[:1].upper() + health.evidence[1:] + "."
        self.evidence.setText(sentence)
        self._show_heat(usage, now)
        self._paint_ground(tone)
        self.setAccessibleDescription(f"{verdict(health)}. {sentence}")

    def usage(self) -> CompanyUsage | None:
        """What is shown."""
        return self._usage

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, super().sizeHint().height())

    def _show_heat(self, usage: CompanyUsage, now: datetime) -> None:
        total = sum(map(sum, usage.weeks))
        what = self.tr("Sessions a day, 26 weeks") if usage.counts_sessions else self.tr("Events a day, 26 weeks")
        words = self.tr("{0}: {1} in all").format(what, QLocale().toString(total))
        self.heat.set_names(_months(now), (_weekday(1), "", _weekday(3), "", _weekday(5), "", ""))
        self.heat.set_weeks(usage.weeks, words)
        self._caption.setText(what)

    def _since_words(self, health: Health) -> str:
        if health.since is None or health.state not in (HealthState.SLIPPING, HealthState.AWAY):
            return ""
        return self.tr("since {0}").format(day_of(health.since.astimezone().date()))

    def _paint_ground(self, tone: Tone) -> None:
        surface = SURFACE.get(tone, "well")
        if self.property("surface") != surface:
            self.setProperty("surface", surface)
            theme.restyle(self)

    def _lay_out(self) -> None:
        head = row(self._verdict, self._since, None)
        texts = QVBoxLayout()
        texts.setSpacing(tokens.SPACE_1)
        texts.addLayout(head)
        texts.addWidget(self.evidence)
        texts.addStretch(1)
        texts.addLayout(row(self.act, self.why, None))
        proof = QVBoxLayout()
        proof.setSpacing(2)
        proof.addWidget(self.heat)
        proof.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignRight)
        inner = QHBoxLayout(self._ready)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.SPACE_3)
        inner.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(texts, 1)
        inner.addLayout(proof)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        outer.addWidget(self._waiting)
        outer.addWidget(self._ready)
        self._ready.hide()

    def _measure(self) -> None:
        look = theme.current()
        self.heat.setFixedWidth(look.pixels(32) + WEEKS_SHOWN * (CELL + CELL_GAP + 2))
        heat = look.pixels(16) + 7 * (CELL + CELL_GAP) + look.pixels(16)
        # The verdict, the evidence and the buttons: in large letters they are higher than the weeks.
        lines = 2 if look.text_scale < _LARGE else 3
        words = look.pixels(22 + lines * 18 + 28) + 3 * tokens.SPACE_1
        self.setFixedHeight(max(heat, words) + 2 * tokens.SPACE_2)


def _verdict_font() -> QFont:
    return theme.current().font(tokens.TEXT_LARGE, QFont.Weight.DemiBold)


def _months(now: datetime) -> tuple[str, ...]:
    """The month's name over each week in which one begins."""
    today = now.astimezone().date()
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_SHOWN - 1)
    names, locale = [""] * WEEKS_SHOWN, QLocale()
    for week in range(WEEKS_SHOWN):
        first = monday + timedelta(weeks=week)
        last = first + timedelta(days=6)
        if first.month != last.month or first.day == 1:
            names[week] = locale.standaloneMonthName(last.month, QLocale.FormatType.ShortFormat)
    return tuple(names)


def _weekday(number: int) -> str:
    return QLocale().standaloneDayName(number, QLocale.FormatType.ShortFormat)
