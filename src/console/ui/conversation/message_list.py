"""The messages of one conversation: the last twenty, older ones as one scrolls up, each widget filled again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from console.domain.conversation import NoteRow, Turn
from console.ui.conversation.bubble import DayLine, foresee_face
from console.ui.conversation.entries import DayEntry, Entry, QueuedReply, key_of
from console.ui.conversation.message_bubble import Around, MessageBubble, author_of
from console.ui.conversation.note_card import NoteCard
from console.ui.conversation.other_bubbles import NoteBubble, QueuedBubble
from console.ui.overriding import override
from console.ui.profile.wording import day_heading
from console.ui.style import theme, tokens
from console.ui.widgets.at_once import at_once

_NEAR_TOP = 240
_NEAR_BOTTOM = 8
# A message of one line with the gap around it, and the line between two days.
_LOWEST, _LOWEST_DAY = 80, 36
_LINE, _NARROW_LETTER = 17, 5
_MORE, _MORE_AFTER_MS = 3, 60


class MessageList(QScrollArea):
    """Shows entries from top to bottom and stays at the end until the teammate scrolls.

    Signals:
        older_wanted: the teammate has come near the top; `prepend` what there is.
        images_wanted: (message id) blocked pictures are wanted.
        part_pressed: (AttachmentRow, the chip) an attachment was pressed.
        note_made: (the card) a new note card exists; connect to its signals. It is filled again and again.
    """

    older_wanted = Signal()
    images_wanted = Signal(object)
    part_pressed = Signal(object, object)
    note_made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, tuple[Entry, QWidget]] = {}
        self._spare: dict[type, list[QWidget]] = {}
        self._held: int | None = 0
        self._around: Around | None = None
        self._entries: tuple[Entry, ...] = ()
        self._more = QTimer(self, singleShot=True, interval=_MORE_AFTER_MS)
        self._more.timeout.connect(self._put_more)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Messages"))
        content = QWidget()
        content.setProperty("surface", "bg")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, tokens.SPACE_3, 24, tokens.SPACE_3)
        self._column.setSpacing(14)
        self._column.addStretch(1)
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._settle)
        self.verticalScrollBar().valueChanged.connect(self._look_up)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)
        theme.current().changed.connect(self._refresh)

    def show_entries(self, entries: Iterable[Entry], around: Around, *, is_new: bool) -> None:
        """Shows these entries; `is_new` when the conversation is another one, then the end of it is shown.

        What stands above the edge then follows in the next frames: of a long conversation, too, one sees the end at once.
        Call it inside of `at_once`: every bubble would be arranged by itself otherwise.
        """
        is_same = self._is_same(around)
        self._around = around
        if is_new or self._from_bottom() <= _NEAR_BOTTOM:
            self._held = 0
        self._entries = tuple(entries)
        self._put(self._entries[self._first_seen() if is_new else 0 :], is_same=is_same)

    def foresee(self, turns: Iterable[Turn]) -> None:
        """Has the faces painted that another conversation will show."""
        for name in {author_of(turn) for turn in turns}:
            foresee_face(name, self.devicePixelRatioF())

    def _is_same(self, around: Around) -> bool:
        before = self._around
        return before is not None and (before.customer, before.channel) == (around.customer, around.channel)

    def _first_seen(self) -> int:
        """The first entry that is needed to fill what is seen from the end, however short each of them is."""
        room = self.viewport().height()
        for place in range(len(self._entries) - 1, -1, -1):
            if room <= 0:
                return place + 1
            room -= self._least_height(self._entries[place])
        return 0

    def _least_height(self, entry: Entry) -> int:
        pixels = theme.current().pixels
        if not isinstance(entry, Turn):
            return pixels(_LOWEST_DAY if isinstance(entry, DayEntry) else _LOWEST)
        # Most letters are wider than these pixels: so many of them fill a line, if not more than one.
        own = entry.text[: entry.quoted_from] if entry.html is None else ""
        lines = len(own) * pixels(_NARROW_LETTER) // max(1, self.viewport().width())
        return pixels(_LOWEST + lines * _LINE)

    def _put_more(self) -> None:
        """Puts in a few of those above what is seen; a frame at a time, so that nobody waits for them."""
        if len(self._shown) < len(self._entries):
            self.hold()
            with at_once(self):
                self._put(self._entries[max(0, len(self._entries) - len(self._shown) - _MORE) :], is_same=True)

    def _put(self, entries: tuple[Entry, ...], *, is_same: bool) -> None:
        now = self._around.now if self._around else None
        old, self._shown = self._shown, {}
        wanted = [(key_of(entry), entry) for entry in entries]
        for key in old.keys() - {key for key, _ in wanted}:
            self._put_away(old.pop(key)[1])
        for place, (key, entry) in enumerate(wanted):
            kept, widget = old.get(key, (None, None))
            widget = widget or self._widget_for(entry)
            if now is not None and (kept != entry or not is_same or isinstance(entry, DayEntry)):
                self._fill(widget, entry, now)
            if self._column.indexOf(widget) != place:
                self._column.insertWidget(place, widget)
            widget.show()
            self._shown[key] = (entry, widget)
        self._hide_spare()
        if len(entries) < len(self._entries):
            self._more.start()

    def hold(self) -> None:
        """Keeps what is visible where it is while older entries are put above it."""
        self._held = self._from_bottom()

    def widget_of(self, key: str) -> QWidget | None:
        """The widget of an entry (see `key_of`), None where it is not shown."""
        found = self._shown.get(key)
        return found[1] if found else None

    def entries(self) -> tuple[Entry, ...]:
        """What is shown, from top to bottom."""
        return tuple(entry for entry, _ in self._shown.values())

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._let_go()
        super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                self._let_go()
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                self._let_go()
                super().keyPressEvent(event)

    def _widget_for(self, entry: Entry) -> QWidget:
        kind = _KINDS[type(entry)]
        spare = self._spare.get(kind)
        if spare:
            return spare.pop()
        widget = kind()
        if isinstance(widget, MessageBubble):
            widget.images_wanted.connect(self.images_wanted)
            widget.part_pressed.connect(self.part_pressed)
            widget.unfolded.connect(self._let_go)
        elif isinstance(widget, NoteBubble):
            widget.card.grown.connect(self._let_go)
            self.note_made.emit(widget.card)
        return widget

    def _fill(self, widget: QWidget, entry: Entry, now: datetime) -> None:
        match entry, widget:
            case Turn(), MessageBubble() if self._around is not None:
                widget.show_turn(entry, self._around)
            case NoteRow(), NoteBubble():
                widget.show_note(entry, now)
            case QueuedReply(), QueuedBubble():
                widget.show_reply(entry)
            case DayEntry(), DayLine():
                widget.set_words(day_heading(entry.day, now.astimezone().date()))
            case _:
                raise TypeError(f"{type(widget).__name__} cannot show {type(entry).__name__}")

    def _hide_spare(self) -> None:
        for widgets in self._spare.values():
            for widget in widgets:
                if not widget.isHidden():
                    widget.hide()
                    self._column.removeWidget(widget)

    def _put_away(self, widget: QWidget) -> None:
        # It stays visible until everything is filled: mostly the next conversation takes it at once.
        if isinstance(widget, NoteBubble):
            widget.card.stop()
        self._spare.setdefault(type(widget), []).append(widget)

    def _from_bottom(self) -> int:
        bar = self.verticalScrollBar()
        return bar.maximum() - bar.value()

    def _settle(self, _: int, most: int) -> None:
        if self._held is not None:
            self.verticalScrollBar().setValue(most - self._held)

    def _let_go(self, *_: object) -> None:
        self._held = None

    def _look_up(self, value: int) -> None:
        if self._held is None and value < _NEAR_TOP:
            QTimer.singleShot(0, self, self.older_wanted.emit)

    def _refresh(self) -> None:
        for _, widget in self._shown.values():
            if isinstance(widget, MessageBubble | NoteBubble | QueuedBubble):
                widget.refresh()


_KINDS: dict[type, type[QWidget]] = {
    Turn: MessageBubble,
    NoteRow: NoteBubble,
    QueuedReply: QueuedBubble,
    DayEntry: DayLine,
}


def note_card_of(widget: QWidget | None) -> NoteCard | None:
    """The card in a note's widget; None for every other widget."""
    return widget.card if isinstance(widget, NoteBubble) else None
