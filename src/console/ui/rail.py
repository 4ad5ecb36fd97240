"""The rail: where one can go, whether the workspace is in step with its sources, and who one is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import AvatarButton, Face
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedButton

_BUTTON, _LOGO = 40, 32
_SEAL = (QColor("#5B6CF9"), QColor("#7048E8"))


class Logo(QLabel):
    """The sign of the program, painted; also used large on the first page."""

    def __init__(self, side: int = _LOGO, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setAccessibleName(self.tr("Support Console"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        ground = QLinearGradient(area.topLeft(), area.bottomRight())
        ground.setColorAt(0, _SEAL[0])
        ground.setColorAt(1, _SEAL[1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, area.width() * 0.25, area.width() * 0.25)
        pen = QPen(QColor("#FFFFFF"), area.width() * 0.085)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        radius = area.width() * 0.22
        center = area.center() + QPointF(area.width() * 0.02, 0)
        ring = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(ring, 45 * 16, 270 * 16)


class RailButton(PaintedButton):
    """A place to go, or a thing to do; it shows its action and follows it."""

    def __init__(self, action: QAction, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(action.text(), parent)
        self._action, self._icon, self._badge = action, icon, 0
        self.setCheckable(action.isCheckable())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def set_badge(self, count: int) -> None:
        """Shows a number in its corner; none for 0."""
        self._badge = count
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_BUTTON, _BUTTON)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        is_on = self._action.isChecked()
        if is_on or (self.underMouse() and self.isEnabled()):
            painting.fill(painter, area, "railhl", tokens.RADIUS_CONTROL)
        color = "railact" if is_on or self.underMouse() else "railfg"
        if not self.isEnabled():
            painter.setOpacity(0.5)
        icons.paint(painter, self._icon, color, area.adjusted(10, 10, -10, -10))
        if self.hasFocus():
            painting.outline(painter, area, "railact", tokens.RADIUS_CONTROL, width=tokens.FOCUS_RING)
        if self._badge:
            self._paint_badge(painter, area)

    def _paint_badge(self, painter: QPainter, area: QRectF) -> None:
        font = theme.current().font(tokens.TEXT_TINY)
        font.setPixelSize(10)
        spot = QRectF(area.right() - 17, area.top() + 3, 16, 16)
        painting.fill(painter, spot, "amberbadge", 8)
        words = "9+" if self._badge > 9 else str(self._badge)
        painting.text(painter, spot, words, "onaccent", font, align=Qt.AlignmentFlag.AlignHCenter)

    def _follow(self) -> None:
        words = self._action.text().replace("&&", "&")
        keys = self._action.shortcut().toString()
        self.setAccessibleName(words)
        plain_tip(self, f"{words} ({keys})" if keys else words)
        self.setEnabled(self._action.isEnabled())
        if self._action.isCheckable():
            self.setChecked(self._action.isChecked())
        self.update()


class Rail(QFrame):
    """The dark column at the window's edge.

    Signals:
        teammate_pressed: the teammate's own face was pressed.
    """

    teammate_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(tokens.RAIL_WIDTH)
        self.setAccessibleName(self.tr("Places"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.SPACE_3 + 2, 0, tokens.SPACE_3)
        self._column.setSpacing(6)
        self._column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(tokens.SPACE_3)
        self._column.addStretch(1)
        self._places = 2
        self._face: AvatarButton | None = None

    def add_place(self, action: QAction, icon: str) -> RailButton:
        """A button among the places at the top."""
        button = RailButton(action, icon)
        self._column.insertWidget(self._places, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._places += 1
        return button

    def add_act(self, action: QAction, icon: str) -> RailButton:
        """A button at the bottom."""
        button = RailButton(action, icon)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return button

    def show_teammate(self, name: str) -> None:
        """The face at the bottom."""
        face = Face(name or "?", edge="rail")
        words = self.tr("You are {0}. Open the settings").format(name) if name else self.tr("Open the settings")
        if self._face is None:
            self._face = AvatarButton(face, words, 30)
            self._face.clicked.connect(self.teammate_pressed)
            self._column.addWidget(self._face, 0, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._face.set_face(face, words)
        plain_tip(self._face, words)
