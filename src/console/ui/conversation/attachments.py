"""Attachments: saved under a safe name, opened only where nothing could run."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from console.domain.conversation import AttachmentRow
from console.domain.file_names import is_executable, safe_file_name
from console.store.conversations import attachment
from console.store.errors import NotFound
from console.ui.profile.wording import named, size_words
from console.ui.session import Session
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.labels import plain_tip
from console.ui.widgets.menu import Menu, passing_menu

_ICON_BY_MAJOR = {"image": "image", "audio": "mic", "video": "play", "text": "file-text"}


def attachment_chip(part: AttachmentRow, parent: QWidget | None = None) -> ChipButton:
    """The chip of an attachment: its name and size."""
    words = f"{named(part.name)} · {size_words(part.size)}"
    icon = "file-warning" if part.is_executable else _ICON_BY_MAJOR.get(part.media_type.partition("/")[0], "file-text")
    tone = "amber" if part.is_executable else "blue"
    chip = ChipButton(words, tone, icon, parent, name=chip_name(part))
    plain_tip(chip, f"{part.name}\n{part.media_type}")
    return chip


def chip_name(part: AttachmentRow) -> str:
    """What assistive technology says of an attachment."""
    return f"{named(part.name)}, {size_words(part.size)}"


class Attachments(QObject):
    """Saves and opens attachments of one workspace; opened copies are deleted with it.

    Signals:
        said: a sentence about what happened.
        failed: a sentence about what could not be done.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._folder: QTemporaryDir | None = None

    def offer(self, part: AttachmentRow, chip: QWidget) -> None:
        """Opens the menu of an attachment under its chip."""
        self.menu_of(part).open_below(chip)

    def menu_of(self, part: AttachmentRow) -> Menu:
        """What can be done with an attachment; the menu deletes itself when it closes."""
        menu = passing_menu(chip_name(part), self._window)
        menu.offer("download", self.tr("Save as…"), lambda: self.save_as(part))
        show = menu.offer("external-link", self.tr("Open"), lambda: self.open_it(part))
        if part.is_executable:
            show.setEnabled(False)
            show.setText(self.tr("Cannot be opened from here: it may run a program"))
        return menu

    def save_as(self, part: AttachmentRow) -> None:
        """Asks where to and saves it there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation) or QDir.homePath()
        start = str(Path(folder) / safe_file_name(part.name))
        chosen, _ = QFileDialog.getSaveFileName(self._window, self.tr("Save the attachment"), start)
        if chosen:
            self.write(part, Path(chosen))

    def write(self, part: AttachmentRow, target: Path) -> bool:
        """Writes the attachment to `target`; says so, or why not."""
        try:
            _, content = self._session.read(lambda connection: attachment(connection, part.id))
            target.write_bytes(content)
        except NotFound as error:
            self.failed.emit(str(error))
            return False
        except OSError as error:
            self.failed.emit(self.tr("It could not be saved: {0}").format(error.strerror or str(error)))
            return False
        self.said.emit(self.tr("Saved as {0}").format(named(target.name)))
        return True

    def open_it(self, part: AttachmentRow) -> bool:
        """Opens a copy with the desktop's program for it; what a computer might run is refused."""
        name = safe_file_name(part.name)
        if part.is_executable or is_executable(name):
            self.failed.emit(self.tr("This attachment may run a program. Save it, and open it only if you expect it"))
            return False
        if self._folder is None:
            self._folder = QTemporaryDir()
        target = Path(self._folder.path()) / f"{part.id}-{name}"
        return self.write(part, target) and QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
