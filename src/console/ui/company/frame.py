"""How the window of a company is laid out: head, figures and health on top; tabs and what is known of it side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from console.ui.company.header import CompanyHeader
from console.ui.company.health_banner import HealthBanner
from console.ui.company.member_page import MemberPage
from console.ui.company.side import SideColumn
from console.ui.company.talk_list import TalkList
from console.ui.customer.figures import FigureStrip
from console.ui.overriding import override
from console.ui.profile.as_of import AsOfStrip
from console.ui.profile.notes import NoteColumn
from console.ui.session import Session
from console.ui.stream.view import StreamView
from console.ui.style import theme, tokens
from console.ui.widgets.banner import Banner
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.segmented import Choice, Segmented

_SIDE, _LEAST_SIDE, _SHARE = (304, 400), 240, 0.36
_AROUND_TABS = 48
TABS = ("activity", "conversations", "members", "notes")


class CompanyFrame(QWidget):
    """The parts of the window, none of which knows another. Members are there at once, the other tabs as they are asked for.

    Signals:
        tab_shown: (its key) another tab stands in front.
        notes_made: (NoteColumn) the tab of the notes is there, still empty.
        conversation_wanted: (ConversationId) one in the stream or among the conversations is to be opened.
        customer_wanted: (CustomerId) a line of the stream asked for whose it is.
    """

    tab_shown = Signal(str)
    notes_made = Signal(object)
    conversation_wanted = Signal(object)
    customer_wanted = Signal(object)

    def __init__(
        self, session: Session, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        # From the outside inwards: each time a filled widget gets another parent, Qt tells everything in it.
        self.header, self.strip, self.banner = CompanyHeader(self), FigureStrip(self), HealthBanner(self)
        self.past = AsOfStrip(self)
        self._middle = QWidget(self)
        self._pages = QStackedWidget(self._middle)
        self.members = MemberPage(session, self._pages)
        self._pages.addWidget(self.members)
        self.side = SideColumn(session, known_tags, self)
        words = (self.tr("Activity"), self.tr("Conversations"), self.tr("Members"), self.tr("Notes"))
        self.tabs = Segmented(
            self.tr("What of the company"), [Choice(key, one) for key, one in zip(TABS, words, strict=True)], "tab"
        )
        self.tabs.chosen.connect(self.show_tab)
        self._lay_out()
        self._measure()
        theme.current().changed.connect(self._measure)
        self.show_tab("members")

    def show_tab(self, key: str) -> None:
        """Puts a tab in front."""
        self.tabs.choose(key)
        self._pages.setCurrentWidget(self._page_of(key))
        self.members.field.setVisible(key == "members")
        self.tab_shown.emit(key)

    def tab(self) -> str:
        """The tab in front."""
        return self.tabs.key()

    @cached_property
    def notice(self) -> Banner:
        """A line for what is seldom so: merged away, or gone at every source."""
        made = Banner("", is_closable=True, parent=self)
        made.hide()
        self._whole.insertWidget(1, made)
        return made

    @cached_property
    def story(self) -> StreamView:
        """What members said and did; of nobody until it is shown whose."""
        made = StreamView(self._session, self._pages)
        made.conversation_wanted.connect(self.conversation_wanted)
        made.customer_wanted.connect(self.customer_wanted)
        self._pages.addWidget(made)
        return made

    @cached_property
    def talks(self) -> TalkList:
        """The conversations of members; none until it is shown whose."""
        made = TalkList(self._session, self._pages)
        made.opened.connect(self.conversation_wanted)
        self._pages.addWidget(made)
        return made

    @cached_property
    def notes(self) -> NoteColumn:
        """The notes on the company, filled by whoever hears that they are there."""
        made = NoteColumn(self._pages)
        self.notes_made.emit(made)
        return made

    @cached_property
    def note_area(self) -> QScrollArea:
        """What the notes scroll in."""
        holder = QWidget(self._pages)
        column = QVBoxLayout(holder)
        column.setContentsMargins(tokens.SPACE_5, tokens.SPACE_4, tokens.SPACE_5, tokens.SPACE_4)
        column.addWidget(self.notes)
        column.addStretch(1)
        made = scrolled(holder, self.tr("Notes"))
        self._pages.addWidget(made)
        return made

    def say_merged(self) -> None:
        """Says that the company that was asked for is part of this one now."""
        words = self.tr("The company that was asked for was merged into this one")
        self.notice.set_banner(words, "", "blue", icon="git-merge")
        self.notice.show_once()

    def say_gone(self) -> None:
        """Says that no source has the company any more."""
        words = self.tr("What is known about it stays.")
        self.notice.set_banner(self.tr("No source has this company any more."), words, "amber")
        self.notice.show_once()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _lay_out(self) -> None:
        bar = QFrame(self._middle)
        bar.setProperty("line", "bottom")
        top = self._bar = QHBoxLayout(bar)
        top.setContentsMargins(20, tokens.SPACE_1, tokens.SPACE_4, tokens.SPACE_1)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.members.field)
        inner = QVBoxLayout(self._middle)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(bar)
        inner.addWidget(self._pages, 1)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self._middle, 1)
        columns.addWidget(self.side)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        holder = QHBoxLayout()
        holder.setContentsMargins(20, tokens.SPACE_3, 20, tokens.SPACE_3)
        holder.addWidget(self.banner)
        for part in (self.past, self.header, self.strip):
            whole.addWidget(part)
        whole.addLayout(holder)
        whole.addLayout(columns, 1)

    def _page_of(self, key: str) -> QWidget:
        match key:
            case "activity":
                return self.story
            case "conversations":
                return self.talks
            case "notes":
                return self.note_area
            case _:
                return self.members

    def _measure(self) -> None:
        usual, most = _SIDE
        room = max(_LEAST_SIDE, round(self.width() * _SHARE))
        self.side.setFixedWidth(min(theme.current().pixels(usual), most, room))
        self.members.field.setFixedWidth(theme.current().pixels(184))
        needed = self.tabs.sizeHint().width() + self.members.field.width() + _AROUND_TABS
        is_narrow = self.width() - self.side.width() < needed
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if way != self._bar.direction():
            self._bar.setDirection(way)
