"""The window: painted before anything is open, then filled with the page that is due."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from console.ui.background import Background
from console.ui.first_paint import after_first_paint
from console.ui.overriding import override
from console.ui.start.doorway import Doorway
from console.ui.start.first_frame import FirstFrame
from console.ui.start.kept_look import Look, kept_look

if TYPE_CHECKING:
    from console.ui.entrance import Entrance
    from console.ui.session import Session
    from console.ui.workspace_view import WorkspaceView

GEOMETRY = "window_geometry"
_VIEW = "console.ui.workspace_view"
_WIDTH, _HEIGHT = 1440, 900
_LEAST_WIDTH, _LEAST_HEIGHT = 900, 560


class MainWindow(QMainWindow):
    """Owns the session from the moment it is open until the window closes.

    Signals:
        begun: the first frame is on screen.
        filled: the workspace is on screen.
    """

    begun = Signal()
    filled = Signal()

    def __init__(self, doorway: Doorway, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doorway = doorway
        self._background = Background(self)
        self.session: Session | None = None
        self.view: WorkspaceView | None = None
        self.entrance: Entrance | None = None
        self._link = ""
        self.setWindowTitle(self.tr("Support Console"))
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self.resize(self._first_size()[0], self._first_size()[1])
        frame = FirstFrame(kept_look(doorway.folder) or Look())
        self.setCentralWidget(frame)
        after_first_paint(frame, self._begin)

    def come_to_front(self) -> None:
        """Shows itself above other windows, for instance because the program was started again."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def follow_link(self, link: str) -> None:
        """Shows what a deep link leads to, as soon as a workspace is open."""
        if self.view is not None:
            self.view.windows.open_link(link)
        else:
            self._link = link

    def show_session(self, session: Session, choice: str = "") -> None:
        """Fills the window with an open workspace; `choice` is the door that was taken on the first page."""
        # Imported here, after the frame was painted: the store's library alone takes longer than all of the window.
        from console.ui.settings.kept import dress_as_kept
        from console.ui.workspace_view import WorkspaceView

        self.session = session
        dress_as_kept(session)
        geometry = session.state().get(GEOMETRY, "")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        self.view = WorkspaceView(session)
        self.view.quit_wanted.connect(self.close)
        self.setCentralWidget(self.view)
        session.feed.start()
        self.filled.emit()
        if choice == "import":
            self.view.open_wizard()
        elif choice == "connect":
            self.view.adding.mailbox()
        if self._link:
            # After the inbox has painted: a window over nothing would have to wait for it.
            QTimer.singleShot(0, self.view, self._follow_kept)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.session is not None and self.view is not None:
            self.view.remember()
            geometry = bytes(self.saveGeometry().toBase64().data()).decode()
            self.session.keep_state({GEOMETRY: geometry})
            from console.ui.start import first_look

            first_look.keep(self._doorway.folder)
            self.session.close()
            self.session = None
        self._background.close()
        super().closeEvent(event)

    def _follow_kept(self) -> None:
        link, self._link = self._link, ""
        self.follow_link(link)

    def _begin(self) -> None:
        # Imported here, after the frame was painted, as is everything that it does not need.
        from console.ui.entrance import Entrance
        from console.ui.start.dressed import dress
        from console.ui.start.undisturbed import start_undisturbed

        start_undisturbed()
        dress(self._doorway.folder)
        self.begun.emit()
        self.entrance = Entrance(self._doorway, self._background, self)
        self.entrance.page_made.connect(self.setCentralWidget)
        self.entrance.opened.connect(self._take_workspace)
        self.entrance.quit_wanted.connect(self.close)
        # The view's modules are read beside the key, so that the window stands still for neither.
        self._background.run(lambda: import_module(_VIEW), lambda _: None, asker=self, about="modules")
        self.entrance.begin()

    def _take_workspace(self, workspace: object, choice: str) -> None:
        self.show_session(self._doorway.session(workspace), choice)

    def _first_size(self) -> tuple[int, int]:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        return min(_WIDTH, screen.width()), min(_HEIGHT, screen.height())
