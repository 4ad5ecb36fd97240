"""How a hit of a search looks: what it is, its title and the words around the match, matches tinted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.search import Hit, HitKind
from console.ui.inbox import ages
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE
from console.ui.search.hit_rows import Heading
from console.ui.style import icons, theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting, row_option
from console.ui.widgets.avatar import Face, paint_avatar

HIT_HEIGHT, HEADING_HEIGHT = 56, 30
_LEFT, _SIDE = 16, 28
_SIGN: dict[HitKind, tuple[str, Tone]] = {
    HitKind.COMPANY: ("building-2", "blue"),
    HitKind.MESSAGE: ("quote", "grey"),
    HitKind.NOTE: ("sticky-note", "amber"),
}
Spans = tuple[tuple[int, int], ...]


class HitDelegate(QStyledItemDelegate):
    """Paints headings and hits."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        area = QRectF(row_option.area_of(option))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            font = theme.current().font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
            words = f"{row.words}  {row.count}"
            painting.text(painter, area.adjusted(_LEFT, 6, -_LEFT, 0), words, "text2", font)
        elif isinstance(row, Hit):
            self._paint_hit(painter, area, row, row_option.state_of(option))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = HEADING_HEIGHT if isinstance(index.data(ROW_ROLE), Heading) else HIT_HEIGHT
        return QSize(200, theme.current().pixels(height))

    def _paint_hit(self, painter: QPainter, area: QRectF, hit: Hit, state: QStyle.StateFlag) -> None:
        look = theme.current()
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected or state & QStyle.StateFlag.State_MouseOver:
            card = area.adjusted(8, 1, -8, -1)
            painting.fill(painter, card, "sel" if is_selected else "hover", tokens.RADIUS_CONTROL)
        if is_selected:
            painting.fill(painter, QRectF(area.left() + 8, area.top() + 14, 3, area.height() - 28), "accent", 1.5)
        side = look.pixels(_SIDE)
        _paint_sign(painter, QRectF(area.left() + _LEFT + 2, area.center().y() - side / 2, side, side), hit)
        left, right = area.left() + _LEFT + side + 12, area.right() - _LEFT
        small = look.font(tokens.TEXT_SMALL)
        if hit.at is not None:
            when = ages.age(hit.at, self._now())
            width = QFontMetricsF(small).horizontalAdvance(when) + 1
            first = QRectF(right - width, area.top() + 8, width, 18)
            painting.text(painter, first, when, "text2", small)
            title_right = first.left() - 8
        else:
            title_right = right
        line = look.pixels(18)
        title = QRectF(left, area.top() + 8, title_right - left, line)
        _paint_matched(painter, title, hit.title, hit.title_spans, "text", look.font(weight=QFont.Weight.Medium))
        snippet = QRectF(left, area.top() + 9 + line, right - left, line)
        _paint_matched(painter, snippet, hit.snippet, hit.spans, "text2", small)


def _paint_sign(painter: QPainter, spot: QRectF, hit: Hit) -> None:
    if hit.kind is HitKind.CUSTOMER:
        paint_avatar(painter, spot, Face(hit.title))
        return
    icon, tone = _SIGN[hit.kind]
    ink, ground = theme.current().tokens.tone(tone)
    painting.fill(painter, spot, ground, tokens.RADIUS_CONTROL)
    icons.paint(painter, icon, ink, painting.shrunk(spot, 0.25))


def _paint_matched(painter: QPainter, area: QRectF, words: str, spans: Spans, color: str, font: QFont) -> None:
    """One line with its matches on a tint; where the first match lies beyond the room, the line begins near it."""
    words, spans = _near_match(words, spans, font, area.width())
    metrics = QFontMetricsF(font)
    left = area.left()
    for piece, is_match in _pieces(words, spans):
        room = area.right() - left
        if room < 8:
            return
        width = min(metrics.horizontalAdvance(piece), room)
        if is_match:
            tint = QRectF(left - 1, area.top() + 1, width + 2, area.height() - 2)
            painting.fill(painter, tint, "match", 3)
        painting.text(
            painter, QRectF(left, area.top(), width, area.height()), piece, _ink(color, is_match=is_match), font
        )
        left += width


def _ink(color: str, *, is_match: bool) -> str:
    return "matchfg" if is_match else color


def _pieces(words: str, spans: Spans) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in spans:
        if at < start:
            yield words[at:start], False
        yield words[start:end], True
        at = end
    if at < len(words):
        yield words[at:], False


def _near_match(words: str, spans: Spans, font: QFont, width: float) -> tuple[str, Spans]:
    flat = words.translate({ord(letter): " " for letter in "\n\r\t\u2028\u2029"})
    if not spans or QFontMetricsF(font).horizontalAdvance(flat[: spans[0][1]]) < width * 0.8:
        return flat, spans
    cut = max(0, spans[0][0] - 16)
    shift = 1 - cut
    return "…" + flat[cut:], tuple((start + shift, end + shift) for start, end in spans if start >= cut)
