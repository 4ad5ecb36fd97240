"""How a row of the inbox looks: avatar, who, what, tags, waiting time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from console.domain.inbox import ConversationState, InboxRow
from console.ui.inbox import ages
from console.ui.inbox.row_words import ICON_BY_CHANNEL, name_of, preview_of, subject_of
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.chip import chip_size, paint_chip

ROW_HEIGHT = 84
_INSET, _FACE, _GAP = 8, 34, 8
_MOST_TAGS = 2
_LATE, _VERY_LATE = timedelta(hours=4), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class RowLook:
    """Everything a row's picture depends on besides the theme. `now` is cut to minutes: pictures live that long."""

    row: InboxRow
    now: datetime
    width: int
    is_selected: bool = False
    is_hovered: bool = False
    is_focused: bool = False
    is_right_to_left: bool = False


class RowPainter:
    """Paints one row at the origin; made anew for each picture."""

    def __init__(self, painter: QPainter, look: RowLook) -> None:
        self._painter, self._look, self._row = painter, look, look.row
        self._theme = theme.current()
        self._area = QRectF(0, 0, look.width, self._theme.pixels(ROW_HEIGHT))
        self._right = self._area.right() - _INSET - 10
        self._face_side = self._theme.pixels(_FACE)
        self._text_left = float(_INSET + 12 + self._face_side + 12)
        # text3 has too little contrast on the tinted surfaces of selected and hovered rows
        self._faint = "text2" if look.is_selected or look.is_hovered else "text3"

    def paint(self) -> None:
        """The whole row."""
        self._surface()
        line = self._theme.pixels(18)
        top = self._theme.pixels(9)
        self._face(top)
        self._first_line(top, line)
        self._second_line(top + line + 1, line)
        self._third_line(top + 2 * line + 5, self._theme.pixels(tokens.CHIP_HEIGHT) - 2)

    def _surface(self) -> None:
        card = self._area.adjusted(_INSET, 1, -_INSET, -1)
        look = self._look
        if look.is_selected or look.is_hovered:
            painting.fill(self._painter, card, "sel" if look.is_selected else "hover", tokens.RADIUS_CONTROL)
        if look.is_selected:
            height = self._theme.pixels(36)
            bar = QRectF(_INSET, (self._area.height() - height) / 2, 3, height)
            painting.fill(self._painter, self._placed(bar), "accent", 1.5)
        if look.is_focused:
            painting.focus_ring(self._painter, card, tokens.RADIUS_CONTROL)

    def _face(self, top: float) -> None:
        edge = "sel" if self._look.is_selected else "hover" if self._look.is_hovered else "bg"
        face = Face(name_of(self._row), badge=ICON_BY_CHANNEL[self._row.channel], edge=edge)
        spot = QRectF(_INSET + 12, top + 1, self._face_side, self._face_side)
        paint_avatar(self._painter, self._placed(spot), face)

    def _first_line(self, top: float, height: float) -> None:
        row = self._row
        when = ages.age(row.last_at, self._look.now)
        tiny = self._theme.font(tokens.TEXT_SMALL, QFont.Weight.Medium)
        left = self._text_at_end(when, "accentfg" if row.unread_count else self._faint, tiny, top, height)
        if row.is_priority:
            side = self._theme.pixels(tokens.ICON_SMALL)
            star = QRectF(left - side - 4, top + (height - side) / 2, side, side)
            icons.paint(self._painter, "star", "amber", self._placed(star))
            left = star.left()
        bold = self._theme.font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        room = left - self._text_left - _GAP
        name = name_of(row)
        width = min(QFontMetricsF(bold).horizontalAdvance(painting.one_line(name)) + 1, room)
        self._text(name, "text", bold, QRectF(self._text_left, top, width, height))
        rest = QRectF(self._text_left + width + 6, top, room - width - 6, height)
        if row.company_name and rest.width() > 40:
            self._text(row.company_name, self._faint, self._theme.font(tokens.TEXT_SMALL), rest)

    def _second_line(self, top: float, height: float) -> None:
        row, right = self._row, self._right
        if row.unread_count:
            right = self._badge(row.unread_count, top, height) - _GAP
        if row.has_attachments:
            side = self._theme.pixels(13)
            clip = QRectF(right - side - 1, top + (height - side) / 2, side, side)
            icons.paint(self._painter, "paperclip", self._faint, self._placed(clip))
            right = clip.left() - 4
        weight = QFont.Weight.DemiBold if row.unread_count else QFont.Weight.Normal
        font = self._theme.font(tokens.TEXT_BODY, weight)
        self._text(subject_of(row), "text", font, QRectF(self._text_left, top, right - self._text_left, height))

    def _third_line(self, top: float, height: float) -> None:
        right = self._waiting(top, height) - _GAP
        left = self._text_left
        for tag in self._row.tags[:_MOST_TAGS]:
            width = min(chip_size(tag).width(), self._theme.pixels(110))
            if left + width > right - 60:
                break
            surface = "bg" if self._look.is_selected and not self._theme.is_dark else ""
            chip = self._placed(QRectF(left, top, width, height))
            paint_chip(self._painter, chip, tag, tone=tokens.tone_of(tag), surface=surface)
            left += width + 6
        words = self._theme.font(tokens.TEXT_SMALL)
        self._text(preview_of(self._row), "text2", words, QRectF(left, top, right - left, height))

    def _waiting(self, top: float, height: float) -> float:
        """Paints how long the customer has waited, or when a snooze ends; gives where it begins."""
        row, now = self._row, self._look.now
        if row.state is ConversationState.SNOOZED and row.snoozed_until is not None and row.snoozed_until > now:
            return self._clock(ages.until(row.snoozed_until, now), "text2", top, height)
        if row.state is ConversationState.CLOSED or row.waiting_since is None:
            return self._right + _GAP
        length = now - row.waiting_since
        color = "red" if length >= _VERY_LATE else "amber" if length >= _LATE else "text2"
        return self._clock(ages.span(length), color, top, height)

    def _clock(self, words: str, color: str, top: float, height: float) -> float:
        font = self._theme.font(tokens.TEXT_TINY, QFont.Weight.Medium)
        left = self._text_at_end(words, color, font, top, height)
        side = self._theme.pixels(12)
        spot = QRectF(left - side - 4, top + (height - side) / 2, side, side)
        icons.paint(self._painter, "alarm-clock", color, self._placed(spot))
        return spot.left()

    def _badge(self, count: int, top: float, height: float) -> float:
        font = self._theme.font(tokens.TEXT_TINY, QFont.Weight.DemiBold)
        words = "99+" if count > 99 else str(count)
        side = self._theme.pixels(18)
        width = max(side, QFontMetricsF(font).horizontalAdvance(words) + 10)
        pill = self._placed(QRectF(self._right - width, top + (height - side) / 2, width, side))
        painting.fill(self._painter, pill, "accentbtn", side / 2)
        painting.text(self._painter, pill, words, "onaccent", font, align=Qt.AlignmentFlag.AlignHCenter)
        return self._right - width

    def _text_at_end(self, words: str, color: str, font: QFont, top: float, height: float) -> float:
        width = QFontMetricsF(font).horizontalAdvance(words) + 1
        self._text(words, color, font, QRectF(self._right - width, top, width, height))
        return self._right - width

    def _text(self, words: str, color: str, font: QFont, area: QRectF) -> None:
        if area.width() < 8:
            return
        side = Qt.AlignmentFlag.AlignRight if self._look.is_right_to_left else Qt.AlignmentFlag.AlignLeft
        align = side | Qt.AlignmentFlag.AlignAbsolute
        painting.text(self._painter, self._placed(area), words, color, font, align=align)

    def _placed(self, area: QRectF) -> QRectF:
        return painting.mirrored(area, self._area, is_right_to_left=self._look.is_right_to_left)
