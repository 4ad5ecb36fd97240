"""The palette's card: box, kinds, lines and the keys that work, 800 px wide and 64 px from the top of its window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.palette.box import PaletteBox
from console.ui.palette.items import ItemModel
from console.ui.palette.kinds import KindBar
from console.ui.palette.painter import ItemDelegate
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.cards import divider, row
from console.ui.widgets.labels import ElidedLabel, KeyCap, label

WIDTH, TOP, _HEIGHT, _MARGIN = 800, 64, 720, 24


class PaletteCard(QWidget):
    """Covers its window with a scrim and shows the card on it; it knows nothing of what is asked.

    Signals:
        pressed_beside: the mouse was pressed outside of the card.
    """

    pressed_beside = Signal()

    def __init__(self, window: QWidget, groups: tuple[str, ...]) -> None:
        super().__init__(window)
        self._window = window
        self.box = PaletteBox()
        self.kinds = KindBar(groups)
        self.list = PaletteList()
        self.told = ElidedLabel("", "small")
        self._card = QFrame(self)
        self._lay_out()
        self.setAccessibleName(self.tr("Search and actions"))
        self.hide()
        window.installEventFilter(self)

    def card(self) -> QRect:
        """Where the card stands in the window."""
        return self._card.geometry()

    def place(self) -> None:
        """Covers the window and puts the card where it always stands."""
        area = self._window.rect()
        self.setGeometry(area)
        width = min(theme.current().pixels(WIDTH), area.width() - 2 * _MARGIN)
        top = min(TOP, area.height() // 12)
        height = min(theme.current().pixels(_HEIGHT), area.height() - top - _MARGIN)
        self._card.setGeometry((area.width() - width) // 2, top, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.pressed_beside.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        painter.fillRect(self.rect(), theme.current().qcolor("scrim"))
        area = QRectF(self._card.geometry())
        for spread in range(1, 13, 3):
            painter.setOpacity(0.12)
            painting.fill(painter, area.adjusted(-spread, -spread + 4, spread, spread + 4), "shadow", 14 + spread)
        painter.setOpacity(1)
        painting.fill(painter, area, "popover", tokens.RADIUS_CARD)
        painting.outline(painter, area, "border", tokens.RADIUS_CARD)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.SPACE_5, tokens.SPACE_3, tokens.SPACE_5, tokens.SPACE_2)
        head.setSpacing(tokens.SPACE_3)
        head.addWidget(self.box, 1)
        head.addWidget(self.told, 0)
        head.addWidget(KeyCap(self.tr("Esc")))
        self.box.line.setFont(theme.current().font(tokens.TEXT_LARGE))
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.kinds)
        column.addWidget(divider())
        column.addWidget(self.list, 1)
        column.addWidget(divider())
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QWidget()
        told = (
            (("↑", "↓"), self.tr("Move")),
            ((self.tr("Enter"),), self.tr("Open")),
            ((self.tr("Ctrl"), self.tr("Enter")), self.tr("New window")),
            ((self.tr("Tab"),), self.tr("Next group")),
        )
        line = row()
        for caps, words in told:
            for cap in caps:
                line.addWidget(KeyCap(cap))
            line.addWidget(label(words, "small"))
            line.addSpacing(tokens.SPACE_3)
        line.addStretch(1)
        line.addWidget(KeyCap("F1"))
        line.addWidget(label(self.tr("Search syntax"), "small"))
        line.setContentsMargins(tokens.SPACE_5, tokens.SPACE_2, tokens.SPACE_5, tokens.SPACE_2)
        foot.setLayout(line)
        return foot


class PaletteList(QListView):
    """The lines. The keyboard stays in the box; the mouse selects only where it really moves.

    Signals:
        picked: the line under the mouse was pressed; True with Ctrl.
    """

    picked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.items = ItemModel(self)
        self._mouse_at = QPoint(-1, -1)
        self.setModel(self.items)
        self.setItemDelegate(ItemDelegate(self))
        self.setAccessibleName(self.tr("Results"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", "true")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.current().changed.connect(self.scheduleDelayedItemsLayout)

    def row(self) -> int:
        """The row that is gone to, -1 where there is none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def go_to(self, row: int) -> None:
        """Selects a row and scrolls to it; a group's first item brings its heading along."""
        if row - 1 >= 0 and self.items.item_at(row - 1) is None:
            self.scrollTo(self.items.index(row - 1, 0))
        self.setCurrentIndex(self.items.index(row, 0))
        self.scrollTo(self.items.index(row, 0))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        has_moved, self._mouse_at = self._mouse_at not in (at, QPoint(-1, -1)), at
        row = self.indexAt(event.position().toPoint()).row()
        if has_moved and self.items.item_at(row) is not None and row != self.row():
            self.setCurrentIndex(self.items.index(row, 0))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self.items.item_at(index.row()) is not None:
            self.setCurrentIndex(index)
            self.picked.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
