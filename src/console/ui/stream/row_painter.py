"""How a row of the stream looks: its sign on a hair line, its sentence, its card, its time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from console.domain.search_query import Term
from console.ui.stream import measures
from console.ui.stream.marks import paint_marks
from console.ui.stream.rows import EntryRow, PartRow
from console.ui.stream.star import star
from console.ui.stream.words import Piece, RowWords
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.charts import paint_bars
from console.ui.widgets.chip import chip_size, paint_chip

_STAR, _DIGIT = 15, 20


@dataclass(frozen=True, slots=True)
class RowLook:
    """Everything a row's picture depends on besides the theme."""

    words: RowWords
    width: int
    height: int
    left: int
    is_open: bool
    is_joined: bool
    is_part: bool
    is_bare: bool
    is_selected: bool = False
    is_hovered: bool = False
    is_focused: bool = False
    is_right_to_left: bool = False
    terms: tuple[Term, ...] = ()


def look_of(row: EntryRow | PartRow, words: RowWords, width: int, height: int) -> RowLook:
    """The look of a row that is neither selected nor hovered."""
    is_part, is_bare = isinstance(row, PartRow), measures.is_unfolded(row)
    return RowLook(words, width, height, measures.text_left(row), row.is_open, row.is_joined, is_part, is_bare)


class RowPainter:
    """Paints one row at the origin; made anew for each picture."""

    def __init__(self, painter: QPainter, look: RowLook) -> None:
        self._painter, self._look, self._words = painter, look, look.words
        self._theme = theme.current()
        self._area = QRectF(0, 0, look.width, look.height)
        self._right = self._area.right() - measures.RIGHT
        self._faint = "text2" if look.is_selected or look.is_hovered else "text3"

    def paint(self) -> None:
        """The whole row."""
        self._surface()
        self._sign()
        title = self._theme.pixels(measures.TITLE)
        top = 0.0 if self._has_more_below() else (self._look.height - title) / 2
        self._sentence(top, title, self._when(top, title))
        below = top + title
        if self._look.is_bare:
            return
        if self._words.score is not None and not self._words.stars:
            below = self._scale(below)
        below = self._body(below)
        if self._look.is_open and self._words.details:
            self._details(below)

    def _has_more_below(self) -> bool:
        return self._look.height > self._theme.pixels(measures.PLAIN)

    def _surface(self) -> None:
        look = self._look
        card = self._area.adjusted(8, 1, -8, -1)
        if look.is_selected or look.is_hovered:
            color = "sel" if look.is_selected else "hover"
            painting.fill(self._painter, card, color, tokens.RADIUS_CONTROL)
        if look.is_focused:
            painting.focus_ring(self._painter, card, tokens.RADIUS_CONTROL)

    def _sign(self) -> None:
        side = measures.sign_side()
        top = 4.0 if self._has_more_below() else (self._look.height - side) / 2
        left = measures.LEFT + (measures.INDENT if self._look.is_part else 0)
        middle = measures.LEFT + side / 2
        if self._look.is_joined:
            self._painter.setPen(QPen(painting.color_of("borderstrong"), 1.5))
            begin = self._placed(QRectF(middle, top + side + 2, 0, 0)).center()
            self._painter.drawLine(begin, QPointF(begin.x(), self._look.height + 2))
        if self._look.is_part:
            spot = QRectF(middle - 3, top + side / 2 - 3, 6, 6)
            painting.fill(self._painter, self._placed(spot), "borderstrong", 3)
            return
        ink, ground = self._theme.tokens.tone(self._words.tone)
        disc = self._placed(QRectF(left, top, side, side))
        painting.fill(self._painter, disc, ground, side / 2)
        icons.paint(self._painter, self._words.icon, ink, disc.adjusted(side / 4, side / 4, -side / 4, -side / 4))

    def _when(self, top: float, height: float) -> float:
        """Paints the time, and the arrow of what unfolds; gives where they begin."""
        right = self._right
        if self._words.goes:
            arrow = "chevron-down" if self._look.is_open else "chevron-right"
            if self._look.is_right_to_left and not self._look.is_open:
                arrow = "chevron-left"
            spot = QRectF(right - 14, top + (height - 14) / 2, 14, 14)
            icons.paint(self._painter, arrow, "text2", self._placed(spot))
            right = spot.left() - 6
        font = self._theme.font(tokens.TEXT_SMALL)
        width = QFontMetricsF(font).horizontalAdvance(self._words.when) + 1
        color = "amber" if self._words.is_ahead else self._faint
        self._text(self._words.when, color, font, QRectF(right - width, top, width, height))
        right -= width
        if self._words.is_ahead:
            icons.paint(
                self._painter, "clock", "amber", self._placed(QRectF(right - 18, top + (height - 13) / 2, 13, 13))
            )
            right -= 18
        return right - 10

    def _sentence(self, top: float, height: float, right: float) -> None:
        left = float(self._look.left)
        for piece in self._words.sentence:
            if left >= right - 12:
                break
            left = self._piece(piece, left, top, height, right)
        if self._words.stars:
            left = self._stars(left, top, height)
            for piece in self._words.meta:
                left = self._piece(piece, left, top, height, right)
        if self._words.bars and right - left > 30:
            width = min(8.0 * len(self._words.bars), 96.0, right - left)
            tall = self._theme.pixels(12)
            area = self._placed(QRectF(left, top + (height - tall) / 2, width, tall))
            paint_bars(self._painter, area, self._words.bars, recent=1, is_right_to_left=self._look.is_right_to_left)

    def _piece(
        self, piece: Piece, left: float, top: float, height: float, right: float, *, size: int = tokens.TEXT_BODY
    ) -> float:
        """One piece of a sentence; gives where the next one begins."""
        if piece.style == "chip":
            wanted = chip_size(piece.words, piece.icon)
            width = min(float(wanted.width()), right - left)
            if width < min(wanted.width(), 48):
                return right  # a chip without its word says nothing
            chip = self._placed(QRectF(left, top + (height - wanted.height()) / 2, width, wanted.height()))
            surface = "card" if self._look.is_selected or self._look.is_hovered else ""
            rtl = self._look.is_right_to_left
            paint_chip(
                self._painter,
                chip,
                piece.words,
                tone=piece.tone,
                icon=piece.icon,
                surface=surface,
                is_right_to_left=rtl,
            )
            return left + width + 6
        if piece.icon:
            name = "arrow-left" if piece.icon == "arrow-right" and self._look.is_right_to_left else piece.icon
            spot = self._placed(QRectF(left, top + (height - 13) / 2, 13, 13))
            icons.paint(self._painter, name, "text2", spot)
            left += 18
        if not piece.words:
            return left
        weight = QFont.Weight.DemiBold if piece.style == "strong" else QFont.Weight.Normal
        font = self._theme.font(size if piece.style != "faint" else tokens.TEXT_SMALL, weight)
        font.setStrikeOut(piece.style == "struck")
        color = {"strong": "text", "faint": self._faint}.get(piece.style, "text2")
        width = min(QFontMetricsF(font).horizontalAdvance(painting.one_line(piece.words)) + 1, right - left)
        self._text(piece.words, color, font, QRectF(left, top, width, height))
        return left + width + (6 if piece.style == "strong" else 4)

    def _stars(self, left: float, top: float, height: float) -> float:
        for number in range(5):
            spot = self._placed(QRectF(left, top + (height - _STAR) / 2, _STAR, _STAR))
            self._star(spot, "amberbadge" if number < self._words.stars else "track")
            left += _STAR + 2
        return left + 4

    def _star(self, area: QRectF, color: str) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(painting.color_of(color))
        self._painter.drawPolygon(star(area))

    def _scale(self, top: float) -> float:
        """The numbers that could be answered, the one that was filled."""
        score = self._words.score
        if score is None:
            return top
        side, left = self._theme.pixels(_DIGIT), float(self._look.left)
        font, tiny = self._theme.font(tokens.TEXT_TINY, QFont.Weight.DemiBold), self._theme.font(tokens.TEXT_SMALL)
        tone = self._words.tone
        for number in range(score.lowest, score.highest + 1):
            box = self._placed(QRectF(left, top, side, side))
            is_answer = number == score.value
            painting.fill(self._painter, box, tone if is_answer else "hover", 4)
            ink = ("bg" if self._theme.is_dark else "onaccent") if is_answer else self._faint
            painting.text(self._painter, box, str(number), ink, font, align=Qt.AlignmentFlag.AlignHCenter)
            left += side + 2
        if self._words.aside:
            width = QFontMetricsF(tiny).horizontalAdvance(self._words.aside) + 1
            if self._right - width > left + 8:
                self._text(self._words.aside, self._faint, tiny, QRectF(self._right - width, top, width, side))
        return top + self._theme.pixels(26)

    def _body(self, top: float) -> float:
        words, left = self._words, float(self._look.left)
        is_open = self._look.is_open
        tall = measures.body_height(words, self._right - left, is_open=is_open)
        if not tall:
            return top
        area = QRectF(left, top, self._right - left, tall)
        pad = self._theme.pixels(measures.PAD)
        if words.body_as == "note":
            painting.fill(self._painter, self._placed(area), "note", tokens.RADIUS_CONTROL)
            painting.outline(self._painter, self._placed(area), "noteborder", tokens.RADIUS_CONTROL)
        elif words.body_as == "card":
            painting.fill(self._painter, self._placed(area), "card", tokens.RADIUS_CONTROL)
            painting.outline(self._painter, self._placed(area), "border", tokens.RADIUS_CONTROL)
        inner = area if words.body_as == "quote" else area.adjusted(12, pad, -12, -pad)
        meta = self._theme.pixels(measures.META) if words.meta and words.body_as == "card" else 0
        if words.body:
            self._told(inner.adjusted(0, 0, 0, -meta), is_open=is_open)
        if meta:
            left = inner.left()
            for piece in words.meta:
                left = self._piece(piece, left, inner.bottom() - meta + 2, meta, inner.right(), size=tokens.TEXT_SMALL)
        return top + tall

    def _told(self, area: QRectF, *, is_open: bool) -> None:
        shown, font = measures.shown_body(self._words), measures.body_font()
        color = "notefg" if self._words.body_as == "note" else "text2"
        if not is_open:
            self._text(shown, color, font, area)
            return
        self._painter.setFont(font)
        self._painter.setPen(painting.color_of(color))
        self._painter.drawText(self._placed(area), measures.wrapping(), measures.breakable(shown))

    def _details(self, top: float) -> None:
        left, room = float(self._look.left), self._right - self._look.left
        font, column = measures.body_font(), measures.name_width()
        self._painter.setFont(font)
        for name, value in self._words.details:
            tall = measures.detail_height(value, room)
            for words, color, area in (
                (name, self._faint, QRectF(left, top, column - 8, tall)),
                (value, "text", QRectF(left + column, top, room - column, tall)),
            ):
                self._painter.setPen(painting.color_of(color))
                self._painter.drawText(self._placed(area), measures.wrapping(), measures.breakable(words))
            top += tall

    def _text(self, words: str, color: str, font: QFont, area: QRectF) -> None:
        if area.width() < 6:
            return
        if self._look.terms and not self._look.is_right_to_left:
            paint_marks(self._painter, area, words, font, self._look.terms)
        side = Qt.AlignmentFlag.AlignRight if self._look.is_right_to_left else Qt.AlignmentFlag.AlignLeft
        painting.text(
            self._painter, self._placed(area), words, color, font, align=side | Qt.AlignmentFlag.AlignAbsolute
        )

    def _placed(self, area: QRectF) -> QRectF:
        return painting.mirrored(area, self._area, is_right_to_left=self._look.is_right_to_left)
