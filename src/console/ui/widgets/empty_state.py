"""What stands where there is nothing: why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button
from console.ui.widgets.labels import label
from console.ui.widgets.painted import REMEASURED


class EmptyState(QWidget):
    """An icon, a title, a sentence and buttons, in the middle of the room that it gets."""

    def __init__(
        self,
        icon: str,
        title: str,
        words: str = "",
        buttons: Iterable[Button] = (),
        parent: QWidget | None = None,
        *,
        tone: Tone = "accent",
        is_small: bool = False,
    ) -> None:
        """`is_small` suits a section of a panel; the large one suits a page."""
        super().__init__(parent)
        self._seal = Seal(icon, tone, 40 if is_small else 64)
        self._title = label(title, "strong" if is_small else "title", is_wrapping=True)
        self._words = label(words, "small" if is_small else "body2", is_wrapping=True)
        if not words:
            self._words.hide()  # showing it before it has a parent would open a window of its own
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SPACE_1 if is_small else tokens.SPACE_2)
        column.addStretch(1)
        column.addWidget(self._seal, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(tokens.SPACE_2)
        for text in (self._title, self._words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMaximumWidth(theme.current().pixels(440))
            text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            column.addLayout(_centred(text))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(tokens.SPACE_2)
        column.addLayout(row)
        column.addStretch(1)
        self.setAccessibleName(f"{title}. {words}" if words else title)

    def set_words(self, title: str, words: str) -> None:
        """Says something else."""
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(f"{title}. {words}" if words else title)


class Seal(QLabel):
    """A large icon on a tinted disc, or on a tinted square where it stands for a kind of thing."""

    def __init__(
        self, icon: str, tone: Tone = "accent", size: int = 40, parent: QWidget | None = None, *, is_round: bool = True
    ) -> None:
        super().__init__(parent)
        self._icon, self._size, self._is_round = icon, size, is_round
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        side = theme.current().pixels(self._size)
        return QSize(side, side)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        ink, ground = theme.current().tokens.tone(self._tone)
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        painting.fill(painter, area, ground, area.height() / 2 if self._is_round else tokens.RADIUS_CONTROL + 2)
        inset = area.height() * (0.3 if self._size >= 40 else 0.25)
        icons.paint(painter, self._icon, ink, area.adjusted(inset, inset, -inset, -inset))


def _centred(widget: QWidget) -> QHBoxLayout:
    # A wrapping label that is aligned in its layout gets its narrow size hint; between stretches it gets the room.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
