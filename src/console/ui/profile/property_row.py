"""One property in one line: name, value, and the chip that says where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.profile import ClaimState
from console.domain.profile_view import ShownProperty
from console.domain.values import ValueKind
from console.ui.overriding import override
from console.ui.profile.wording import named, origin_look, property_words, value_words
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.announce import announce
from console.ui.widgets.chip import chip_size, paint_chip
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import PaintedButton

_LEFT_TO_RIGHT = frozenset({ValueKind.PHONE, ValueKind.LINK, ValueKind.EMAIL, ValueKind.NUMBER})
_NAME, _GAP, _ICON, _WIDEST_CHIP = 92, 8, 15, 104


def is_contested(shown: ShownProperty) -> bool:
    """Whether somebody says otherwise: a source that lost, or a member of the company."""
    others = [claim.value for claim in shown.losers] + [member.claim.value for member in shown.members]
    return any(value is not None and value != shown.value for value in others)


class PropertyRow(PaintedButton):
    """Painted in one piece: forty of them cost one layout. Enter or a click edits, W asks why, Ctrl+C copies.

    Signals:
        clicked: the value or the name was pressed, or Enter.
        why_wanted: the chip or the question mark was pressed, or W.
        menu_wanted: (QPoint on screen) the menu key or the right button.
        stepped: Down (1) or Up (-1).
    """

    why_wanted = Signal()
    menu_wanted = Signal(object)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shown: ShownProperty | None = None
        self._name = self._value = ""
        self._chip: tuple[str, tokens.Tone, str] = ("", "grey", "")
        self._is_contested = self._is_lit = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(self.tr("Enter edits, W says where the value comes from"))

    def show_property(self, shown: ShownProperty, name: str) -> None:
        """Shows another property, or this one as it is now; `name` is the part of its name that stands here."""
        words = property_words(name)
        if shown == self._shown and words == self._name:
            return
        self._shown, self._name = shown, words
        is_masked = shown.state is ClaimState.MASKED or shown.value is None
        self._value = self.tr("Empty on purpose") if is_masked or shown.value is None else value_words(shown.value)
        words, tone, icon = origin_look(shown.winner.origin)
        self._chip = (words, tone, "pin" if shown.winner.is_pin else "eye-off" if is_masked else icon)
        self._is_contested = is_contested(shown)
        if self.underMouse():  # elsewhere the mouse brings its tip along
            plain_tip(self, self._tip(QPointF()))
        self.setAccessibleName(self.tr("{0}: {1}, from {2}").format(self._name, self._value, words))
        self.update()

    def shown(self) -> ShownProperty | None:
        """The property that it shows."""
        return self._shown

    def light(self, *, is_lit: bool) -> None:
        """Keeps it lit while something explains it."""
        self._is_lit = is_lit
        self.update()

    def chip_area(self) -> QRectF:
        """Where the origin chip is."""
        words, _, icon = self._chip
        size = chip_size(words, icon)
        wide = min(size.width(), theme.current().pixels(_WIDEST_CHIP))
        area = QRectF(self.rect())
        spot = QRectF(area.right() - wide - 6, area.center().y() - size.height() / 2, wide, size.height())
        return painting.mirrored(spot, area, is_right_to_left=self.isRightToLeft())

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, theme.current().pixels(30))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.sizeHint().height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if event.button() == Qt.MouseButton.LeftButton and (
            self.chip_area().contains(at) or self._why_area().contains(at)
        ):
            self.setDown(False)
            self.why_wanted.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        # Told here rather than in `event`, which Qt would call in Python for every single thing that happens to a row.
        plain_tip(self, self._tip(event.position()))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(event.globalPos() if is_mouse else self.mapToGlobal(self.rect().bottomLeft()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_copy = event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_W if not event.modifiers():
                self.why_wanted.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if not event.modifiers():
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case _ if is_copy and self._shown is not None and self._shown.value is not None:
                QGuiApplication.clipboard().setText(self._value)
                announce(self, self.tr("Copied"))
            case _:
                super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        is_hot = self.underMouse() or self.hasFocus()
        if self._is_lit or is_hot:
            painting.fill(painter, area, "sel" if self._is_lit else "hover", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        look = theme.current()
        wide = look.pixels(_NAME)
        name = QRectF(area.left() + 8, area.top(), wide, area.height())
        painting.text(painter, painting.mirrored(name, area, is_right_to_left=rtl), self._name, "text2", look.font())
        chip = painting.mirrored(self.chip_area(), area, is_right_to_left=rtl)
        icon = look.pixels(_ICON)
        end = chip.left() - _GAP - (2 * (icon + 8) if is_hot else 0)
        end -= icon + 3 if self._is_contested and not is_hot else 0
        value = QRectF(name.right() + _GAP, area.top(), max(0.0, end - name.right() - _GAP), area.height())
        is_empty = self._shown is not None and self._shown.value is None
        font = look.font(tokens.TEXT_BODY, QFont.Weight.Normal if is_empty else QFont.Weight.Medium)
        font.setItalic(is_empty)
        color = "text2" if is_empty or (self._is_lit and is_empty) else "text"
        words_shown = self._value
        if rtl and self._shown is not None and self._shown.kind in _LEFT_TO_RIGHT:
            words_shown = f"\u2066{words_shown}\u2069"  # "+33 4 72" would read "72 4 33+"
        painting.text(painter, painting.mirrored(value, area, is_right_to_left=rtl), words_shown, color, font)
        words, tone, sign = self._chip
        paint_chip(painter, self.chip_area(), words, tone=tone, icon=sign, is_right_to_left=rtl)
        if is_hot:
            icons.paint(painter, "pencil", "text2", self._pencil_area())
            icons.paint(painter, "circle-question-mark", "text2", self._why_area())
        elif self._is_contested:
            icons.paint(painter, "git-compare", "amber", self._mark_area())

    def _tip(self, at: QPointF) -> str:
        if self._shown is None:
            return ""
        if self.chip_area().contains(at) or self._why_area().contains(at):
            origin = named(self._shown.winner.origin.name) or self._chip[0]
            return self.tr("From {0}. Why this value? (W)").format(origin)
        if self._pencil_area().contains(at):
            return self.tr("Edit (Enter)")
        return f"{self._shown.name}\n{self._value}" + (self._others() if self._is_contested else "")

    def _others(self) -> str:
        return "\n" + self.tr("Others say otherwise (W)")

    def _why_area(self) -> QRectF:
        return self._before_chip(1)

    def _pencil_area(self) -> QRectF:
        return self._before_chip(2)

    def _mark_area(self) -> QRectF:
        return self._before_chip(1)

    def _before_chip(self, place: int) -> QRectF:
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        chip = painting.mirrored(self.chip_area(), area, is_right_to_left=rtl)
        side = theme.current().pixels(_ICON)
        spot = QRectF(chip.left() - place * (side + 8), area.center().y() - side / 2, side, side)
        return painting.mirrored(spot, area, is_right_to_left=rtl)
