"""Toasts: what has just been done, with Undo; they come one after the other and wait while looked at."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets import painting
from console.ui.widgets.announce import announce
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

SHOWN_AT_ONCE, SHOWN_MS, MARGIN, SHADOW = 3, 6000, 16, 10
ICON_BY_TONE: dict[Tone, str] = {"green": "circle-check", "amber": "triangle-alert", "red": "circle-alert"}


class Toast(QFrame):
    """One line at the bottom of the window.

    Signals:
        acted: its button was pressed.
        taken: what it offers besides was taken.
        grown: it is larger than before.
        closed: it is gone, by its button, its ×, its time or another's call.
    """

    acted = Signal()
    taken = Signal()
    grown = Signal()
    closed = Signal()

    def __init__(self, words: str, act: str, tone: Tone, ms: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(ms)
        self._clock.timeout.connect(self.dismiss)
        self.setAccessibleName(words)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW + 12, SHADOW + 6, SHADOW + 8, SHADOW + 6)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(IconLabel(ICON_BY_TONE.get(tone, "info"), "accentfg" if tone == "accent" else tone, 18))
        self._text = label(words)
        self._text.setMaximumWidth(520)
        self._text.setWordWrap(len(words) > 70)
        row.addWidget(self._text, 1)
        self.offered: Button | None = None
        self.button: Button | None = None
        if act:
            self.button = Button(act, is_small=True)
            self.button.clicked.connect(self._act)
            row.addWidget(self.button)
        cross = IconButton("x", self.tr("Dismiss"), is_small=True)
        cross.clicked.connect(self.dismiss)
        row.addWidget(cross)

    def start(self) -> None:
        """Shows it and starts its time."""
        self.adjustSize()
        self.show()
        self.raise_()
        spoken = f"{self.words} {self.button.accessibleName()}" if self.button else self.words
        announce(self, spoken)
        self._clock.start()

    def offer(self, words: str, act: str) -> None:
        """Says more than before, and offers one more thing to do with it; its time begins anew."""
        self.words = words
        self.setAccessibleName(words)
        self._text.setText(words)
        self._text.setWordWrap(len(words) > 70)
        self.offered = Button(act, is_small=True)
        self.offered.clicked.connect(self._take)
        self._row.insertWidget(self._row.indexOf(self._text) + 1, self.offered)
        # A child that comes late stays hidden, and has no size, until it is shown.
        self.offered.show()
        if self.button is not None:
            self.button.set_kind("quiet")
        self.adjustSize()
        self.grown.emit()
        announce(self, f"{words} {act}")
        if self.isVisible() and not self.underMouse():
            self._clock.start()

    def is_waiting(self) -> bool:
        """Whether its time runs; it stands still under the mouse and while the keyboard is in it."""
        return self._clock.isActive()

    def dismiss(self) -> None:
        """Takes it away."""
        self._clock.stop()
        self.hide()
        self.closed.emit()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._clock.start()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        card = self.rect().toRectF().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        _shade(painter, self)
        painting.fill(painter, card, "popover", tokens.RADIUS_CARD)
        painting.outline(painter, card, "borderstrong", tokens.RADIUS_CARD)

    def _take(self) -> None:
        self.taken.emit()
        self.dismiss()

    def _act(self) -> None:
        self.acted.emit()
        self.dismiss()


class Toasts(QObject):
    """The toasts of one window: at most three stand at once, the others wait their turn."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._floor: QWidget | None = None
        self._shown: list[Toast] = []
        self._waiting: list[Toast] = []
        window.installEventFilter(self)

    def say(self, words: str, act: str = "", tone: Tone = "green", *, ms: int = SHOWN_MS) -> Toast:
        """Shows `words`, with a button `act` where one is given; connect to `acted` of the toast that comes back."""
        toast = Toast(words, act, tone, ms, self._window)
        toast.closed.connect(self._next)
        toast.grown.connect(self._place)
        toast.hide()
        self._waiting.append(toast)
        self._next()
        return toast

    def stand_above(self, floor: QWidget) -> None:
        """While `floor` (a field with its buttons) is on screen, toasts stand above it and never cover it."""
        self._floor = floor
        floor.installEventFilter(self)

    def shown(self) -> tuple[Toast, ...]:
        """Those on screen, oldest first."""
        return tuple(self._shown)

    def clear(self) -> None:
        """Takes all away, those that wait too."""
        gone, self._waiting = self._waiting, []
        for toast in gone:
            toast.deleteLater()
        for toast in tuple(self._shown):
            toast.dismiss()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    def _next(self) -> None:
        for toast in [shown for shown in self._shown if shown.isHidden()]:
            self._shown.remove(toast)
            toast.deleteLater()
        while self._waiting and len(self._shown) < SHOWN_AT_ONCE:
            toast = self._waiting.pop(0)
            self._shown.append(toast)
            toast.start()
        self._place()

    def _place(self) -> None:
        middle, edge = self._ground()
        bottom = edge + SHADOW
        for toast in reversed(self._shown):
            bottom -= toast.height() - 2 * SHADOW + tokens.SPACE_2 if toast is not self._shown[-1] else toast.height()
            left = max(0, min(middle - toast.width() // 2, self._window.width() - toast.width()))
            toast.move(left, bottom)

    def _ground(self) -> tuple[int, int]:
        """(x of the middle, y of the lower edge) of the lowest toast's card."""
        floor = self._floor
        if floor is None or not floor.isVisibleTo(self._window):
            return self._window.width() // 2, self._window.height() - MARGIN
        at = floor.mapTo(self._window, QPoint(0, 0))
        return at.x() + floor.width() // 2, at.y() - tokens.SPACE_2


def _shade(painter: QPainter, widget: QWidget) -> None:
    shade = painting.color_of("shadow")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    card = widget.rect().toRectF().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).translated(0, 2)
    for spread in range(1, 8):
        color = painting.color_of("shadow")
        color.setAlphaF(shade.alphaF() * (1 - spread / 8) ** 2 * 0.5)
        painter.setPen(QPen(color, spread * 2))
        painter.drawRoundedRect(card, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
