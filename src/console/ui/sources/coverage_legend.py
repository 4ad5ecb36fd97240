"""What the colours of the chart mean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QBrush, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.cards import row
from console.ui.widgets.labels import ElidedLabel

translate = QCoreApplication.translate
_SIDE = 10


class _Sample(QLabel):
    """A dot in a colour of the chart, hatched where no colour is given."""

    def __init__(self, color: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = color
        self.setFixedSize(_SIDE, _SIDE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = painting.painter_on(self), QRectF(self.rect())
        if self._color:
            painting.fill(painter, area, self._color, area.height() / 2)
            return
        shape = QPainterPath()
        shape.addRoundedRect(area, 2, 2)
        painter.setClipPath(shape)
        painter.fillRect(area, QBrush(painting.color_of("text3"), Qt.BrushStyle.BDiagPattern))


def legend(source: str, *, is_refreshed: bool, is_limited: bool) -> QWidget:
    """What is in the chart: complete, being refreshed, and not given by the source of this name."""
    held = QWidget()
    parts = (
        ("accentbtn", translate("Sources", "complete"), True),
        ("barsoft", translate("Sources", "being refreshed"), is_refreshed),
        ("", translate("Sources", "not given by {0}").format(source), is_limited),
    )
    line = row(gap=tokens.SPACE_1)
    for color, words, is_there in parts:
        if not is_there:
            continue
        line.addSpacing(tokens.SPACE_3)
        line.addWidget(_Sample(color), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(ElidedLabel(words, "small"))
    held.setLayout(line)
    return held
