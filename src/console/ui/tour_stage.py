"""The stage of the tour: a window that is set up, waited for and photographed."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.ui.session import Session
from console.ui.workspace_view import WorkspaceView

_log = logging.getLogger(__name__)
_LEAST_MS, _MOST_MS = 60, 8_000
Scene = Callable[["Stage"], None]


class Stage:
    """A window that is set up, waited for and photographed; pictures are numbered in the order in which they are taken."""

    def __init__(self, session: Session, folder: Path, size: QSize) -> None:
        self.session, self.folder, self.size = session, folder, size
        # Before the window is made: a picture of the settings must not become the settings.
        session.only_read()
        self.files = Path(tempfile.mkdtemp(prefix="support-console-tour-"))
        self.pictures: list[Path] = []
        self._number = 0
        self.view = WorkspaceView(session)
        self.view.resize(size)
        self.view.show()
        session.feed.start()
        self.settle()

    def settle(self, least_ms: int = _LEAST_MS) -> None:
        """Lets timers, reads and paints come to rest."""
        self._turn(least_ms)
        for _ in range(_MOST_MS // 20):
            if self.session.background.is_idle():
                break
            self._turn(20)
        self._turn(30)

    def take(self, name: str, widget: QWidget | None = None) -> Path:
        """A picture of a widget, of the window where none is given; open menus are in it."""
        self.settle()
        shown = widget if widget is not None else self.view
        picture = shown.grab().toImage()
        menu = QApplication.activePopupWidget()
        if menu is not None and menu is not shown:
            _paint_on_top(picture, menu, menu.pos() - shown.mapToGlobal(QPoint(0, 0)))
        self._number += 1
        path = self.folder / f"{self._number:03}-{name}.png"
        if not picture.save(str(path)):
            raise OSError(f"The picture {path.name} could not be written. Check that the folder exists and has room")
        self.pictures.append(path)
        return path

    def leave_out(self, name: str) -> None:
        """This workspace has nothing to show for `name`; its number stays free, so that all others keep theirs."""
        self._number += 1
        _log.info("No picture of %s: the workspace holds nothing of that kind", name)

    def take_where(self, name: str, *, is_there: bool) -> None:
        """A picture where the state could be brought about."""
        if is_there:
            self.take(name)
        else:
            self.leave_out(name)

    def take_menu(self, name: str, menu: QMenu, at: QPoint) -> None:
        """The window with a menu open over it."""
        menu.popup(self.view.mapToGlobal(at))
        self.take(name)
        menu.close()

    def take_page(self, name: str, page: QWidget) -> None:
        """A page of its own, as large as the window."""
        page.resize(self.size)
        page.show()
        self.take(name, page)
        page.close()
        page.deleteLater()

    def take_dialog(self, name: str, dialog: QWidget) -> None:
        """A dialog, which is closed afterwards."""
        self.take(name, dialog)
        dialog.close()
        self.settle()

    def close(self) -> None:
        """Strikes the stage."""
        self.view.close()
        self.view.deleteLater()
        self.session.close()
        shutil.rmtree(self.files, ignore_errors=True)

    def _turn(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()


def _paint_on_top(picture: QImage, widget: QWidget, at: QPoint) -> None:
    painter = QPainter(picture)
    painter.drawPixmap(at, widget.grab())
    painter.end()
