"""The delegate of the members: a box, face and name, place, last seen, sessions, eight weeks as bars, tags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from console.domain.company_members import MemberRow
from console.ui.company.member_model import CHOSEN_ROLE, ROW_ROLE, Column
from console.ui.company.words import translate
from console.ui.customer.figures import ago_words
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting, row_option
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.charts import paint_bars
from console.ui.widgets.chip import chip_size, paint_chip

ROW_HEIGHT, _FACE, _BOX = 36, 26, 16
_PAD = 8
_QUIET = timedelta(days=14)


class MemberDelegate(QStyledItemDelegate):
    """Paints one cell; the row that has the keyboard is edged as a whole."""

    def __init__(self, now: Callable[[], datetime], view: QTableView) -> None:
        super().__init__(view)
        self._now, self._view = now, view
        self.hovered = -1

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.current().pixels(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area, is_rtl = QRectF(row_option.area_of(option)), row_option.is_right_to_left(option)
        row, is_chosen = index.data(ROW_ROLE), bool(index.data(CHOSEN_ROLE))
        is_current = self._view.hasFocus() and self._view.currentIndex().row() == index.row()
        ground = "sel" if is_chosen else "hover" if index.row() == self.hovered else "bg"
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painting.fill(painter, area, ground)
        painting.fill(painter, QRectF(area.left(), area.bottom() - 1, area.width(), 1), "border")
        if is_current:
            painting.fill(painter, QRectF(area.left(), area.top(), area.width(), 2), "focus")
            painting.fill(painter, QRectF(area.left(), area.bottom() - 2, area.width(), 2), "focus")
        if isinstance(row, MemberRow):
            _Cell(painter, area, row, is_chosen=is_chosen, is_rtl=is_rtl, now=self._now()).paint(Column(index.column()))


class _Cell:
    """What stands in one cell."""

    def __init__(
        self, painter: QPainter, area: QRectF, row: MemberRow, *, is_chosen: bool, is_rtl: bool, now: datetime
    ) -> None:
        self._painter, self._area, self._row = painter, area, row
        self._is_chosen, self._is_rtl, self._now = is_chosen, is_rtl, now
        self._font = theme.current().font()

    def paint(self, column: Column) -> None:
        match column:
            case Column.BOX:
                self._paint_box()
            case Column.MEMBER:
                self._paint_member()
            case Column.PLACE:
                self._words(self._row.place or translate("place not known"), "text" if self._row.place else "text2")
            case Column.SEEN:
                self._paint_seen()
            case Column.SESSIONS:
                self._paint_sessions()
            case Column.WEEKS:
                bars = self._inner().adjusted(0, 9, 0, -9)
                bars.setWidth(min(bars.width(), 72))
                bars = painting.mirrored(bars, self._inner(), is_right_to_left=self._is_rtl)
                paint_bars(self._painter, bars, self._row.weeks, recent=2, is_right_to_left=self._is_rtl)
            case Column.TAGS:
                self._paint_tags()

    def _inner(self) -> QRectF:
        return self._area.adjusted(_PAD, 0, -_PAD, 0)

    def _words(self, words: str, color: str, font: QFont | None = None) -> None:
        painting.text(self._painter, self._inner(), words, color, font or self._font)

    def _paint_box(self) -> None:
        side = theme.current().pixels(_BOX)
        center = self._area.center()
        box = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
        if self._is_chosen:
            painting.fill(self._painter, box, "accentbtn", 4)
            icons.paint(self._painter, "check", "onaccent", box.adjusted(2, 2, -2, -2))
        else:
            painting.fill(self._painter, box, "card", 4)
            painting.outline(self._painter, box, "control", 4, width=1.5)

    def _paint_member(self) -> None:
        row, area, look = self._row, self._inner(), theme.current()
        name, side = named(row.name) or named(row.email) or "?", look.pixels(_FACE)
        face = QRectF(area.left(), area.center().y() - side / 2, side, side)
        face = painting.mirrored(face, area, is_right_to_left=self._is_rtl)
        paint_avatar(self._painter, face, Face(name, edge="sel" if self._is_chosen else "bg"))
        room = QRectF(area.left() + side + _PAD, area.top(), area.width() - side - _PAD, area.height())
        has_both = bool(row.name and row.email)
        height = look.pixels(16)
        top = room.center().y() - height + 1 if has_both else room.center().y() - height / 2
        bold, small = look.font(tokens.TEXT_BODY, QFont.Weight.DemiBold), look.font(tokens.TEXT_SMALL)
        line = QRectF(room.left(), top, room.width(), height)
        painting.text(self._painter, painting.mirrored(line, area, is_right_to_left=self._is_rtl), name, "text", bold)
        if has_both:
            lower = line.translated(0, height - 2)
            lower = painting.mirrored(lower, area, is_right_to_left=self._is_rtl)
            painting.text(self._painter, lower, named(row.email), "text2", small)

    def _paint_seen(self) -> None:
        seen = self._row.last_seen
        if seen is None:
            self._words(translate("never"), "text2")
            return
        is_quiet = self._now - seen > _QUIET
        font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.Medium if is_quiet else QFont.Weight.Normal)
        self._words(ago_words(seen, self._now), "amber" if is_quiet else "text", font)

    def _paint_sessions(self) -> None:
        sessions = self._row.sessions
        words = "–" if sessions is None else QLocale().toString(sessions)
        font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        room = self._inner()
        width = QFontMetricsF(font).horizontalAdvance(words) + 1
        spot = QRectF(room.right() - width, room.top(), width, room.height())
        spot = painting.mirrored(spot, room, is_right_to_left=self._is_rtl)
        painting.text(self._painter, spot, words, "text2" if sessions is None else "text", font)

    def _paint_tags(self) -> None:
        room = self._inner()
        left = room.left()
        for place, tag in enumerate(self._row.tags):
            rest = len(self._row.tags) - place
            size = chip_size(named(tag))
            more = f"+{rest}"
            fits = left + size.width() + (0 if rest == 1 else chip_size(more).width() + 6) <= room.right()
            words, tone = (named(tag), tokens.tone_of(tag)) if fits else (more, "grey")
            wide = size.width() if fits else chip_size(more).width()
            if left + wide > room.right():
                return
            chip = QRectF(left, room.center().y() - size.height() / 2, wide, size.height())
            chip = painting.mirrored(chip, room, is_right_to_left=self._is_rtl)
            surface = "card" if self._is_chosen else ""
            paint_chip(self._painter, chip, words, tone=tone, surface=surface, is_right_to_left=self._is_rtl)
            if not fits:
                return
            left += wide + 6
