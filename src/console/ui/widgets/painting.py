"""The strokes that painted widgets and row delegates share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from console.ui.style import theme, tokens

_MIDDLE_OF_ONE_LINE = int(Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value)


def painter_on(widget: QWidget) -> QPainter:
    """An antialiased painter; end it or let it go out of scope within the paint event."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def fill(painter: QPainter, rect: QRectF, color: str, radius: float = 0) -> None:
    """Fills a rounded rectangle with a token or `#RRGGBB`."""
    if not radius:
        painter.fillRect(rect, color_of(color))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color_of(color))
    painter.drawRoundedRect(rect, radius, radius)


def outline(
    painter: QPainter, rect: QRectF, color: str, radius: float, *, width: float = 1, is_dashed: bool = False
) -> None:
    """Strokes just inside `rect`, so that nothing is cut off at the edge of the widget."""
    pen = QPen(color_of(color), width)
    if is_dashed:
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The 2 px ring that says where the keyboard is."""
    outline(painter, rect, "focus", radius, width=tokens.FOCUS_RING)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    color: str,
    font: QFont,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading,
) -> None:
    """One line of plain text, elided on the right, vertically centred."""
    painter.setFont(font)
    painter.setPen(color_of(color))
    shown = QFontMetricsF(font).elidedText(one_line(words), Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    # In whole numbers: flags of Python are worked out anew each time, which takes longer than the words.
    painter.drawText(rect, align.value | _MIDDLE_OF_ONE_LINE, shown)


def dot(painter: QPainter, center: QPointF, radius: float, color: str, edge: str) -> None:
    """A filled dot with a 2 px edge in the colour of what lies under it."""
    painter.setPen(QPen(color_of(edge), 2))
    painter.setBrush(color_of(color))
    painter.drawEllipse(center, radius, radius)


def shrunk(rect: QRectF, share: float) -> QRectF:
    """What is left of a square when `share` of its side is taken away on every side."""
    inset = rect.height() * share
    return rect.adjusted(inset, inset, -inset, -inset)


def color_of(name: str) -> QColor:
    """A token of the current theme, or the colour itself where it is written `#RRGGBB`."""
    return QColor(name) if name.startswith("#") else theme.current().qcolor(name)


def one_line(words: str) -> str:
    """Line breaks as spaces: names and subjects from outside may hold them."""
    return " ".join(words.split()) if ("\n" in words or "\r" in words or "\u2028" in words) else words


def mirrored(rect: QRectF, within: QRectF, *, is_right_to_left: bool) -> QRectF:
    """`rect` on the other side of `within` where text runs from right to left."""
    if not is_right_to_left:
        return rect
    return QRectF(within.left() + within.right() - rect.right(), rect.top(), rect.width(), rect.height())
