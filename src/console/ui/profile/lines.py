"""One line that opens something: a conversation, a company, a customer, a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.at_once import at_once
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedButton

_SIDE = 20
# More than these do not fit beside what else a profile says; they follow when the profile has been painted.
_AT_ONCE, _REST_AFTER_MS = 8, 80


@dataclass(frozen=True, slots=True)
class Line:
    """What a line shows. `face` is a name for an avatar (square for a company), else `icon` is a Lucide name.

    `subject` is what it opens, told by the signal.
    """

    words: str
    remark: str
    subject: object
    icon: str = ""
    face: str = ""
    is_square: bool = False
    tip: str = ""
    icon_color: str = "text2"


class LineRow(PaintedButton):
    """Shows one `Line`; filled again and again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._line: Line | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: Line) -> None:
        """Shows another line."""
        if line != self._line:
            self._line = line
            self.setAccessibleName(", ".join(filter(None, (line.words, line.remark))))
            plain_tip(self, line.tip or line.words)
            self.update()

    def line(self) -> Line | None:
        """What it shows."""
        return self._line

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, theme.current().pixels(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        line = self._line
        if line is None:
            return
        painter = painting.painter_on(self)
        area, rtl = QRectF(self.rect()), self.isRightToLeft()
        if self.underMouse() or self.hasFocus():
            painting.fill(painter, area, "press" if self.isDown() else "hover", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        side = theme.current().pixels(_SIDE)
        spot = QRectF(8, area.center().y() - side / 2, side, side)
        spot = painting.mirrored(spot, area, is_right_to_left=rtl)
        if line.face:
            paint_avatar(painter, spot, Face(line.face, is_square=line.is_square, edge="panel"))
        else:
            icons.paint(painter, line.icon, line.icon_color, spot.adjusted(2, 2, -2, -2))
        look = theme.current()
        small = look.font(tokens.TEXT_SMALL)
        wide = min(QFontMetricsF(small).horizontalAdvance(line.remark) + 2, area.width() * 0.5)
        remark = QRectF(area.right() - 8 - wide, area.top(), wide, area.height())
        words = QRectF(8 + side + 8, area.top(), remark.left() - 8 - (8 + side + 8), area.height())
        font = look.font(tokens.TEXT_BODY, QFont.Weight.Medium)
        painting.text(painter, painting.mirrored(words, area, is_right_to_left=rtl), line.words, "text", font)
        painting.text(painter, painting.mirrored(remark, area, is_right_to_left=rtl), line.remark, "text2", small)


class Lines(QWidget):
    """Lines below each other.

    Signals:
        opened: (the line's subject).
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LineRow] = []
        self._coming: Iterator[Line] = iter(())
        self._rest = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._rest.timeout.connect(self._put_rest)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Shows these, and nothing else. Of many the first ones stand there at once, the others a moment later."""
        self._rest.stop()
        self._coming = iter(lines)
        shown = self._put(0, islice(self._coming, _AT_ONCE))
        for row in self._rows[shown:]:
            row.hide()
        if shown == _AT_ONCE:
            self._rest.start()

    def rows(self) -> tuple[LineRow, ...]:
        """The visible rows, from top to bottom."""
        return tuple(row for row in self._rows if not row.isHidden())

    def _put_rest(self) -> None:
        with at_once(self):
            self._put(_AT_ONCE, self._coming)

    def _put(self, first: int, lines: Iterable[Line]) -> int:
        """Shows lines from a place on; gives where they end."""
        place = first
        for place, line in enumerate(lines, first + 1):
            if len(self._rows) < place:
                made = LineRow()
                made.clicked.connect(lambda _=False, row=made: self._open(row))
                self._rows.append(made)
                self._column.addWidget(made)
            self._rows[place - 1].show_line(line)
            self._rows[place - 1].show()
        return place

    def _open(self, row: LineRow) -> None:
        line = row.line()
        if line is not None:
            self.opened.emit(line.subject)
