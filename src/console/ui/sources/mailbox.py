"""The dialog that adds an IMAP mailbox: where it is, how to sign in, which folders, which addresses are one's own."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.address import canonical
from console.domain.edits import AddSource
from console.store.errors import StoreError
from console.store.source_writes import source_id
from console.ui.services import SourceCheck, SourceDraft
from console.ui.session import Session
from console.ui.sources.kinds import MAILBOX as KIND
from console.ui.sources.kinds import Kinds
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.fields import NumberField
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label, set_look
from console.ui.widgets.progress import Spinner

PORT_BY_SECURITY: dict[str, int] = {"tls": 993, "starttls": 143, "plain": 143}
_EXPECTED = (StoreError, ValueError, OSError)


class MailboxDialog(QDialog):
    """Asks for a mailbox, tries it in the sync process, and adds it as an edit; the password goes to the keyring.

    Signals:
        added: the `SourceId` of the new source.
    """

    added = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Add a mailbox"))
        self.setMinimumWidth(theme.current().pixels(520))
        self.address = self._line(self.tr("E-mail address"), "help@example.com")
        self.host = self._line(self.tr("Server"), "imap.example.com")
        self.security = QComboBox()
        self.security.setAccessibleName(self.tr("Security"))
        for key, words in (("tls", "TLS"), ("starttls", "STARTTLS"), ("plain", self.tr("None, on this computer only"))):
            self.security.addItem(words, key)
        self.port = NumberField(self.tr("Port"), 1, 65_535, PORT_BY_SECURITY["tls"])
        self.port.setGroupSeparatorShown(False)
        self.login = self._line(self.tr("Sign-in name"), self.tr("usually the e-mail address"))
        self.password = self._line(self.tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.own = self._line(self.tr("Your team's own addresses"), "help@example.com")
        self.folders = QListWidget()
        self.folders.setAccessibleName(self.tr("Folders to read"))
        self.folders.setProperty("framed", "true")
        self.folders.setFixedHeight(theme.current().pixels(150))
        self.folders.hide()
        self._result = label("", "small", is_wrapping=True)
        self._tried = label("", "small", is_wrapping=True)
        self._kinds = Kinds(session, self)
        self._kinds.came.connect(self._say_tried)
        self._trying = Spinner(self.tr("Trying the mailbox"))
        self._trying.hide()
        self._make_buttons()
        self._lay_out()
        self.address.editingFinished.connect(self._fill_from_address)
        self.security.currentIndexChanged.connect(self._fill_port)
        self.finished.connect(self._forget_password)
        for field in (self.address, self.host, self.password):
            field.textChanged.connect(self._enable)
        self._enable()
        self._kinds.ask()

    def draft(self) -> SourceDraft:
        """What is filled in."""
        return SourceDraft(KIND, self.address.text().strip(), self._settings(), self.password.text())

    def _say_tried(self) -> None:
        """Against what mailboxes were tried, as the connector says it."""
        kind = self._kinds.kind_of(KIND)
        self._tried.setText(kind.tried if kind is not None else "")

    def _settings(self) -> dict[str, str]:
        return {
            "host": self.host.text().strip(),
            "port": str(self.port.value()),
            "security": str(self.security.currentData()),
            "username": self.login.text().strip() or self.address.text().strip(),
            "folders": "\n".join(self._chosen_folders()),
        }

    def _make_buttons(self) -> None:
        self.test = Button(self.tr("Test"), icon="plug-zap")
        self.add = Button(self.tr("Add the mailbox"), "primary")
        self.cancel = Button(self.tr("Cancel"), "quiet")
        self.test.clicked.connect(self._test)
        self.add.clicked.connect(self._add)
        self.cancel.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE_5)
        form.setVerticalSpacing(tokens.SPACE_3)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        server = QWidget()
        server.setLayout(row(self.host, self.port))
        self.port.setFixedWidth(theme.current().pixels(96))
        for words, field in (
            (self.tr("E-mail address"), self.address),
            (self.tr("Server and port"), server),
            (self.tr("Security"), self.security),
            (self.tr("Sign-in name"), self.login),
            (self.tr("Password"), self.password),
            (self.tr("Own addresses"), self.own),
        ):
            form.addRow(label(words, "value"), field)
        self._folders_name = label(self.tr("Folders"), "value")
        self._folders_name.hide()
        form.addRow(self._folders_name, self.folders)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_6, tokens.SPACE_5, tokens.SPACE_6, tokens.SPACE_5)
        column.setSpacing(tokens.SPACE_4)
        column.addWidget(label(self.tr("Add a mailbox"), "title"))
        words = self.tr(
            "Mail is read and kept encrypted on this computer; what lies on the server is not changed. Replies go out by it."
        )
        column.addWidget(label(words, "body2", is_wrapping=True))
        column.addLayout(form)
        column.addLayout(row(self._trying, self._result))
        tried = row(IconLabel("info", "text2"), self._tried, gap=6)
        tried.setStretch(1, 1)
        column.addLayout(tried)
        column.addLayout(row(self.test, None, self.cancel, self.add))

    def _line(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(320)
        return field

    def _fill_from_address(self) -> None:
        address = self.address.text().strip()
        domain = address.rpartition("@")[2]
        if "@" in address and domain:
            for field, guessed in ((self.host, f"imap.{domain}"), (self.login, address), (self.own, address)):
                if not field.text().strip():
                    field.setText(guessed)

    def _fill_port(self) -> None:
        if self.port.value() in PORT_BY_SECURITY.values():
            self.port.setValue(PORT_BY_SECURITY[self.security.currentData()])

    def _enable(self) -> None:
        is_whole = all(field.text().strip() for field in (self.address, self.host, self.password))
        self.test.setEnabled(is_whole)
        self.add.setEnabled(is_whole)

    def _test(self) -> None:
        draft, services = self.draft(), self._session.services
        self._trying.show()
        self._say(self.tr("Trying…"), "small")
        self._session.background.run(
            lambda: services.check_source(draft),
            self._take_check,
            asker=self,
            about="check",
            failed=lambda error: self._take_check(SourceCheck(is_good=False, sentence=str(error))),
            expected=_EXPECTED,
        )

    def _take_check(self, check: SourceCheck) -> None:
        self._trying.hide()
        self._say(check.sentence, "green" if check.is_good else "red")
        if check.folders:
            self._show_folders(check.folders)

    def _show_folders(self, names: tuple[str, ...]) -> None:
        self.folders.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            is_wanted = not any(word in name.lower() for word in ("trash", "junk", "spam", "drafts"))
            item.setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
            self.folders.addItem(item)
        self.folders.show()
        self._folders_name.show()

    def _chosen_folders(self) -> list[str]:
        items = (self.folders.item(place) for place in range(self.folders.count()))
        return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]

    def _add(self) -> None:
        draft, services = self.draft(), self._session.services
        key = source_id(draft.kind, draft.name)
        self.add.setEnabled(False)
        self._session.background.run(
            lambda: services.keep_secret(key, draft.secret),
            lambda _: self._submit(draft),
            asker=self,
            about="add",
            failed=self._tell_trouble,
            expected=_EXPECTED,
        )

    def _submit(self, draft: SourceDraft) -> None:
        key = source_id(draft.kind, draft.name)
        own = tuple(address for part in self.own.text().replace(";", ",").split(",") if (address := canonical(part)))
        settings = json.dumps(dict(draft.settings), ensure_ascii=False, sort_keys=True)
        if self._session.submit(AddSource(key, draft.kind, draft.name, settings, own)) is not None:
            self.added.emit(key)
            self.accept()
        else:
            self._enable()

    def _tell_trouble(self, error: Exception) -> None:
        self._say(str(error), "red")
        self._enable()

    def _say(self, words: str, look: str) -> None:
        self._result.setText(words)
        set_look(self._result, look)

    def _forget_password(self) -> None:
        # Also what undo in the field would bring back.
        self.password.setText("")
        self.password.deleteLater()
