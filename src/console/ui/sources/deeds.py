"""What can be done with a source: each deed as an edit, or as a word to the sync process."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.edits import (
    ChooseStreams,
    PauseSource,
    ReadAgain,
    RemoveSource,
    RetryQuarantine,
    SetWriteBack,
    TrustSources,
)
from console.domain.sources import SourceRow, trusted_first
from console.store.sources import sources
from console.ui.session import Session
from console.ui.sources.kinds import Kinds
from console.ui.sources.remove_dialog import RemoveDialog
from console.ui.sources.set_aside import SetAsideDialog
from console.ui.sources.settings_dialog import SourceSettingsDialog


class SourceDeeds(QObject):
    """Does it for whichever source is given.

    Signals:
        import_wanted: a newer file is to be imported.
    """

    import_wanted = Signal()

    def __init__(self, session: Session, kinds: Kinds, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._kinds, self._window = session, kinds, window

    def act(self, what: str, source: SourceRow) -> None:
        """`sync`, `pause`, `settings`, `sign in`, `again`, `retry`, `aside`, `trust`, `latest`, `remove` or `file`."""
        match what:
            case "sync":
                self.sync(source.name)
            case "pause":
                self._session.submit(PauseSource(source.id, not source.is_paused))
            case "settings":
                self.open_settings(source)
            case "sign in":
                self.open_settings(source, is_about_secret=True)
            case "again":
                self._session.submit(ReadAgain(source.id))
            case "retry":
                self._session.submit(RetryQuarantine(source.id))
            case "aside":
                self.open_set_aside(source)
            case "trust":
                self._trust(source)
            case "latest":
                self._session.submit(TrustSources(()))
            case "remove":
                self.open_remove(source)
            case "file":
                self.import_wanted.emit()

    def offered(self) -> tuple[tuple[str, str, str], ...]:
        """What the palette offers of these: the word of `act`, what it says, its icon."""
        return (
            ("sync", self.tr("Sync this source"), "refresh-cw"),
            ("pause", self.tr("Pause or resume this source"), "pause"),
            ("settings", self.tr("Settings of this source…"), "sliders-horizontal"),
            ("sign in", self.tr("Replace the secret of this source…"), "key-round"),
            ("retry", self.tr("Try what could not be read again"), "rotate-cw"),
            ("aside", self.tr("Look at what could not be read…"), "file-warning"),
            ("again", self.tr("Read everything of this source again"), "rotate-ccw"),
            ("trust", self.tr("Believe this source before all others"), "shield-check"),
            ("latest", self.tr("Believe whichever source was read last"), "shield"),
            ("remove", self.tr("Remove this source…"), "trash-2"),
        )

    def sync(self, name: str | None) -> None:
        """Has a source read now, or all."""
        self._session.services.poke({"command": "sync", "source": name})

    def _trust(self, source: SourceRow) -> None:
        rows = self._session.read(sources)
        self._session.submit(TrustSources(trusted_first(rows, source.id)))

    def choose_streams(self, source: SourceRow, off: tuple[str, ...]) -> None:
        """Reads all streams but these."""
        self._session.submit(ChooseStreams(source.id, off))

    def choose_back(self, source: SourceRow, what: str, is_on: bool) -> None:
        """Whether something goes back."""
        self._session.submit(SetWriteBack(source.id, what, is_on))

    def open_settings(self, source: SourceRow, *, is_about_secret: bool = False) -> SourceSettingsDialog | None:
        """Asks for other settings; None while it is not known what its kind needs."""
        kind = self._kinds.kind_of(source.kind)
        if kind is None or not source.settings:
            return None
        dialog = SourceSettingsDialog(self._session, source, kind, self._window.window())
        dialog.signed_in.connect(lambda: self.sync(source.name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        if is_about_secret:
            dialog.ask_secret()
        return dialog

    def open_set_aside(self, source: SourceRow) -> SetAsideDialog:
        """Shows which records of a source could not be read, and why."""
        dialog = SetAsideDialog(self._session, source, self._window.window())
        dialog.again_wanted.connect(lambda: self.act("retry", source))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def open_remove(self, source: SourceRow) -> RemoveDialog:
        """Asks what becomes of what it brought."""
        dialog = RemoveDialog(source, self._window.window())
        dialog.accepted.connect(lambda: self._session.submit(RemoveSource(source.id, dialog.is_dropping())))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
