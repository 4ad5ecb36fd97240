"""The delegate of the inbox: each row is painted once into a picture and then only copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.inbox import InboxRow
from console.ui.inbox.row_painter import ROW_HEIGHT, RowLook, RowPainter
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE
from console.ui.style import icons, theme
from console.ui.widgets import row_option
from console.ui.widgets.row_pictures import RowPictures


class InboxDelegate(QStyledItemDelegate):
    """Paints rows; pictures are kept until the row, the minute, the width, the state or the theme is another."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._pictures = RowPictures()
        self._chosen: tuple[RowLook, float] | None = None
        theme.current().changed.connect(self.forget)

    def forget(self) -> None:
        """Paints everything anew."""
        self._pictures.forget()

    def foresee(self, row: InboxRow, *, is_selected: bool) -> bool:
        """Has the picture of a row as it will look when it is chosen or no longer; nothing before one was painted.

        True where it had to be painted now.
        """
        if self._chosen is None:
            return False
        look, ratio = self._chosen
        is_focused = look.is_focused and is_selected
        wanted = replace(look, row=row, now=self._minute(), is_selected=is_selected, is_focused=is_focused)
        is_new = not self._pictures.has(wanted, ratio)
        self._picture(wanted, ratio)
        return is_new

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        area = row_option.area_of(option)
        look = RowLook(
            row,
            self._minute(),
            area.width(),
            is_selected=row_option.is_selected(option),
            is_hovered=row_option.is_hovered(option),
            is_focused=row_option.is_focused_by_keyboard(option),
            is_right_to_left=row_option.is_right_to_left(option),
        )
        ratio = icons.pixel_ratio(painter)
        if look.is_selected and not look.is_hovered:
            self._chosen = look, ratio
        painter.drawPixmap(area.topLeft(), self._picture(look, ratio))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, theme.current().pixels(ROW_HEIGHT))

    def _minute(self) -> datetime:
        return self._now().replace(second=0, microsecond=0)

    def _picture(self, look: RowLook, ratio: float) -> QPixmap:
        size = QSize(look.width, theme.current().pixels(ROW_HEIGHT))
        return self._pictures.picture(look, size, ratio, lambda painter: RowPainter(painter, look).paint())
