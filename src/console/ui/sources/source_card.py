"""One source: what it is, how it stands, how far it reaches, what failed, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.domain.source_kinds import SourceKind
from console.domain.sources import QUARANTINED, SourceRow, SourceState
from console.ui.profile.wording import named
from console.ui.services import Progress
from console.ui.sources import looks
from console.ui.style import icons, tokens
from console.ui.widgets.buttons import Button, Kind
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.choosable import Choosable
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, set_look
from console.ui.widgets.progress import ProgressLine

_SIGN_IN, _TRY, _RESUME, _PAUSE, _SYNC, _FILE = "sign in", "try", "resume", "pause", "sync", "file"


class SourceCard(Choosable):
    """Updated in place. Only a source that needs a person has a primary button.

    Signals:
        act_wanted: `sign in`, `settings`, `sync`, `pause` or `file` (a newer file is to be imported).
        aside_wanted: the records that could not be read are to be shown.
    """

    act_wanted = Signal(str)
    aside_wanted = Signal()

    def __init__(
        self, source: SourceRow, now: Callable[[], datetime], known: SourceKind | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(is_card=True, margin=tokens.SPACE_4, gap=tokens.SPACE_2, parent=parent)
        self._now, self.source, self._step = now, source, ""
        self._lines: dict[QLabel, QWidget] = {}
        self._name = ElidedLabel(source.name, "heading")
        self._state, self._what = Chip("", "grey"), ElidedLabel("", "body2")
        self._line = ProgressLine(self.tr("Progress of the sync"))
        self._progress, self._pace = ElidedLabel("", "value"), label("", "body2")
        self._reach, self._reach_below = ElidedLabel("", "body2"), ElidedLabel("", "body2")
        self._problem = label("", "red", is_wrapping=True)
        self._problem_icon = IconLabel("circle-pause", "red", 14)
        self.left_out = Button("", "link")
        self.left_out.setProperty("tone", "amber")
        self.left_out.setIcon(icons.icon("file-warning", "amber"))
        self.left_out.clicked.connect(self.aside_wanted)
        self.quiet = Button(self.tr("Try again"), "quiet", is_small=True)
        self.step = Button("", is_small=True)
        self.quiet.clicked.connect(lambda: self.act_wanted.emit(_SYNC))
        self.step.clicked.connect(self._act)
        self._lay_out(known)

    def show_source(
        self, source: SourceRow, progress: Progress | None, known: SourceKind | None, *, has_secret: bool
    ) -> None:
        """Shows how it stands now."""
        self.source = source
        now = self._now()
        words, tone, icon = looks.state_look(source, progress, now)
        self._state.set_chip(words, tone, icon)
        self._name.set_words(named(source.name))
        self._what.set_words(looks.what_words(source, known))
        self._show_progress(progress, known)
        reach = looks.reach_words(source, now)
        aside = source.counts.get(QUARANTINED, 0)
        for part, is_own in ((self._reach, aside > 0), (self._reach_below, aside == 0)):
            part.set_words(reach)
            self._lines[part].setVisible(is_own)
        self.left_out.setVisible(aside > 0)
        many = self.tr("{0} records could not be read").format(QLocale().toString(aside))
        self.left_out.set_words(self.tr("1 record could not be read") if aside == 1 else many)
        self._show_problem(source, progress)
        self._show_next_step(source, progress, has_secret=has_secret)
        self.setAccessibleName(f"{named(source.name)}. {words}. {source.problem or reach}")

    def _show_progress(self, progress: Progress | None, known: SourceKind | None) -> None:
        is_there = progress is not None and progress.state == "running"
        self._line.setVisible(is_there)
        self._lines[self._progress].setVisible(is_there)
        if progress is not None and is_there:
            self._line.set_share(progress.done / progress.total if progress.total else None)
            stream = looks.stream_words(progress.stream, known).lower() if progress.stream else ""
            self._progress.set_words(looks.progress_words(progress, stream))
            self._pace.setText(looks.pace_of(progress))

    def _show_problem(self, source: SourceRow, progress: Progress | None) -> None:
        is_waiting = source.state == SourceState.WAITING
        words = named(source.problem or (progress.problem if progress is not None else ""))
        if is_waiting and source.next_at is not None:
            clock = looks.when(source.next_at, self._now())
            goes_on = self.tr("It goes on by itself at {0}.").format(clock)
            words = f"{words.rstrip('.')}. {goes_on}" if words else goes_on
        self._problem.setText(words)
        set_look(self._problem, "amber" if is_waiting else "red")
        self._problem_icon.set_icon("hourglass" if is_waiting else "circle-pause", "amber" if is_waiting else "red")
        self._lines[self._problem].setVisible(bool(words))

    def _show_next_step(self, source: SourceRow, progress: Progress | None, *, has_secret: bool) -> None:
        # What came in once (the sample, a push) has no settings: there is nothing to sync or to pause.
        self.quiet.hide()
        kind: Kind = "secondary"
        if not source.settings:
            step = _FILE if source.kind == "spreadsheet" else ""
        elif source.state == SourceState.NEEDS_SOMEBODY and not source.is_paused:
            step, kind = (_SIGN_IN if has_secret else "settings"), "primary"
            self.quiet.show()
        elif source.is_paused:
            step = _RESUME
        elif progress is not None and progress.state == "running":
            step = _PAUSE
        else:
            step = _TRY if source.state == SourceState.WAITING else _SYNC
        self._step = step
        words, icon = self._steps().get(step, ("", ""))
        self.step.setVisible(bool(step))
        self.step.set_kind(kind)
        self.step.set_words(words)
        if icon:
            self.step.set_icon(icon)

    def _steps(self) -> dict[str, tuple[str, str]]:
        return {
            _SIGN_IN: (self.tr("Sign in again"), "log-in"),
            "settings": (self.tr("Look at the settings"), "sliders-horizontal"),
            _RESUME: (self.tr("Resume"), "play"),
            _PAUSE: (self.tr("Pause"), "pause"),
            _TRY: (self.tr("Try now"), "rotate-cw"),
            _SYNC: (self.tr("Sync now"), "refresh-cw"),
            _FILE: (self.tr("Import a newer file…"), "upload"),
        }

    def _act(self) -> None:
        plain = {_RESUME: _PAUSE, _TRY: _SYNC}
        self.act_wanted.emit(plain.get(self._step, self._step))

    def _lay_out(self, known: SourceKind | None) -> None:
        icon, tone = looks.look_of(self.source.kind, known)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._what)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_3)
        top.addWidget(Seal(icon, tone, 36, is_round=False))
        top.addLayout(texts, 1)
        top.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addWidget(self._line)
        progress = row(self._progress, self._pace)
        progress.setStretch(0, 1)
        self.column.addWidget(self._line_of(self._progress, progress))
        problem = row(self._problem_icon, self._problem, gap=6)
        problem.setStretch(1, 1)
        self.column.addWidget(self._line_of(self._problem, problem))
        self.column.addWidget(self._history(self._reach))
        last = row(self._history(self._reach_below), self.left_out, None, self.quiet, self.step)
        last.setStretch(0, 100)
        self.column.addLayout(last)

    def _history(self, words: ElidedLabel) -> QWidget:
        line = row(IconLabel("history", "text2", 14), words, gap=6)
        line.setStretch(1, 1)
        return self._line_of(words, line)

    def _line_of(self, part: QLabel, layout: QHBoxLayout) -> QWidget:
        """A row that hides as a whole, found by what it is about."""
        held = self._lines[part] = QWidget()
        held.setLayout(layout)
        return held
