"""The rail: where one can go, whether the workspace is in step with its sources, and who one is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QLinearGradient, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import AvatarButton, Face
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import REMEASURED
from console.ui.widgets.rail_button import RailButton

_LOGO = 32
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
        self._measure()
        self.setAccessibleName(self.tr("Places"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, tokens.SPACE_3 + 2, 0, tokens.SPACE_3)
        self._column.setSpacing(6)
        self._column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(tokens.SPACE_3)
        self._column.addStretch(1)
        self._places = 2
        self._face: AvatarButton | None = None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().pixels(tokens.RAIL_WIDTH))

    def add_place(self, action: QAction, icon: str) -> RailButton:
        """A button among the places at the top."""
        button = _button(action, icon)
        self._column.insertWidget(self._places, button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._places += 1
        return button

    def add_act(self, action: QAction, icon: str) -> RailButton:
        """A button at the bottom."""
        button = _button(action, icon)
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


def _button(action: QAction, icon: str) -> RailButton:
    """A button that follows its action."""
    keys = action.shortcut().toString()
    button = RailButton(icon, action.text().replace("&&", "&"), keys, is_place=action.isCheckable())
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.name_keys(action.shortcut().toString())
        if action.isCheckable() and action.isChecked():
            button.setChecked(True)

    action.changed.connect(follow)
    follow()
    return button
