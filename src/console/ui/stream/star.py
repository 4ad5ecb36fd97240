"""A star with five points."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

_INNER = 0.45


def star(area: QRectF) -> QPolygonF:
    """The star that just fits into ``area``, one point up."""
    radius, middle = min(area.width(), area.height()) / 2, area.center()
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * _INNER
        angle = math.pi * corner / 5 - math.pi / 2
        points.append(QPointF(middle.x() + reach * math.cos(angle), middle.y() + reach * math.sin(angle)))
    return QPolygonF(points)
