"""The inbox as a place: the list, the conversation and the profile side by side, and what goes between them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.domain.inbox import InboxCounts
from console.store.changes import Stale
from console.ui.first_paint import after_first_paint
from console.ui.footer import Footer
from console.ui.inbox.beside import Beside, sizes_in
from console.ui.inbox.column import InboxColumn
from console.ui.inbox.read_marks import READ_AFTER_MS, READ_AFTER_OPENING_MS, ReadMarks
from console.ui.inbox.tabs import TabsInOrder
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import theme, tokens

if TYPE_CHECKING:
    from console.domain.search import Hit
    from console.ui.conversation.pane import ConversationPane
    from console.ui.inbox.all_clear import AllClear
    from console.ui.inbox.deeds import ConversationDeeds
    from console.ui.profile.panel import ProfilePanel

OUTER, INNER, PANEL, OPEN = "splitter_inbox", "splitter_pane", "panel_shown", "conversation"
_NARROW = 1000
_LEAST_LIST = 280, 440  # at the usual text size, at the largest: the window still fits a screen of 1024 px


class InboxPlace(QSplitter):
    """Three columns; the selected conversation decides what the other two show.

    Signals:
        turned: another conversation is shown, or another state of it (its key or None).
        completed: conversation and profile stand beside the rows.
    """

    turned = Signal(object)
    completed = Signal()

    def __init__(self, session: Session, footer: Footer, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.session = session
        self.column = InboxColumn(session)
        self._offered: tuple[QAction, ...] = ()
        self._shown_customer: CustomerId | None = None
        self._is_narrow, self._is_panel_wished = False, True
        self._left, self._inner, self._right = QWidget(), Beside(session), QStackedWidget()
        self.marks = ReadMarks(self, self._mark_read)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.timeout.connect(self._reopen)
        self._tabs = TabsInOrder(self)
        self._lay_out(footer)
        self._connect()
        self._restore()
        self._settle(self.column.counts)

    @property
    def pane(self) -> ConversationPane:
        """The conversation that is read; made when it is first asked for, soon after the rows are on screen."""
        return self._inner.pane

    @property
    def panel(self) -> ProfilePanel:
        """The profile beside it; made with it."""
        return self._inner.panel

    @cached_property
    def clear(self) -> AllClear:
        """The page of an empty inbox, made for the first one."""
        from console.ui.inbox.all_clear import AllClear

        page = AllClear()
        page.offer(self._offered)
        self._right.addWidget(page)
        return page

    @cached_property
    def deeds(self) -> ConversationDeeds:
        """What the keyboard does to the conversation that is chosen; made with what stands beside the rows."""
        from console.ui.inbox.deeds import ConversationDeeds

        return ConversationDeeds(self.session, self.column)

    def is_complete(self) -> bool:
        """Whether conversation and profile were made."""
        return self._inner.is_made()

    def show_conversation(self, key: int | None) -> None:
        """Goes to a conversation, also one that the list does not hold."""
        self.column.list.choose(key)

    def show_customer(self, key: CustomerId) -> None:
        """Shows a customer's profile beside whatever conversation stands there."""
        self._bring_panel().show_customer(key)

    def show_company(self, key: CompanyId) -> None:
        """Shows a company's profile there."""
        self._bring_panel().show_company(key)

    def toggle_panel(self) -> None:
        """Shows or hides the profile."""
        self._show_panel(is_shown=self._inner.is_panel_hidden())
        self.session.keep_state({PANEL: "1" if self._is_panel_wished else "0"})

    def show_list(self) -> None:
        """Brings the list back where a profile stands in its place."""
        if self._left.isHidden():
            self._inner.show_panel(is_shown=False)
            self._make_room()

    def offer(self, actions: tuple[QAction, ...]) -> None:
        """The ways on where the inbox is empty."""
        self._offered = actions

    def show_clear(self) -> None:
        """Shows the page of an empty inbox."""
        self._right.setCurrentWidget(self.clear)

    def remember(self) -> None:
        """Keeps how the columns stand."""
        self.session.keep_state(
            {
                OUTER: ",".join(map(str, self.sizes())),
                INNER: ",".join(map(str, self._inner.sizes())),
                OPEN: str(self.column.list.current_key() or ""),
            }
        )

    def _lay_out(self, footer: Footer) -> None:
        left = self._left
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.column, 1)
        below.addWidget(footer)
        self._right.addWidget(self._inner)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(self._right)
        self._measure()
        self.setStretchFactor(1, 1)

    def _connect(self) -> None:
        self.column.chosen.connect(self._turn)
        self.column.opened.connect(self._enter_conversation)
        self.column.found.connect(self._open_hit)
        self.column.counted.connect(self._settle)
        self._inner.made.connect(self._connect_beside)
        self.turned.connect(lambda _: self._tabs.start())
        theme.current().changed.connect(self._measure)
        for waiting in (self._tabs, self.marks, self._opening):
            self.session.closing.connect(waiting.stop)
        self.session.feed.changed.connect(self._take_change)

    def _connect_beside(self) -> None:
        _ = self.deeds
        self._inner.look_ahead(self.column.list.neighbours).foreseen.connect(lambda _: self.column.list.foresee())
        self.pane.shown.connect(self._follow)
        self.pane.profile_wanted.connect(self.show_customer)
        self.panel.customer_wanted.connect(self.show_customer)
        self.panel.company_wanted.connect(self.session.open_company)
        self.panel.conversation_wanted.connect(self.show_conversation)
        self.completed.emit()
        self._opening.start(0)

    def _open_hit(self, hit: Hit) -> None:
        from console.ui.inbox.hits import open_hit

        open_hit(self, hit)

    def _measure(self) -> None:
        """Larger text needs wider columns."""
        usual, most = _LEAST_LIST
        self._left.setMinimumWidth(min(theme.current().pixels(usual), most))
        self._inner.measure()
        self._make_room()

    def _restore(self) -> None:
        state = self.session.state()
        self.setSizes(sizes_in(state.get(OUTER, "")) or [theme.current().pixels(tokens.LIST_WIDTH), 1040])
        self._inner.setSizes(sizes_in(state.get(INNER, "")) or [690, tokens.PROFILE_WIDTH])
        self._show_panel(is_shown=state.get(PANEL, "1") != "0")
        # The rows are painted first; the conversation that stood open follows.
        after_first_paint(self, self._inner.make_soon)

    def _reopen(self) -> None:
        """The conversation that stood open, else the newest one, so that a window never opens on nothing."""
        if self.column.list.current_key() is not None or not self.column.rows.rowCount():
            return
        key = self.session.state().get(OPEN, "")
        is_known = key.isdigit() and self.column.rows.position_of(int(key)) is not None
        self.column.list.choose(int(key) if is_known else self.column.rows.id_at(0))
        # Nobody chose it: it is read only after it was really looked at.
        self.marks.begin(READ_AFTER_OPENING_MS)

    def _turn(self, key: int | None) -> None:
        self.marks.stop()
        self._inner.open(None if key is None else ConversationId(key))
        self._settle(self.column.counts)
        if key is not None:
            self.marks.begin(READ_AFTER_MS)

    def _follow(self, _key: object = None) -> None:
        """The profile follows the conversation's customer, also after another one was given to it."""
        card = self.pane.customer()
        customer = None if card is None else card.id
        read = self.pane.read()
        here = None if read is None else read.head.id
        if customer != self._shown_customer or customer is None:
            self._shown_customer = customer
            if customer is not None:
                self.panel.show_customer(customer, beside=here, known=self._inner.known_view())
            elif read is not None:
                self.panel.show_nobody()
            else:
                words = self.tr("Choose a conversation, and its customer appears here")
                self.panel.show_nobody(self.tr("No conversation chosen"), words)
        self.panel.leave_out(here)
        self.turned.emit(self.column.list.current_key())

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind in (Stale.CONVERSATION, Stale.CUSTOMER) and self._is_reading():
            card = self.pane.customer()
            if (None if card is None else card.id) != self._shown_customer and self._shown_customer is not None:
                self._follow()
            self.turned.emit(self.column.list.current_key())

    def _mark_read(self) -> None:
        row = self.column.current_row()
        if row is not None and row.unread_count:
            self.deeds.mark_read(row.id)

    def _enter_conversation(self) -> None:
        self.pane.messages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_panel(self) -> ProfilePanel:
        self._show_panel(is_shown=True)
        self._right.setCurrentWidget(self._inner)
        self._shown_customer = None
        return self.panel

    def _show_panel(self, *, is_shown: bool) -> None:
        self._is_panel_wished = is_shown
        self._inner.show_panel(is_shown=is_shown)
        self._make_room()

    def _make_room(self) -> None:
        """Where three columns do not fit, the list makes room for a profile that was asked for, and comes back after it."""
        needed = self._left.minimumWidth() + self._inner.least_width() + 1
        has_three = not self._inner.is_panel_hidden() and self._right.currentWidget() is self._inner
        self._left.setVisible(not has_three or self.width() >= needed)

    def _settle(self, counts: InboxCounts) -> None:
        choice = self.column.choice
        is_clear = (
            not self._is_reading()
            and not self.column.rows.rowCount()
            and choice.segment in ("open", "mine")
            and not choice.is_narrowed()
        )
        if is_clear:
            from console.ui.inbox.clear_words import clear_words

            self.clear.say(*clear_words(self.session, counts))
        self._right.setCurrentWidget(self.clear if is_clear else self._inner)

    def _is_reading(self) -> bool:
        return self.is_complete() and self.pane.read() is not None

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.marks.look_again()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.marks.look_again()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme.current().pixels(_NARROW)
        if is_narrow != self._is_narrow:
            # Three columns in a small window help nobody; the profile comes back with the room, or when asked for.
            self._is_narrow = is_narrow
            self._inner.show_panel(is_shown=self._is_panel_wished and not is_narrow)
        self._make_room()
