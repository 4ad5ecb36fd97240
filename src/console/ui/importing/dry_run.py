"""The dry run beside the mapping: what an import would do, re-run shortly after each change."""

from __future__ import annotations

import os
from collections.abc import Mapping

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.edits import StartImport
from console.domain.ids import new_edit_id
from console.domain.importing import ImportPlan, plan_to_json
from console.domain.imports import BatchRow, Problem
from console.store.imports import CHANGES
from console.ui.importing.batch_watch import BatchWatch
from console.ui.importing.error_line import ErrorLine
from console.ui.importing.shares import Legend, ShareBar
from console.ui.profile.wording import property_words
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label

PAUSE_MS = 300
_SHOWN_PROBLEMS, _SHOWN_CHANGES = 5, 8


class DryRunColumn(QWidget):
    """Counts, rows with errors and what updates would change, in cards.

    Signals:
        counted: the finished `BatchRow`, or None while nothing is known.
        save_wanted: the rows with errors are to be kept as a file (a tuple of `Problem`).
        row_wanted: one of the rows with errors is to be opened, by its place among `problems`.
    """

    counted = Signal(object)
    save_wanted = Signal(object)
    row_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: ImportPlan | None = None
        self.problems: tuple[Problem, ...] = ()
        self._watch = BatchWatch(session, self)
        self._watch.moved.connect(self.show_batch)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._run)
        self._state = label("", "small")
        self._bar = ShareBar()
        self._legend = Legend()
        self._errors = Card(margin=tokens.SPACE_4)
        self._changes = Card(margin=tokens.SPACE_4)
        self._lay_out()

    def plan_changed(self, plan: ImportPlan, *, can_run: bool) -> None:
        """Counts again, 300 ms after the last change; old counts stay until then."""
        self._plan = plan if can_run else None
        self._watch.stop()
        self.counted.emit(None)
        if can_run:
            self._state.setText(self.tr("counting…"))
            self._pause.start()
        else:
            self._pause.stop()
            self._state.setText("")

    def save(self) -> None:
        """Has the rows with errors kept as a file."""
        self.save_wanted.emit(self.problems)

    def stop(self) -> None:
        """Ends what runs."""
        self._pause.stop()
        self._watch.stop()

    def _lay_out(self) -> None:
        count = Card(margin=tokens.SPACE_4)
        count.column.addLayout(row(label(self.tr("Dry run"), "strong"), None, self._state))
        count.column.addWidget(self._bar)
        count.column.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_3)
        column.addWidget(count)
        column.addWidget(self._errors)
        column.addWidget(self._changes)
        column.addStretch(1)
        column.addWidget(self._promise())
        self._errors.hide()
        self._changes.hide()

    def _promise(self) -> Card:
        card = Card("blue", margin=tokens.SPACE_3)
        words = label(self.tr("As a whole, in Imports. Edits made since are kept."), "small", is_wrapping=True)
        title = label(self.tr("You can undo this import later"), "link")
        card.column.setSpacing(2)
        card.column.addLayout(row(IconLabel("undo-2", "accentfg", 16), title, None))
        card.column.addWidget(words)
        return card

    def _run(self) -> None:
        if self._plan is None:
            return
        batch = new_edit_id(self._session.now(), os.urandom(10))
        edit = StartImport(batch, plan_to_json(self._plan), is_dry_run=True)
        if self._session.submit(edit) is not None:
            self._watch.watch(batch)

    def show_batch(self, batch: BatchRow, problems: tuple[Problem, ...]) -> None:
        """Shows how far the dry run is, or what it counted."""
        if batch.state not in ("previewed", "failed"):
            self._state.setText(self._progress(batch))
            return
        self.problems = problems
        self._state.setText(batch.problem)
        self._show_counts(batch.counts)
        self._show_problems(batch.counts.get("left_out", len(problems)))
        self._show_changes(batch.counts)
        self.counted.emit(batch if batch.state == "previewed" else None)

    def _progress(self, batch: BatchRow) -> str:
        done = QLocale().toString(batch.done)
        if batch.total:
            return self.tr("{0} of {1}").format(done, QLocale().toString(batch.total))
        return self.tr("{0} read").format(done)

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        parts = (
            ("accent", counts.get("new", 0), self.tr("new")),
            ("teal", counts.get("updated", 0), self.tr("updated")),
            ("control", counts.get("unchanged", 0), self.tr("unchanged")),
            ("red", counts.get("left_out", 0), self.tr("left out")),
        )
        self._bar.show_parts(tuple((color, count) for color, count, _ in parts))
        self._legend.show_parts(parts)

    def _show_problems(self, count: int) -> None:
        empty(self._errors.column)
        self._errors.setVisible(count > 0)
        if not count:
            return
        many = self.tr("{0} rows with errors").format(QLocale().toString(count))
        words = self.tr("1 row with an error") if count == 1 else many
        self._errors.column.addLayout(row(IconLabel("triangle-alert", "red", 16), label(words, "strong"), None))
        for place, problem in enumerate(self.problems[:_SHOWN_PROBLEMS]):
            line = ErrorLine(problem)
            line.opened.connect(lambda at=place: self.row_wanted.emit(at))
            self._errors.column.addWidget(line)
        if len(self.problems) > _SHOWN_PROBLEMS:
            shown = QLocale().toString(len(self.problems))
            every = Button(self.tr("Show all {0}…").format(shown), "quiet", is_small=True)
            every.clicked.connect(lambda: self.row_wanted.emit(_SHOWN_PROBLEMS))
            self._errors.column.addLayout(row(every, None))
        if self.problems:
            save = Button(self.tr("Save them as a file…"), "quiet", icon="download", is_small=True)
            save.clicked.connect(self.save)
            self._errors.column.addLayout(row(save, None))

    def _show_changes(self, counts: Mapping[str, int]) -> None:
        named = ((count, name.removeprefix(CHANGES)) for name, count in counts.items() if name.startswith(CHANGES))
        changed = sorted(((count, name) for count, name in named if count), reverse=True)
        empty(self._changes.column)
        self._changes.setVisible(bool(changed))
        if not changed:
            return
        self._changes.column.addWidget(label(self.tr("Values that are set"), "strong"))
        for count, name in changed[:_SHOWN_CHANGES]:
            self._changes.column.addLayout(
                row(ElidedLabel(property_words(name), "small"), None, label(QLocale().toString(count), "value"))
            )
