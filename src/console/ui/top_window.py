"""A window beside the main one: its keys, its toasts, and how large it was the last time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.domain.channels import Owner
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.widgets.buttons import OWN_KEYS
from console.ui.widgets.toast import Toasts

_LEAST = QSize(900, 560)
_USUAL = QSize(1180, 820)


class TopWindow(QWidget):
    """Shows one customer or one company. Ctrl+W closes it, Ctrl+Tab goes to the next window, Ctrl+Z takes an edit back.

    Whoever shows an owner derives from it, fills it in its own constructor, and calls `move_to` where another owner takes
    the place of the first (after a merge).

    Signals:
        gone: (itself) it has been closed.
        moved: (itself) it shows another owner now.
        stepped: 1 for the next window, -1 for the one before.
        activated: it has become the window that has the keyboard (True) or no longer is (False).
        undo_wanted, redo_wanted: Ctrl+Z, Ctrl+Y.
    """

    gone = Signal(object)
    moved = Signal(object)
    stepped = Signal(int)
    activated = Signal(bool)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, session: Session, owner: Owner) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.session = session
        self._shown_owner = owner
        self.toasts = Toasts(self)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        self.setMinimumSize(_LEAST.boundedTo(room))
        kept = _size(session.state().get(self._state_name(), ""))
        self.resize((kept or _USUAL).boundedTo(room))
        for keys, words, deed in (
            ("Ctrl+W", self.tr("Close the window"), self.close),
            ("Ctrl+Tab", self.tr("Next window"), lambda: self.stepped.emit(1)),
            ("Ctrl+Shift+Tab", self.tr("Previous window"), lambda: self.stepped.emit(-1)),
            ("Ctrl+Z", self.tr("Undo"), self.undo_wanted.emit),
            ("Ctrl+Y", self.tr("Redo"), self.redo_wanted.emit),
        ):
            self.bind(keys, words, deed)

    def bind(self, keys: str, words: str, deed) -> QAction:
        """Adds an action of this window with its shortcut."""
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setProperty(OWN_KEYS, [keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _=False: deed())
        self.addAction(action)
        return action

    def shown_owner(self) -> Owner:
        """Whom it shows."""
        return self._shown_owner

    def move_to(self, owner: Owner) -> None:
        """Shows another owner from now on."""
        if owner != self._shown_owner:
            self._shown_owner = owner
            self.moved.emit(self)

    def put_in_front(self, pages: QStackedWidget, page: QWidget) -> None:
        """Shows one of the pages; it comes filled and gets the size that it will have, so that it is arranged once."""
        if pages.indexOf(page) < 0:
            page.resize(self.size())
            pages.addWidget(page)
        pages.setCurrentWidget(page)

    def come_to_front(self) -> None:
        """Shows itself above other windows."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.activated.emit(self.isActiveWindow())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.keep_state({self._state_name(): f"{self.width()}x{self.height()}"})
        super().closeEvent(event)
        self.gone.emit(self)

    def _state_name(self) -> str:
        return f"window.{self._shown_owner.kind.value}"


def _size(text: str) -> QSize | None:
    wide, _, high = text.partition("x")
    return QSize(int(wide), int(high)) if wide.isdecimal() and high.isdecimal() else None
