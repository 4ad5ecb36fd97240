"""The second step of the picker: name and e-mail of a new customer, or the existing one whom the address belongs to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.domain.address import address_of
from console.domain.conversation import CustomerCard
from console.ui.assign.rows import words_of
from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label

_PAUSE_MS = 120
_LONGEST = 200


class CreateStep(QWidget):
    """Two fields and a button.

    Signals:
        made: (name, address or empty) a new customer is wanted.
        existing_chosen: (CustomerCard) the typed address is this customer's.
        left: back to the search.
    """

    made = Signal(str, str)
    existing_chosen = Signal(object)
    left = Signal()

    def __init__(self, find: Callable[[str], CustomerCard | None], parent: QWidget | None = None) -> None:
        """`find` gives the customer whom a canonical address belongs to."""
        super().__init__(parent)
        self._find = find
        self._existing: CustomerCard | None = None
        self.name, self.email = QLineEdit(), QLineEdit()
        for field, words in ((self.name, self.tr("Name")), (self.email, self.tr("E-mail"))):
            field.setAccessibleName(words)
            field.setMaxLength(_LONGEST)
            field.returnPressed.connect(self.submit)
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        self.button = Button(self.tr("Create customer"), "primary", keys="Enter")
        back = Button(self.tr("Back"), "quiet", icon="arrow-left")
        self.button.clicked.connect(self.submit)
        back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("New customer"), "heading"))
        column.addWidget(label(self.tr("Name"), "small"))
        column.addWidget(self.name)
        column.addWidget(label(self.tr("E-mail"), "small"))
        column.addWidget(self.email)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(row(back, None, self.button))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.email.textChanged.connect(self._wait)
        self.setFocusProxy(self.name)

    def start(self, text: str) -> None:
        """Begins with what was typed in the search: an address goes to the second field."""
        is_address = "@" in text
        self.name.setText("" if is_address else text)
        self.email.setText(text if is_address else "")
        self.look()
        (self.name if is_address or not text else self.email).setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Looks whom the typed address belongs to, and says so on the button."""
        self._pause.stop()
        address = address_of(self.email.text())
        self._existing = self._find(address.canonical) if address else None
        if self._existing is not None:
            self.button.set_words(self.tr("Use the existing {0}").format(words_of(self._existing)))
        else:
            self.button.set_words(self.tr("Create customer"))

    def submit(self) -> None:
        """Makes the customer, or takes the existing one; says what is missing."""
        self.look()
        if self._existing is not None:
            self.existing_chosen.emit(self._existing)
            return
        name, text = self.name.text().strip(), self.email.text().strip()
        address = address_of(text)
        if text and address is None:
            self._complain(self.tr("This is not an e-mail address; write it like ada@example.com"), self.email)
        elif not name and address is None:
            self._complain(self.tr("A customer needs a name or an e-mail address"), self.name)
        else:
            self.made.emit(name, address.canonical if address else "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _wait(self) -> None:
        self._problem.hide()
        self._mark(self.email, is_wrong=False)
        self._pause.start()

    def _complain(self, words: str, field: QLineEdit) -> None:
        self._problem.setText(words)
        self._problem.show()
        self._mark(field, is_wrong=True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, field: QLineEdit, *, is_wrong: bool) -> None:
        field.setProperty("invalid", "true" if is_wrong else "false")
        theme.restyle(field)
