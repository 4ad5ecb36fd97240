"""The page of sources: one card each, and what to do where there is none."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import PauseSource, RemoveSource
from console.domain.sources import SourceRow
from console.store import sources
from console.store.changes import Stale
from console.ui.services import Progress
from console.ui.session import Session
from console.ui.sources.set_aside import SetAsideDialog
from console.ui.sources.source_card import SourceCard
from console.ui.style import tokens
from console.ui.sync_state import INTERNAL
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled

_COLUMNS = 2


class SourcesPage(QWidget):
    """Every connected source.

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
        self._session = session
        self._cards: dict[int, SourceCard] = {}
        self._progress_by_name: dict[str, Progress] = {}
        self._count = Chip("0", "grey")
        self.sync_all = Button(self.tr("Sync all"), icon="refresh-cw", keys="F5")
        self.add = Button(self.tr("Add a mailbox…"), "primary", icon="plus", keys="Ctrl+N")
        self.sync_all.clicked.connect(partial(self._sync, None))
        self.add.clicked.connect(self.mailbox_wanted)
        self._pages = QStackedWidget()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._lay_out()
        session.feed.changed.connect(self._take_change)
        session.progressed.connect(self._take_progress)
        self._read()

    def _lay_out(self) -> None:
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mailbox = Button(self.tr("Add a mailbox…"), "primary", icon="plus")
        files = Button(self.tr("Import files…"), icon="download")
        mailbox.clicked.connect(self.mailbox_wanted)
        files.clicked.connect(self.import_wanted)
        words = self.tr("Connect a mailbox and its conversations come in by themselves, or import files once.")
        self._pages.addWidget(EmptyState("plug", self.tr("No source connected"), words, (mailbox, files)))
        self._grid.setContentsMargins(0, 0, tokens.SPACE_3, 0)
        self._grid.setSpacing(tokens.SPACE_3)
        for place in range(_COLUMNS):
            self._grid.setColumnStretch(place, 1)
        self._pages.addWidget(scrolled(self._body, self.tr("Sources")))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_4, tokens.SPACE_6, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_4)
        head = row(label(self.tr("Sources"), "title"), self._count, None, self.sync_all, self.add)
        column.addLayout(head)
        column.addWidget(self._pages, 1)

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind is Stale.SOURCE:
            self._read()

    def _take_progress(self, progress: Progress) -> None:
        if progress.task != "sync":
            return
        if progress.state in ("running", "waiting"):
            self._progress_by_name[progress.name] = progress
        else:
            self._progress_by_name.pop(progress.name, None)
        for card in self._cards.values():
            if card.source.name == progress.name:
                card.show_source(card.source, self._progress_by_name.get(progress.name))

    def _read(self) -> None:
        self._session.ask(sources.sources, self.show_sources, asker=self)

    def show_sources(self, found: tuple[SourceRow, ...]) -> None:
        """Shows these: a card each, updated in place."""
        shown = [source for source in found if source.kind not in INTERNAL and source.state != "removed"]
        for key in set(self._cards) - {source.id for source in shown}:
            card = self._cards.pop(key)
            card.hide()
            card.deleteLater()
        for place, source in enumerate(shown):
            card = self._cards.get(source.id)
            if card is None:
                card = self._cards[source.id] = self._card(source)
            self._grid.addWidget(card, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignTop)
            card.show_source(source, self._progress_by_name.get(source.name))
        self._grid.setRowStretch(len(shown) // _COLUMNS + 1, 1)
        self._count.set_chip(QLocale().toString(len(shown)), "grey")
        self.sync_all.setEnabled(any(source.settings for source in shown))
        self._pages.setCurrentIndex(1 if shown else 0)

    def _card(self, source: SourceRow) -> SourceCard:
        card = SourceCard(source, self._session.now)
        card.sync_wanted.connect(partial(self._sync, source.name))
        card.pause_wanted.connect(partial(self._pause, source.id))
        card.remove_wanted.connect(partial(self._remove, source.id))
        card.aside_wanted.connect(partial(self.open_set_aside, source.id))
        return card

    def choose(self, key: int) -> None:
        """Brings a source into sight."""
        card = self._cards.get(key)
        if card is not None:
            card.setFocus()

    def open_set_aside(self, key: int, _is_checked: bool = False) -> SetAsideDialog:
        """Shows which records of a source could not be read, and why."""
        dialog = SetAsideDialog(self._session, self._cards[key].source, self.window())
        dialog.again_wanted.connect(partial(self._sync, self._cards[key].source.name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _sync(self, name: str | None, _is_checked: bool = False) -> None:
        self._session.services.poke({"command": "sync", "source": name})

    def _pause(self, key: int) -> None:
        source = self._cards[key].source
        self._session.submit(PauseSource(source.id, not source.is_paused))

    def _remove(self, key: int) -> None:
        self._session.submit(RemoveSource(self._cards[key].source.id))
