"""Papers about a customer: a dossier to hand over, and forgetting for good. A process of its own writes what is long."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from console.domain.edits import Owner
from console.domain.file_names import safe_file_name
from console.ui.profile.wording import named

if TYPE_CHECKING:
    from console.ui.customer.erase_dialog import EraseDialog
    from console.ui.session import Session
    from console.ui.widgets.toast import Toasts

_KINDS = (".html", ".pdf", ".json")


class CustomerPapers(QObject):
    """Asks where to, has the file written, and says so in the window's toasts."""

    def __init__(self, session: Session, window: QWidget, toasts: Toasts) -> None:
        super().__init__(window)
        self._session, self._window, self._toasts = session, window, toasts

    def ask_dossier(self, owner: Owner, name: str, over: QWidget | None = None) -> None:
        """Asks for the file, whose name says the format, and writes the dossier there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()
        start = str(Path(folder) / safe_file_name(f"{self.tr('Dossier')} {named(name)}.html"))
        kinds = self.tr("Web page (*.html);;PDF (*.pdf);;JSON (*.json)")
        chosen, kind = QFileDialog.getSaveFileName(over or self._window, self.tr("Save the dossier"), start, kinds)
        if chosen:
            self.write_dossier(owner, with_kind(Path(chosen), kind))

    def write_dossier(self, owner: Owner, target: Path) -> None:
        """Writes the dossier; a long one takes its time elsewhere, and the window goes on."""
        by = self._session.teammate
        self._session.background.run(
            lambda: self._session.services.write_dossier(owner.id, str(target), by),
            lambda _: self._say_written(target),
            asker=self,
            about=f"dossier {target}",
            failed=self._say_failed,
        )

    def open_erase(self, owner: Owner, name: str, address: str) -> EraseDialog:
        """Asks whether the customer is to be forgotten for good."""
        from console.ui.customer.erase_dialog import EraseDialog

        dialog = EraseDialog(self._session, owner, name, address, self._window)
        dialog.dossier_wanted.connect(lambda: self.ask_dossier(owner, name, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _say_failed(self, error: Exception) -> None:
        self._toasts.say(str(error), tone="red")

    def _say_written(self, target: Path) -> None:
        toast = self._toasts.say(self.tr("Dossier saved as {0}").format(named(target.name)), self.tr("Open"))
        toast.acted.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))))


def with_kind(path: Path, chosen: str) -> Path:
    """The file with the ending of the kind chosen beside it, where its own is none of ours."""
    if path.suffix.lower() in _KINDS:
        return path
    ending = next((kind for kind in _KINDS if f"*{kind}" in chosen), _KINDS[0])
    return path.with_name(path.name + ending)
