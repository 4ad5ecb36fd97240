"""How one row of a list of choices is painted: a tick where it holds, the words, the count."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting, row_option

OFFERED = Qt.ItemDataRole.UserRole + 1
_EDGE = 10


class ChoiceDelegate(QStyledItemDelegate):
    """Paints what `OFFERED` gives: `words`, `count` and `is_chosen`."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.current().pixels(tokens.ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        one = index.data(OFFERED)
        area, is_mirrored = QRectF(row_option.area_of(option)), row_option.is_right_to_left(option)
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row_option.is_selected(option):
            painting.fill(painter, area, "sel", tokens.RADIUS_CONTROL)
        elif row_option.is_hovered(option):
            painting.fill(painter, area, "hover", tokens.RADIUS_CONTROL)
        inner = area.adjusted(_EDGE, 0, -_EDGE, 0)
        if one.is_chosen:
            side = look.pixels(tokens.ICON_BODY)
            spot = QRectF(inner.right() - side, inner.center().y() - side / 2, side, side)
            icons.paint(painter, "check", "accentfg", painting.mirrored(spot, area, is_right_to_left=is_mirrored))
            inner.setRight(inner.right() - side - tokens.SPACE_2)
        if one.count is not None:
            font = look.font(tokens.TEXT_SMALL)
            said = QLocale().toString(one.count)
            width = QFontMetricsF(font).horizontalAdvance(said) + 2
            place = QRectF(inner.right() - width, inner.top(), width, inner.height())
            place = painting.mirrored(place, area, is_right_to_left=is_mirrored)
            painting.text(painter, place, said, "text2", font)
            inner.setRight(inner.right() - width - tokens.SPACE_2)
        weight = QFont.Weight.DemiBold if one.is_chosen else QFont.Weight.Normal
        place = painting.mirrored(inner, area, is_right_to_left=is_mirrored)
        painting.text(painter, place, one.words, "text", look.font(tokens.TEXT_BODY, weight))
        painter.restore()
