"""A line across a page that says what holds for the whole of it: offline, failed, good to know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.ui.style import theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.announce import announce
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label, set_look

SURFACE: dict[Tone, str] = {"green": "green", "amber": "amber", "red": "red"}
ICON: dict[Tone, str] = {"green": "circle-check", "amber": "triangle-alert", "red": "circle-alert"}


class Banner(QFrame):
    """An icon, the fact in bold, one sentence, and what can be done about it.

    Signals:
        closed: its × was pressed; it has hidden itself.
    """

    closed = Signal()

    def __init__(
        self,
        title: str,
        words: str = "",
        tone: Tone = "blue",
        *,
        icon: str = "",
        is_closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`icon` replaces the tone's own. Buttons are put in with `add`."""
        super().__init__(parent)
        self._icon = IconLabel("info", "blue", 18)
        self._title = label(title, "strong")
        self._words = label(words, is_wrapping=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE_2)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        self._row = row
        self._cross = IconButton("x", self.tr("Dismiss"), is_small=True)
        self._cross.clicked.connect(self._close)
        self._cross.setVisible(is_closable)
        row.addWidget(self._cross)
        self.set_banner(title, words, tone, icon=icon)

    def set_banner(self, title: str, words: str, tone: Tone, *, icon: str = "") -> None:
        """Says something else, in another tone where the tone is another."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(f"{title} {words}".strip())
        self._icon.set_icon(icon or ICON.get(tone, "info"), "accentfg" if tone in ("blue", "accent") else tone)
        set_look(self._title, tone if tone in ("green", "amber", "red") else "link")
        self.setProperty("surface", SURFACE.get(tone, "blue"))
        theme.restyle(self)

    def add(self, button: Button) -> None:
        """Puts a button before the ×."""
        self._row.insertWidget(self._row.count() - 1, button)

    def show_once(self, *, is_urgent: bool = False) -> None:
        """Shows it and has it spoken; nothing is spoken where it already shows."""
        if self.isHidden():
            self.show()
            announce(self, self.accessibleName(), is_urgent=is_urgent)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
