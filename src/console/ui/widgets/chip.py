"""Chips: a word with a tone, which may be pressed, removed or still be added. Also for row delegates."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedButton, PaintedLabel

PADDING, ICON_SIDE, CROSS_SIDE, WIDEST = 8, 13, 12, 220


def chip_font() -> QFont:
    """The font of all chips."""
    return theme.current().font(tokens.TEXT_SMALL, QFont.Weight.Medium)


def chip_size(words: str, icon: str = "", *, has_cross: bool = False) -> QSize:
    """How large `paint_chip` wants to be; longer words are elided."""
    width = QFontMetricsF(chip_font()).horizontalAdvance(painting.one_line(words)) + 2 * PADDING + 1
    side = theme.current().pixels(ICON_SIDE)
    width += (side + 5) * bool(icon and words) + side * bool(icon and not words)
    width += (theme.current().pixels(CROSS_SIDE) + 4) * has_cross
    return QSize(min(round(width), theme.current().pixels(WIDEST)), theme.current().pixels(tokens.CHIP_HEIGHT))


def paint_chip(
    painter: QPainter,
    rect: QRectF,
    words: str,
    *,
    tone: Tone = "grey",
    icon: str = "",
    surface: str = "",
    room: float = 0,
    is_right_to_left: bool = False,
) -> None:
    """A chip in `rect`. `surface` replaces the tone's ground (white on tinted rows); `room` is kept free for a ×."""
    ink, ground = theme.current().tokens.tone(tone)
    painting.fill(painter, rect, surface or ground, tokens.RADIUS_CHIP)
    left = rect.left() + PADDING
    if icon:
        side = theme.current().pixels(ICON_SIDE)
        spot = QRectF(left, rect.center().y() - side / 2, side, side)
        icons.paint(painter, icon, ink, painting.mirrored(spot, rect, is_right_to_left=is_right_to_left))
        left += side + 5
    line = QRectF(left, rect.top(), rect.right() - PADDING - room - left + 1, rect.height())
    line = painting.mirrored(line, rect, is_right_to_left=is_right_to_left)
    painting.text(painter, line, words, ink, chip_font())


class Chip(PaintedLabel):
    """A word with a tone that does nothing: a state, a segment, a count."""

    def __init__(
        self,
        words: str,
        tone: Tone = "grey",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        is_on_tint: bool = False,
    ) -> None:
        """`is_on_tint` gives it the colour of a card, for chips that stand on a tinted surface."""
        super().__init__(words, parent)
        self._tone: Tone = tone
        self._icon = icon
        self._surface = "card" if is_on_tint else ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_chip(self, words: str, tone: Tone, icon: str = "") -> None:
        """Shows another word, tone and icon."""
        if (words, tone, icon) == (self.text(), self._tone, self._icon):
            return
        self._tone, self._icon = tone, icon
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self.text(), self._icon)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rtl = self.isRightToLeft()
        painter = painting.painter_on(self)
        paint_chip(
            painter,
            QRectF(self.rect()),
            self.text(),
            tone=self._tone,
            icon=self._icon,
            surface=self._surface,
            is_right_to_left=rtl,
        )


class ChipButton(PaintedButton):
    """A chip that can be pressed: an origin that explains itself, a company that opens.

    Signals:
        clicked: it was pressed, by mouse, Space or Enter.
        removed: its × was pressed, or Delete while it had the focus; only where it is removable.
    """

    removed = Signal()

    def __init__(
        self,
        words: str,
        tone: Tone = "grey",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        name: str = "",
        is_removable: bool = False,
    ) -> None:
        """`name` is what assistive technology says, the words where it is empty."""
        super().__init__(words, parent)
        self._words = words
        self._tone: Tone = tone
        self._icon = icon
        self._is_removable = is_removable
        self.setAccessibleName(name or words)
        if is_removable:
            self.setAccessibleDescription(self.tr("Press Delete to remove it"))
            self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_whole()

    def words(self) -> str:
        """The word on it."""
        return self._words

    def set_chip(self, words: str, tone: Tone, icon: str = "", *, name: str = "") -> None:
        """Shows another word, tone and icon."""
        self._words, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(name or words)
        self._tell_whole()
        self.updateGeometry()
        self.update()

    def _tell_whole(self) -> None:
        is_cut = self.sizeHint().width() >= theme.current().pixels(WIDEST)
        plain_tip(self, self._words if is_cut else "")

    def cross(self) -> QRectF:
        """Where the × is; an empty rectangle where there is none."""
        if not self._is_removable:
            return QRectF()
        area, side = QRectF(self.rect()), theme.current().pixels(CROSS_SIDE)
        spot = QRectF(area.right() - PADDING - side + 3, area.center().y() - side / 2, side, side)
        return painting.mirrored(spot, area, is_right_to_left=self.isRightToLeft())

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._words, self._icon, has_cross=self._is_removable)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_on_cross(event.position()):
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_on_cross(event.position()) and not self.isDown():
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    @override
    def keyPressEvent(self, event) -> None:
        if self._is_removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange and self._is_removable:
            self.setAccessibleDescription(self.tr("Press Delete to remove it"))
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        if not self.isEnabled():
            painter.setOpacity(0.5)
        room = theme.current().pixels(CROSS_SIDE) + 4 if self._is_removable else 0
        rtl = self.isRightToLeft()
        paint_chip(painter, area, self._words, tone=self._tone, icon=self._icon, room=room, is_right_to_left=rtl)
        ink = theme.current().tokens.tone(self._tone)[0]
        if self._is_removable:
            self._paint_cross(painter, ink)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CHIP)
        elif self.underMouse() and self.isEnabled():
            painting.outline(painter, area, ink, tokens.RADIUS_CHIP, width=2 if self.isDown() else 1)

    def _paint_cross(self, painter: QPainter, ink: str) -> None:
        spot = self.cross()
        is_hot = self.underMouse() and self._is_on_cross(QPointF(self.mapFromGlobal(self.cursor().pos())))
        painter.save()
        painter.setOpacity(painter.opacity() * (1.0 if is_hot else 0.7))
        icons.paint(painter, "x", ink, spot)
        painter.restore()

    def _is_on_cross(self, at: QPointF) -> bool:
        return self._is_removable and self.cross().adjusted(-4, -6, 6, 6).contains(at)


class AddChip(PaintedButton):
    """The dashed chip that adds one more: `AddChip(self.tr("Add tag"))`. `clicked` says that it was pressed."""

    def __init__(self, words: str, parent: QWidget | None = None, *, is_icon_only: bool = False) -> None:
        super().__init__(words, parent)
        self._shown = "" if is_icon_only else words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if is_icon_only:
            plain_tip(self, words)

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._shown, "plus")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        is_hot = self.underMouse() and self.isEnabled()
        ground = "press" if self.isDown() else "hover" if is_hot else "#00000000"
        rtl = self.isRightToLeft()
        paint_chip(painter, area, self._shown, icon="plus", surface=ground, is_right_to_left=rtl)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CHIP)
        else:
            painting.outline(painter, area, "control", tokens.RADIUS_CHIP, is_dashed=True)
