"""A menu whose rounded corners show what is behind them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget


class Menu(QMenu):
    """Use it in place of QMenu: the window of a plain one is square and shows its corners behind the round border."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setWindowFlags(
            self.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setToolTipsVisible(True)


def with_key(words: str, key: str) -> str:
    """The words of a menu's line with the key that does the same; the key itself is bound by the window's action."""
    return f"{words}\t{key}"
