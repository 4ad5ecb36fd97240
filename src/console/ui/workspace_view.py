"""Everything the window shows of an open workspace: rail, places, banners, toasts, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.ui.actions import Actions
from console.ui.directory.places import Directories
from console.ui.dropped import local_files
from console.ui.footer import Footer
from console.ui.inbox.place import InboxPlace
from console.ui.offline import OfflineBanner
from console.ui.outbox.place import OutboxPlace
from console.ui.overriding import override
from console.ui.palette.opening import Palettes
from console.ui.rail import Rail
from console.ui.session import Session
from console.ui.settings.kept import switch_theme
from console.ui.shortcut_keeping import ShortcutKeeping
from console.ui.sources.adding import Adding
from console.ui.sync_state import Standing, SyncState
from console.ui.widgets.toast import Toasts
from console.ui.windows_beside import WindowsBeside

if TYPE_CHECKING:
    from console.ui.importing.past import ImportsPage
    from console.ui.importing.wizard import ImportWizard
    from console.ui.segments.page import SegmentsPage
    from console.ui.settings.dialog import SettingsDialog
    from console.ui.settings.shortcuts import ShortcutSheet
    from console.ui.sources.page import SourcesPage
    from console.ui.undo_steps import UndoSteps

# What most starts never show is imported by the function that shows it: rows are on screen before it is read.
_LATER_MS = 400
_PLACES = ("inbox", "sources", "imports", "segments", "customers", "companies", "outbox")
DialogT = TypeVar("DialogT", bound=QDialog)


class WorkspaceView(QWidget):
    """The places of an open workspace and what can be done in them.

    Signals:
        quit_wanted: the teammate wants to leave the program.
    """

    quit_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.toasts = Toasts(self)
        self.sync = SyncState(session, self)
        self.beside = WindowsBeside(self)
        self.windows = self.beside.windows
        self.footer = Footer(session.now)
        self.inbox = InboxPlace(session, self.footer)
        self.sources: SourcesPage | None = None
        self.imports: ImportsPage | None = None
        self.segments: SegmentsPage | None = None
        self.directories, self.outbox, self.adding = Directories(self), OutboxPlace(self), Adding(self)
        self.actions_by_key = Actions(self, self._deeds())
        self.shortcuts = ShortcutKeeping(session, self.actions_by_key)
        self.palettes = Palettes(session, self, self.actions_by_key.shared)
        self.rail = Rail()
        self.offline = OfflineBanner(self.sync)
        self.pages = QStackedWidget()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._make_pages)
        session.closing.connect(self._later.stop)
        self._fill_rail()
        self._lay_out()
        self._connect()
        self.go_to("inbox")

    @cached_property
    def steps(self) -> UndoSteps:
        """What was done last, to be taken back; made with what stands beside the rows."""
        from console.ui.undo_steps import UndoSteps

        steps = UndoSteps(self.session, self.toasts, self)
        steps.named.connect(self.actions_by_key.name_steps)
        return steps

    def go_to(self, place: str) -> None:
        """Shows one of the places: inbox, customers, companies, segments, sources, imports, outbox."""
        if place != "inbox":
            self._make_pages()
        own = {"inbox": self.inbox, "sources": self.sources, "imports": self.imports, "segments": self.segments}
        page = self.directories.page_of(place) or self.outbox.page_of(place) or own.get(place)
        if page is not None:
            self.pages.setCurrentWidget(page)
        self.actions_by_key.set_place(place)
        if place == "inbox" and self.isVisible():
            self.inbox.column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_wizard(self, paths: tuple[Path, ...] = ()) -> ImportWizard:
        """Opens the import wizard, with files where they were dropped."""
        from console.ui.importing.wizard import ImportWizard

        wizard = ImportWizard(self.session, self.window())
        wizard.started.connect(lambda _: self.go_to("imports"))
        wizard.finished.connect(wizard.deleteLater)
        if paths:
            wizard.choose_files(tuple(map(str, paths)))
        wizard.open()
        return wizard

    def back_up(self) -> None:
        """Writes a backup and says so."""
        from console.ui.settings.backing_up import back_up

        back_up(self.session, self.toasts)

    def open_settings(self) -> SettingsDialog:
        """Asks for name, theme and text size."""
        from console.ui.settings.dialog import SettingsDialog

        return self._opened(SettingsDialog(self.session, self.window()))

    def open_shortcuts(self) -> ShortcutSheet:
        """Shows every key."""
        from console.ui.settings.shortcuts import ShortcutSheet

        return self._opened(ShortcutSheet(self.actions_by_key, self.window(), keeping=self.shortcuts))

    def remember(self) -> None:
        """Keeps how everything stands for the next start."""
        if self.inbox.is_complete():
            self.inbox.pane.composer.keep()
        self.inbox.remember()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later.start()
        if self.focusWidget() is None:
            self.inbox.column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event)
        if paths:
            event.acceptProposedAction()
            # The drag ends first: a dialog that opens inside of it would hold the other program's drag.
            QTimer.singleShot(0, self, lambda: self.open_wizard(paths))

    def _deeds(self) -> dict[str, Callable[[], object]]:
        # Each is looked up when it is done: most of them stand beside the rows and are made after those are painted.
        inbox = self.inbox
        return {
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "close": lambda: inbox.deeds.close(),
            "reopen": lambda: inbox.deeds.reopen(),
            "snooze": lambda: inbox.pane.menus.open_snooze(),
            "take": lambda: inbox.deeds.take(),
            "assign": lambda: inbox.pane.menus.open_teammates(),
            "priority": lambda: inbox.deeds.toggle_priority(),
            "unread": lambda: inbox.deeds.toggle_unread(),
            "reply": lambda: inbox.pane.write_reply(),
            "note": lambda: inbox.pane.write_note(),
            "customer": lambda: inbox.pane.menus.open_assign(),
            "tag": lambda: inbox.pane.header.tags.begin(),
            "profile": lambda: inbox.pane.want_profile(),
            "window": self.beside.open_customer,
            "panel": inbox.toggle_panel,
            "search": self._begin_search,
            "palette": lambda: self.palettes.open(),
            "open_customer": lambda: self.palettes.open(only="customer"),
            "open_company": lambda: self.palettes.open(only="company"),
            **{place: partial(self.go_to, place) for place in _PLACES},
            "undo": lambda: self.steps.undo(),
            "redo": lambda: self.steps.redo(),
            "import": self.open_wizard,
            "source": self.adding.choose,
            "sync": lambda: self.session.services.poke({"command": "sync", "source": None}),
            "backup": self.back_up,
            "theme": lambda: switch_theme(self.session),
            "settings": self.open_settings,
            "shortcuts": self.open_shortcuts,
            "quit": self.quit_wanted.emit,
        }

    def _fill_rail(self) -> None:
        action = self.actions_by_key.action
        own = (("segments", "layers"), ("sources", "plug"), ("imports", "folder-open"))
        for key, icon in (("inbox", "inbox"), ("customers", "users"), ("companies", "building-2"), *own):
            self.rail.add_place(action(key), icon)
        self.rail.add_place(action("search"), "search")
        self._outbox_button = self.rail.add_act(action("outbox"), "send")
        for key, icon in (("sync", "refresh-cw"), ("settings", "settings")):
            self.rail.add_act(action(key), icon)
        self.rail.show_teammate(self.session.teammate)

    def _lay_out(self) -> None:
        self.pages.addWidget(self.inbox)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.offline)
        right.addWidget(self.pages, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(right, 1)
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        action = self.actions_by_key.action
        self.session.renamed.connect(self.rail.show_teammate)
        self.rail.teammate_pressed.connect(self.open_settings)
        self.inbox.turned.connect(self._name_toggles)
        self.inbox.offer((action("search"), action("import"), action("source")))
        self.inbox.completed.connect(self._connect_beside)
        self.sync.changed.connect(self._show_standing)
        self._name_toggles(self.inbox.column.list.current_key())

    def _connect_beside(self) -> None:
        pane, panel = self.inbox.pane, self.inbox.panel
        self.toasts.stand_above(pane.composer)
        pane.said.connect(self.toasts.say)
        pane.failed.connect(self._say_failed)
        panel.failed.connect(self._say_failed)
        panel.header.window_wanted.connect(self.windows.open)
        self.steps.tell()
        self.sync.tell()

    def _make_pages(self) -> None:
        """The places beside the inbox, made once and only after the inbox is on screen."""
        if self.sources is not None:
            return
        from console.ui.importing.past import ImportsPage
        from console.ui.segments.page import SegmentsPage
        from console.ui.sources.page import SourcesPage

        self.sources, self.imports = SourcesPage(self.session), ImportsPage(self.session)
        self.sources.add_wanted.connect(self.adding.choose)
        self.sources.mailbox_wanted.connect(self.adding.mailbox)
        self.sources.import_wanted.connect(self.open_wizard)
        self.imports.import_wanted.connect(self.open_wizard)
        self.imports.finished.connect(self._say_imported)
        self.segments = SegmentsPage(self.session, self.toasts)
        self.segments.all_wanted.connect(self.directories.show)
        for page in (self.sources, self.imports, self.segments):
            self.pages.addWidget(page)

    def _opened(self, dialog: DialogT) -> DialogT:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _name_toggles(self, key: int | None) -> None:
        row = self.inbox.column.current_row() if key is not None else None
        self.actions_by_key.set_conversation(is_there=row is not None)
        if row is not None:
            self.actions_by_key.name_toggles(is_priority=row.is_priority, is_unread=row.unread_count > 0)

    def _step(self, step: int) -> None:
        if not self.outbox.step_by(step):
            self.inbox.column.list.step(step)

    def _begin_search(self) -> None:
        self.go_to("inbox")
        self.inbox.show_list()
        self.inbox.column.begin_search()

    def _show_standing(self, standing: Standing) -> None:
        self.footer.show_standing(standing)
        self._outbox_button.set_count(standing.needs_you)
        self.actions_by_key.action("sync").setEnabled(standing.source_count > 0)

    def _say_failed(self, sentence: str) -> None:
        self.toasts.say(sentence, tone="red")

    def _say_imported(self, words: str, undo: Callable[[], None]) -> None:
        toast = self.toasts.say(words, self.tr("Undo"))
        toast.acted.connect(undo)
