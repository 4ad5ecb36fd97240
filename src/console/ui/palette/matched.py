"""One line of text from outside with its matches on a tint, in whatever direction it is written."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from console.ui.style import theme
from console.ui.widgets import painting

Spans = tuple[tuple[int, int], ...]
_FLAT = {ord(letter): " " for letter in "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
# Signs that turn the direction of what follows: a name is painted beside other words, and turns none of them around.
_TURNING = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u200b")
_SHOWN = {**_FLAT, **_TURNING}
_LONGEST = 400


def paint_matched(painter: QPainter, area: QRectF, words: str, spans: Spans, color: str, font: QFont) -> None:
    """Paints ``words`` elided in ``area``, their matches semi-bold on a tint; beyond the room the line begins near the first."""
    words, spans = _near(words[:_LONGEST].translate(_SHOWN), spans, font, area.width())
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    spans = tuple((start, min(end, len(shown))) for start, end in spans if start < len(shown))
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    # Absolute: a Hebrew title in an English window begins where all the other titles begin.
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.setFormats([_format(start, end) for start, end in spans])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()
    natural = line.naturalTextRect()
    at = QPointF(area.left() - natural.left(), area.center().y() - line.height() / 2)
    for start, end in spans:
        left, right = sorted((_x(line, start), _x(line, end)))
        painting.fill(
            painter, QRectF(at.x() + left - 1, area.top() + 1, right - left + 2, area.height() - 2), "match", 3
        )
    painter.setPen(painting.color_of(color))
    layout.draw(painter, at)


def _x(line, position: int) -> float:
    found = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)


def _format(start: int, end: int) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.DemiBold)
    look.setForeground(theme.current().qcolor("matchfg"))
    found.start, found.length, found.format = start, end - start, look
    return found


def _near(words: str, spans: Spans, font: QFont, width: float) -> tuple[str, Spans]:
    if not spans or QFontMetricsF(font).horizontalAdvance(words[: spans[0][1]]) < width * 0.8:
        return words, spans
    cut = max(0, spans[0][0] - 16)
    return "…" + words[cut:], tuple((start + 1 - cut, end + 1 - cut) for start, end in spans if start >= cut)
