"""A piece of the world with a pin, painted from the land that ships with the program."""

from __future__ import annotations

import json
import math
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.system.paths import resources
from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedLabel

DEGREES_ACROSS = 46.0
STEEPEST = 80.0


@cache
def land() -> QPainterPath:
    """All land in Mercator's projection: x is the longitude in degrees, y grows to the south in the same measure."""
    file = resources() / "map" / "land-110m.json"
    topology = json.loads(file.read_text(encoding="utf-8"))
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_arc(arc, scale, shift) for arc in topology["arcs"]]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            path.addPolygon(
                [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]
            )
            path.closeSubpath()
    return path


def project(latitude: float, longitude: float) -> QPointF:
    """A place on the map of `land`; latitudes beyond 80° are drawn at 80°."""
    bounded = math.radians(max(-STEEPEST, min(STEEPEST, latitude)))
    return QPointF(longitude, -math.degrees(math.log(math.tan(math.pi / 4 + bounded / 2))))


class WorldMap(PaintedLabel):
    """The surroundings of one place. A place that is only near is a dashed circle, an exact one a pin."""

    def __init__(
        self,
        latitude: float,
        longitude: float,
        summary: str,
        parent: QWidget | None = None,
        *,
        is_approximate: bool = True,
    ) -> None:
        """Degrees north and east. `summary` says the place in words: "Lyon, France, approximate"."""
        super().__init__(summary, parent)
        self._at = project(latitude, longitude)
        self._is_approximate = is_approximate
        plain_tip(self, summary)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_place(self, latitude: float, longitude: float, summary: str, *, is_approximate: bool) -> None:
        """Shows another place."""
        self._at = project(latitude, longitude)
        self._is_approximate = is_approximate
        self.setText(summary)
        self.setAccessibleName(summary)
        plain_tip(self, summary)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, 116)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, 116)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        frame = QPainterPath()
        frame.addRoundedRect(area, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setClipPath(frame)
        painter.fillRect(area, painting.color_of("map"))
        zoom = max(area.width() / DEGREES_ACROSS, 3.0)
        painter.save()
        # The world is drawn three times side by side, so that the date line does not cut a place off.
        for turn in (-360, 0, 360):
            onto = QTransform.fromTranslate(area.center().x(), area.center().y())
            onto.scale(zoom, zoom)
            onto.translate(turn - self._at.x(), -self._at.y())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillPath(onto.map(land()), painting.color_of("land"))
        painter.restore()
        self._paint_pin(painter, area.center())

    def _paint_pin(self, painter: QPainter, at: QPointF) -> None:
        around = painting.color_of("accent")
        around.setAlphaF(0.25)
        painter.setBrush(around)
        edge = QPen(painting.color_of("accent"), 1.2)
        edge.setDashPattern([3, 2.5])
        painter.setPen(edge if self._is_approximate else Qt.PenStyle.NoPen)
        radius = 25 if self._is_approximate else 14
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(painting.color_of("onaccent"), 2))
        painter.setBrush(painting.color_of("accentbtn"))
        painter.drawEllipse(at, 5.5, 5.5)


def _arc(arc: list[list[int]], scale: list[float], shift: list[float]) -> list[QPointF]:
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append(project(y * scale[1] + shift[1], x * scale[0] + shift[0]))
    return points
