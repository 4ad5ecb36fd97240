"""Whose conversation it is: a chip that opens the profile and a menu, or the button that adds a customer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.conversation import CustomerCard
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Face, avatar_pixmap, paint_avatar
from console.ui.widgets.buttons import Button
from console.ui.widgets.labels import label, plain_tip
from console.ui.widgets.painted import PaintedButton

_ARROW, _FACE, _EDGE, _WIDEST_NAME, _WIDEST_COMPANY = 26, 20, 5, 260, 180


def customer_words(card: CustomerCard) -> str:
    """How a customer is called in one line: by name, else by address."""
    return named(card.name) or named(card.email) or "?"


class CustomerChip(PaintedButton):
    """A customer as a chip in two parts: the body opens the profile, the arrow (Alt+Down) opens the menu.

    Signals:
        clicked: the body was pressed.
        menu_wanted: the arrow was pressed, or Alt+Down.
    """

    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._name = self._company = ""
        self._is_waiting = False
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("Alt+Down opens the menu"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_customer(self, card: CustomerCard) -> None:
        """Shows another customer."""
        self._name, self._company = customer_words(card), named(card.company_name)
        self.setAccessibleName(self.tr("Open the profile of {0}").format(self._name))
        plain_tip(self, "\n".join(filter(None, (self._name, named(card.email), self._company))))
        self.updateGeometry()
        self.update()

    def foresee(self, card: CustomerCard) -> None:
        """Has the face painted that another customer's chip will show."""
        avatar_pixmap(Face(customer_words(card)), theme.current().pixels(_FACE), self.devicePixelRatioF())

    def arrow(self) -> QRectF:
        """Where the arrow is."""
        area, wide = QRectF(self.rect()), theme.current().pixels(_ARROW)
        spot = QRectF(area.right() - wide, area.top(), wide, area.height())
        return painting.mirrored(spot, area, is_right_to_left=self.isRightToLeft())

    @override
    def sizeHint(self) -> QSize:
        bold, plain = self._fonts()
        wide = min(QFontMetricsF(bold).horizontalAdvance(self._name), _WIDEST_NAME)
        if self._company:
            wide += 6 + min(QFontMetricsF(plain).horizontalAdvance(self._company), _WIDEST_COMPANY)
        pixels = theme.current().pixels
        wide += _EDGE + pixels(_FACE) + 7 + pixels(_ARROW) + 4
        return QSize(round(wide), pixels(tokens.CONTROL_HEIGHT_SMALL))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.arrow().contains(event.position()) and event.button() == Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.menu_wanted.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.update()

    @override
    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.menu_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Down:  # pyright: ignore[reportAttributeAccessIssue]  # a shortcut override is a key event
            event.accept()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        is_hot = self.underMouse() or self.isDown()
        painting.fill(painter, area, "accentbg", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        else:
            painting.outline(painter, area, "accentfg" if is_hot else "accent", tokens.RADIUS_CONTROL)
        bold, plain = self._fonts()
        side = theme.current().pixels(_FACE)
        face = QRectF(_EDGE, (area.height() - side) / 2, side, side)
        paint_avatar(painter, painting.mirrored(face, area, is_right_to_left=rtl), Face(self._name))
        left = _EDGE + side + 7
        room = area.width() - left - theme.current().pixels(_ARROW)
        wide = min(QFontMetricsF(bold).horizontalAdvance(self._name) + 1, room)
        line = QRectF(left, 0, wide, area.height())
        painting.text(painter, painting.mirrored(line, area, is_right_to_left=rtl), self._name, "accentfg", bold)
        if self._company and room - wide > 30:
            rest = QRectF(left + wide + 6, 0, room - wide - 6, area.height())
            painting.text(painter, painting.mirrored(rest, area, is_right_to_left=rtl), self._company, "text2", plain)
        spot = self.arrow().adjusted(5, 6, -5, -6)
        icons.paint(painter, "chevron-down", "accentfg", spot)

    def _fonts(self) -> tuple[QFont, QFont]:
        look = theme.current()
        return look.font(tokens.TEXT_BODY, QFont.Weight.DemiBold), look.font(tokens.TEXT_BODY)


class CustomerSpot(QWidget):
    """The one place for the customer: the chip, or the button that adds one. Nothing else moves when it changes.

    Signals:
        profile_wanted: the chip was pressed.
        menu_wanted: the chip's arrow was pressed.
        customer_wanted: "Add a customer" was pressed.
    """

    profile_wanted = Signal()
    menu_wanted = Signal()
    customer_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = CustomerChip()
        self.button = Button(self.tr("Add a customer"), is_small=True, icon="user-plus", keys="A")
        self._none = label(self.tr("No customer yet"), "small")
        self.chip.clicked.connect(self.profile_wanted)
        self.chip.menu_wanted.connect(self.menu_wanted)
        self.button.clicked.connect(self.customer_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        for widget in (self.chip, self.button, self._none):
            line.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_customer(None)

    def show_customer(self, card: CustomerCard | None, *, is_unlinked: bool = False) -> None:
        """Shows the chip, or the button where there is no customer."""
        self.chip.setVisible(card is not None)
        self.button.setVisible(card is None)
        self._none.setVisible(card is None)
        self._none.setText(self.tr("Unlinked by a teammate") if is_unlinked else self.tr("No customer yet"))
        if card is not None:
            self.chip.show_customer(card)

    def anchor(self) -> QWidget:
        """The widget that popovers point to."""
        return self.chip if self.chip.isVisibleTo(self) else self.button
