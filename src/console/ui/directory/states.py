"""What stands in the directory where no rows are: they are read, there is nobody, nobody matches, or it went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.skeleton import Skeleton

_SHAPES = 9


class States(QStackedWidget):
    """One of four pages.

    Signals:
        all_wanted: the filter is to go.
        again_wanted: read once more.
        import_wanted, sources_wanted: somebody is to come from a file or from a source.
    """

    all_wanted = Signal()
    again_wanted = Signal()
    import_wanted = Signal()
    sources_wanted = Signal()

    def __init__(self, owner_kind: OwnerKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_customers = owner_kind is OwnerKind.CUSTOMER
        self._loading = QWidget()
        column = QVBoxLayout(self._loading)
        column.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        column.addWidget(Skeleton(_SHAPES, 48))
        column.addStretch(1)
        again = Button(self.tr("Try again"), icon="refresh-cw")
        again.clicked.connect(self.again_wanted)
        self._error = EmptyState("triangle-alert", self.tr("The list could not be read"), "", (again,), tone="amber")
        everybody = Button(self.tr("Show all"))
        everybody.clicked.connect(self.all_wanted)
        self._nothing = EmptyState(
            "list-filter",
            self.tr("Nobody matches") if self._is_customers else self.tr("No company matches"),
            self.tr("Take a condition away, or show all"),
            (everybody,),
        )
        self._empty = self._make_empty()
        for page in (self._loading, self._error, self._nothing, self._empty):
            self.addWidget(page)

    def show_loading(self) -> None:
        """They are read."""
        self.setCurrentWidget(self._loading)

    def show_error(self, sentence: str) -> None:
        """They could not be read, and why."""
        self._error.set_words(self.tr("The list could not be read"), sentence)
        self.setCurrentWidget(self._error)

    def show_empty(self, *, is_narrowed: bool) -> None:
        """There is nobody, or nobody whom the filter lets through."""
        self.setCurrentWidget(self._nothing if is_narrowed else self._empty)

    def _make_empty(self) -> EmptyState:
        sources = Button(self.tr("Connect a source"), "primary", icon="plug")
        sources.clicked.connect(self.sources_wanted)
        files = Button(self.tr("Import a file"), icon="download")
        files.clicked.connect(self.import_wanted)
        title = self.tr("No customer yet") if self._is_customers else self.tr("No company yet")
        words = self.tr("Connect a source or import a file, and everybody it knows stands here")
        return EmptyState("users" if self._is_customers else "building-2", title, words, (sources, files))
