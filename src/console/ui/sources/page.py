"""The page of sources: a card for each on the left, one of them whole on the right, three doors where there is none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.domain.ids import SourceId
from console.domain.sources import SourceRow, SourceState
from console.store import sources
from console.store.changes import Stale
from console.ui.overriding import override
from console.ui.services import Progress
from console.ui.session import Session
from console.ui.sources.deeds import SourceDeeds
from console.ui.sources.detail import SourceDetail
from console.ui.sources.kinds import Kinds
from console.ui.sources.reading import SourceShown, shown
from console.ui.sources.source_card import SourceCard
from console.ui.style import icons, tokens
from console.ui.sync_state import INTERNAL
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.tab_order import order_tabs

_LEFT, _RIGHT = 460, 860
_AGAIN_MS = 500


class SourcesPage(QStackedWidget):
    """Every connected source; while it is on screen, what became stale is read again twice a second at most.

    Signals:
        add_wanted: a source is to be added, of whichever kind.
        mailbox_wanted: a mailbox is to be added.
        import_wanted: files are to be imported instead.
    """

    add_wanted = Signal()
    mailbox_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.cards: dict[int, SourceCard] = {}
        self._order: list[int] = []
        self._key: int | None = None
        self._progress_by_name: dict[str, Progress] = {}
        self.kinds = Kinds(session, self)
        self.deeds = SourceDeeds(session, self.kinds, self)
        self.detail = SourceDetail()
        self._count, self._told = Chip("0", "grey"), label("", "body2")
        self.sync_all = Button(self.tr("Sync all"), icon="refresh-cw", keys="F5")
        self.add = Button(self.tr("Add source"), "primary", icon="plus", keys="Ctrl+N")
        self._list, self._split = QVBoxLayout(), QSplitter(Qt.Orientation.Horizontal)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._lay_out()
        self._connect()
        self._offer()
        self._read()

    def current(self) -> SourceRow | None:
        """The source that is looked at."""
        card = self.cards.get(self._key) if self._key is not None else None
        return card.source if card is not None else None

    def choose(self, key: int) -> None:
        """Looks at a source, with the keyboard on its card; one that is not read yet as soon as it is."""
        self._choose(key)
        card = self.cards.get(key)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_by(self, step: int) -> None:
        """Goes so many cards down (negative: up) and stops at the ends."""
        if self._order:
            at = self._order.index(self._key) if self._key in self._order else -1
            self.choose(self._order[max(0, min(len(self._order) - 1, at + step))])

    def show_sources(self, found: tuple[SourceRow, ...]) -> None:
        """Shows these: a card each, updated in place."""
        rows = [one for one in found if one.kind not in INTERNAL and not one.state.startswith("removed")]
        rows.sort(key=lambda one: not one.settings)  # what is connected stands before what was brought in once
        for key in set(self.cards) - {one.id for one in rows}:
            card = self.cards.pop(key)
            card.hide()
            card.deleteLater()
        self._order = [int(one.id) for one in rows]
        for place, source in enumerate(rows):
            card = self.cards.get(source.id)
            if card is None:
                card = self.cards[source.id] = self._card(source)
            if self._list.indexOf(card) != place:
                self._list.insertWidget(place, card)
            self._show_card(source)
        self._tell(rows)
        self.setCurrentIndex(1 if rows else 0)
        if self._key not in self.cards:
            needs = next((one.id for one in rows if one.state == SourceState.NEEDS_SOMEBODY), None)
            self._key = needs or (rows[0].id if rows else None)
        self._choose(self._key)

    def show_whole(self, found: SourceShown) -> None:
        """Shows one source whole."""
        source = found.report.source
        if source.id == self._key:
            progress = self._progress_by_name.get(source.name)
            self.detail.show_source(found, progress, self.kinds.kind_of(source.kind), self.session.now())

    def _lay_out(self) -> None:
        buttons = {
            "mail": (self.tr("Connect a mailbox…"), self.mailbox_wanted),
            "plus": (self.tr("Connect a help desk…"), self.add_wanted),
            "download": (self.tr("Import files…"), self.import_wanted),
        }
        doors = [
            Button(words, "primary" if icon == "mail" else "secondary", icon=icon)
            for icon, (words, _) in buttons.items()
        ]
        for door, (_, signal) in zip(doors, buttons.values(), strict=True):
            door.clicked.connect(signal)
        words = self.tr(
            "Connect a mailbox or a help desk and conversations come in by themselves, or import files once."
        )
        self.addWidget(EmptyState("plug", self.tr("No source connected"), words, doors))
        body, left = QWidget(), QWidget()
        self._list.setSpacing(tokens.SPACE_3)
        self._list.setContentsMargins(0, 0, tokens.SPACE_2, tokens.SPACE_3)
        self.more = Button(self.tr("Add a source: mailboxes, forms, help desks, files"), "quiet", icon="plus")
        self._list.addWidget(self.more)
        self._list.addStretch(1)
        body.setLayout(self._list)
        column = QVBoxLayout(left)
        column.setContentsMargins(tokens.SPACE_5, tokens.SPACE_4, tokens.SPACE_2, 0)
        column.setSpacing(tokens.SPACE_3)
        head = row(label(self.tr("Sources"), "title"), self._count, None, self.sync_all, self.add)
        head.setContentsMargins(0, 0, tokens.SPACE_3, 0)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addWidget(scrolled(body, self.tr("Sources")), 1)
        for part, surface, least in ((left, "sunken", 360), (self.detail, "bg", 420)):
            part.setProperty("surface", surface)
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            part.setMinimumWidth(least)
            self._split.addWidget(part)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, _LEFT)
        self._split.setStretchFactor(1, _RIGHT)
        self._split.setSizes([_LEFT, _RIGHT])
        self.addWidget(self._split)

    def _connect(self) -> None:
        self.sync_all.clicked.connect(lambda: self.deeds.sync(None))
        for button in (self.add, self.more):
            button.clicked.connect(self.add_wanted)
        self.deeds.import_wanted.connect(self.import_wanted)
        self.detail.act_wanted.connect(self._act)
        self.detail.streams.chosen.connect(self._choose_streams)
        self.detail.back.chosen.connect(self._choose_back)
        self.detail.runs.grown.connect(lambda: self.detail.grow_runs(self.session.now()))
        self.session.feed.changed.connect(self._take_change)
        self.session.progressed.connect(self._take_progress)
        self.kinds.came.connect(self._read)
        self._again.timeout.connect(self._read)

    def _offer(self) -> None:
        """What the palette offers while the page is shown."""
        acts = (
            ("sync", self.tr("Sync this source"), "refresh-cw"),
            ("pause", self.tr("Pause or resume this source"), "pause"),
            ("settings", self.tr("Settings of this source…"), "sliders-horizontal"),
            ("sign in", self.tr("Replace the secret of this source…"), "key-round"),
            ("retry", self.tr("Try what could not be read again"), "rotate-cw"),
            ("aside", self.tr("Look at what could not be read…"), "file-warning"),
            ("again", self.tr("Read everything of this source again"), "rotate-ccw"),
            ("remove", self.tr("Remove this source…"), "trash-2"),
        )
        for what, words, icon in acts:
            action = QAction(icons.icon(icon), words, self)
            action.triggered.connect(partial(self._act, what))
            self.addAction(action)

    def _act(self, what: str, _is_checked: bool = False) -> None:
        source = self.current()
        if source is not None:
            self.deeds.act(what, source)

    def _choose_streams(self, off: tuple[str, ...]) -> None:
        source = self.current()
        if source is not None:
            self.deeds.choose_streams(source, off)

    def _choose_back(self, what: str, is_on: bool) -> None:
        source = self.current()
        if source is not None:
            self.deeds.choose_back(source, what, is_on)

    def _card(self, source: SourceRow) -> SourceCard:
        card = SourceCard(source, self.session.now, self.kinds.kind_of(source.kind))
        key = int(source.id)
        card.chosen.connect(partial(self._choose, key))
        card.opened.connect(self._enter_detail)
        card.stepped.connect(self.step_by)
        card.spaced.connect(partial(self._act_on, key, "pause"))
        card.act_wanted.connect(partial(self._act_on, key))
        card.aside_wanted.connect(partial(self._act_on, key, "aside"))
        return card

    def _act_on(self, key: int, what: str) -> None:
        source = self.cards[key].source
        self._choose(key)
        if what != "pause" or source.settings:
            self.deeds.act(what, source)

    def _show_card(self, source: SourceRow) -> None:
        progress, known = self._progress_by_name.get(source.name), self.kinds.kind_of(source.kind)
        has_secret = self.kinds.has_secret(source.kind)
        self.cards[source.id].show_source(source, progress, known, has_secret=has_secret)

    def _choose(self, key: int | None) -> None:
        self._key = key
        for place, card in self.cards.items():
            card.set_chosen(is_chosen=place == key)
        if key in self.cards and self.isVisible():
            self._read_whole(SourceId(key or 0))

    def _read_whole(self, key: SourceId) -> None:
        self.session.ask(shown(key), self.show_whole, asker=self, about="whole", failed=lambda _: None)

    def _tell(self, rows: list[SourceRow]) -> None:
        locale = QLocale()
        self._count.set_chip(locale.toString(len(rows)), "grey")
        self.sync_all.setEnabled(any(one.settings for one in rows))
        kept = self.tr("{0} records kept encrypted on this computer").format(
            locale.toString(sum(one.held for one in rows))
        )
        needs = sum(one.state == SourceState.NEEDS_SOMEBODY and not one.is_paused for one in rows)
        many = self.tr("1 source needs you") if needs == 1 else self.tr("{0} sources need you").format(needs)
        self._told.setText(f"{kept} · {many}" if needs else kept)

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind is Stale.SOURCE and self.isVisible() and not self._again.isActive():
            self._again.start()

    def _take_progress(self, progress: Progress) -> None:
        if progress.task != "sync":
            return
        if progress.state in ("running", "waiting"):
            self._progress_by_name[progress.name] = progress
        else:
            self._progress_by_name.pop(progress.name, None)
        for card in self.cards.values():
            if card.source.name == progress.name:
                self._show_card(card.source)
                if card.source.id == self._key:
                    self.detail.show_progress(self._progress_by_name.get(progress.name), self.session.now())

    def _enter_detail(self) -> None:
        order_tabs(self)
        self.detail.setFocus(Qt.FocusReason.TabFocusReason)
        self.detail.focusNextChild()

    def _read(self) -> None:
        self.session.ask(sources.sources, self.show_sources, asker=self)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Cards and switches come and go; the order is asked for only here.
        order_tabs(self)
        return super().focusNextPrevChild(next)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.kinds.ask()
        self._read()
