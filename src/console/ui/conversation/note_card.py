"""One note: read, pinned, changed in place, deleted; in a conversation and on a profile alike."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from console.domain.conversation import NoteRow
from console.ui.conversation.bubble import BubbleCard
from console.ui.conversation.marked import marked
from console.ui.conversation.message_text import MessageText
from console.ui.overriding import override
from console.ui.profile.wording import named, since_words
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip


class NoteCard(BubbleCard):
    """A note with its author and what can be done with it.

    Signals:
        changed: (note id, another text) was saved.
        pinned: (note id, whether it is to stay on top).
        deleted: (note id).
        history_wanted: (note id, the button to show it at).
        grown: its height is about to change because the teammate began or ended to write in it.
    """

    changed = Signal(str, str)
    pinned = Signal(str, bool)
    deleted = Signal(str)
    history_wanted = Signal(str, object)
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note: NoteRow | None = None
        self._editor: QPlainTextEdit | None = None
        self._foot: QWidget | None = None
        self.set_surface("note", "noteborder")
        self.setAccessibleName(self.tr("Note"))
        self._name = ElidedLabel("", "note")
        self._embolden()
        self._when = label("", "note")
        self._text = MessageText(color="notefg")
        self._text.setAccessibleName(self.tr("Text of the note"))
        self._make_buttons()
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_1)
        top.addWidget(IconLabel("sticky-note", "notefg", tokens.ICON_SMALL))
        top.addWidget(self._name)
        top.addWidget(self._when)
        top.addStretch(1)
        for button in (self.pin, self.edit, self.history, self.delete):
            top.addWidget(button)
        self.column.addLayout(top)
        self.column.addWidget(self._text)

    def show_note(self, note: NoteRow, now: datetime, *, when: str = "") -> None:
        """Shows a note; `when` replaces the words for its time. `now` is aware UTC."""
        if self._note is not None and self._note.id != note.id:
            self.stop()
        self._note = note
        self._name.set_words(named(note.author))
        words = when or since_words(note.at, now)
        if note.edited_at is not None:
            words += " · " + self.tr("edited")
            told = self.tr("Edited by {0}, {1}")
            plain_tip(self._when, told.format(named(note.edited_by or ""), since_words(note.edited_at, now)))
        else:
            plain_tip(self._when, "")
        self._when.setText(words)
        markup = marked(note.text)
        if markup:
            self._text.show_rich(markup)
        else:
            self._text.show_plain(note.text)
        self.pin.set_icon("pin-off" if note.is_pinned else "pin")
        self.pin.set_name(self.tr("Unpin the note") if note.is_pinned else self.tr("Pin the note"))
        self.history.setVisible(note.edited_at is not None)

    def read_only(self, *, is_only_read: bool) -> None:
        """Whether nothing can be done with the note, because it is shown as it was on another day."""
        for button in (self.pin, self.edit, self.delete):
            button.setVisible(not is_only_read)

    def refresh(self) -> None:
        """Lays the text out again, for another theme or text size."""
        self._embolden()
        self._text.refresh()

    def note(self) -> NoteRow | None:
        """The note that it shows."""
        return self._note

    def begin(self) -> None:
        """Opens the editor in place of the text."""
        if self._note is None or self._editor is not None:
            return
        self.grown.emit()
        self._editor = QPlainTextEdit(self._note.text)
        self._editor.setAccessibleName(self.tr("Text of the note"))
        self._editor.setTabChangesFocus(True)
        self._editor.setFixedHeight(max(84, min(240, self._text.height() + 36)))
        self._editor.installEventFilter(self)
        save = Button(self.tr("Save"), "primary", is_small=True, keys="Ctrl+Enter")
        cancel = Button(self.tr("Cancel"), "quiet", is_small=True, keys="Esc")
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.stop)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        self._text.hide()
        self.column.addWidget(self._editor)
        self.column.addWidget(self._foot)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Closes the editor; what was typed is dropped."""
        if self._editor is None or self._foot is None:
            return
        self.grown.emit()
        had_focus = self._editor.hasFocus()
        for widget in (self._editor, self._foot):
            self.column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._editor = self._foot = None
        self._text.show()
        if had_focus:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def editor(self) -> QPlainTextEdit | None:
        """The open editor, None where the note is only read."""
        return self._editor

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._editor and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._save()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.stop()
                return True
        return super().eventFilter(watched, event)

    def _make_buttons(self) -> None:
        self.pin = IconButton("pin", self.tr("Pin the note"), color="notefg", is_small=True)
        self.edit = IconButton("pencil", self.tr("Change the note"), color="notefg", is_small=True)
        self.history = IconButton("history", self.tr("What the note said before"), color="notefg", is_small=True)
        self.delete = IconButton("trash-2", self.tr("Delete the note"), color="notefg", is_small=True)
        self.pin.clicked.connect(self._pin)
        self.edit.clicked.connect(self.begin)
        self.history.clicked.connect(self._ask_history)
        self.delete.clicked.connect(self._delete)

    def _embolden(self) -> None:
        self._name.setFont(theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold))

    def _save(self) -> None:
        if self._note is None or self._editor is None:
            return
        text = self._editor.toPlainText().strip()
        if text and text != self._note.text:
            self.changed.emit(self._note.id, text)
        self.stop()

    def _pin(self) -> None:
        if self._note is not None:
            self.pinned.emit(self._note.id, not self._note.is_pinned)

    def _delete(self) -> None:
        if self._note is not None:
            self.deleted.emit(self._note.id)

    def _ask_history(self) -> None:
        if self._note is not None:
            self.history_wanted.emit(self._note.id, self.history)
