"""The strip of key figures: first and last seen, sessions, who wrote last on either side, the time where the customer is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTime
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.customer_figures import CustomerFigures, LastWord, Sessions
from console.domain.records import Channel
from console.ui.profile.wording import day_of, isolated, named, since_words
from console.ui.style import tokens
from console.ui.widgets.cards import divider
from console.ui.widgets.labels import ElidedLabel, set_look


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its value, and one line about it, which may be a warning."""

    title: str
    value: str
    remark: str = ""
    is_warning: bool = False


def translate(words: str) -> str:
    """The words in the teammate's language."""
    return QCoreApplication.translate("CustomerFigures", words)


def ago_words(at: datetime, now: datetime) -> str:
    """How long ago in the largest unit that fits: ``2 h ago``, ``3 days ago``, ``2 years 8 months ago``. Both are aware."""
    past = max(now - at, timedelta())
    minutes, days = int(past.total_seconds() // 60), past.days
    if minutes < 1:
        return translate("just now")
    if minutes < 60:
        return translate("{0} min ago").format(minutes)
    if days < 1:
        return translate("{0} h ago").format(minutes // 60)
    if days < 60:
        return translate("yesterday") if days == 1 else translate("{0} days ago").format(days)
    months = round(days / 30.44)
    if months < 24:
        return translate("{0} months ago").format(months)
    years, rest = divmod(months, 12)
    return (
        translate("{0} years {1} months ago").format(years, rest) if rest else translate("{0} years ago").format(years)
    )


def figures_in_words(
    figures: CustomerFigures, now: datetime, zone: tuple[str, str] | None, then: datetime | None = None
) -> tuple[Figure, ...]:
    """The strip's figures; `zone` is the time zone's name with a word for the place, None where nobody knows it.

    `then` is the day that they are of, where it is another one: what is ago was ago then, only clocks show the time of now.
    """
    clock, now = now, then or now
    never, unknown = translate("Never"), translate("Not known")
    first, last, signed = figures.first_seen, figures.last_seen, figures.signed_up
    return (
        Figure(translate("First seen"), day_of(first.astimezone().date()) if first else never, ago_words(first, now) if first else ""),
        Figure(translate("Last seen"), ago_words(last, now) if last else never, _sentence(since_words(last, now)) if last else ""),
        _sessions(figures.sessions),
        _last_word(translate("Last contacted"), figures.last_contacted, now),
        _last_word(translate("Last heard from"), figures.last_heard_from, now),
        Figure(translate("Signed up"), day_of(signed.astimezone().date()) if signed else unknown, ago_words(signed, now) if signed else ""),
        _local_time(clock, zone),
    )  # fmt: skip


def _sessions(sessions: Sessions | None) -> Figure:
    title = translate("Sessions")
    if sessions is None:
        return Figure(title, "–", translate("No source counts them"))
    count = QLocale().toString(sessions.count)
    if sessions.origin:
        return Figure(title, count, translate("counted by {0}").format(isolated(sessions.origin)))
    return Figure(title, count, translate("sum of session events, {0} in 7 days").format(sessions.last_week))


def _last_word(title: str, said: LastWord | None, now: datetime) -> Figure:
    if said is None:
        return Figure(title, translate("Never"))
    by = translate("by {0}").format(isolated(named(said.by))) if said.by else ""
    return Figure(
        title, _sentence(since_words(said.at, now)), ", ".join(filter(None, (by, channel_words(said.channel))))
    )


def channel_words(channel: Channel) -> str:
    """How something was said: ``e-mail``, ``chat``."""
    return {
        Channel.EMAIL: translate("e-mail"),
        Channel.CHAT: translate("chat"),
        Channel.SURVEY: translate("survey"),
        Channel.REVIEW: translate("review"),
        Channel.CALL: translate("call"),
        Channel.MEMO: translate("memo"),
    }[channel]


def _local_time(now: datetime, zone: tuple[str, str] | None) -> Figure:
    title = translate("Local time")
    if zone is None:
        return Figure(title, "–", translate("Time zone not known"))
    there = now.astimezone(ZoneInfo(zone[0]))
    offset = there.strftime("%z")
    ahead = f"UTC{offset[0]}{int(offset[1:3])}" + (f":{offset[3:5]}" if offset[3:5] != "00" else "")
    shown = QLocale().toString(QTime(there.hour, there.minute), "HH:mm")
    return Figure(title, shown, ", ".join(filter(None, (named(zone[1]), ahead))))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


class _FigureBox(QWidget):
    """One figure of the strip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._value, self._remark = (
            ElidedLabel("", "small"),
            ElidedLabel("", "strong"),
            ElidedLabel("", "small"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        for part in (self._title, self._value, self._remark):
            column.addWidget(part)

    def show_figure(self, figure: Figure) -> None:
        """Shows another figure."""
        for part, words in ((self._title, figure.title), (self._value, figure.value), (self._remark, figure.remark)):
            part.set_words(words)
        set_look(self._remark, "amber" if figure.is_warning else "small")
        self.setAccessibleName(", ".join(filter(None, (figure.title, figure.value, figure.remark))))


class FigureStrip(QFrame):
    """The key figures side by side on a sunken ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[_FigureBox] = []
        self.setProperty("surface", "sunken")
        self.setProperty("line", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Key figures"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, tokens.SPACE_2, 20, tokens.SPACE_2)
        self._row.setSpacing(tokens.SPACE_4)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Shows these; as many as the first time."""
        while len(self._boxes) < len(figures):
            if self._boxes:
                self._row.addWidget(divider(is_vertical=True))
            self._boxes.append(_FigureBox())
            self._row.addWidget(self._boxes[-1], 1)
        for box, figure in zip(self._boxes, figures, strict=False):
            box.show_figure(figure)
