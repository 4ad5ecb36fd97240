"""The question before a reply is sent of which nobody knows whether it arrived."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.outbox_rows import OutboxRow
from console.ui.profile.wording import isolated
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import column, row
from console.ui.widgets.labels import label


class ResendCard(QWidget):
    """Says what may happen and asks.

    Signals:
        agreed: it is to be sent again.
        left: it is not.
    """

    agreed = Signal()
    left = Signal()

    def __init__(self, sending: OutboxRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.current().pixels(320))
        name = isolated(sending.target_name or sending.subject)
        words = self.tr("Nobody can tell whether it arrived. If it did, {0} gets it twice.").format(name)
        self.keep = Button(self.tr("Cancel"), is_small=True)
        self.again = Button(self.tr("Send again"), "primary", icon="send", is_small=True)
        self.keep.clicked.connect(self.left)
        self.again.clicked.connect(self.agreed)
        title = label(self.tr("Send again?"), "strong")
        self.setLayout(
            column(title, label(words, "body2", is_wrapping=True), row(None, self.keep, self.again), gap=tokens.SPACE_2)
        )
        self.setFocusProxy(self.keep)
