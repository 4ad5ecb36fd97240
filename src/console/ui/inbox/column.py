"""The inbox column: what is wanted, what was found, and what to do where nothing was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.inbox import InboxCounts, InboxRow, PageKey
from console.store import inbox
from console.store.changes import Stale
from console.ui.inbox.choice import SEGMENTS, InboxChoice, from_json, to_json
from console.ui.inbox.counted import counted
from console.ui.inbox.filter_menu import FilterChips, FilterMenu
from console.ui.inbox.list_view import InboxList
from console.ui.inbox.row_words import spoken
from console.ui.row_model import RowModel
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import label
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.segmented import Choice, Segmented

if TYPE_CHECKING:
    from console.ui.inbox.empty import EmptyList
    from console.ui.inbox.filter_lists import FilterLists
    from console.ui.search.results import SearchResults

STATE_NAME = "inbox_choice"
_MINUTE_MS = 30_000


class InboxColumn(QWidget):
    """The list of conversations with its search, segments and filter.

    Signals:
        chosen: the teammate went to the conversation with this key, or to none.
        opened: its conversation is to take the keyboard.
        found: a `Hit` of the search was opened.
        counted: the new `InboxCounts`.
    """

    chosen = Signal(object)
    opened = Signal()
    found = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.choice = from_json(session.state().get(STATE_NAME, ""))
        self.counts = InboxCounts(0, 0, 0)
        self._stale: set[int] = set()
        self._is_all_stale = False
        self.rows = RowModel(self._keys, self._rows, spoken(session.now), self)
        self.list = InboxList(self.rows, session.now)
        self.search = SearchField(self.tr("Search customers, messages…"))
        self._title = label(self.tr("Inbox"), "title")
        self._open_count = Chip("", "grey")
        self._menu = FilterMenu(self)
        self._chips = FilterChips()
        self._segments = Segmented(self.tr("Which conversations"), self._segment_choices())
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_choice(self.choice)

    @cached_property
    def empty(self) -> EmptyList:
        """What stands in place of rows where there are none; made for the first time that there are none."""
        from console.ui.inbox.empty import EmptyList

        empty = EmptyList(self._session)
        empty.wanted.connect(self.show_choice)
        self._stack.addWidget(empty)
        return empty

    @cached_property
    def lists(self) -> FilterLists:
        """The lists that tags and companies are chosen from; made for the first choice."""
        from console.ui.inbox.filter_lists import FilterLists

        lists = FilterLists(self._session, self._filter_button)
        lists.chosen.connect(self.show_choice)
        return lists

    @cached_property
    def results(self) -> SearchResults:
        """What a search found; made for the first one."""
        from console.ui.search.results import SearchResults

        results = SearchResults(self._session)
        results.found.connect(self.found)
        self._stack.addWidget(results)
        return results

    def show_choice(self, choice: InboxChoice) -> None:
        """Shows the conversations of another choice, the newest first."""
        self.choice = choice
        self._segments.choose(choice.segment)
        self._menu.set_choice(choice)
        self._chips.set_choice(choice)
        self.list.clearSelection()
        self.rows.load()
        self.list.scrollToTop()
        self._session.keep_state({STATE_NAME: to_json(choice)})
        self._count()
        self._settle()

    def show_segment(self, segment: str) -> None:
        """Shows one of open, mine, snoozed, closed; conditions stay."""
        for known in SEGMENTS:
            if known == segment:
                self.show_choice(replace(self.choice, segment=known))

    def current_row(self) -> InboxRow | None:
        """The selected conversation as its row says it, None where there is none."""
        key = self.list.current_key()
        if key is None:
            return None
        return self._rows([key]).get(key)

    def begin_search(self) -> None:
        """Puts the keyboard into the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def explain_empty(self, counts: InboxCounts) -> None:
        """Shows, in place of rows, why there are none and what there is instead."""
        self.empty.explain(self.choice, counts)
        self._stack.setCurrentWidget(self.empty)

    def _lay_out(self) -> None:
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._filter_button = IconButton("funnel", self.tr("Filter conversations"))
        self._filter_button.setMenu(self._menu)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_2)
        top.addWidget(self._title)
        top.addWidget(self._open_count)
        top.addStretch(1)
        top.addWidget(self._filter_button)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.SPACE_4, tokens.SPACE_3, tokens.SPACE_4, tokens.SPACE_2)
        head.setSpacing(tokens.SPACE_2)
        head.addLayout(top)
        head.addWidget(self.search)
        head.addWidget(self._segments)
        head.addWidget(self._chips)
        self._stack.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._segments.chosen.connect(self.show_segment)
        self._menu.chosen.connect(self.show_choice)
        self._menu.list_wanted.connect(lambda what: self.lists.open(what, self.choice))
        self._chips.chosen.connect(self.show_choice)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.search.searched.connect(self._search)
        self.search.left.connect(self.list.setFocus)
        self.search.stepped.connect(self._step_from_search)
        self.search.returnPressed.connect(lambda: self.results.open_current())
        self._session.feed.changed.connect(self._note_change)
        self._session.feed.told.connect(self._take_changes)
        self._session.renamed.connect(lambda _: self.show_choice(self.choice))
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE_MS)
        self._minutes.timeout.connect(self._take_minute)
        self._minutes.start()
        self._session.closing.connect(self._minutes.stop)

    def _segment_choices(self) -> tuple[Choice, ...]:
        words = (self.tr("Open"), self.tr("Mine"), self.tr("Snoozed"), self.tr("Closed"))
        return tuple(Choice(key, text) for key, text in zip(SEGMENTS, words, strict=True))

    def _note_change(self, kind: Stale, keys: frozenset[int] | None) -> None:
        match kind:
            case Stale.CONVERSATION if keys is not None:
                self._stale |= keys
            case Stale.CONVERSATION | Stale.CUSTOMER | Stale.COMPANY | Stale.TAG:
                self._is_all_stale = True

    def _take_changes(self) -> None:
        """Reads once for all that one poll told: a busy sync tells many kinds at a time."""
        if not self._stale and not self._is_all_stale:
            return
        stale = None if self._is_all_stale else frozenset(self._stale)
        self.rows.refresh(stale, around=self.list.top_key())
        self._stale.clear()
        self._is_all_stale = False
        self._count()
        self._settle()

    def _take_minute(self) -> None:
        """Snoozes end and ages grow without anybody's edit."""
        self.rows.refresh(frozenset(), around=self.list.top_key())
        self._count()
        self._settle()

    def _count(self) -> None:
        now = self._session.now()
        self.counts = self._session.read(lambda connection: inbox.counts(connection, now=now))
        words = self.tr("{0} open").format(counted(self.counts.open))
        self._open_count.set_chip(words, "grey")
        self.counted.emit(self.counts)

    def _settle(self) -> None:
        """Shows the list, or why it is empty; the search stays in front while it has words."""
        if self.search.text().strip():
            self._stack.setCurrentWidget(self.results)
        elif self.rows.rowCount():
            self._stack.setCurrentWidget(self.list)
        else:
            self.explain_empty(self.counts)

    def _search(self, words: str) -> None:
        self.results.ask(words)
        self._settle()

    def _step_from_search(self, by: int) -> None:
        if self.search.text().strip():
            self.results.step(by)
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keys(self, after: PageKey | None, limit: int) -> Sequence[PageKey]:
        wanted, now = self.choice.filter(self._session.teammate), self._session.now()
        return self._session.read(lambda connection: inbox.keys(connection, wanted, after, limit, now=now))

    def _rows(self, ids: Sequence[int]) -> Mapping[int, InboxRow]:
        now = self._session.now()
        return self._session.read(lambda connection: inbox.rows_of(connection, ids, now=now))
