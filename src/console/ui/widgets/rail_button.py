"""A place on the rail: an icon that says where one is and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedButton

SIDE, ICON = 40, 20


class RailButton(PaintedButton):
    """A checkable icon on the dark rail. `clicked` says that it was pressed; only one of a group stays checked."""

    def __init__(
        self, icon: str, name: str, keys: str = "", parent: QWidget | None = None, *, is_place: bool = True
    ) -> None:
        """`keys` is the shortcut named in the tool tip; `is_place` is False for what acts and leads nowhere."""
        super().__init__(name, parent)
        self._icon = icon
        self._name = name
        self._count = 0
        self.setCheckable(is_place)
        self.setAutoExclusive(is_place)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name_keys(keys)

    def name_keys(self, keys: str) -> None:
        """Names another shortcut in the tool tip."""
        plain_tip(self, f"{self._name} ({keys})" if keys else self._name)

    def set_count(self, count: int) -> None:
        """Shows how much waits there; nothing for zero."""
        self._count = count
        self.setAccessibleName(f"{self._name}, {count}" if count else self._name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = theme.current().pixels(SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        is_lit = self.isChecked() or self.underMouse() or self.isDown()
        if is_lit and self.isEnabled():
            painting.fill(painter, area, "railhl", tokens.RADIUS_CONTROL)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        color = "railact" if is_lit else "railfg"
        icons.paint(painter, self._icon, color, painting.shrunk(area, (1 - ICON / SIDE) / 2))
        if self._count:
            self._paint_count(painter, area)
        if self.hasFocus():
            painting.outline(painter, area, "railact", tokens.RADIUS_CONTROL, width=tokens.FOCUS_RING)

    def _paint_count(self, painter: QPainter, area: QRectF) -> None:
        words = "99+" if self._count > 99 else str(self._count)
        pixels = theme.current().pixels
        height = pixels(16)
        width = height if len(words) == 1 else pixels(10 + 6 * len(words))
        pill = QRectF(area.right() - width - 1, 2, width, height)
        pill = painting.mirrored(pill, area, is_right_to_left=self.isRightToLeft())
        painting.fill(painter, pill, "amberbadge", height / 2)
        font = theme.current().font(tokens.TEXT_TINY, QFont.Weight.Bold)
        font.setPixelSize(pixels(10))
        painting.text(painter, pill, words, "onaccent", font, align=Qt.AlignmentFlag.AlignHCenter)
