"""The shape of everything said: a face, a tinted card, a line that says who and when, and room for the words."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Avatar, Face, avatar_pixmap
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label

_FACE = 28
_FREE = 48


class Side(Enum):
    """Whose words: a customer's stand left, ours stand right."""

    THEIRS = "bubblein"
    OURS = "bubbleout"


def foresee_face(name: str, ratio: float) -> None:
    """Has the face painted of somebody who will speak; `ratio` is that of the screen's pixels."""
    avatar_pixmap(Face(name or "?"), _FACE, ratio)


class BubbleCard(QFrame):
    """The tinted card; `surface` and `edge` are tokens, an empty edge draws none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surface, self._edge = "bubblein", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 10)
        self.column.setSpacing(tokens.SPACE_1)

    def set_surface(self, surface: str, edge: str = "") -> None:
        """Tints it otherwise."""
        self._surface, self._edge = surface, edge
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        painting.fill(painter, area, self._surface, tokens.RADIUS_CARD)
        if self._edge:
            painting.outline(painter, area, self._edge, tokens.RADIUS_CARD)


class Bubble(QWidget):
    """One entry of a conversation. It is filled again and again, never made anew.

    Signals:
        unfolded: it is about to change its height because the teammate asked for more of it.
    """

    unfolded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = BubbleCard()
        self._face = Avatar(Face("?"), _FACE)
        self._name = ElidedLabel("", "strong")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._time = label("", "small")
        self._time.setMinimumWidth(0)
        self._icon = IconLabel("mail", "text2", tokens.ICON_SMALL)
        self.top = QHBoxLayout()
        self.top.setSpacing(tokens.SPACE_2)
        self.top.addWidget(self._name)
        self.top.addWidget(self._time)
        self.top.addStretch(1)
        self.top.addWidget(self._icon)
        self.card.column.addLayout(self.top)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self._face, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.card, 1, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lean(Side.THEIRS)

    def lean(self, side: Side) -> None:
        """Puts the face on the side of whoever speaks; the other side stays free."""
        is_theirs = side is Side.THEIRS
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_theirs else QBoxLayout.Direction.RightToLeft)
        free = _FREE + _FACE + tokens.SPACE_2
        self._row.setContentsMargins(0 if is_theirs else free, 0, free if is_theirs else 0, 0)
        self.card.set_surface(side.value)

    def sign(self, name: str, when: str, icon: str) -> None:
        """Says who speaks, when, and through which channel (a Lucide name)."""
        self._face.set_face(Face(name or "?"))
        self._name.set_words(name)
        self._time.setText(when)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, "text2")


class DayLine(QLabel):
    """The line between two days."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().pixels(24))
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Names the day."""
        self.setText(words)
        self.setAccessibleName(words)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        font = theme.current().font(tokens.TEXT_SMALL)
        area = QRectF(self.rect())
        wide = painting.QFontMetricsF(font).horizontalAdvance(self.text()) + 2 * tokens.SPACE_3
        side = (area.width() - wide) / 2
        line = painting.color_of("border")
        painter.fillRect(QRectF(area.left(), area.center().y(), side, 1), line)
        painter.fillRect(QRectF(area.right() - side + 1, area.center().y(), side, 1), line)
        painting.text(painter, area, self.text(), "text2", font, align=Qt.AlignmentFlag.AlignHCenter)
