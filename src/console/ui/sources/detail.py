"""One source whole: its progress, what we hold of it, its streams, what could not be read, what goes back, its last runs."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.source_kinds import SourceKind
from console.domain.source_words import coverage_line, reasons_line
from console.domain.sources import QUARANTINED, SourceRow
from console.ui.profile.wording import named
from console.ui.services import Progress
from console.ui.sources import looks
from console.ui.sources.back_card import BackCard
from console.ui.sources.coverage_chart import CoverageChart, bars_of
from console.ui.sources.coverage_legend import legend
from console.ui.sources.reading import SourceShown
from console.ui.sources.run_cards import ProgressCard, RunsCard
from console.ui.sources.stream_card import StreamsCard
from console.ui.style import tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.cards import Card, empty, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.menu import Menu
from console.ui.widgets.scrolled import scrolled


class SourceDetail(QFrame):
    """Shown in place while the same source stands; progress alone touches only its card and its stream.

    Signals:
        act_wanted: a word of `SourceDeeds.act`.
        left: the list is wanted again, in a window too narrow for both.
    """

    act_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "sunken")
        self.shown: SourceShown | None = None
        self._known: SourceKind | None = None
        self._kind_shown = ""
        self._seal, self._name = QHBoxLayout(), ElidedLabel("", "title")
        self._state, self._about = Chip("", "grey"), ElidedLabel("", "body2")
        self.pause = Button(self.tr("Pause"), icon="pause")
        self.settings = Button(self.tr("Settings"), icon="sliders-horizontal")
        self.back_to_list = IconButton("arrow-left", self.tr("Back to the list"))
        self.back_to_list.clicked.connect(self.left)
        self.back_to_list.hide()
        self.more = IconButton("ellipsis", self.tr("More about this source"))
        self.progress, self.streams, self.back, self.runs = ProgressCard(), StreamsCard(), BackCard(), RunsCard()
        self._chart, self._coverage = CoverageChart(), label("", "body2", is_wrapping=True)
        self._legend = QHBoxLayout()
        self._legend_shown: tuple[str | bool, ...] = ()
        self._aside, self._aside_words = label("", "strong"), ElidedLabel("", "body2")
        self.look, self.retry = Button(self.tr("Look at them")), Button(self.tr("Try again"), icon="rotate-cw")
        self.pause.clicked.connect(partial(self._want, "pause"))
        self.settings.clicked.connect(partial(self._want, "settings"))
        self.look.clicked.connect(partial(self._want, "aside"))
        self.retry.clicked.connect(partial(self._want, "retry"))
        self._make_menu()
        self._lay_out()
        for card in (self.progress, self.back, self._aside_card):
            card.hide()

    def show_source(
        self, shown: SourceShown, progress: Progress | None, known: SourceKind | None, now: datetime
    ) -> None:
        """Shows a source; ``known`` is its kind, None while that is not known; ``now`` is aware UTC."""
        self.shown, self._known = shown, known
        source = shown.report.source
        self._show_head(source, progress, now)
        self.show_progress(progress, now)
        zone = now.astimezone().tzinfo
        words = coverage_line(source, zone) if zone is not None else ""
        self._coverage.setText(words or self.tr("How far back this source reaches is known once it was read whole."))
        aside = source.counts.get(QUARANTINED, 0)
        self._aside_card.setVisible(aside > 0)
        many = self.tr("{0} records could not be read").format(QLocale().toString(aside))
        self._aside.setText(self.tr("1 record could not be read") if aside == 1 else many)
        kept = self.tr("Kept aside as they came.")
        self._aside_words.set_words(f"{kept} {named(reasons_line(shown.report.reasons))}")
        self.retry.setVisible(bool(source.settings))
        self.back.setVisible(known is not None and bool(known.writes) and bool(source.settings))
        if known is not None:
            self.back.show_choices(known, shown.back, shown.properties)
        self.runs.show_runs(shown.report.runs, now)

    def show_progress(self, progress: Progress | None, now: datetime) -> None:
        """Shows how far the run is now."""
        is_running = progress is not None and progress.state == "running"
        self.progress.setVisible(is_running)
        if progress is not None and is_running:
            self.progress.show_progress(progress, self._known)
        if self.shown is None:
            return
        source = self.shown.report.source
        self.streams.show_streams(source, progress, self._known, now)
        self.streams.setVisible(bool(self.streams.boxes()))
        axis, bars = bars_of(source, progress, self._known, now)
        self._chart.show_bars(axis, bars, self._coverage.text())
        self._chart.setVisible(bool(bars))
        self._show_legend(
            named(source.name), any(one.refreshed < 1 for one in bars), any(one.is_older_missing for one in bars)
        )
        words, tone, icon = looks.state_look(source, progress, now)
        self._state.set_chip(words, tone, icon)

    def grow_runs(self, now: datetime) -> None:
        """Shows more of the runs, or fewer."""
        if self.shown is not None:
            self.runs.show_runs(self.shown.report.runs, now)

    def _show_head(self, source: SourceRow, progress: Progress | None, now: datetime) -> None:
        look = (source.kind, self._known is None)
        if str(look) != self._kind_shown:
            self._kind_shown = str(look)
            empty(self._seal)
            self._seal.addWidget(Seal(*looks.look_of(source.kind, self._known), 48, is_round=False))
        self._name.set_words(named(source.name))
        next_at = source.next_at if not source.is_paused and progress is None else None
        asked = self.tr("asked again at {0}").format(looks.when(next_at, now)) if next_at and next_at > now else ""
        trusted = self.tr("believed before others") if source.trust else ""
        parts = (looks.what_words(source, self._known), looks.pace_words(source), trusted, asked)
        self._about.set_words(" · ".join(part for part in parts if part))
        is_connected = bool(source.settings)
        for button in (self.pause, self.settings, self.more):
            button.setVisible(is_connected)
        self.pause.set_words(self.tr("Resume") if source.is_paused else self.tr("Pause"))
        self.pause.set_icon("play" if source.is_paused else "pause")
        self.settings.setEnabled(self._known is not None)

    def _show_legend(self, *look: str | bool) -> None:
        if look == self._legend_shown:
            return
        self._legend_shown = look
        empty(self._legend)
        name, is_refreshed, is_limited = look
        self._legend.addWidget(legend(str(name), is_refreshed=bool(is_refreshed), is_limited=bool(is_limited)))

    def _make_menu(self) -> None:
        menu = Menu(parent=self)
        menu.offer("refresh-cw", self.tr("Sync now"), partial(self._want, "sync"))
        menu.offer("rotate-ccw", self.tr("Read everything again"), partial(self._want, "again"))
        menu.offer("key-round", self.tr("Replace the secret…"), partial(self._want, "sign in"))
        menu.offer("shield-check", self.tr("Believe this source before all others"), partial(self._want, "trust"))
        menu.offer("shield", self.tr("Believe whichever source was read last"), partial(self._want, "latest"))
        menu.offer("trash-2", self.tr("Remove…"), partial(self._want, "remove"), color="red")
        self.more.setMenu(menu)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        name = row(self._name, self._state, None)
        texts.addLayout(name)
        texts.addWidget(self._about)
        head = row(self.back_to_list, self._seal, gap=tokens.SPACE_3)
        head.addLayout(texts, 1)
        for button in (self.pause, self.settings, self.more):
            head.addWidget(button)
        head.setContentsMargins(0, 0, tokens.SPACE_3, 0)
        coverage = Card("card", tokens.SPACE_4)
        coverage.column.addLayout(row(label(self.tr("What we hold"), "strong"), None, self._legend))
        coverage.column.addWidget(self._chart)
        line = row(IconLabel("info", "text2", 14), self._coverage, gap=6)
        line.setStretch(1, 1)
        coverage.column.addLayout(line)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, tokens.SPACE_3, tokens.SPACE_3)
        inner.setSpacing(tokens.SPACE_3)
        for card in (self.progress, coverage, self.streams, self._made_aside(), self.back, self.runs):
            inner.addWidget(card)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_4, tokens.SPACE_3, 0)
        column.setSpacing(tokens.SPACE_3)
        column.addLayout(head)
        column.addWidget(scrolled(body, self.tr("The source")), 1)

    def _made_aside(self) -> Card:
        card = self._aside_card = Card("card", tokens.SPACE_4)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._aside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        texts.addWidget(self._aside)
        texts.addWidget(self._aside_words)
        line = row(Seal("file-warning", "amber", 32, is_round=False), gap=tokens.SPACE_3)
        line.addLayout(texts, 1)
        line.addWidget(self.look)
        line.addWidget(self.retry)
        card.column.addLayout(line)
        return card

    def _want(self, what: str, _is_checked: bool = False) -> None:
        self.act_wanted.emit(what)
