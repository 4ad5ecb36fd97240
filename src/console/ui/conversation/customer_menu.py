"""What can be done with the customer of a conversation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.conversation import CustomerCard
from console.ui.conversation.customer_chip import customer_words
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Avatar, Face
from console.ui.widgets.cards import column, divider, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import ElidedLabel, KeyCaps, label
from console.ui.widgets.painted import PaintedButton


class MenuRow(PaintedButton):
    """One line of the menu: icon, words, and the key that does the same."""

    def __init__(
        self, icon: str, words: str, keys: str = "", color: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(words, parent)
        self._icon, self._color, self._words = icon, color, words
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        line.addStretch(1)
        if keys:
            line.addWidget(KeyCaps(keys))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, theme.current().pixels(tokens.CONTROL_HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.focusNextPrevChild(step)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        if self.hasFocus() or self.underMouse():
            painting.fill(painter, area, "press" if self.isDown() else "hover", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        ink = "text2" if self._color == "text" else self._color
        side = theme.current().pixels(tokens.ICON_BODY)
        spot = QRectF(tokens.SPACE_3, (area.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, ink, painting.mirrored(spot, area, is_right_to_left=rtl))
        line = painting.mirrored(area.adjusted(24 + side, 0, -8, 0), area, is_right_to_left=rtl)
        painting.text(painter, line, self._words, self._color, theme.current().font())


class CustomerMenu(QWidget):
    """The menu of the customer chip, for a popover.

    Signals:
        chosen: "profile", "window", "copy", "assign" or "unlink".
    """

    chosen = Signal(str)

    def __init__(self, card: CustomerCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        made = QVBoxLayout(self)
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(tokens.SPACE_1)
        self.setMinimumWidth(308)
        words = customer_words(card)
        name, mail = ElidedLabel(words, "strong"), ElidedLabel(named(card.email), "small")
        top = row(Avatar(Face(words), 36), gap=tokens.SPACE_2)
        top.addLayout(column(name, mail, gap=0), 1)
        made.addLayout(top)
        self._add_badges(card, made)
        made.addWidget(divider())
        self.first = self._add(made, "profile", MenuRow("panel-right", self.tr("Open profile"), "Ctrl+O"))
        self._add(made, "window", MenuRow("external-link", self.tr("Open in a window"), "Ctrl+Shift+O"))
        if card.email:
            self._add(made, "copy", MenuRow("mail", self.tr("Copy e-mail")))
        self._add(made, "assign", MenuRow("arrow-left-right", self.tr("Assign a different customer…"), "A"))
        made.addWidget(divider())
        self._add(made, "unlink", MenuRow("unlink", self.tr("Unlink from this conversation"), color="red"))
        made.addWidget(label(self.tr("The conversation stays. It can be undone."), "muted"))
        self.setFocusProxy(self.first)

    def _add_badges(self, card: CustomerCard, made: QVBoxLayout) -> None:
        badges = (
            (card.is_role, Chip(self.tr("Role address"), "grey", "users")),
            (card.is_shared, Chip(self.tr("Shared address"), "grey", "users")),
            (card.is_deceptive, Chip(self.tr("Deceptive name"), "red", "triangle-alert")),
        )
        shown = [chip for is_so, chip in badges if is_so]
        if shown:
            holder = QWidget()
            flow = FlowLayout(holder)
            for chip in shown:
                flow.addWidget(chip)
            made.addWidget(holder)

    def _add(self, made: QVBoxLayout, key: str, line: MenuRow) -> MenuRow:
        line.clicked.connect(lambda: self.chosen.emit(key))
        made.addWidget(line)
        return line
