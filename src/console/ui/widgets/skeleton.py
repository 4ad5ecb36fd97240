"""Grey shapes where rows will be, while they are read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QLinearGradient, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import theme
from console.ui.widgets import painting

FRAME_MS, FRAMES = 50, 40


class Skeleton(QLabel):
    """`count` row shapes. A light runs over them, unless less motion is wished; it stops while hidden."""

    def __init__(
        self, count: int = 5, row_height: int = 64, parent: QWidget | None = None, *, has_avatar: bool = True
    ) -> None:
        super().__init__(parent)
        self._count, self._row_height, self._has_avatar = count, row_height, has_avatar
        self._frame = 0
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MS)
        self._clock.timeout.connect(self._step)
        self.setAccessibleName(self.tr("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.current().changed.connect(self._obey)

    def is_moving(self) -> bool:
        """Whether the light runs."""
        return self._clock.isActive()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self._count * self._row_height)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._obey()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        colors = theme.current().tokens
        light = QLinearGradient(0, 0, self.width() * 0.6, 0)
        light.setColorAt(0, painting.color_of(colors.press))
        light.setColorAt(0.5, painting.color_of(colors.hover))
        light.setColorAt(1, painting.color_of(colors.press))
        light.setSpread(QLinearGradient.Spread.RepeatSpread)
        shift = self._frame / FRAMES * self.width() * 0.6
        light.setStart(shift, 0)
        light.setFinalStop(shift + self.width() * 0.6, 0)
        painter.setPen(painting.Qt.PenStyle.NoPen)
        painter.setBrush(light if self._clock.isActive() else painting.color_of(colors.press))
        for number in range(self._count):
            for shape in self._shapes(number):
                radius = shape.height() / 2
                shape = painting.mirrored(shape, self.rect().toRectF(), is_right_to_left=self.isRightToLeft())
                painter.drawRoundedRect(shape, radius, radius)
        painter.end()

    def _shapes(self, number: int) -> list[QRectF]:
        top = number * self._row_height + (self._row_height - 36) / 2
        left = 48 if self._has_avatar else 0
        room = self.width() - left - 8
        # Rows of different lengths look like text; the same lengths every time, so that nothing jumps.
        first, second = (0.45, 0.8, 0.6)[number % 3], (0.85, 0.55, 0.7)[number % 3]
        lines = [QRectF(left, top + 4, room * first, 10), QRectF(left, top + 22, room * second, 10)]
        return [QRectF(0, top, 36, 36), *lines] if self._has_avatar else lines

    def _step(self) -> None:
        self._frame = (self._frame + 1) % FRAMES
        self.update()

    def _obey(self) -> None:
        if self.isVisible() and not theme.current().is_motion_reduced:
            self._clock.start()
        else:
            self._clock.stop()
        self.update()
