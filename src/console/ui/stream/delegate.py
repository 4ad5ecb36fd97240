"""The delegate of the stream: each row is painted once into a picture and then only copied."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.ui.overriding import override
from console.ui.profile.wording import day_heading
from console.ui.stream import measures
from console.ui.stream.model import StreamModel
from console.ui.stream.row_painter import RowLook, RowPainter, look_of
from console.ui.stream.rows import DayRow, EntryRow, PartRow, WayRow
from console.ui.stream.words import translate
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting

_MOST_PICTURES = 80
_FOCUS_BY_KEYBOARD = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
_NEEDED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


class StreamDelegate(QStyledItemDelegate):
    """Paints headings, entries and ways further; pictures of entries are kept until anything in them is another."""

    def __init__(self, rows: StreamModel, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._now = rows, now
        self._pictures: OrderedDict[tuple[RowLook, float, bool, float], QPixmap] = OrderedDict()
        theme.current().changed.connect(self.forget)

    def forget(self) -> None:
        """Paints everything anew."""
        self._pictures.clear()

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        is_rtl = option.direction == Qt.LayoutDirection.RightToLeft  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        row, words = self._rows.row_at(index.row()), self._rows.words_at(index.row())
        painter.setRenderHints(_NEEDED)
        match row:
            case DayRow():
                _paint_day(painter, QRectF(area), day_heading(row.day, self._now().astimezone().date()), is_rtl=is_rtl)
            case WayRow(is_up=is_up):
                _paint_way(painter, QRectF(area), is_up=is_up)
            case EntryRow() | PartRow() if words is not None:
                state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
                look = replace(
                    look_of(row, words, area.width(), area.height()),
                    is_selected=bool(state & QStyle.StateFlag.State_Selected),
                    is_hovered=bool(state & QStyle.StateFlag.State_MouseOver),
                    is_focused=bool(state & _FOCUS_BY_KEYBOARD == _FOCUS_BY_KEYBOARD),
                    is_right_to_left=is_rtl,
                    terms=self._rows.terms,
                )
                painter.drawPixmap(area.topLeft(), self._picture(look, painter.device().devicePixelRatio()))
            case _:
                pass

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme.current().pixels(measures.PLAIN))

    def _picture(self, look: RowLook, ratio: float) -> QPixmap:
        key = (look, ratio, theme.current().is_dark, theme.current().text_scale)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        drawn = QPixmap(QSize(look.width, look.height) * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(theme.current().qcolor("bg"))
        painter = QPainter(drawn)
        painter.setRenderHints(_NEEDED)
        RowPainter(painter, look).paint()
        painter.end()
        self._pictures[key] = drawn
        if len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        return drawn


def _paint_day(painter: QPainter, area: QRectF, words: str, *, is_rtl: bool) -> None:
    font = theme.current().font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
    width = QFontMetricsF(font).horizontalAdvance(words) + 1
    spot = QRectF(area.left() + measures.LEFT, area.top() + 4, width, area.height() - 4)
    painting.text(painter, painting.mirrored(spot, area, is_right_to_left=is_rtl), words, "text2", font)
    line = QRectF(spot.right() + 12, spot.center().y(), area.right() - measures.RIGHT - spot.right() - 12, 1)
    painting.fill(painter, painting.mirrored(line, area, is_right_to_left=is_rtl), "border")


def _paint_way(painter: QPainter, area: QRectF, *, is_up: bool) -> None:
    words = translate("Show later activity") if is_up else translate("Show earlier activity")
    font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
    width = QFontMetricsF(font).horizontalAdvance(words) + 22
    left = area.center().x() - width / 2
    icons.paint(painter, "history", "accentfg", QRectF(left, area.center().y() - 7, 14, 14))
    painting.text(painter, QRectF(left + 22, area.top(), width - 21, area.height()), words, "accentfg", font)
