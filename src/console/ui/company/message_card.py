"""Who would get a message to a company, and who would not; it says plainly that sending comes later."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.company_members import Audience
from console.ui.company.words import excluded_words
from console.ui.style import theme, tokens
from console.ui.widgets.cards import row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label


class MessageCard(QWidget):
    """Counts each customer once, with the reasons why some are left out."""

    def __init__(self, audience: Audience, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.current().pixels(340))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        reached = audience.reached
        title = (
            self.tr("1 member would get it") if reached == 1 else self.tr("{0} members would get it").format(reached)
        )
        column.addWidget(label(title, "strong"))
        self.excluded = excluded_words(audience)
        lines = [("check", self.tr("Each of them once, also who belongs to two companies."))]
        if self.excluded:
            lines.append(("ban", self.tr("Left out: {0}.").format(self.excluded)))
        lines.append(
            ("clock", self.tr("Writing to several comes with sending, in a later version. Nothing is sent now."))
        )
        for icon, words in lines:
            line = row(IconLabel(icon, "text2", 15), label(words, "", is_wrapping=True))
            line.setStretch(1, 1)
            column.addLayout(line)
        self.setAccessibleName(". ".join((title, *(words for _, words in lines))))
