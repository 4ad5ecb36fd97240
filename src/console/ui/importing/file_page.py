"""The first step of an import: which files, what they hold, and which addresses are one's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from console.domain.importing import ImportKind
from console.ui.importing.targets import kind_words
from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, row
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.progress import Spinner
from console.ui.widgets.segmented import Choice, Segmented

_AUTO = "auto"


class FilePage(QWidget):
    """Files come by drop or by dialog.

    Signals:
        files_chosen: a tuple of paths.
        kind_chosen: an `ImportKind`, or None to let the files decide.
        addresses_changed: the teammate's own addresses, as typed.
    """

    files_chosen = Signal(object)
    kind_chosen = Signal(object)
    addresses_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[str, ...] = ()
        self.setAcceptDrops(True)
        self.files = Button(self.tr("Choose files…"), "primary", icon="folder-open")
        self.folder = Button(self.tr("Choose a folder…"))
        self.files.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)
        self._shown = ElidedLabel("", "strong")
        self._reading = Spinner(self.tr("Reading the files"))
        self._reading.hide()
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        kinds = (Choice(_AUTO, self.tr("Find out")), *(Choice(kind.value, kind_words(kind)) for kind in ImportKind))
        self.kinds = Segmented(self.tr("What the files hold"), kinds)
        self.kinds.chosen.connect(self._tell_kind)
        self.addresses = QLineEdit()
        self.addresses.setPlaceholderText(self.tr("help@example.com, nadia@example.com"))
        self.addresses.setAccessibleName(self.tr("Your team's own addresses"))
        self.addresses.editingFinished.connect(self._tell_addresses)
        self._mail = QWidget()
        self._lay_out()
        self.show_kind(None)

    def show_files(self, paths: tuple[str, ...]) -> None:
        """Names the files."""
        self._paths = paths
        names = [Path(path).name for path in paths]
        self._shown.set_words(", ".join(names) if names else self.tr("No file chosen yet"))

    def show_kind(self, kind: ImportKind | None) -> None:
        """What the files turned out to hold; addresses are asked for with mail only."""
        self._mail.setVisible(kind is ImportKind.CONVERSATIONS)

    def show_reading(self, *, is_reading: bool) -> None:
        """Whether the files are being looked through."""
        self._reading.setVisible(is_reading)
        if is_reading:
            self._problem.hide()

    def show_problem(self, sentence: str) -> None:
        """Why the files cannot be taken in."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        drop = Card("well", tokens.SPACE_6)
        drop.column.addStretch(1)
        for made in (
            row(None, Seal("upload", size=56), None),
            row(None, label(self.tr("Drop files here"), "heading"), None),
            row(None, label(self.tr("Mailboxes: mbox, Maildir, eml. Tables: CSV, XLSX, JSON lines."), "body2"), None),
            row(None, self.files, self.folder, None),
            row(None, self._reading, self._shown, None),
        ):
            drop.column.addLayout(made)
        drop.column.addWidget(self._problem)
        drop.column.addStretch(1)
        mail = QVBoxLayout(self._mail)
        mail.setContentsMargins(0, 0, 0, 0)
        mail.addWidget(label(self.tr("Your team's own addresses"), "value"))
        mail.addWidget(self.addresses)
        why = self.tr("Mail from these addresses was sent by you, all other mail was received.")
        mail.addWidget(label(why, "small", is_wrapping=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_4)
        column.addWidget(drop, 1)
        column.addWidget(label(self.tr("What the files hold"), "value"))
        column.addWidget(self.kinds)
        column.addWidget(self._mail)
        self.show_files(())

    def _ask_files(self) -> None:
        found, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose files to import"))
        if found:
            self.files_chosen.emit(tuple(found))

    def _ask_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Choose a mail folder to import"))
        if found:
            self.files_chosen.emit((found,))

    def _tell_kind(self, key: str) -> None:
        self.kind_chosen.emit(None if key == _AUTO else ImportKind(key))

    def _tell_addresses(self) -> None:
        self.addresses_changed.emit(self.addresses.text())

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = tuple(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        if paths:
            event.acceptProposedAction()
            self.files_chosen.emit(paths)
