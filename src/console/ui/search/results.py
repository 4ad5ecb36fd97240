"""What a search found, in the inbox column's place for rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QWidget

from console.domain.search import Hit, HitKind
from console.store.search import search
from console.store.workspace import Workspace
from console.ui.overriding import override
from console.ui.search.hit_painter import HitDelegate
from console.ui.search.hit_rows import HitModel
from console.ui.session import Session
from console.ui.style import theme
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.skeleton import Skeleton

# Few of the kinds that match loosely, so that messages are in sight
MOST_BY_KIND = {HitKind.CUSTOMER: 6, HitKind.COMPANY: 4, HitKind.MESSAGE: 40, HitKind.NOTE: 6}


class SearchResults(QStackedWidget):
    """Hits in groups; old ones stay until new ones come.

    Signals:
        found: the teammate opened this `Hit`.
    """

    found = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = HitModel(self)
        self.list = _HitList(self.model, session)
        self._loading = Skeleton(6, 56)
        self._nothing = EmptyState("search", self.tr("Nothing found"), "x", is_small=True, tone="grey")
        for page in (self.list, self._loading, self._nothing):
            self.addWidget(page)
        self.list.activated.connect(self._open)
        self.list.clicked.connect(self._open)

    def ask(self, words: str) -> None:
        """Searches; empty words forget what was found."""
        if not words:
            self._session.background.forget(self, "search")
            self.model.show_hits(())
            return
        if not self.model.rowCount():
            self.setCurrentWidget(self._loading)
        workspace = self._session.workspace
        self._session.background.run(
            lambda: (words, _found(workspace, words)),
            self._show,
            asker=self,
            about="search",
            failed=self._tell_trouble,
        )

    def step(self, by: int) -> None:
        """Goes to the next hit (negative: the one before)."""
        at = self.list.currentIndex().row() if self.list.currentIndex().isValid() else -1
        row = self.model.next_hit(at, by)
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row, 0))

    def open_current(self) -> None:
        """Opens the hit that is gone to, or the first one."""
        if not self.list.currentIndex().isValid():
            self.step(1)
        self._open(self.list.currentIndex())

    def _show(self, answer: tuple[str, tuple[Hit, ...]]) -> None:
        words, hits = answer
        self.model.show_hits(hits)
        if hits:
            self.setCurrentWidget(self.list)
        else:
            self._nothing.set_words(self.tr("Nothing found"), self.tr("Nothing contains “{0}”.").format(words))
            self.setCurrentWidget(self._nothing)

    def _tell_trouble(self, error: Exception) -> None:
        self._nothing.set_words(self.tr("The search does not answer"), str(error))
        self.setCurrentWidget(self._nothing)

    def _open(self, index: QModelIndex) -> None:
        hit = self.model.hit_at(index.row())
        if hit is not None:
            self.found.emit(hit)


def _found(workspace: Workspace, words: str) -> tuple[Hit, ...]:
    found = (search(workspace, words, most, (kind,)) for kind, most in MOST_BY_KIND.items())
    return tuple(hit for hits in found for hit in hits)


class _HitList(QListView):
    """A short list: at most some sixty hits, so a list view lays it out at once."""

    def __init__(self, model: HitModel, session: Session) -> None:
        super().__init__()
        self._hits = model
        self.setModel(model)
        self.setItemDelegate(HitDelegate(session.now, self))
        self.setAccessibleName(self.tr("Search results"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.current().changed.connect(self.scheduleDelayedItemsLayout)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self._hits.next_hit(self.currentIndex().row(), by)
            if row is not None:
                self.setCurrentIndex(self._hits.index(row, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
