"""The delegate of the inbox: each row is painted once into a picture and then only copied."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.inbox import InboxRow
from console.ui.inbox.row_painter import ROW_HEIGHT, RowLook, RowPainter
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE
from console.ui.style import icons, theme

_MOST_PICTURES = 80
_FOCUS_BY_KEYBOARD = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
_NEEDED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


class InboxDelegate(QStyledItemDelegate):
    """Paints rows; pictures are kept until the row, the minute, the width, the state or the theme is another."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._pictures: OrderedDict[tuple[RowLook, float, bool, float], QPixmap] = OrderedDict()
        self._chosen: tuple[RowLook, float] | None = None
        theme.current().changed.connect(self.forget)

    def forget(self) -> None:
        """Paints everything anew."""
        self._pictures.clear()

    def foresee(self, row: InboxRow, *, is_selected: bool) -> None:
        """Has the picture of a row as it will look when it is chosen or no longer; nothing before one was painted."""
        if self._chosen is not None:
            look, ratio = self._chosen
            now, is_focused = self._minute(), look.is_focused and is_selected
            self._picture(replace(look, row=row, now=now, is_selected=is_selected, is_focused=is_focused), ratio)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        look = RowLook(
            row,
            self._minute(),
            option.rect.width(),  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
            is_selected=bool(state & QStyle.StateFlag.State_Selected),
            is_hovered=bool(state & QStyle.StateFlag.State_MouseOver),
            # the ring is for those who came by keyboard; the tint and the bar say enough to all others
            is_focused=bool(state & _FOCUS_BY_KEYBOARD == _FOCUS_BY_KEYBOARD),
            is_right_to_left=option.direction == Qt.LayoutDirection.RightToLeft,  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it
        )
        ratio = icons.pixel_ratio(painter)
        if look.is_selected and not look.is_hovered:
            self._chosen = look, ratio
        picture = self._picture(look, ratio)
        painter.drawPixmap(option.rect.topLeft(), picture)  # pyright: ignore[reportAttributeAccessIssue]  # the stubs miss it

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(240, theme.current().pixels(ROW_HEIGHT))

    def _minute(self) -> datetime:
        return self._now().replace(second=0, microsecond=0)

    def _picture(self, look: RowLook, ratio: float) -> QPixmap:
        key = (look, ratio, theme.current().is_dark, theme.current().text_scale)
        found = self._pictures.get(key)
        if found is not None:
            self._pictures.move_to_end(key)
            return found
        size = QSize(look.width, theme.current().pixels(ROW_HEIGHT))
        drawn = QPixmap(size * ratio)
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
