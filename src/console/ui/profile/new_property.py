"""The card that adds a property: its name, its type, its value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QVBoxLayout, QWidget

from console.domain.property_defs import Definition
from console.domain.values import ValueKind, ValueProblem
from console.ui.overriding import override
from console.ui.profile.value_fields import ValueField, value_field
from console.ui.profile.wording import KIND_ICON, translate
from console.ui.style import icons, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.labels import label

_LONGEST = 80


def kind_words(kind: ValueKind) -> str:
    """The name of a type of property."""
    words = {
        ValueKind.STRING: translate("Text"),
        ValueKind.NUMBER: translate("Number"),
        ValueKind.BOOLEAN: translate("Yes or no"),
        ValueKind.DATE: translate("Date"),
        ValueKind.DATETIME: translate("Date and time"),
        ValueKind.MONEY: translate("Money"),
        ValueKind.LINK: translate("Link"),
        ValueKind.EMAIL: translate("E-mail"),
        ValueKind.PHONE: translate("Phone"),
        ValueKind.CHOICE: translate("Choice"),
        ValueKind.CHOICES: translate("Several choices"),
    }
    return words[kind]


class NewPropertyCard(Card):
    """Adds a property. A name that exists brings its own type.

    Signals:
        added: (name, Value, whether the property is a new one).
        closed: it is done, added or not.
    """

    added = Signal(str, object, bool)
    closed = Signal()

    def __init__(self, definitions: Iterable[Definition], now: datetime, parent: QWidget | None = None) -> None:
        """`definitions` are those that exist; `now` is aware UTC."""
        super().__init__("well", tokens.SPACE_3, parent)
        self._known = {one.name: one for one in definitions}
        self._now = now
        self.setAccessibleName(self.tr("Add a property"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the property"))
        self.name.setMaxLength(_LONGEST)
        completer = QCompleter(sorted(self._known, key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.name.setCompleter(completer)
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Type"))
        for kind in ValueKind:
            self.kind.addItem(icons.icon(KIND_ICON[kind]), kind_words(kind), kind.value)
        self._place = QVBoxLayout()
        self.field: ValueField | None = None
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        save = Button(self.tr("Add"), "primary", is_small=True, keys="Enter")
        cancel = Button(self.tr("Cancel"), "quiet", is_small=True, keys="Esc")
        self.column.addWidget(label(self.tr("New property"), "strong"))
        self.column.addWidget(self.name)
        self.column.addWidget(self.kind)
        self.column.addLayout(self._place)
        self.column.addWidget(self._problem)
        self.column.addLayout(row(None, cancel, save))
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.closed)
        self.name.textChanged.connect(self._look)
        self.name.returnPressed.connect(self.save)
        self.kind.currentIndexChanged.connect(self._show_field)
        self._show_field()
        self.setFocusProxy(self.name)

    def save(self) -> bool:
        """Adds it; says what is missing and stays open (False) where something is."""
        name = " ".join(self.name.text().split())
        if not name:
            return self._complain(self.tr("A property needs a name"), self.name)
        if self.field is None:
            return False
        try:
            value = self.field.value()
        except ValueProblem as problem:
            self.field.mark(is_wrong=True)
            return self._complain(str(problem), self.field)
        self.added.emit(name, value, name not in self._known)
        self.closed.emit()
        return True

    def problem(self) -> str:
        """The sentence that says what is missing."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _look(self, text: str) -> None:
        known = self._known.get(" ".join(text.split()))
        self.kind.setEnabled(known is None)
        if known is not None:
            self.kind.setCurrentIndex(self.kind.findData(known.kind.value))
            self._show_field()

    def _show_field(self, *_: object) -> None:
        if self.field is not None:
            self._place.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
        known = self._known.get(" ".join(self.name.text().split()))
        kind = ValueKind(self.kind.currentData())
        choices = known.choices if known is not None else ()
        self.field = value_field(kind, None, choices, self.tr("Value"), self._now)
        self.field.submitted.connect(self.save)
        for line in self.field.findChildren(QLineEdit):
            if line.parent() is self.field:
                line.setPlaceholderText(self.tr("Value"))
        self._place.addWidget(self.field)

    def _complain(self, words: str, at: QWidget) -> bool:
        self._problem.setText(words)
        self._problem.show()
        at.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
