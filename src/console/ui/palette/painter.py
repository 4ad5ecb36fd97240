"""How the lines of the palette look: headings with their keys, items with a face or an icon, their matches tinted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from console.ui.overriding import override
from console.ui.palette.items import Heading, Item
from console.ui.palette.matched import paint_matched
from console.ui.row_model import ROW_ROLE
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting, row_option
from console.ui.widgets.avatar import Face, paint_avatar

ITEM_HEIGHT, HEADING_HEIGHT = 44, 30
LEFT, _SIGN, _GAP = 20, 28, 12


class ItemDelegate(QStyledItemDelegate):
    """Paints headings and items."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(ROW_ROLE)
        area = QRectF(row_option.area_of(option))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            _paint_heading(painter, area, line)
        elif isinstance(line, Item):
            _paint_item(painter, area, line, is_selected=row_option.is_selected(option))
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = HEADING_HEIGHT if isinstance(index.data(ROW_ROLE), Heading) else ITEM_HEIGHT
        return QSize(200, theme.current().pixels(height))


def paint_keys(painter: QPainter, right: float, middle: float, keys: str) -> float:
    """Key caps that end at ``right``; how much room they took, nothing where there are no keys."""
    look, left = theme.current(), right
    font = look.font(tokens.TEXT_TINY, QFont.Weight.Medium)
    for key in reversed(split_keys(keys)):
        height = look.pixels(20)
        width = max(height, QFontMetricsF(font).horizontalAdvance(key) + 10)
        cap = QRectF(left - width, middle - height / 2, width, height)
        painting.fill(painter, cap, "card", 4)
        painting.outline(painter, cap, "borderstrong", 4)
        painting.text(painter, cap, key, "text2", font, align=Qt.AlignmentFlag.AlignHCenter)
        left -= width + tokens.SPACE_1
    return right - left


def split_keys(keys: str) -> list[str]:
    """``Ctrl+Shift+E`` as three keys; the plus key itself stays one."""
    return ["+" if key == "plus" else key for key in keys.replace("++", "+plus").split("+")] if keys else []


def _paint_heading(painter: QPainter, area: QRectF, heading: Heading) -> None:
    look = theme.current()
    font = look.font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
    middle = area.center().y() + 4
    right = area.right() - LEFT
    if heading.keys:
        right -= paint_keys(painter, right, middle, heading.keys)
        words, small = theme.current().pixels(16), look.font(tokens.TEXT_SMALL)
        told = heading_hint()
        width = QFontMetricsF(small).horizontalAdvance(told) + 2
        painting.text(painter, QRectF(right - width - 2, middle - words / 2, width, words), told, "text2", small)
    line = QRectF(area.left() + LEFT, middle - look.pixels(9), area.width() / 2, look.pixels(18))
    painting.text(painter, line, heading.words, "text2", font)
    if heading.count:
        shift = QFontMetricsF(font).horizontalAdvance(heading.words) + 8
        painting.text(painter, line.adjusted(shift, 0, 0, 0), heading.count, "text2", look.font(tokens.TEXT_SMALL))


def heading_hint() -> str:
    """What the keys beside a heading do."""
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("Palette", "Show all")


def _paint_item(painter: QPainter, area: QRectF, item: Item, *, is_selected: bool) -> None:
    look = theme.current()
    if is_selected:
        painting.fill(painter, area.adjusted(8, 1, -8, -1), "sel", tokens.RADIUS_CONTROL)
        painting.fill(painter, QRectF(area.left() + 8, area.top() + 14, 3, area.height() - 28), "accent", 1.5)
    if not item.is_enabled:
        painter.setOpacity(0.5)
    side = look.pixels(_SIGN)
    _paint_sign(painter, QRectF(area.left() + LEFT, area.center().y() - side / 2, side, side), item)
    left, right, middle = area.left() + LEFT + side + _GAP, area.right() - LEFT, area.center().y()
    keys = item.keys or ("Enter" if is_selected else "")
    right -= paint_keys(painter, right, middle, keys) + (4 if keys else 0)
    small = look.font(tokens.TEXT_SMALL)
    if item.side:
        width = min(QFontMetricsF(small).horizontalAdvance(item.side) + 2, area.width() / 3)
        painting.text(painter, QRectF(right - width, area.top(), width, area.height()), item.side, "text2", small)
        right -= width + _GAP
    line, bold = look.pixels(18), look.font(weight=QFont.Weight.Medium)
    top = middle - (line + 1 if item.detail else line / 2)
    paint_matched(painter, QRectF(left, top, right - left, line), item.title, item.title_spans, "text", bold)
    if item.detail:
        under = QRectF(left, middle, right - left, line)
        paint_matched(painter, under, item.detail, item.detail_spans, "text2", small)


def _paint_sign(painter: QPainter, spot: QRectF, item: Item) -> None:
    if item.face:
        paint_avatar(painter, spot, Face(item.face, edge="popover"))
        return
    ink, ground = theme.current().tokens.tone(item.tone)
    painting.fill(painter, spot, ground, tokens.RADIUS_CONTROL)
    inner = painting.shrunk(spot, 0.22)
    if isinstance(item.icon, QIcon):
        item.icon.paint(painter, QRect(inner.toAlignedRect()))
    elif item.icon:
        icons.paint(painter, item.icon, ink, inner)
