"""How far something is: a thin line, and the steps of a wizard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedLabel

DISC, LINE = 22, 24


class ProgressLine(QProgressBar):
    """A line that fills; `set_share(None)` while the total is not known."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float | None) -> None:
        """0.0 to 1.0; None shows a moving bar, or a still half one where less motion is wished."""
        if share is None and not theme.current().is_motion_reduced:
            self.setRange(0, 0)
        else:
            self.setRange(0, 1000)
            self.setValue(500 if share is None else round(max(0.0, min(1.0, share)) * 1000))


class Spinner(PaintedLabel):
    """A turning arc for what takes a moment; it stands still where less motion is wished and while hidden."""

    def __init__(self, name: str, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._size, self._angle = size, 0
        self._clock = QTimer(self)
        self._clock.setInterval(40)
        self._clock.timeout.connect(self._turn)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not theme.current().is_motion_reduced:
            self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(painting.color_of("track"), 2))
        painter.drawEllipse(area)
        turning = QPen(painting.color_of("accent"), 2)
        turning.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(turning)
        painter.drawArc(area, (90 - self._angle) * 16, -110 * 16)

    def _turn(self) -> None:
        self._angle = (self._angle + 14) % 360
        self.update()


class Steps(PaintedLabel):
    """The steps of a wizard: done ones have a tick, the present one is filled."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._names = tuple(names)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.go_to(0)

    def go_to(self, step: int) -> None:
        """Makes the step with this number, from 0, the present one."""
        self._at = step
        where = self.tr("Step {0} of {1}: {2}").format(step + 1, len(self._names), self._names[step])
        self.setText(where)
        self.setAccessibleName(where)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = sum(self._width_of(name) for name in self._names) + (len(self._names) - 1) * (LINE + 16)
        return QSize(round(width), theme.current().pixels(tokens.CONTROL_HEIGHT_SMALL))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl, disc = self.isRightToLeft(), theme.current().pixels(DISC)
        left = 0.0
        for number, name in enumerate(self._names):
            spot = QRectF(left + 1, (area.height() - disc) / 2, disc, disc)
            self._paint_disc(painter, painting.mirrored(spot, area, is_right_to_left=rtl), number)
            line = QRectF(left + disc + 8, 0, self._width_of(name) - disc - 8, area.height())
            color = "text" if number == self._at else "text2"
            line = painting.mirrored(line, area, is_right_to_left=rtl)
            painting.text(painter, line, name, color, self._font(is_present=number == self._at))
            left += self._width_of(name) + 8
            if number < len(self._names) - 1:
                dash = painting.mirrored(QRectF(left, area.center().y(), LINE, 1), area, is_right_to_left=rtl)
                painting.fill(painter, dash, "borderstrong")
            left += LINE + 8

    def _paint_disc(self, painter: QPainter, spot: QRectF, number: int) -> None:
        if number < self._at:
            painting.fill(painter, spot, "greenbg", spot.height() / 2)
            icons.paint(painter, "check", "green", painting.shrunk(spot, 0.23))
            return
        is_present = number == self._at
        if is_present:
            painting.fill(painter, spot, "accentbtn", spot.height() / 2)
        else:
            painting.outline(painter, spot, "control", spot.height() / 2)
        font = theme.current().font(tokens.TEXT_SMALL, QFont.Weight.DemiBold)
        color = "onaccent" if is_present else "text2"
        painting.text(painter, spot, str(number + 1), color, font, align=Qt.AlignmentFlag.AlignHCenter)

    def _width_of(self, name: str) -> float:
        return theme.current().pixels(DISC) + 8 + QFontMetricsF(self._font(is_present=True)).horizontalAdvance(name) + 2

    def _font(self, *, is_present: bool) -> QFont:
        return theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold if is_present else QFont.Weight.Normal)
