"""The notes on a profile, and the field that writes one."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.conversation import NoteRow
from console.ui.conversation.note_card import NoteCard
from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label

_FIRST_SHOWN = 5
_DRAFT_PAUSE_MS = 500


class NoteColumn(QWidget):
    """Cards below each other, filled again for every profile.

    Signals:
        written: (text) a new note.
        drafted: (text) typing paused in the field for a new note.
        card_made: (NoteCard) a new card exists; connect to its signals.
    """

    written = Signal(str)
    drafted = Signal(str)
    card_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[NoteCard] = []
        self._notes: tuple[NoteRow, ...] = ()
        self._is_whole = False
        self._now: datetime | None = None
        self._draft = ""
        self._is_only_read = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)
        self._writer = self._make_writer()
        self._empty = label(self.tr("No notes yet"), "small")
        self._more = Button("", "link")
        self._more.clicked.connect(self._show_all)
        self._column.addWidget(self._writer)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        theme.current().changed.connect(self._refresh)

    def show_notes(self, notes: tuple[NoteRow, ...], now: datetime, *, draft: str | None = None) -> None:
        """Shows these; `draft` (another profile's) fills the field anew, None leaves it alone. `now` is aware UTC."""
        if draft is not None:
            self._is_whole = False
            self._draft = draft
            self.field.blockSignals(True)
            self.field.setPlainText(draft)
            self.field.blockSignals(False)
            self._writer.setVisible(bool(draft))
        self._notes, self._now = notes, now
        visible = notes if self._is_whole else notes[:_FIRST_SHOWN]
        while len(self._cards) < len(visible):
            card = NoteCard()
            self._cards.append(card)
            self._column.insertWidget(len(self._cards), card)
            self.card_made.emit(card)
        for card, note in zip(self._cards, visible, strict=False):
            if card.note() != note:
                card.show_note(note, now)
            card.read_only(is_only_read=self._is_only_read)
            card.show()
        for card in self._cards[len(visible) :]:
            card.hide()
        self._empty.setVisible(not notes and self._writer.isHidden())
        rest = len(notes) - len(visible)
        self._more.setVisible(rest > 0)
        self._more.set_words(self.tr("Show 1 more note") if rest == 1 else self.tr("Show {0} more notes").format(rest))

    def read_only(self, *, is_only_read: bool) -> None:
        """Whether notes can neither be written nor changed, because another day is shown."""
        self._is_only_read = is_only_read
        if is_only_read:
            self.keep()
            self._writer.hide()
            for card in self._cards:
                card.stop()

    def begin(self) -> None:
        """Opens the field for a new note."""
        if self._is_only_read:
            return
        self._writer.show()
        self._empty.hide()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Has the draft kept now."""
        self._pause.stop()
        text = self.field.toPlainText()
        if text != self._draft:
            self._draft = text
            self.drafted.emit(text)

    def cards(self) -> tuple[NoteCard, ...]:
        """The visible cards, from top to bottom."""
        return tuple(card for card in self._cards if not card.isHidden())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._write()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._stop()
                return True
        return super().eventFilter(watched, event)

    def _make_writer(self) -> QWidget:
        holder = QWidget()
        self.field = QPlainTextEdit()
        self.field.setAccessibleName(self.tr("New note"))
        self.field.setPlaceholderText(self.tr("Write a note that only your team sees"))
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(80)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._type)
        save = Button(self.tr("Add note"), "primary", is_small=True, keys="Ctrl+Enter")
        cancel = Button(self.tr("Cancel"), "quiet", is_small=True, keys="Esc")
        save.clicked.connect(self._write)
        cancel.clicked.connect(self._stop)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        column.addWidget(self.field)
        column.addLayout(row(None, cancel, save))
        holder.hide()
        return holder

    def _write(self) -> None:
        text = self.field.toPlainText().strip()
        if text:
            self.written.emit(text)
        self.field.clear()
        self.keep()
        self._writer.hide()

    def _stop(self) -> None:
        self.keep()
        self._writer.hide()
        self._empty.setVisible(not self._notes)

    def _type(self) -> None:
        self._pause.start()

    def _show_all(self) -> None:
        self._is_whole = True
        if self._now is not None:
            self.show_notes(self._notes, self._now)

    def _refresh(self) -> None:
        for card in self.cards():
            card.refresh()
