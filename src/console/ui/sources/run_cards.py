"""What goes on in a source and what went on: the card of the run that is on its way, and the table of the last runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from console.domain.source_kinds import SourceKind
from console.domain.source_words import outcome_words, time_left
from console.domain.sources import RunRow, RunState
from console.ui.profile.wording import named, since_words
from console.ui.services import Progress
from console.ui.sources import looks
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, divider, empty, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import ProgressLine, Spinner

_SHORT, _LONG = 5, 20
_TOLD_MS = 1_000
_LOOK: dict[str, tuple[str, str]] = {
    RunState.RUNNING: ("refresh-cw", "accentfg"),
    RunState.DONE: ("check", "green"),
    RunState.STOPPED: ("circle-minus", "text2"),
    RunState.WAITING: ("hourglass", "amber"),
    RunState.FAILED: ("circle-x", "red"),
    RunState.INTERRUPTED: ("triangle-alert", "amber"),
}


class ProgressCard(Card):
    """How far the run is; the time left is told once a second at most, however often it is heard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._what, self._left = ElidedLabel("", "strong"), label("", "link")
        self._line = ProgressLine(self.tr("Progress of the sync"))
        self._done, self._pace = label("", "body2"), ElidedLabel("", "body2")
        self._told = QElapsedTimer()
        top = row(Spinner(self.tr("Syncing")), self._what, self._left)
        top.setStretch(1, 1)
        self.column.addLayout(top)
        self.column.addWidget(self._line)
        below = row(self._done, None, self._pace)
        self.column.addLayout(below)

    def show_progress(self, progress: Progress, known: SourceKind | None) -> None:
        """Shows how far it is now."""
        stream = looks.stream_words(progress.stream, known) if progress.stream else ""
        self._what.set_words(self.tr("Reading: {0}").format(stream) if stream else self.tr("Reading"))
        self._line.set_share(progress.done / progress.total if progress.total else None)
        self._done.setText(looks.progress_words(progress, ""))
        safe = self.tr("safe to quit, it goes on from there")
        pace = looks.pace_of(progress, is_long=True)
        self._pace.set_words(f"{pace} · {safe}" if pace else safe)
        if not self._told.isValid() or self._told.elapsed() >= _TOLD_MS or progress.seconds_left is None:
            self._left.setText(time_left(progress.seconds_left) if progress.seconds_left is not None else "")
            self._told.start()


class RunsCard(Card):
    """The last runs, newest first: a few, or all that are kept in sight.

    Signals:
        grown: more of them are to be read and shown, or fewer again.
    """

    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._is_long = False
        self._runs: Sequence[RunRow] = ()
        self.all = Button(self.tr("More runs"), "quiet", icon="scroll-text", is_small=True)
        self.all.clicked.connect(self._grow)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_4)
        self._grid.setVerticalSpacing(7)
        self._none = label(self.tr("It was not read yet."), "body2")
        self.column.addLayout(row(label(self.tr("Last runs"), "strong"), None, self.all))
        self.column.addLayout(self._grid)
        self.column.addWidget(self._none)

    def show_runs(self, runs: Sequence[RunRow], now: datetime) -> None:
        """Shows these; ``now`` is aware UTC."""
        self._runs = runs
        shown = runs[: _LONG if self._is_long else _SHORT]
        empty(self._grid)
        self._none.setVisible(not runs)
        self.all.setVisible(len(runs) > _SHORT)
        if not shown:
            return
        right = Qt.AlignmentFlag.AlignRight
        heads = (self.tr("Started"), self.tr("Took"), self.tr("Read"), self.tr("Changed"), self.tr("Unreadable"))
        for place, words in enumerate((*heads, self.tr("Outcome"))):
            self._grid.addWidget(
                label(words, "small"), 0, place, right if 0 < place < 5 else Qt.AlignmentFlag.AlignLeft
            )
        for line, run in enumerate(shown):
            self._grid.addWidget(divider(), 2 * line + 1, 0, 1, 6)
            self._add(2 * line + 2, run, now)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(5, 3)

    def _add(self, line: int, run: RunRow, now: datetime) -> None:
        locale, right = QLocale(), Qt.AlignmentFlag.AlignRight
        started = since_words(run.started_at, now)
        self._grid.addWidget(label(started[:1].upper() + started[1:], "value"), line, 0)
        numbers = (_took(run), *(locale.toString(one) for one in (run.read, run.new + run.changed, run.quarantined)))
        for place, words in enumerate(numbers, start=1):
            self._grid.addWidget(label(words, "body2"), line, place, right)
        icon, color = _LOOK.get(run.state, ("circle", "text2"))
        if run.state == RunState.DONE and run.waits > 0:
            icon, color = "triangle-alert", "amber"
        outcome = ElidedLabel(named(outcome_words(run)), color if color in ("green", "amber", "red") else "value")
        outcome.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        cell = row(IconLabel(icon, color, 14), outcome, gap=6)
        cell.setStretch(1, 1)
        self._grid.addLayout(cell, line, 5)

    def _grow(self) -> None:
        self._is_long = not self._is_long
        self.all.set_words(self.tr("Fewer runs") if self._is_long else self.tr("More runs"))
        self.grown.emit()


def _took(run: RunRow) -> str:
    if run.finished_at is None:
        return "–"
    seconds = (run.finished_at - run.started_at).total_seconds()
    number = QLocale().toString(round(seconds if seconds < 60 else seconds / 60))
    return f"{number} s" if seconds < 60 else f"{number} min"
