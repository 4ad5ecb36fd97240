"""The third step: how far the import is, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.imports import BatchRow
from console.ui.importing.shares import Legend, ShareBar
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.labels import label, set_look
from console.ui.widgets.progress import ProgressLine


class RunPage(QWidget):
    """Progress while it runs; counts when it has ended.

    Signals:
        stop_wanted: the import is to stop; what it brought in so far stays and can be undone.
    """

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "heading")
        self._line = ProgressLine(self.tr("Progress of the import"))
        self._words = label("", "body2", is_wrapping=True)
        self._bar = ShareBar()
        self._legend = Legend()
        self.stop = Button(self.tr("Stop"), icon="x")
        self.stop.clicked.connect(self.stop_wanted)
        card = Card(margin=tokens.SPACE_6)
        for widget in (self._title, self._line, self._words, self._bar, self._legend):
            card.column.addWidget(widget)
        card.column.addLayout(row(self.stop, None))
        self._hint = label(
            self.tr("You can close this window; the import goes on, and Imports shows how far it is."), "small"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_3)
        column.addStretch(1)
        column.addWidget(card)
        column.addWidget(self._hint)
        column.addStretch(2)
        self.show_batch(None)

    def show_batch(self, batch: BatchRow | None) -> None:
        """Shows the batch as it is; None before it is known."""
        is_running = batch is None or batch.state in ("waiting", "running")
        self._line.setVisible(is_running)
        self.stop.setVisible(is_running)
        self._hint.setVisible(is_running)
        self._bar.setVisible(not is_running)
        self._legend.setVisible(not is_running)
        set_look(self._words, "body2")
        if batch is None or batch.state == "waiting":
            self._title.setText(self.tr("The import is about to start"))
            self._line.set_share(None)
            self._words.setText("")
        elif batch.state == "running":
            self._title.setText(self.tr("Importing {0}").format(batch.name))
            self._line.set_share(batch.done / batch.total if batch.total else None)
            self._words.setText(progress_words(batch))
        else:
            self._show_end(batch)

    def _show_end(self, batch: BatchRow) -> None:
        titles = {
            "done": self.tr("Imported"),
            "stopped": self.tr("Stopped"),
            "failed": self.tr("The import failed"),
            "undone": self.tr("The import was undone"),
        }
        self._title.setText(titles.get(batch.state, batch.state))
        self._words.setText(batch.problem)
        if batch.problem:
            set_look(self._words, "red")
        counts = batch.counts
        parts = (
            ("accent", counts.get("new", 0), self.tr("new")),
            ("teal", counts.get("updated", 0), self.tr("updated")),
            ("control", counts.get("unchanged", 0), self.tr("unchanged")),
            ("red", counts.get("left_out", 0), self.tr("left out")),
        )
        self._bar.show_parts(tuple((color, count) for color, count, _ in parts))
        self._legend.show_parts(parts)


def progress_words(batch: BatchRow) -> str:
    """How far a batch is, as `1,200 of 4,150` or `1,200 read`."""
    done = QLocale().toString(batch.done)
    translate = QCoreApplication.translate
    if batch.total:
        return translate("Imports", "{0} of {1}").format(done, QLocale().toString(batch.total))
    return translate("Imports", "{0} read").format(done)
