"""Where one writes: an answer to the customer or a note for the team, kept while it is being written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label, plain_tip
from console.ui.widgets.segmented import Choice, Segmented

REPLY, NOTE = "reply", "note"
_DRAFT_PAUSE_MS = 500
_LOWEST, _HIGHEST = 62, 220


class Composer(QFrame):
    """A field with two tabs. Ctrl+Enter sends an answer to the outbox, or adds the note.

    Signals:
        drafted: (tab, text) typing paused, or the tab or the conversation is left; the text is to be kept.
        replied: (text, whether the conversation is to be closed with it).
        noted: (text).
    """

    drafted = Signal(str, str)
    replied = Signal(str, bool)
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = {REPLY: "", NOTE: ""}
        self._kept = {REPLY: "", NOTE: ""}
        self.tabs = Segmented(
            self.tr("What you write"), [Choice(REPLY, self.tr("Reply")), Choice(NOTE, self.tr("Note"))], "tab"
        )
        self._saved = label("", "small")
        self.field = QPlainTextEdit()
        self.field.setProperty("bare", "true")
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_3, tokens.SPACE_1, tokens.SPACE_3, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_1)
        top = QHBoxLayout()
        top.addWidget(self.tabs, 1)
        top.addWidget(self._saved)
        column.addLayout(top)
        column.addWidget(self.field)
        self._keys = label("Ctrl+Enter", "muted")
        column.addLayout(row(self._promise, None, self._keys, self.close_too, self.send))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self.tabs.chosen.connect(self._change_tab)
        self.field.textChanged.connect(self._type)
        theme.current().changed.connect(self._refit)
        self._dress()

    def show_drafts(self, reply: str, note: str) -> None:
        """Shows what was being written here; what was typed before must have been kept with `keep`."""
        had_texts = any(self._texts.values())
        self._texts = {REPLY: reply, NOTE: note}
        self._kept = dict(self._texts)
        if not (reply or note or had_texts):
            return  # as most of the time: an empty field is not painted again
        if note and not reply:
            self.tabs.choose(NOTE)
        elif reply:
            self.tabs.choose(REPLY)
        self._show_text()

    def keep(self) -> None:
        """Has what was typed kept now."""
        self._pause.stop()
        for tab in (REPLY, NOTE):
            if self._texts[tab] != self._kept[tab]:
                self._kept[tab] = self._texts[tab]
                self.drafted.emit(tab, self._texts[tab])

    def say_kept(self, words: str) -> None:
        """Says in the corner what became of the draft."""
        self._saved.setText(words)

    def write(self, tab: str) -> None:
        """Opens a tab (REPLY or NOTE) and puts the keyboard into the field."""
        self.tabs.choose(tab)
        self._show_text()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self, *, is_closing: bool = False) -> None:
        """Hands over what was written, and empties the field; an empty text does nothing."""
        text = self.field.toPlainText().strip()
        if not text:
            return
        tab = self.tabs.key()
        if tab == NOTE:
            self.noted.emit(text)
        else:
            self.replied.emit(text, is_closing)
        self._texts[tab] = ""
        self.keep()
        self._show_text()
        self.say_kept("")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.update()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
                if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    is_closing = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    self.submit(is_closing=is_closing and self.tabs.key() == REPLY)
                    return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        is_note = self.tabs.key() == NOTE
        painting.fill(painter, area, "note" if is_note else "bg", tokens.RADIUS_CARD)
        if self.field.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CARD)
        else:
            painting.outline(painter, area, "control", tokens.RADIUS_CARD)

    def _make_buttons(self) -> None:
        self._promise = label(self.tr("Goes out after a few seconds"), "muted")
        self.send = Button(self.tr("Queue"), "primary", icon="send", keys="Ctrl+Enter")
        self.close_too = Button(self.tr("Queue and close"), keys="Ctrl+Shift+Enter")
        plain_tip(
            self._promise, self.tr("Until then it can be taken back; where nothing takes it, it waits in the outbox")
        )
        self.send.clicked.connect(self._send)
        self.close_too.clicked.connect(self._send_and_close)

    def _send(self) -> None:
        self.submit()

    def _send_and_close(self) -> None:
        self.submit(is_closing=True)

    def _change_tab(self, _: str) -> None:
        self.keep()
        self._show_text()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_text(self) -> None:
        text = self._texts[self.tabs.key()]
        if text != self.field.toPlainText():
            self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)
            self.field.blockSignals(False)
        self._dress()

    def _type(self) -> None:
        self._texts[self.tabs.key()] = self.field.toPlainText()
        self._saved.setText("")
        self._pause.start()
        self._fit()

    def _dress(self) -> None:
        is_note = self.tabs.key() == NOTE
        self.field.setAccessibleName(self.tr("Note for your team") if is_note else self.tr("Answer to the customer"))
        hint = self.tr("Write a note that only your team sees") if is_note else self.tr("Write an answer")
        self.field.setPlaceholderText(hint)
        self.send.set_words(self.tr("Add note") if is_note else self.tr("Queue"))
        self.send.set_icon("sticky-note" if is_note else "send")
        self.close_too.setVisible(not is_note)
        self._make_room()
        self._fit()
        self.update()

    def _refit(self) -> None:
        self._make_room()
        self._fit()

    def _make_room(self) -> None:
        """The buttons keep their words; in a narrow pane what explains them goes first."""
        gap = tokens.SPACE_2
        buttons = [self.send] if self.tabs.key() == NOTE else [self.close_too, self.send]
        room = self.width() - 2 * tokens.SPACE_3 - sum(button.sizeHint().width() + gap for button in buttons)
        room -= self._keys.sizeHint().width() + gap
        self._keys.setVisible(room >= 0)
        self._promise.setVisible(self.tabs.key() != NOTE and room >= self._promise.sizeHint().width())

    def _fit(self) -> None:
        lines = max(1, self.field.document().size().height())
        wanted = round(lines * self.field.fontMetrics().lineSpacing()) + 14
        pixels = theme.current().pixels
        self.field.setFixedHeight(max(pixels(_LOWEST), min(pixels(_HIGHEST), wanted)))
