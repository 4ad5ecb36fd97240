"""The tour: every window and state of a workspace as a picture, without a screen."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from console.ui.session import Session
from console.ui.style import theme
from console.ui.workspace_view import WorkspaceView

_LEAST_MS, _MOST_MS = 60, 8_000
Scene = Callable[["Stage"], None]


class Stage:
    """A window that is set up, waited for and photographed; pictures are numbered in the order in which they are taken."""

    def __init__(self, session: Session, folder: Path, size: QSize) -> None:
        self.session, self.folder, self.size = session, folder, size
        self.files = Path(tempfile.mkdtemp(prefix="support-console-tour-"))
        self.pictures: list[Path] = []
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
        path = self.folder / f"{len(self.pictures) + 1:02}-{name}.png"
        if not picture.save(str(path)):
            raise OSError(f"The picture {path.name} could not be written. Check that the folder exists and has room")
        self.pictures.append(path)
        return path

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


def tour(
    session_factory: Callable[[], Session],
    folder: Path,
    setting: theme.Setting = "light",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
) -> tuple[Path, ...]:
    """Writes the pictures into `folder` and answers their paths. Raises OSError where one cannot be written.

    The clock is the session's own: with a fixed moment and the same workspace the pictures are the same. `scale` is the
    pixel ratio (1.5 for 150 %); it holds only where no application runs yet. Nothing is submitted, so that the workspace
    stays as it is, apart from dry runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _application(scale) as application:
        before = theme.current()
        look = theme.Theme(setting)
        look.reduce_motion(is_reduced=True)
        theme.apply(application, look)
        from console.ui.tour_scenes import SCENES

        stage = Stage(session_factory(), folder, QSize(*size))
        try:
            for scene in SCENES:
                scene(stage)
        finally:
            stage.close()
            theme.apply(application, before)
        return tuple(stage.pictures)


@contextmanager
def _application(scale: float) -> Iterator[QApplication]:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        yield running
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    yield QApplication(["support-console"])


def _paint_on_top(picture: QImage, widget: QWidget, at: QPoint) -> None:
    painter = QPainter(picture)
    painter.drawPixmap(at, widget.grab())
    painter.end()
