"""The delegate of the stream: each row is painted once into a picture and then only copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.ui.overriding import override
from console.ui.profile.wording import day_heading
from console.ui.stream import measures
from console.ui.stream.model import StreamModel
from console.ui.stream.row_painter import RowLook, RowPainter, look_of
from console.ui.stream.rows import DayRow, EntryRow, PartRow, WayRow
from console.ui.stream.words import translate
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting, row_option
from console.ui.widgets.row_pictures import NEEDED, RowPictures


class StreamDelegate(QStyledItemDelegate):
    """Paints headings, entries and ways further; pictures of entries are kept until anything in them is another."""

    def __init__(self, rows: StreamModel, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._now = rows, now
        self._pictures = RowPictures()
        theme.current().changed.connect(self.forget)

    def forget(self) -> None:
        """Paints everything anew."""
        self._pictures.forget()

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area, is_rtl = row_option.area_of(option), row_option.is_right_to_left(option)
        row, words = self._rows.row_at(index.row()), self._rows.words_at(index.row())
        painter.setRenderHints(NEEDED)
        match row:
            case DayRow():
                _paint_day(painter, QRectF(area), day_heading(row.day, self._now().astimezone().date()), is_rtl=is_rtl)
            case WayRow(is_up=is_up):
                _paint_way(painter, QRectF(area), is_up=is_up)
            case EntryRow() | PartRow() if words is not None:
                look = replace(
                    look_of(row, words, area.width(), area.height()),
                    is_selected=row_option.is_selected(option),
                    is_hovered=row_option.is_hovered(option),
                    is_focused=row_option.is_focused_by_keyboard(option),
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
        size = QSize(look.width, look.height)
        return self._pictures.picture(look, size, ratio, lambda painter: RowPainter(painter, look).paint())


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
