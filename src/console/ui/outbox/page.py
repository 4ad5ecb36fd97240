"""The page of the outbox: who must act first, then what is on its way, then what is done; one matter whole beside it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.domain.outbox import SendingState
from console.domain.outbox_rows import OutboxDetail, OutboxFilter
from console.store.changes import Stale
from console.store.outbox_detail import outbox_detail
from console.ui.outbox.acts import OutboxActs, acts_of
from console.ui.outbox.detail import OutboxDetailView
from console.ui.outbox.groups import OutboxGroups
from console.ui.outbox.matters import Listed, Matter, listed
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import icons, tokens
from console.ui.widgets.buttons import OWN_KEYS, Button
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.segmented import Choice, Segmented
from console.ui.widgets.tab_order import order_tabs

_LEFT, _RIGHT = 512, 620
_TICK_MS = 20_000
_STALE = (Stale.OUTBOX, Stale.SOURCE, Stale.EDIT)


class OutboxPage(QSplitter):
    """Reads while it is on screen; what is chosen stays while its state changes."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.session = session
        self.listed: Listed | None = None
        self._is_all_done, self._is_fresh = False, True
        self._asked: int | None = None
        self._count = Chip("", "grey")
        self.hold_all = Button(self.tr("Hold all"), icon="circle-pause")
        self.filter = Segmented(
            self.tr("What is listed"),
            (
                Choice(OutboxFilter.ALL.value, self.tr("All")),
                Choice(OutboxFilter.NEEDS_YOU.value, self.tr("Needs you")),
                Choice(OutboxFilter.WAITING.value, self.tr("Waiting")),
                Choice(OutboxFilter.DONE.value, self.tr("Done")),
            ),
        )
        self.groups = OutboxGroups()
        self.detail = OutboxDetailView()
        self.acts = OutboxActs(session, self)
        self._lists, self._beside = QStackedWidget(), QStackedWidget()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._lay_out()
        self._connect()
        self._offer()

    def show_listed(self, found: Listed) -> None:
        """Shows what is in the outbox."""
        self.listed = found
        wanted = OutboxFilter(self.filter.key())
        counts = found.counts
        words = self.tr("{0} not sent yet").format(QLocale().toString(counts.not_sent))
        self._count.set_chip(words, "grey")
        self._count.setVisible(counts.not_sent > 0)
        needs = len(found.needs_you)
        self.filter.set_count(OutboxFilter.NEEDS_YOU.value, needs or None)
        self.filter.set_count(OutboxFilter.WAITING.value, counts.waiting or None)
        self._name_hold_all(found)
        self.groups.show_listed(found, wanted, self.session.now(), self.session.teammate)
        self._lists.setCurrentIndex(0 if self.groups.lines() else 1)
        self._beside.setVisible(bool(self.groups.lines()))
        self._say_empty(wanted, found)
        matter = self.groups.current()
        if self._is_fresh and matter is not None:
            self.groups.choose(matter.key)
        self._is_fresh = False

    def show_detail(self, detail: OutboxDetail) -> None:
        """Shows a matter whole."""
        self.detail.show_detail(detail, self.session.now(), self.session.teammate)
        self._beside.setCurrentIndex(0)
        self._enable()

    def step_by(self, step: int) -> None:
        """Looks at another matter, so many places down (negative: up)."""
        self.groups.step_by(step)

    def choose_filter(self, wanted: OutboxFilter) -> None:
        """Lists only some."""
        self.filter.choose(wanted.value)
        if self.listed is not None:
            self.show_listed(self.listed)

    def _lay_out(self) -> None:
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        left = QWidget()
        left.setProperty("surface", "bg")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._empty = EmptyState(
            "send", self.tr("Everything has been sent"), self.tr("Nothing waits and nothing needs you.")
        )
        self._lists.addWidget(scrolled(self.groups, self.tr("Outbox")))
        self._lists.addWidget(self._empty)
        column = QVBoxLayout(left)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_2)
        column.setSpacing(tokens.SPACE_3)
        head = row(label(self.tr("Outbox"), "title"), self._count, None, self.hold_all)
        head.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        line = row(self.filter, None)
        line.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        column.addLayout(head)
        column.addLayout(line)
        column.addWidget(self._lists, 1)
        nothing = EmptyState(
            "send",
            self.tr("Nothing is chosen"),
            self.tr("Choose something on the left to see it whole."),
            is_small=True,
        )
        self._beside.addWidget(self.detail)
        self._beside.addWidget(nothing)
        self._beside.setCurrentIndex(1)
        left.setMinimumWidth(340)
        self._beside.setMinimumWidth(360)
        self.addWidget(left)
        self.addWidget(self._beside)
        self.setStretchFactor(0, _LEFT)
        self.setStretchFactor(1, _RIGHT)
        self.setSizes([_LEFT, _RIGHT])

    def _connect(self) -> None:
        self.filter.chosen.connect(lambda _: self.show_listed(self.listed) if self.listed else None)
        self.hold_all.clicked.connect(self._hold_all)
        self.groups.chosen.connect(self._take_choice)
        self.groups.opened.connect(self._enter_detail)
        self.groups.act_wanted.connect(self.acts.act)
        self.groups.all_wanted.connect(self._show_all_done)
        self.detail.act_wanted.connect(self._act)
        self.session.feed.changed.connect(self._hear)
        self._tick.timeout.connect(self.read)

    def _offer(self) -> None:
        """The acts with their keys, for the page and for the palette while it is shown."""
        acts = (
            ("hold", self.tr("Hold or release what goes out"), "H", "circle-pause"),
            ("retry", self.tr("Send again"), "R", "rotate-cw"),
            ("check", self.tr("Check whether it was sent"), "C", "search"),
            ("sent", self.tr("It was sent"), "", "check"),
            ("edit", self.tr("Change the waiting text…"), "", "pencil"),
            ("drop", self.tr("Drop what goes out"), "Delete", "trash-2"),
            ("resolve", self.tr("Send this choice"), "Ctrl+Return", "send"),
            ("open", self.tr("Open whom it is about"), "", "external-link"),
            ("hold all", self.tr("Hold or release everything"), "Shift+H", "circle-pause"),
        )
        self._actions: dict[str, QAction] = {}
        for what, words, keys, icon in acts:
            action = QAction(icons.icon(icon), words, self)
            action.setShortcuts([QKeySequence(keys)] if keys else [])
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.setProperty(OWN_KEYS, [keys] if keys else [])
            action.triggered.connect(lambda _=False, what=what: self._act(what, self))
            self.addAction(action)
            self._actions[what] = action
        self._enable()

    def _act(self, what: str, anchor: QWidget) -> None:
        matter, detail = self.groups.current(), self.detail.detail
        if what == "hold all":
            self._hold_all()
        elif matter is None:
            return
        elif what == "open":
            self.acts.open_target(matter.first)
        elif what == "resolve":
            if detail is not None and self.detail.conflict is not None and self.detail.conflict.is_complete():
                self.acts.resolve(*self.detail.conflict.sides())
        else:
            is_held = matter.first.state is SendingState.HELD
            self.acts.act("release" if what == "hold" and is_held else what, matter, anchor)

    def _enable(self) -> None:
        matter = self.groups.current()
        can = acts_of(matter.first) if matter is not None else frozenset[str]()
        for what, action in self._actions.items():
            action.setEnabled(what in can or (what == "hold" and "release" in can))
        self._actions["open"].setEnabled(matter is not None)
        self._actions["resolve"].setEnabled(self.detail.conflict is not None and matter is not None)
        self._actions["hold all"].setEnabled(self.hold_all.isEnabled())

    def _take_choice(self, matter: Matter | None) -> None:
        self._enable()
        if matter is None:
            self._asked = None
            self.detail.detail = self.detail.conflict = None
            self._beside.setCurrentIndex(1)
            return
        self._asked = matter.key
        now, key = self.session.now(), matter.key
        self.session.ask(
            lambda connection: outbox_detail(connection, key, now=now),
            self._show_asked,
            asker=self,
            about="detail",
            failed=lambda _: self._beside.setCurrentIndex(1),
        )

    def _show_asked(self, detail: OutboxDetail) -> None:
        if detail.row.id == self._asked:
            self.show_detail(detail)

    def _enter_detail(self) -> None:
        order_tabs(self)
        self.detail.setFocus(Qt.FocusReason.TabFocusReason)
        self.detail.focusNextChild()

    def _hold_all(self) -> None:
        if self.listed is None:
            return
        rows = [one for matter in self.listed.waiting for one in matter.rows]
        if any(one.state is SendingState.QUEUED for one in rows):
            self.acts.hold_all(rows)
        else:
            self.acts.release_all(rows)

    def _name_hold_all(self, found: Listed) -> None:
        states = {one.state for matter in found.waiting for one in matter.rows}
        is_release = SendingState.HELD in states and SendingState.QUEUED not in states
        self.hold_all.set_words(self.tr("Release all") if is_release else self.tr("Hold all"))
        self.hold_all.set_icon("play" if is_release else "circle-pause")
        self.hold_all.setEnabled(bool(states & {SendingState.HELD, SendingState.QUEUED}))
        self._enable()

    def _say_empty(self, wanted: OutboxFilter, found: Listed) -> None:
        if wanted is OutboxFilter.ALL or not found.all():
            self._empty.set_words(self.tr("Everything has been sent"), self.tr("Nothing waits and nothing needs you."))
        elif wanted is OutboxFilter.NEEDS_YOU:
            self._empty.set_words(self.tr("Nothing needs you"), self.tr("What waits goes out by itself."))
        else:
            self._empty.set_words(self.tr("Nothing here"), "")

    def _show_all_done(self) -> None:
        self._is_all_done = True
        self.groups.done.all.hide()
        self.read()

    def read(self) -> None:
        """Reads the list again; it is shown when it is read."""
        now, is_all = self.session.now(), self._is_all_done
        local = now.astimezone()
        since = now - timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
        self.session.ask(
            lambda connection: listed(connection, now=now, since=since, is_all_done=is_all),
            self.show_listed,
            asker=self,
            about="list",
        )

    def _hear(self, kind: Stale, _keys: object) -> None:
        if kind in _STALE and self.isVisible():
            self.read()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Lines and buttons come and go; the order is asked for only here.
        order_tabs(self)
        return super().focusNextPrevChild(next)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._is_fresh = True
        self.read()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self.acts.close()
