"""The page of sources: a card for each on the left, one of them whole on the right, three doors where there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
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
from console.ui.style import icons, theme, tokens
from console.ui.sync_state import INTERNAL
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.tab_order import order_tabs

_LEFT, _RIGHT = 460, 860
_LEAST_LEFT, _LEAST_RIGHT = 436, 540
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
        self._count, self._told = Chip("0", "grey"), ElidedLabel("", "body2")
        self.sync_all = Button(self.tr("Sync all"), icon="refresh-cw", keys="F5")
        self.add = Button(self.tr("Add source"), "primary", icon="plus", keys="Ctrl+N")
        self._left, self._is_narrow, self._is_inside = QWidget(), False, False
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
        self._add_doors()
        body, left = QWidget(), self._left
        self._list.setSpacing(tokens.SPACE_3)
        self._list.setContentsMargins(0, 0, tokens.SPACE_2, tokens.SPACE_3)
        self.more = Button(self.tr("Add a source"), "quiet", icon="plus")
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
        for part, surface in ((left, "sunken"), (self.detail, "bg")):
            part.setProperty("surface", surface)
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._split.addWidget(part)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, _LEFT)
        self._split.setStretchFactor(1, _RIGHT)
        self._split.setSizes([_LEFT, _RIGHT])
        self.addWidget(self._split)

    def _add_doors(self) -> None:
        """What stands where there is no source."""
        doors = (
            (Button(self.tr("Connect a mailbox…"), "primary", icon="mail"), self.mailbox_wanted),
            (Button(self.tr("Connect a help desk…"), icon="life-buoy"), self.add_wanted),
            (Button(self.tr("Import files…"), icon="download"), self.import_wanted),
        )
        for door, signal in doors:
            door.clicked.connect(signal)
        words = self.tr("Conversations of a mailbox or a help desk come in by themselves; files come in once.")
        self.addWidget(EmptyState("plug", self.tr("No source connected"), words, [door for door, _ in doors]))

    def _connect(self) -> None:
        self.sync_all.clicked.connect(lambda: self.deeds.sync(None))
        for button in (self.add, self.more):
            button.clicked.connect(self.add_wanted)
        self.deeds.import_wanted.connect(self.import_wanted)
        self.detail.act_wanted.connect(self._act)
        self.detail.left.connect(self._leave_detail)
        self.detail.streams.chosen.connect(lambda off: self._with(self.deeds.choose_streams, off))
        self.detail.back.chosen.connect(lambda what, is_on: self._with(self.deeds.choose_back, what, is_on))
        self.detail.runs.grown.connect(lambda: self.detail.grow_runs(self.session.now()))
        self.session.feed.changed.connect(self._take_change)
        self.session.progressed.connect(self._take_progress)
        self.kinds.came.connect(self._read)
        self._again.timeout.connect(self._read)

    def _offer(self) -> None:
        """What the palette offers while the page is shown."""
        for what, words, icon in self.deeds.offered():
            action = QAction(icons.icon(icon), words, self)
            action.triggered.connect(partial(self._act, what))
            self.addAction(action)

    def _act(self, what: str, _is_checked: bool = False) -> None:
        self._with(lambda source: self.deeds.act(what, source))

    def _with(self, deed: Callable[..., object], *more: object) -> None:
        source = self.current()
        if source is not None:
            deed(source, *more)

    def _card(self, source: SourceRow) -> SourceCard:
        card = SourceCard(source, self.session.now, self.kinds.kind_of(source.kind))
        key = int(source.id)
        card.chosen.connect(partial(self._press, key))
        card.opened.connect(self.open_detail)
        card.stepped.connect(self.step_by)
        card.spaced.connect(partial(self._act_on, key, "pause"))
        card.act_wanted.connect(partial(self._act_on, key))
        card.aside_wanted.connect(partial(self._act_on, key, "aside"))
        return card

    def _press(self, key: int) -> None:
        self._choose(key)
        if self._is_narrow:
            self.open_detail()

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
        self._told.set_words(f"{kept} · {many}" if needs else kept)

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

    def _arrange(self) -> None:
        """Where there is no room for both, the list or the source stands alone."""
        pixels = theme.current().pixels
        self._is_narrow = self.width() < pixels(_LEAST_LEFT + _LEAST_RIGHT)
        self._left.setMinimumWidth(min(pixels(_LEAST_LEFT), self.width()))
        self._left.setVisible(not self._is_narrow or not self._is_inside)
        self.detail.setVisible(not self._is_narrow or self._is_inside)
        self.detail.back_to_list.setVisible(self._is_narrow)

    def _leave_detail(self) -> None:
        self._is_inside = False
        self._arrange()
        if self._key is not None:
            self.choose(self._key)

    def open_detail(self) -> None:
        """Puts the keyboard into the source that is looked at; in a narrow window it takes the place of the list."""
        self._is_inside = True
        self._arrange()
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
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.kinds.ask()
        self._read()
