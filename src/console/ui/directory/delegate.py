"""The delegate of the directory: a cell with a face and a box to choose by, a line of words, or chips."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QWidget

from console.domain.directory import Cell, DirectoryRow
from console.domain.records import OwnerKind
from console.ui.directory.cells import called, is_number, words_of
from console.ui.directory.model import DirectoryModel
from console.ui.overriding import override
from console.ui.row_model import ROW_ROLE
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.chip import chip_size, paint_chip

ROW_HEIGHT = 44
PADDING, BOX, FACE = 8, 16, 26
GAP = 12
_NEEDED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
_BY_KEYBOARD = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange


class DirectoryDelegate(QStyledItemDelegate):
    """Paints cells. The row under the pointer and the one that the keyboard is on are tinted whole."""

    def __init__(
        self, rows: DirectoryModel, owner_kind: OwnerKind, now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows, self._owner_kind, self._now = rows, owner_kind, now
        self.hovered = -1

    def box(self, rect: QRectF, *, is_right_to_left: bool) -> QRectF:
        """Where the box to choose by stands in the first cell of a row."""
        side = theme.current().pixels(BOX)
        spot = QRectF(rect.left() + GAP, rect.center().y() - side / 2, side, side)
        return painting.mirrored(spot, rect, is_right_to_left=is_right_to_left)

    @override
    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is None or index.column() >= len(self._rows.columns()):
            return
        area, is_chosen = QRectF(option.rect), row.id in self._rows.chosen
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(_NEEDED)
        painter.setClipRect(area)
        ground = "sel" if is_chosen or is_current else "hover" if index.row() == self.hovered else "bg"
        painter.fillRect(area, theme.current().qcolor(ground))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.current().qcolor("border"))
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        column = self._rows.columns()[index.column()]
        if column.key == "name":
            self._paint_name(painter, area, row, is_chosen=is_chosen, is_current=is_current, rtl=rtl)
            if option.state & _BY_KEYBOARD == _BY_KEYBOARD:
                painting.focus_ring(painter, area.adjusted(1, 1, -1, -2), tokens.RADIUS_CHIP)
        else:
            self._paint_cell(painter, area, index.column(), row.cells[index.column()], rtl=rtl)
        painter.restore()

    @override
    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, theme.current().pixels(ROW_HEIGHT))

    def _paint_name(
        self, painter: QPainter, area: QRectF, row: DirectoryRow, *, is_chosen: bool, is_current: bool, rtl: bool
    ) -> None:
        if is_current:
            bar = QRectF(area.left(), area.top(), 3, area.height() - 1)
            painter.fillRect(painting.mirrored(bar, area, is_right_to_left=rtl), theme.current().qcolor("accent"))
        box = self.box(area, is_right_to_left=rtl)
        if is_chosen:
            painting.fill(painter, box, "accentbtn", 4)
            icons.paint(painter, "check", "onaccent", box.adjusted(2, 2, -2, -2))
        else:
            painting.fill(painter, box, "card", 4)
            painting.outline(painter, box, "control", 4)
        left, side = area.left() + GAP + box.width() + GAP, theme.current().pixels(FACE)
        spot = QRectF(left, area.center().y() - side / 2, side, side)
        face = Face(called(row), is_square=self._owner_kind is OwnerKind.COMPANY)
        paint_avatar(painter, painting.mirrored(spot, area, is_right_to_left=rtl), face)
        line = QRectF(left + side + 10, area.top(), area.right() - PADDING - left - side - 10, area.height())
        mark = "triangle-alert" if row.is_deceptive else "users" if row.is_role or row.is_shared else ""
        if mark:
            sign = QRectF(line.right() - BOX, line.center().y() - BOX / 2, BOX, BOX)
            ink = "amber" if row.is_deceptive else "text3"
            icons.paint(painter, mark, ink, painting.mirrored(sign, area, is_right_to_left=rtl))
            line.setRight(line.right() - BOX - 6)
        font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        color = "text" if row.name else "text2"
        painting.text(painter, painting.mirrored(line, area, is_right_to_left=rtl), called(row), color, font)

    def _paint_cell(self, painter: QPainter, area: QRectF, section: int, cell: Cell, *, rtl: bool) -> None:
        inner = area.adjusted(PADDING, 0, -PADDING, 0)
        if isinstance(cell, tuple):
            self._paint_chips(painter, inner, cell, rtl=rtl)
            return
        words = words_of(cell, self._now())
        at_end = is_number(self._rows.columns()[section], self._owner_kind)
        align = Qt.AlignmentFlag.AlignTrailing if at_end else Qt.AlignmentFlag.AlignLeading
        painting.text(painter, inner, words or "–", "text2" if words else "text3", theme.current().font(), align=align)

    def _paint_chips(self, painter: QPainter, area: QRectF, words: tuple[str, ...], *, rtl: bool) -> None:
        left, shown = area.left(), 0
        for place, word in enumerate(words):
            size, rest = chip_size(word), len(words) - place - 1
            room = area.right() - left - (theme.current().pixels(28) if rest else 0)
            if size.width() > room and shown:
                break
            width = min(size.width(), max(room, 24))
            spot = QRectF(left, area.center().y() - size.height() / 2, width, size.height())
            tone = tokens.tone_of(word)
            spot = painting.mirrored(spot, area, is_right_to_left=rtl)
            paint_chip(painter, spot, word, tone=tone, is_right_to_left=rtl)
            left += width + 4
            shown += 1
        if shown < len(words):
            rest = painting.mirrored(
                QRectF(left, area.top(), area.right() - left, area.height()), area, is_right_to_left=rtl
            )
            painting.text(painter, rest, f"+{len(words) - shown}", "text3", theme.current().font(tokens.TEXT_SMALL))
