"""The page of everything before the workspace is open: one card in the middle, with a seal, a title and a sentence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.ui.start.loading import bare_rail
from console.ui.style import theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.cards import Card, row
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled

_WIDTH = 600


class StartPage(QWidget):
    """A card; what it asks goes into `body`."""

    def __init__(self, icon: str, tone: Tone, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{title}. {words}")
        card = Card(margin=tokens.SPACE_8)
        card.setFixedWidth(theme.current().pixels(_WIDTH))
        card.column.setSpacing(tokens.SPACE_3)
        card.column.addWidget(Seal(icon, tone, 48, is_round=False))
        card.column.addSpacing(tokens.SPACE_1)
        card.column.addWidget(label(title, "title", is_wrapping=True))
        card.column.addWidget(label(words, "body2", is_wrapping=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(tokens.SPACE_3)
        card.column.addSpacing(tokens.SPACE_1)
        card.column.addLayout(self.body)
        inside = QWidget()
        middle = QVBoxLayout(inside)
        middle.addStretch(2)
        # Not aligned: an aligned card is as high as its sentences would be across the whole window.
        middle.addLayout(row(None, card, None))
        middle.addStretch(3)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(bare_rail())
        # Large text on a small screen: the card scrolls rather than being cut off.
        line.addWidget(scrolled(inside, title), 1)
