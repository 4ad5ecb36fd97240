"""The page of all imports: what each one brought, how far the running one is, and a way to take one back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.edits import UndoImport
from console.domain.imports import BatchRow
from console.store import imports
from console.store.changes import Stale
from console.ui.importing.run_page import progress_words
from console.ui.profile.wording import since_words
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import EmptyState, Seal
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import ProgressLine
from console.ui.widgets.scrolled import scrolled

translate = QCoreApplication.translate

_MOST = 100
_TONE: dict[str, Tone] = {"done": "green", "failed": "red", "running": "accent", "waiting": "grey", "stopped": "amber"}
_ICON = {"conversations": "mail", "customers": "users", "companies": "building-2", "events": "activity"}


class ImportsPage(QWidget):
    """Every import that was asked for, the newest first; dry runs are none.

    Signals:
        import_wanted: another import is to begin.
        finished: a sentence about an import that has just ended, and what takes it back.
    """

    import_wanted = Signal()
    finished = Signal(str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cards: dict[str, BatchCard] = {}
        self._state_by_batch: dict[str, str] = {}
        self._is_first = True
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.start = Button(self.tr("Import files…"), "primary", icon="download", keys="Ctrl+I")
        self.start.clicked.connect(self.import_wanted)
        other = Button(self.tr("Import files…"), "primary", icon="download")
        other.clicked.connect(self.import_wanted)
        words = self.tr(
            "Mailboxes and spreadsheets that you import are listed here, and each can be undone as a whole."
        )
        self._none = EmptyState("folder-open", self.tr("Nothing imported yet"), words, (other,))
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        self._list.setSpacing(tokens.SPACE_3)
        self._list.addStretch(1)
        self._pages = QStackedWidget()
        self._lay_out()
        session.feed.changed.connect(self._take_change)
        self._read()

    def _lay_out(self) -> None:
        self._pages.addWidget(self._none)
        self._pages.addWidget(scrolled(self._body, self.tr("Imports")))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_4, tokens.SPACE_6, tokens.SPACE_4)
        column.setSpacing(tokens.SPACE_4)
        column.addLayout(row(label(self.tr("Imports"), "title"), None, self.start))
        column.addWidget(self._pages, 1)

    def _take_change(self, kind: Stale, _keys: object) -> None:
        if kind in (Stale.IMPORT, Stale.EDIT):
            self._read()

    def _read(self) -> None:
        self._session.ask(imports.batches, self.show_batches, asker=self)

    def show_batches(self, found: tuple[BatchRow, ...]) -> None:
        """Shows these, the newest first: a card each, updated in place."""
        shown = [batch for batch in found if batch.state in _TONE or batch.state == "undone"][:_MOST]
        for place, batch in enumerate(shown):
            card = self._cards.get(batch.id)
            if card is None:
                card = BatchCard(self._session, batch)
                card.undo_wanted.connect(self._undo)
                card.stop_wanted.connect(self._stop)
                self._cards[batch.id] = card
                self._list.insertWidget(place, card)
            card.show_batch(batch)
            self._tell_end(batch)
        self._is_first = False
        self._pages.setCurrentIndex(1 if shown else 0)

    def _tell_end(self, batch: BatchRow) -> None:
        before = self._state_by_batch.get(batch.id, "waiting")
        self._state_by_batch[batch.id] = batch.state
        if self._is_first or before not in ("waiting", "running"):
            return
        if batch.state == "done":
            words = self.tr("{0}: {1}").format(batch.name, counts_words(batch.counts))
            self.finished.emit(words, partial(self._undo, batch.id))

    def _undo(self, batch: str) -> None:
        self._session.submit(UndoImport(batch))

    def _stop(self, batch: str) -> None:
        self._session.services.poke({"command": "stop", "task": "import", "name": batch})


class BatchCard(Card):
    """One import.

    Signals:
        undo_wanted, stop_wanted: the key of the batch.
    """

    undo_wanted = Signal(str)
    stop_wanted = Signal(str)

    def __init__(self, session: Session, batch: BatchRow, parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._session = session
        self._name = ElidedLabel(batch.name, "heading")
        self._state = Chip("", "grey")
        self._words = ElidedLabel("", "body2")
        self._line = ProgressLine(self.tr("Progress of the import"))
        self._undo = Button(self.tr("Undo this import"), icon="undo-2", is_small=True)
        self._stop = Button(self.tr("Stop"), icon="x", is_small=True)
        self._undo.clicked.connect(lambda: self.undo_wanted.emit(batch.id))
        self._stop.clicked.connect(lambda: self.stop_wanted.emit(batch.id))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(row(self._name, self._state, None))
        texts.addWidget(self._words)
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_3)
        line.addWidget(Seal(_ICON.get(batch.kind, "file"), "teal", 36, is_round=False))
        line.addLayout(texts, 1)
        line.addWidget(self._stop)
        line.addWidget(self._undo)
        self.column.addLayout(line)
        self.column.addWidget(self._line)

    def show_batch(self, batch: BatchRow) -> None:
        """Shows how the batch stands now."""
        is_running = batch.state in ("waiting", "running")
        self._state.set_chip(self._state_words(batch.state), _TONE.get(batch.state, "grey"))
        self._line.setVisible(is_running)
        self._line.set_share(batch.done / batch.total if batch.total else None)
        self._stop.setVisible(is_running)
        self._undo.setVisible(batch.state in ("done", "stopped", "failed"))
        when = since_words(batch.started_at, self._session.now())
        what = progress_words(batch) if is_running else batch.problem or counts_words(batch.counts)
        self._words.set_words(f"{when[:1].upper()}{when[1:]} · {what}")

    def _state_words(self, state: str) -> str:
        return {
            "waiting": self.tr("Waiting"),
            "running": self.tr("Importing"),
            "done": self.tr("Imported"),
            "stopped": self.tr("Stopped"),
            "failed": self.tr("Failed"),
            "undone": self.tr("Undone"),
        }.get(state, state)


def counts_words(counts: Mapping[str, int]) -> str:
    """`212 new, 58 updated, 3 left out`; only what counts something."""
    words_by_name = (
        ("new", translate("Imports", "{0} new")),
        ("updated", translate("Imports", "{0} updated")),
        ("unchanged", translate("Imports", "{0} unchanged")),
        ("left_out", translate("Imports", "{0} left out")),
    )
    parts = [words.format(QLocale().toString(counts[name])) for name, words in words_by_name if counts.get(name)]
    return ", ".join(parts) or translate("Imports", "nothing new")
