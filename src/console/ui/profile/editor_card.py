"""The card that edits a value in place of its row: the field, what was there before, and what is wrong."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from console.domain.profile_view import ShownProperty
from console.domain.values import ValueProblem
from console.ui.overriding import override
from console.ui.profile.value_fields import ChoicesField, LineField, TextField, value_field
from console.ui.profile.wording import isolated, origin_look, property_words, value_words
from console.ui.style import theme, tokens
from console.ui.widgets.announce import announce
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.cards import Card
from console.ui.widgets.labels import ElidedLabel, KeyCap, label


class EditorCard(Card):
    """Edits one property. Enter saves, Esc restores, Tab saves and goes on; leaving it saves only what is valid.

    Signals:
        saved: (Value) another value than before.
        closed: it is done, saved or not; (whether the next property is to be edited).
    """

    saved = Signal(object)
    closed = Signal(bool)

    def __init__(self, shown: ShownProperty, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__("well", tokens.SPACE_2, parent)
        self._shown = shown
        self._is_closed = False
        name = property_words(shown.name)
        self.setAccessibleName(self.tr("Edit {0}").format(name))
        self.field = value_field(shown.kind, shown.value, shown.choices, name, now)
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_1)
        title = ElidedLabel(name, "strong")
        self._save_button = IconButton("check", self.tr("Save"), color="green", keys="Enter", is_small=True)
        self._cancel_button = IconButton("x", self.tr("Cancel"), keys="Esc", is_small=True)
        self._save_button.clicked.connect(self.save)
        self._cancel_button.clicked.connect(self.cancel)
        top.addWidget(title)
        if isinstance(self.field, LineField):
            title.setFixedWidth(theme.current().pixels(92))
            top.addWidget(self.field, 1)
        else:
            top.addStretch(1)
        top.addWidget(self._save_button)
        top.addWidget(self._cancel_button)
        self.column.addLayout(top)
        if not isinstance(self.field, LineField):
            self.column.addWidget(self.field)
        self.column.addWidget(self._problem)
        self.column.addWidget(label(self._before(), "small", is_wrapping=True))
        self.column.addLayout(self._hints())
        self.field.submitted.connect(self.save)
        self.field.touched.connect(self._clear_problem)
        self.setFocusProxy(self.field)
        for widget in self.findChildren(QWidget):
            widget.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._leave)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]  # there is one while there are widgets

    def begin(self) -> None:
        """Puts the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self, *, goes_on: bool = False) -> bool:
        """Saves and closes; where the text is no value, says why and stays open (False)."""
        try:
            value = self.field.value()
        except ValueProblem as problem:
            self._problem.setText(str(problem))
            self._problem.show()
            self.field.mark(is_wrong=True)
            announce(self, str(problem))
            return False
        if value != self._shown.value:
            self.saved.emit(value)
        self._close(goes_on=goes_on)
        return True

    def cancel(self) -> None:
        """Closes it; the value stays as it was."""
        self._close(goes_on=False)

    def problem(self) -> str:
        """The sentence that says what is wrong, empty where nothing is."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        is_in_field = self.field.isAncestorOf(QApplication.focusWidget() or self)
        if is_next and is_in_field and not isinstance(self.field, ChoicesField):
            self.save(goes_on=True)
            return True
        return super().focusNextPrevChild(is_next)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            is_break = isinstance(self.field, TextField) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if is_enter and isinstance(watched, QWidget) and self.field.isAncestorOf(watched) and not is_break:
                self.save()
                return True
        return super().eventFilter(watched, event)

    def _close(self, *, goes_on: bool) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.closed.emit(goes_on)

    def _leave(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._is_closed or new is None or old is None or not self.isAncestorOf(old):
            return
        # A calendar or a list of choices is a window of its own that belongs to the field.
        if self.isAncestorOf(new) or new.window() is not self.window():
            return
        if not self.save():
            self.cancel()

    def _before(self) -> str:
        origin, _, _ = origin_look(self._shown.winner.origin)
        if self._shown.value is None:
            return self.tr("Was empty on purpose. Your value will be kept as Manual and wins over every source.")
        words = self.tr("Was {0} from {1}. Your value will be kept as Manual and wins over every source.")
        return words.format(isolated(value_words(self._shown.value)[:120]), isolated(origin))

    def _hints(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_1)
        for key, words in (("Enter", self.tr("save")), ("Esc", self.tr("cancel"))):
            line.addWidget(KeyCap(key))
            line.addWidget(label(words, "small"))
            line.addSpacing(tokens.SPACE_2)
        line.addStretch(1)
        return line

    def _clear_problem(self) -> None:
        if self._problem.isVisibleTo(self):
            self._problem.hide()
            self.field.mark(is_wrong=False)
