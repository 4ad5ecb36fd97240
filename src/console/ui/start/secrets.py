"""Pages that take a secret: a passphrase that is chosen, one that is known, or the recovery code."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from console.ui.start.page import StartPage
from console.ui.style import theme
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label, set_look

SHORTEST = 10
translate = QCoreApplication.translate


class ChoosePassphrasePage(StartPage):
    """For a machine without a keyring.

    Signals:
        given: the passphrase.
        left: the teammate goes back.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        title = translate("PassphrasePage", "Choose a passphrase")
        words = translate(
            "PassphrasePage",
            "This computer has no keyring to keep the key in. The passphrase protects it instead; you type it at each start.",
        )
        super().__init__("key-round", "amber", title, words, parent)
        self.first = _secret_field(self.tr("Passphrase"))
        self.second = _secret_field(self.tr("The same passphrase again"))
        self.shown = QCheckBox(self.tr("Show what I type"))
        self._hint = label("", "small")
        self.go_on = Button(self.tr("Continue"), "primary")
        back = Button(self.tr("Back"), "quiet")
        for name, field in ((self.tr("Passphrase"), self.first), (self.tr("Again"), self.second)):
            self.body.addWidget(label(name, "value"))
            self.body.addWidget(field)
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self.go_on.click)
        self.body.addWidget(self.shown)
        self.body.addWidget(self._hint)
        self.body.addLayout(row(back, None, self.go_on))
        self.shown.toggled.connect(self._show)
        self.go_on.clicked.connect(self._tell)
        back.clicked.connect(self.left)
        self._judge()

    def _judge(self) -> None:
        first, second = self.first.text(), self.second.text()
        missing = SHORTEST - len(first)
        if missing > 0:
            words, look = (
                self.tr("{0} more characters; several words are easy to keep in mind").format(missing),
                "small",
            )
        elif second and first != second:
            words, look = self.tr("The two are not the same"), "amber"
        else:
            words, look = "", "small"
        self._hint.setText(words)
        set_look(self._hint, look)
        self.go_on.setEnabled(missing <= 0 and first == second)

    def _show(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.first.setEchoMode(mode)
        self.second.setEchoMode(mode)

    def _tell(self) -> None:
        passphrase = self.first.text()
        self.first.clear()
        self.second.clear()
        self.given.emit(passphrase)


class AskPassphrasePage(StartPage):
    """For a workspace that opens with a passphrase.

    Signals:
        given: the passphrase.
        recovery_wanted: the recovery code is to open it instead.
    """

    given = Signal(str)
    recovery_wanted = Signal()

    def __init__(self, problem: str = "", parent: QWidget | None = None) -> None:
        title = translate("PassphrasePage", "Your data is locked")
        words = translate("PassphrasePage", "Type the passphrase of this workspace.")
        super().__init__("lock", "amber", title, words, parent)
        self.field = _secret_field(self.tr("Passphrase"))
        self.open = Button(self.tr("Open"), "primary", icon="lock-open")
        other = Button(self.tr("Use recovery code…"), icon="life-buoy")
        self.body.addWidget(self.field)
        if problem:
            self.body.addWidget(label(problem, "red", is_wrapping=True))
        self.body.addLayout(row(self.open, other, None))
        self.field.textChanged.connect(lambda text: self.open.setEnabled(bool(text)))
        self.field.returnPressed.connect(self.open.click)
        self.open.clicked.connect(self._tell)
        other.clicked.connect(self.recovery_wanted)
        self.open.setEnabled(False)
        self.setFocusProxy(self.field)

    def _tell(self) -> None:
        passphrase = self.field.text()
        self.field.clear()
        self.given.emit(passphrase)


class RecoverPage(StartPage):
    """For a key that is lost.

    Signals:
        given: the recovery code as typed.
        left: the teammate goes back.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, problem: str = "", parent: QWidget | None = None) -> None:
        title = translate("PassphrasePage", "Open with the recovery code")
        words = translate(
            "PassphrasePage",
            "Eight groups of letters and digits, as you kept them. Case, spaces and dashes do not matter.",
        )
        super().__init__("life-buoy", "accent", title, words, parent)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(theme.current().pixels(76))
        self.field.setAccessibleName(self.tr("Recovery code"))
        self.open = Button(self.tr("Open"), "primary", icon="lock-open")
        back = Button(self.tr("Back"), "quiet")
        self.body.addWidget(self.field)
        if problem:
            self.body.addWidget(label(problem, "red", is_wrapping=True))
        self.body.addLayout(row(back, None, self.open))
        self.field.textChanged.connect(self._enable)
        self.open.clicked.connect(self._tell)
        back.clicked.connect(self.left)
        self.setFocusProxy(self.field)
        self._enable()

    def _enable(self) -> None:
        self.open.setEnabled(bool(self.field.toPlainText().strip()))

    def _tell(self) -> None:
        code = self.field.toPlainText()
        self.field.clear()
        self.given.emit(code)


def _secret_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(1024)
    field.setAccessibleName(name)
    return field
