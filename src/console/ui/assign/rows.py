"""The rows of the customer picker: headings, customers with their reason, and the one that makes a new customer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from console.domain.assigning import Candidate, CandidateGroup
from console.domain.conversation import CustomerCard
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import icons, theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting, row_option
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.chip import chip_size, paint_chip

ROW = Qt.ItemDataRole.UserRole + 1
_HEIGHT, _HEADING_HEIGHT, _FACE, _LINE = 50, 28, 32, 18
_RIGHT_TO_LEFT = ("R", "AL", "AN")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over a group; it cannot be chosen."""

    words: str


@dataclass(frozen=True, slots=True)
class Create:
    """The row that makes a new customer of what was typed."""

    text: str


Row = Heading | Candidate | Create
Index = QModelIndex | QPersistentModelIndex


def words_of(card: CustomerCard) -> str:
    """How a customer is called in a row."""
    return named(card.name) or named(card.email) or "?"


class RowModel(QAbstractListModel):
    """The rows of the picker, from top to bottom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows other rows."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _words(self, row: Row) -> str:
        match row:
            case Heading(words=words):
                return words
            case Candidate(customer=card, reason=reason):
                return ", ".join(filter(None, (words_of(card), named(card.email), named(card.company_name), reason)))
            case Create(text=text):
                return self.tr("Create new customer “{0}”").format(named(text)) if text else self.tr("New customer…")


class RowDelegate(QStyledItemDelegate):
    """Paints the rows; `query` is what was typed, its match in a name is tinted."""

    query = ""
    _is_mirrored = False

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(ROW), Heading)
        return QSize(300, theme.current().pixels(_HEADING_HEIGHT if is_heading else _HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(row_option.area_of(option))
        is_chosen = row_option.is_selected(option)
        self._is_mirrored = row_option.is_right_to_left(option)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        row = index.data(ROW)
        if is_chosen:
            painting.fill(painter, area, "sel", tokens.RADIUS_CONTROL)
        elif row_option.is_hovered(option) and not isinstance(row, Heading):
            painting.fill(painter, area, "hover", tokens.RADIUS_CONTROL)
        match row:
            case Heading(words=words):
                font = theme.current().font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
                painting.text(painter, area.adjusted(12, 4, -12, 0), words, "text2", font)
            case Candidate():
                self._paint_candidate(painter, area, row)
            case Create(text=text):
                self._paint_create(painter, area, text)
        painter.restore()

    def _turned(self, rect: QRectF, within: QRectF) -> QRectF:
        return painting.mirrored(rect, within, is_right_to_left=self._is_mirrored)

    def _paint_candidate(self, painter: QPainter, area: QRectF, row: Candidate) -> None:
        name = words_of(row.customer)
        side = theme.current().pixels(_FACE)
        face = QRectF(area.left() + 12, area.center().y() - side / 2, side, side)
        paint_avatar(painter, self._turned(face, area), Face(name, edge="popover"))
        tone, icon = _look(row)
        size = chip_size(row.reason, icon)
        wide = size.width() if row.reason else 0
        if row.reason:
            spot = QRectF(area.right() - 12 - wide, area.center().y() - size.height() / 2, wide, size.height())
            is_turned = self._is_mirrored
            paint_chip(painter, self._turned(spot, area), row.reason, tone=tone, icon=icon, is_right_to_left=is_turned)
        room = area.adjusted(12 + side + 12, 0, -(24 + wide), 0)
        line = theme.current().pixels(_LINE)
        upper = self._turned(QRectF(room.left(), area.center().y() - line, room.width(), line), area)
        self._paint_name(painter, upper, name)
        second = " · ".join(filter(None, (named(row.customer.email), named(row.customer.company_name))))
        lower = upper.translated(0, line)
        painting.text(painter, lower, second, "text2", theme.current().font(tokens.TEXT_SMALL))

    def _paint_name(self, painter: QPainter, area: QRectF, name: str) -> None:
        font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        at = name.lower().find(self.query.lower()) if self.query else -1
        # The tint is measured from the left, which a name from right to left does not start at.
        if at >= 0 and not self._is_mirrored and not any(_is_right_to_left(letter) for letter in name):
            metrics = QFontMetricsF(font)
            left = metrics.horizontalAdvance(name[:at])
            wide = metrics.horizontalAdvance(name[: at + len(self.query)]) - left
            mark = QRectF(area.left() + left, area.top() + 1, wide, area.height() - 2)
            painting.fill(painter, mark.intersected(area), "match", 2)
        painting.text(painter, area, name, "text", font)

    def _paint_create(self, painter: QPainter, area: QRectF, text: str) -> None:
        side = theme.current().pixels(_FACE)
        spot = QRectF(area.left() + 12, area.center().y() - side / 2, side, side)
        disc = self._turned(spot, area)
        painting.fill(painter, disc, "accentbg", side / 2)
        icons.paint(painter, "plus", "accentfg", painting.shrunk(disc, 0.28))
        words = self.tr("Create new customer “{0}”").format(named(text)) if text else self.tr("New customer…")
        line = theme.current().pixels(_LINE)
        upper = QRectF(spot.right() + 12, area.center().y() - line, area.right() - 24 - spot.right(), line)
        upper = self._turned(upper, area)
        painting.text(painter, upper, words, "accentfg", theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold))
        hint = self.tr("You add name and e-mail in the next step (Ctrl+Enter)")
        painting.text(painter, upper.translated(0, line), hint, "text2", theme.current().font(tokens.TEXT_SMALL))


def _look(row: Candidate) -> tuple[Tone, str]:
    if row.is_strong:
        return "green", "circle-check"
    icons_by_group = {
        CandidateGroup.SUGGESTED: "sparkles",
        CandidateGroup.MATCH: "search",
        CandidateGroup.RECENT: "clock",
    }
    return "grey", icons_by_group[row.group]


def _is_right_to_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT
