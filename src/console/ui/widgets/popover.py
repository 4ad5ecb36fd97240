"""A card with an arrow that stands beside the thing it explains."""

from __future__ import annotations

import weakref
from typing import Literal

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting

Side = Literal["left", "right", "below", "above"]
ARROW, SHADOW, GAP = 8, 14, 2
OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "below": "above", "above": "below"}


class Popover(QFrame):
    """A card inside the window, with an arrow to its anchor; the keyboard stays in it until it closes.

    It flips to the other side where there is no room. Escape and a click elsewhere close it; the focus goes back to
    where it was. A widget in it that uses Escape for itself accepts the key press.

    Signals:
        closed: it has been closed, whatever by.
    """

    closed = Signal()

    def __init__(self, name: str, content: QWidget, window: QWidget, *, margin: int = tokens.SPACE_4) -> None:
        """`name` is what assistive technology says when it opens; `window` is the widget that it floats above."""
        super().__init__(window)
        self._side: Side = "left"
        self._arrow_at = 0.0
        self._is_open = False
        self._anchor: QWidget | None = None
        self._anchor_area = QRect()
        self._wished_side: Side = "left"
        self._focus_before: weakref.ref[QWidget] | None = None
        self._content = content
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        frame = SHADOW + margin
        column = QVBoxLayout(self)
        column.setContentsMargins(frame, frame, frame, frame)
        column.addWidget(content)
        self.hide()

    def open_at(self, anchor: QWidget, side: Side = "left", *, area: QRect | None = None) -> None:
        """Shows it beside `anchor`, or beside `area` of it (a row of a view, in the anchor's coordinates)."""
        before = QApplication.focusWidget()
        if not self._is_open:
            self._focus_before = weakref.ref(before) if before is not None else None
        self._anchor, self._wished_side = anchor, side
        self._anchor_area = area if area is not None else QRect()
        self._is_open = True
        self.place()
        self.show()
        self.raise_()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        first = self._content.focusProxy() or _first_stop(self._content) or self
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def is_open(self) -> bool:
        """Whether it stands open."""
        return self._is_open

    def side(self) -> Side:
        """On which side of the anchor it stands now."""
        return self._side

    def card(self) -> QRect:
        """The visible card, in the coordinates of the window: the widget without its shadow."""
        return self.geometry().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def close_it(self) -> None:
        """Hides it and gives the focus back."""
        if not self._is_open:
            return
        self._is_open = False
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        before = self._focus_before() if self._focus_before is not None else None
        has_focus = self.isAncestorOf(QApplication.focusWidget() or self) or QApplication.focusWidget() is self
        self.hide()
        if before is not None and shiboken6.isValid(before) and has_focus:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Measures it again and puts it beside its anchor, for instance after its content grew."""
        window = self.parentWidget()
        if window is None or self._anchor is None:
            return
        area = self._anchor_area if not self._anchor_area.isNull() else self._anchor.rect()
        target = QRect(self._anchor.mapTo(window, area.topLeft()), area.size())
        self.adjustSize()
        size = self.size().boundedTo(window.size() + QSize(2 * SHADOW, 2 * SHADOW))
        self._side = _side_with_room(self._mirrored(self._wished_side), target, size, window.rect())
        corner = _corner(self._side, target, size, is_right_to_left=self.isRightToLeft())
        room = window.rect().adjusted(-SHADOW + 8, -SHADOW + 8, SHADOW - 8, SHADOW - 8)
        corner.setX(max(room.left(), min(corner.x(), room.right() - size.width() + 1)))
        corner.setY(max(room.top(), min(corner.y(), room.bottom() - size.height() + 1)))
        self.setGeometry(QRect(corner, size))
        along = target.center() - corner
        length = size.height() if self._side in ("left", "right") else size.width()
        at = along.y() if self._side in ("left", "right") else along.x()
        rim = SHADOW + tokens.RADIUS_CARD + ARROW
        self._arrow_at = min(max(at, rim), length - rim)
        self.update()

    def _mirrored(self, side: Side) -> Side:
        return OPPOSITE[side] if self.isRightToLeft() and side in ("left", "right") else side

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._close_on_click_outside(watched, event.globalPosition().toPoint())
        elif event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        elif event.type() == QEvent.Type.Hide and watched is self._anchor and self._is_anchor_gone():
            self.close_it()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & (strong | Qt.KeyboardModifier.MetaModifier):
                event.accept()  # a letter pressed in here is no shortcut of the view under it
                return True
        is_done = super().event(event)
        # Its content wants another height: only now have all the layouts between heard of it.
        if event.type() == QEvent.Type.LayoutRequest and self._is_open:
            self.place()
        return is_done

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        stops = _stops(self._content)
        if not stops:
            return True
        at = stops.index(found) if (found := QApplication.focusWidget()) in stops else -1 if is_next else 0
        reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if is_next else -1)) % len(stops)].setFocus(reason)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            # Keys that its widgets did not want must not reach the shortcuts of the view under it.
            event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        shape = self._shape()
        _paint_shadow(painter, shape)
        painter.setPen(QPen(painting.color_of("borderstrong"), 1))
        painter.setBrush(painting.color_of("popover"))
        painter.drawPath(shape)

    def _is_anchor_gone(self) -> bool:
        # A window that is moved or rebuilt hides all in it for a moment; only an anchor hidden by itself is gone.
        window = self.parentWidget()
        return self._anchor is not None and window is not None and not self._anchor.isVisibleTo(window)

    def _close_on_click_outside(self, watched: QObject, at: QPoint) -> None:
        window = self.parentWidget()
        if not isinstance(watched, QWidget) or window is None or watched.window() is not self.window():
            return  # a menu or a list of choices that belongs to a widget in it
        if not self.card().contains(window.mapFromGlobal(at)):
            self.close_it()

    def _shape(self) -> QPainterPath:
        card = QRectF(self.rect()).adjusted(SHADOW + 0.5, SHADOW + 0.5, -SHADOW - 0.5, -SHADOW - 0.5)
        path = QPainterPath()
        path.addRoundedRect(card, tokens.RADIUS_CARD, tokens.RADIUS_CARD)
        at = self._arrow_at
        match self._side:
            case "left":
                tip, first, second = _triangle(QPointF(card.right(), at), QPointF(1, 0))
            case "right":
                tip, first, second = _triangle(QPointF(card.left(), at), QPointF(-1, 0))
            case "below":
                tip, first, second = _triangle(QPointF(at, card.top()), QPointF(0, -1))
            case "above":
                tip, first, second = _triangle(QPointF(at, card.bottom()), QPointF(0, 1))
        arrow = QPainterPath(first)
        arrow.lineTo(tip)
        arrow.lineTo(second)
        arrow.closeSubpath()
        return path.united(arrow)


def _triangle(root: QPointF, towards: QPointF) -> tuple[QPointF, QPointF, QPointF]:
    across = QPointF(towards.y(), towards.x()) * ARROW
    inner = root - towards
    return root + towards * ARROW, inner - across, inner + across


def _side_with_room(side: Side, target: QRect, size: QSize, window: QRect) -> Side:
    need = {"left": size.width(), "right": size.width(), "below": size.height(), "above": size.height()}
    room = {
        "left": target.left() - window.left(),
        "right": window.right() - target.right(),
        "below": window.bottom() - target.bottom(),
        "above": target.top() - window.top(),
    }
    other = OPPOSITE[side]
    outer = need[side] - 2 * SHADOW + ARROW
    return other if room[side] < outer and room[other] > room[side] else side


def _corner(side: Side, target: QRect, size: QSize, *, is_right_to_left: bool) -> QPoint:
    inset = SHADOW - ARROW - GAP
    start = target.right() - size.width() + 1 + SHADOW if is_right_to_left else target.left() - SHADOW
    middle = target.center().y() - min(size.height() // 2, SHADOW + 140)
    match side:
        case "left":
            return QPoint(target.left() - size.width() + inset, middle)
        case "right":
            return QPoint(target.right() + 1 - inset, middle)
        case "below":
            return QPoint(start, target.bottom() + 1 - inset)
        case "above":
            return QPoint(start, target.top() - size.height() + inset)


def _paint_shadow(painter: QPainter, shape: QPainterPath) -> None:
    shade = painting.color_of("shadow")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for spread in range(1, 11):
        color = QColor(shade)
        color.setAlphaF(shade.alphaF() * (1 - spread / 11) ** 2 * 0.45)
        painter.setPen(QPen(QBrush(color), spread * 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(shape.translated(0, 2.5))


def _stops(within: QWidget) -> list[QWidget]:
    """The tab stops below `within`, in tab order."""
    stops: list[QWidget] = []
    at: QWidget | None = within
    while (at := at.nextInFocusChain()) is not None and at is not within:
        takes = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus) and at.focusProxy() is None
        if takes and within.isAncestorOf(at) and at.isEnabled() and at.isVisibleTo(within):
            stops.append(at)
    return stops


def _first_stop(within: QWidget) -> QWidget | None:
    stops = _stops(within)
    return stops[0] if stops else None
