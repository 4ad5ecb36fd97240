"""The line in which a filter is written: what is wrong in it is underlined where it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat

from console.ui.style import theme
from console.ui.widgets.search_field import SearchField


class FilterField(SearchField):
    """A search field that can underline a part of its text."""

    def underline(self, begin: int, length: int) -> None:
        """Underlines so many letters from `begin` on; none takes the line away."""
        shape = QTextCharFormat()
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shape.setUnderlineColor(theme.current().qcolor("red"))
        kind = QInputMethodEvent.AttributeType.TextFormat
        # A line has no formats of its own but those of an input method, which count from the cursor.
        formats = (
            [QInputMethodEvent.Attribute(kind, begin - self.cursorPosition(), length, shape)] if length > 0 else []
        )
        QCoreApplication.sendEvent(self, QInputMethodEvent("", formats))
