"""One source: what it is, how it stands, how far it came, what failed, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.sources import SourceRow
from console.ui.footer import synced_words
from console.ui.profile.wording import since_words
from console.ui.services import Progress
from console.ui.style import icons, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.cards import Card, row
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, set_look
from console.ui.widgets.menu import Menu
from console.ui.widgets.progress import ProgressLine

translate = QCoreApplication.translate
KIND_ICON: dict[str, tuple[str, Tone]] = {
    "imap": ("mail", "green"),
    "sample": ("sparkles", "violet"),
    "api": ("zap", "blue"),
    "spreadsheet": ("file-spreadsheet", "violet"),
    "intercom": ("message-square", "teal"),
    "delighted": ("gauge", "amber"),
    "appstore": ("star", "amber"),
    "calls": ("phone", "teal"),
    "typeform": ("file-text", "violet"),
}


class SourceCard(Card):
    """Updated in place; its menu holds what is done seldom.

    Signals:
        sync_wanted, pause_wanted, remove_wanted: about this source.
        aside_wanted: the records that could not be read are to be shown.
    """

    sync_wanted = Signal()
    pause_wanted = Signal()
    remove_wanted = Signal()
    aside_wanted = Signal()

    def __init__(self, source: SourceRow, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("card", tokens.SPACE_4, parent)
        self._now, self.source = now, source
        icon, tone = KIND_ICON.get(source.kind, ("plug", "blue"))
        self._name = ElidedLabel(source.name, "heading")
        self._state = Chip("", "grey")
        self._what = ElidedLabel("", "body2")
        self._line = ProgressLine(self.tr("Progress of the sync"))
        self._progress = label("", "small")
        self._reach = ElidedLabel("", "body2")
        self._problem = label("", "red", is_wrapping=True)
        self.left_out = Button("", "link", icon="file-warning", is_small=True)
        self.left_out.clicked.connect(self.aside_wanted)
        self.sync = Button(self.tr("Sync now"), icon="refresh-cw", is_small=True)
        self.pause = Button(self.tr("Pause"), icon="pause", is_small=True)
        self.more = IconButton("ellipsis", self.tr("More about {0}").format(source.name), is_small=True)
        self.sync.clicked.connect(self.sync_wanted)
        self.pause.clicked.connect(self.pause_wanted)
        menu = Menu(parent=self)
        self.pause_action = menu.offer("pause", self.tr("Pause"), self.pause_wanted.emit)
        menu.offer("trash-2", self.tr("Remove this source"), self.remove_wanted.emit, color="red")
        self.more.setMenu(menu)
        self._lay_out(icon, tone)

    def show_source(self, source: SourceRow, progress: Progress | None) -> None:
        """Shows how it stands now."""
        self.source = source
        words, tone, icon = _state_of(source, progress)
        self._state.set_chip(words, tone, icon)
        self._what.set_words(_what(source))
        self._line.setVisible(progress is not None)
        self._progress.setVisible(progress is not None)
        if progress is not None:
            self._line.set_share(progress.done / progress.total if progress.total else None)
            self._progress.setText(_progress_words(progress))
        self._reach.set_words(self._reach_words(source))
        self._problem.setText(source.problem)
        set_look(self._problem, "amber" if source.state == "waiting" else "red")
        self._problem.setVisible(bool(source.problem))
        aside = source.counts.get("quarantined", 0)
        self.left_out.setVisible(aside > 0)
        many = self.tr("{0} records could not be read").format(QLocale().toString(aside))
        self.left_out.set_words(self.tr("1 record could not be read") if aside == 1 else many)
        self._show_next_step(source, progress)

    def _show_next_step(self, source: SourceRow, progress: Progress | None) -> None:
        """One button at most: to resume, to pause what runs, to try again what failed, else to sync."""
        # What came in once (the sample, a push) has no settings: there is nothing to sync or to pause.
        is_connected, needs_somebody = bool(source.settings), source.state in ("failed", "needs you")
        is_running = progress is not None and not source.is_paused
        self.pause.setVisible(is_connected and (source.is_paused or is_running))
        self.sync.setVisible(is_connected and not source.is_paused and not is_running)
        self.more.setVisible(is_connected)
        words, icon = (self.tr("Resume"), "play") if source.is_paused else (self.tr("Pause"), "pause")
        self.pause.set_words(words)
        self.pause.set_icon(icon)
        self.pause_action.setText(words)
        self.pause_action.setIcon(icons.icon(icon))
        self.sync.set_kind("primary" if needs_somebody else "secondary")
        self.sync.set_words(self.tr("Try again") if needs_somebody else self.tr("Sync now"))
        self.sync.set_icon("rotate-cw" if needs_somebody else "refresh-cw")

    def _lay_out(self, icon: str, tone: Tone) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._name)
        texts.addWidget(self._what)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_3)
        top.addWidget(Seal(icon, tone, 36, is_round=False))
        top.addLayout(texts, 1)
        top.addWidget(self._state)
        self.column.addLayout(top)
        self.column.addWidget(self._line)
        self.column.addWidget(self._progress)
        self.column.addWidget(self._problem)
        self.column.addLayout(row(IconLabel("history", "text2", 14), self._reach, gap=6))
        self.column.addLayout(row(self.left_out, None, self.more, self.pause, self.sync))

    def _reach_words(self, source: SourceRow) -> str:
        held = sum(count for kind, count in source.counts.items() if kind != "quarantined")
        records = self.tr("{0} records").format(QLocale().toString(held))
        if not source.settings and source.synced_at is not None:
            day = since_words(source.synced_at, self._now())
            return self.tr("Brought in {0} · {1}").format(day, records)
        if source.synced_at is None:
            return self.tr("Not synced yet · {0}").format(records)
        return self.tr("{0} · {1}").format(synced_words(source.synced_at, self._now()), records)


def _state_of(source: SourceRow, progress: Progress | None) -> tuple[str, Tone, str]:
    if not source.settings and progress is None:
        return translate("Sources", "Brought in once"), "grey", "download"
    if source.is_paused:
        return translate("Sources", "Paused"), "grey", "pause"
    if progress is not None or source.state == "syncing":
        return translate("Sources", "Syncing"), "accent", "refresh-cw"
    match source.state:
        case "waiting":
            return translate("Sources", "Tries again soon"), "amber", "hourglass"
        case "failed" | "needs you":
            return translate("Sources", "Needs you"), "red", "triangle-alert"
        case _ if source.synced_at is None:
            return translate("Sources", "Ready"), "grey", "clock"
        case _:
            return translate("Sources", "Up to date"), "green", "check"


def _what(source: SourceRow) -> str:
    if source.kind != "imap":
        return _kind_words().get(source.kind, source.kind.capitalize())
    folders = len(source.streams)
    parts = [translate("Sources", "IMAP mailbox"), source.settings.get("host", "")]
    if folders:
        many = translate("Sources", "{0} folders").format(QLocale().toString(folders))
        parts.append(translate("Sources", "1 folder") if folders == 1 else many)
    return " · ".join(part for part in parts if part)


def _kind_words() -> dict[str, str]:
    return {
        "api": translate("Sources", "Sent by your own programs"),
        "appstore": translate("Sources", "App reviews"),
        "calls": translate("Sources", "Calls"),
        "delighted": translate("Sources", "Survey answers"),
        "intercom": translate("Sources", "Chats and customers"),
        "sample": translate("Sources", "Sample"),
        "spreadsheet": translate("Sources", "Spreadsheet"),
        "typeform": translate("Sources", "Form answers"),
    }


def _progress_words(progress: Progress) -> str:
    done = QLocale().toString(progress.done)
    if progress.total:
        words = translate("Sources", "{0} of {1}").format(done, QLocale().toString(progress.total))
    else:
        words = translate("Sources", "{0} read").format(done)
    return f"{progress.stream} · {words}" if progress.stream else words
