"""Buttons: primary, secondary, quiet, danger, link, icon only, and one that copies."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.announce import announce
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.painted import REMEASURED

OWN_KEYS = "own_keys"
"""The property of an action that says which keys it has as long as nobody chooses others."""

Kind = Literal["primary", "secondary", "quiet", "danger", "link"]
ICON_COLOR: dict[Kind, str] = {
    "primary": "onaccent",
    "secondary": "text2",
    "quiet": "text2",
    "danger": "onaccent",
    "link": "accentfg",
}
TICK_MS = 1500
_ICON_ALONE = 18


def tip_with_keys(widget: QWidget, words: str, keys: str) -> str:
    """The words, and in brackets the keys by which the widget's window does the same now; none where they are switched off."""
    if keys:
        same = (one for one in widget.window().actions() if keys in (one.property(OWN_KEYS) or ()))
        action = next(same, None)
        keys = keys if action is None else action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({keys})" if keys else words


class Button(QPushButton):
    """A button with words. `clicked` says that it was pressed, by mouse, Space or Enter."""

    def __init__(
        self,
        words: str,
        kind: Kind = "secondary",
        *,
        icon: str = "",
        keys: str = "",
        is_small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`icon` is a Lucide name; `keys` is the shortcut that is named in the tool tip, it is bound elsewhere."""
        super().__init__(words.replace("&", "&&"), parent)
        self._kind: Kind = kind
        self._icon: tuple[str, str] | None = None
        self.setAccessibleName(words)
        self.setProperty("kind", kind)
        self.setProperty("small", "true" if is_small else "false")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._measure_icon()
        if icon:
            self.set_icon(icon)
        self._keys = keys
        self.renew_tip()
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_icon(self, name: str) -> None:
        """Shows another icon, in the colour of the button's words."""
        look = (name, ICON_COLOR[self._kind])
        if look != self._icon:
            self._icon = look
            self.setIcon(icons.icon(*look))

    def set_kind(self, kind: Kind) -> None:
        """Makes it another kind of button; give it its icon again, which has the colour of the kind."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            theme.restyle(self)

    def set_words(self, words: str) -> None:
        """Shows other words and says them to assistive technology too."""
        shown = words.replace("&", "&&")
        if shown != self.text():
            self.setText(shown)
            self.setAccessibleName(words)
            self.renew_tip()

    def renew_tip(self) -> None:
        """Has the tool tip name the keys that work now."""
        if self._keys:
            plain_tip(self, tip_with_keys(self, self.accessibleName(), self._keys))

    def _measure_icon(self) -> None:
        # Qt leaves 4 px between icon and words; the wider icon brings the rest of the gap.
        side = theme.current().pixels(tokens.ICON_BODY)
        self.setIconSize(QSize(side + (tokens.ICON_GAP - 4 if self.text() else 0), side))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self._measure_icon()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.renew_tip()
        super().enterEvent(event)

    @override
    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self._kind in ("primary", "danger"):
            # A ring around a filled button would vanish in it: inside, in the colour of the words.
            painter = painting.painter_on(self)
            area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            painting.outline(painter, area, "onaccent", tokens.RADIUS_CONTROL - 2, width=tokens.FOCUS_RING)


class IconButton(QToolButton):
    """A button that shows an icon only; its name is what assistive technology says and what the tool tip shows."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        color: str = "text2",
        keys: str = "",
        is_small: bool = False,
        is_checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if not name.strip():
            raise ValueError("A button without words needs a name.")
        self._keys = keys
        self._icon = ("", color)
        self.setProperty("small", "true" if is_small else "false")
        self.setCheckable(is_checkable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._side = tokens.ICON_BODY if is_small else _ICON_ALONE
        self._measure_icon()
        self.set_icon(icon, color)
        self.set_name(name)

    def set_icon(self, icon: str, color: str | None = None) -> None:
        """Shows another icon."""
        look = (icon, color or self._icon[1])
        if look != self._icon:
            self._icon = look
            self.setIcon(icons.icon(*look))

    def _measure_icon(self) -> None:
        side = theme.current().pixels(self._side)
        self.setIconSize(QSize(side, side))

    def set_name(self, name: str) -> None:
        """Gives it another name."""
        self.setAccessibleName(name)
        self.renew_tip()

    def renew_tip(self) -> None:
        """Has the tool tip name the keys that work now."""
        plain_tip(self, tip_with_keys(self, self.accessibleName(), self._keys))

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.renew_tip()
        super().enterEvent(event)

    @override
    def setMenu(self, menu: QMenu) -> None:
        # Only then: a screen reader is offered no Press of a button that shows its menu at once.
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        super().setMenu(menu)

    @override
    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in REMEASURED:
            self._measure_icon()

    @override
    def sizeHint(self) -> QSize:
        side = theme.current().pixels(24 if self.property("small") == "true" else tokens.CONTROL_HEIGHT)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class CopyButton(IconButton):
    """Copies one text to the clipboard and shows a tick for 1.5 s."""

    def __init__(self, words: str, name: str = "", parent: QWidget | None = None) -> None:
        """`words` go to the clipboard as they are; `name` says what is copied, "Copy" where it is empty."""
        super().__init__("copy", name or self.tr("Copy"), is_small=True, parent=parent)
        self._words = words
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_copy)
        self.clicked.connect(self._copy)

    def set_words(self, words: str) -> None:
        """Copies another text from now on."""
        self._words = words

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._words)
        self.set_icon("check", "green")
        announce(self, self.tr("Copied"))
        self._tick.start()

    def _show_copy(self) -> None:
        self.set_icon("copy", "text2")
