"""A menu whose rounded corners show what is behind them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.ui.style import icons

_GAP = 4


class Menu(QMenu):
    """Use it in place of QMenu: the window of a plain one is square and shows its corners behind the round border."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setToolTipsVisible(True)

    def offer(
        self, icon: str, words: str, deed: Callable[[], object], *, color: str = "text2", is_possible: bool = True
    ) -> QAction:
        """Adds a line that does something; `color` is its icon's. Raises as `icons.icon` does."""
        action = self.addAction(icons.icon(icon, color), words)
        action.setEnabled(is_possible)
        action.triggered.connect(lambda _=False: deed())
        return action

    def open_below(self, anchor: QWidget) -> None:
        """Opens under a widget, at its left edge."""
        self.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def open_below_right(self, anchor: QWidget) -> None:
        """Opens under a widget, with its right edge at the widget's: for what stands at the end of a line."""
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + _GAP))
        self.popup(QPoint(at.x() + anchor.width() - self.sizeHint().width(), at.y()))


def passing_menu(name: str, parent: QWidget) -> Menu:
    """A menu made for one opening: `name` is what a screen reader calls it; it is deleted when it closes."""
    menu = Menu(parent=parent)
    menu.setAccessibleName(name)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def with_key(words: str, key: str) -> str:
    """The words of a menu's line with the key that does the same; the key itself is bound by the window's action."""
    return f"{words}\t{key}"
