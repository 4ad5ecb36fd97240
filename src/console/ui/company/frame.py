"""How the window of a company is laid out: head, figures and health on top; tabs and what is known of it side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

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
    """The parts of the window, none of which knows another.

    Signals:
        tab_shown: (its key) another tab stands in front.
    """

    tab_shown = Signal(str)

    def __init__(
        self, session: Session, known_tags: Callable[[], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        # From the outside inwards: each time a filled widget gets another parent, Qt tells everything in it.
        self.header, self.strip, self.banner = CompanyHeader(self), FigureStrip(self), HealthBanner(self)
        self.past = AsOfStrip(self)
        self.notice = Banner("", is_closable=True, parent=self)
        self.notice.hide()
        self._middle = QWidget(self)
        self._pages = QStackedWidget(self._middle)
        self.story, self.talks = StreamView(session, self._pages), TalkList(session, self._pages)
        self.members, self.notes = MemberPage(session, self._pages), NoteColumn()
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
        self._pages.setCurrentIndex(TABS.index(key))
        self.members.field.setVisible(key == "members")
        self.tab_shown.emit(key)

    def tab(self) -> str:
        """The tab in front."""
        return self.tabs.key()

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
        notes = QWidget()
        column = QVBoxLayout(notes)
        column.setContentsMargins(tokens.SPACE_5, tokens.SPACE_4, tokens.SPACE_5, tokens.SPACE_4)
        column.addWidget(self.notes)
        column.addStretch(1)
        self.note_area = scrolled(notes, self.tr("Notes"))
        for page in (self.story, self.talks, self.members, self.note_area):
            self._pages.addWidget(page)
        bar = QFrame()
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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        holder = QHBoxLayout()
        holder.setContentsMargins(20, tokens.SPACE_3, 20, tokens.SPACE_3)
        holder.addWidget(self.banner)
        for part in (self.past, self.notice, self.header, self.strip):
            whole.addWidget(part)
        whole.addLayout(holder)
        whole.addLayout(columns, 1)

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
