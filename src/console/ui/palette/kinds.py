"""The row of kinds below the palette's box: All, Customers, Companies … each with how many there are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.palette.groups import group_words
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedButton

_PADDING = 9
ALL = ""


class KindBar(QWidget):
    """Which kind is shown; kinds without a hit are left out.

    Signals:
        chosen: a kind, empty for all.
    """

    chosen = Signal(str)

    def __init__(self, groups: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._button_by_group = {group: _KindButton(group, self) for group in (ALL, *groups)}
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_3, 0, tokens.SPACE_3, tokens.SPACE_2)
        row.setSpacing(2)
        for group, button in self._button_by_group.items():
            button.clicked.connect(lambda _=False, group=group: self.chosen.emit(group))
            row.addWidget(button)
        row.addStretch(1)
        self.setFixedHeight(theme.current().pixels(36) + tokens.SPACE_2)

    def show_counts(self, counts: Mapping[str, str], current: str) -> None:
        """Shows how many there are of each kind, and which one is looked at."""
        for group, button in self._button_by_group.items():
            button.set_count(counts.get(group, ""), is_on=group == current)
            button.setVisible(group in (ALL, current) or bool(counts.get(group)))


class _KindButton(PaintedButton):
    def __init__(self, group: str, parent: QWidget) -> None:
        words = group_words(group) if group else parent.tr("All")
        super().__init__(words, parent)
        self._words, self._count, self._is_on = words, "", False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: str, *, is_on: bool) -> None:
        """Shows another number."""
        if (count, is_on) != (self._count, self._is_on):
            self._count, self._is_on = count, is_on
            self.setAccessibleName(f"{self._words} {count}".strip())
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._font()).horizontalAdvance(self._words) + 2 * _PADDING
        if self._count:
            width += QFontMetricsF(self._small()).horizontalAdvance(self._count) + 6
        return QSize(round(width) + 1, theme.current().pixels(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = painting.painter_on(self), QRectF(self.rect())
        if self._is_on or self.underMouse():
            painting.fill(painter, area, "accentbg" if self._is_on else "hover", tokens.RADIUS_CONTROL)
        ink = "accentfg" if self._is_on else "text2"
        line = area.adjusted(_PADDING, 0, 0, 0)
        painting.text(painter, line, self._words, ink, self._font())
        shift = QFontMetricsF(self._font()).horizontalAdvance(self._words) + 6
        painting.text(painter, line.adjusted(shift, 0, 0, 0), self._count, ink, self._small())

    def _font(self) -> QFont:
        return theme.current().font(tokens.TEXT_BODY, QFont.Weight.Medium)

    def _small(self) -> QFont:
        return theme.current().font(tokens.TEXT_SMALL)
