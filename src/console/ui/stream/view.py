"""The stream of a customer or a company, as their windows show it: chips, search, date, and the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from console.domain.activity import Chip, Line, Rated, Said, StreamFilter, Waiting
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.domain.search_query import terms
from console.store.activity_counts import counts, sources_of
from console.store.changes import Stale
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.session import Session
from console.ui.stream.bar import StreamBar
from console.ui.stream.jump import DatePicker, end_of
from console.ui.stream.list_view import StreamList
from console.ui.stream.model import StreamModel
from console.ui.stream.reading import Question, StreamReading
from console.ui.stream.states import EmptyStream, LoadingStream, TroubleLine
from console.ui.widgets.announce import announce
from console.ui.widgets.menu import passing_menu
from console.ui.widgets.popover import Popover

SKELETON_MS = 80
_WATCHED = (Stale.CUSTOMER, Stale.COMPANY, Stale.CONVERSATION, Stale.OUTBOX, Stale.TAG, Stale.PROPERTY, Stale.SOURCE)


class StreamView(QWidget):
    """Everything that one customer, or the members of one company, said and did, newest first.

    Signals:
        conversation_wanted: (ConversationId) a line asked for its conversation.
        customer_wanted: (CustomerId) a line of a company's stream asked for whose it is.
    """

    conversation_wanted = Signal(object)
    customer_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._owner: Owner | None = None
        self._until: datetime | None = None
        self._jump: Popover | None = None
        self._is_stale = False
        self.bar = StreamBar(self)
        self.rows = StreamModel(session.now, self)
        self.list = StreamList(self.rows, session.now, self)
        self.reading = StreamReading(session, self)
        self.empty = EmptyStream(self)
        self.trouble = TroubleLine(self)
        self._skeleton = LoadingStream(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_MS)
        self._lay_out()
        self._connect()

    def show_owner(self, kind: OwnerKind, owner_id: int, until: datetime | None = None) -> None:
        """Shows the stream of a customer or a company; `until` (aware UTC) leaves out whatever came later."""
        owner = Owner(kind, owner_id)
        if owner == self._owner and until == self._until:
            return
        self._owner, self._until = owner, until
        self._close_jump()
        self.rows.forget()
        self.bar.reset()
        self.bar.show_sources(())
        self.bar.show_counts(None)
        self._open()
        self._session.ask(
            lambda connection: sources_of(connection, owner), self.bar.show_sources, asker=self, about="sources"
        )
        self._count()

    def focus_search(self) -> None:
        """Puts the keyboard into the search field."""
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def ask_date(self) -> None:
        """Asks for a day to jump to."""
        line = self.list.current_line() or self.list.top_line()
        shown = line.at if line is not None else self._until or self._session.now()
        picker = DatePicker(shown.astimezone().date())
        picker.picked.connect(self.jump_to)
        self._jump = Popover(self.tr("Jump to date"), picker, self.window())
        self._jump.open_at(self.bar.date, "below")

    def jump_to(self, day: date) -> None:
        """Shows the stream from the end of a day (of this desktop's calendar) on."""
        self._close_jump()
        end = end_of(day)
        if self._until is not None:
            end = min(end, self._until + timedelta(microseconds=1))
        self._open(end)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Grey shapes stand where rows will be."""
        self._stack.setCurrentWidget(self._skeleton)

    def _close_jump(self) -> None:
        if self._jump is not None:
            self._jump.close_it()
            self._jump = None

    def _open(self, start: datetime | None = None) -> None:
        if self._owner is None:
            return
        self._patience.start()
        self.reading.open(Question(self._owner, self._wanted(), self._until, start))

    def _narrow(self) -> None:
        self.rows.forget()
        self._open()

    def _wanted(self) -> StreamFilter:
        chip = self.bar.chip()
        chips = frozenset[Chip]() if chip is None else frozenset([chip])
        return StreamFilter(chips, self.bar.source_id, self.bar.search.text().strip())

    def _count(self) -> None:
        owner, until = self._owner, self._until
        if owner is not None:
            self._session.ask(
                lambda connection: counts(connection, owner, until=until), self._say_counts, asker=self, about="counts"
            )

    def _say_counts(self, found: Mapping[Chip, int]) -> None:
        self.bar.show_counts(found)

    def _show(self) -> None:
        """What was read; the first page of another stream begins at its first entry."""
        is_another = self._patience.isActive() or self._stack.currentWidget() is not self.list
        self._patience.stop()
        self.trouble.hide()
        reading = self.reading
        marked = terms(self._wanted().words)
        self.rows.show_lines(reading.lines, has_newer=reading.has_newer, has_older=reading.has_older, terms=marked)
        if reading.lines or reading.has_older or reading.has_newer:
            self._stack.setCurrentWidget(self.list)
        else:
            self.empty.explain(self._wanted(), self.bar.source_words())
            self._stack.setCurrentWidget(self.empty)
            announce(self.empty, self.empty.accessibleName())
        if is_another:
            self.list.begin()
        self.list.fill()

    def _fail(self, sentence: str) -> None:
        self._patience.stop()
        self.trouble.say(sentence)
        if self.reading.is_first:
            self._stack.setCurrentWidget(self.list)

    def _act(self, line: Line) -> None:
        """Enter: a conversation opens, anything else unfolds where it stands."""
        if isinstance(line.what, Said | Rated | Waiting):
            self.conversation_wanted.emit(line.what.conversation_id)
        elif not self.list.unfold(is_open=True):
            self.list.unfold(is_open=False)

    def _open_menu(self, line: Line, at: QPoint) -> None:
        menu = passing_menu(self.tr("More"), self)
        if isinstance(line.what, Said | Rated | Waiting):
            key = line.what.conversation_id
            menu.addAction(self.tr("Open the conversation"), lambda: self.conversation_wanted.emit(key))
        if line.customer_id is not None:
            words = self.tr("Open {0}").format(named(line.customer_name)).replace("&", "&&")
            menu.addAction(words, lambda: self.customer_wanted.emit(line.customer_id))
        menu.addAction(self.tr("Unfold"), lambda: self.list.unfold(is_open=True))
        menu.addAction(self.tr("Fold"), lambda: self.list.unfold(is_open=False))
        menu.popup(at)

    def _hear(self, kind: Stale, keys: frozenset[int] | None) -> None:
        owner = self._owner
        if owner is None or kind not in _WATCHED:
            return
        own = {OwnerKind.CUSTOMER: Stale.CUSTOMER, OwnerKind.COMPANY: Stale.COMPANY}.get(owner.kind)
        if kind in (Stale.CUSTOMER, Stale.COMPANY) and keys is not None:
            self._is_stale |= kind is own and owner.id in keys
        elif kind is Stale.CONVERSATION and keys is not None:
            self._is_stale |= bool(keys & self._conversations())
        else:
            self._is_stale = True

    def _refresh(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.reading.refresh()
            self._count()

    def _conversations(self) -> set[int]:
        said = (line.what for line in self.reading.lines)
        return {int(what.conversation_id) for what in said if isinstance(what, Said | Rated | Waiting)}

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        for page in (self.list, self.empty, self._skeleton):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QFrame()
        line.setProperty("surface", "divider")
        line.setFixedHeight(1)
        column.addWidget(self.bar)
        column.addWidget(line)
        column.addWidget(self.trouble)
        column.addLayout(self._stack, 1)
        self.trouble.hide()
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self._patience.timeout.connect(self.wait)
        self.reading.changed.connect(self._show)
        self.reading.failed.connect(self._fail)
        self.trouble.again.clicked.connect(self.reading.try_again)
        self.bar.changed.connect(self._narrow)
        self.bar.date_wanted.connect(self.ask_date)
        self.bar.list_wanted.connect(self.list.setFocus)
        self.empty.all_wanted.connect(self.bar.show_all)
        self.list.opened.connect(self._act)
        self.list.asked.connect(self._open_menu)
        self.list.older_wanted.connect(self.reading.read_older)
        self.list.newer_wanted.connect(self.reading.read_newer)
        self.list.left_upwards.connect(self.bar.search.setFocus)
        self._session.feed.changed.connect(self._hear)
        self._session.feed.told.connect(self._refresh)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F and is_control:
            self.focus_search()
        elif event.key() == Qt.Key.Key_G and not event.modifiers():
            self.ask_date()
        else:
            super().keyPressEvent(event)
