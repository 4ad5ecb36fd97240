"""The windowed program: one application, one window, and the last line of defence against errors nobody expected."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtWidgets import QApplication

from console.store.errors import StoreError
from console.ui.main_window import MainWindow
from console.ui.single import SingleWindow
from console.ui.start.doorway import Doorway

_log = logging.getLogger(__name__)


def run(doorway: Doorway, arguments: Sequence[str], *, begun: Callable[[], None], link: str = "") -> int:
    """Shows the workspace's window until it closes; 0, also where another process already shows it (P6).

    `begun` is called when the first frame is on screen, before anything is asked or opened. `link` is a deep link to follow,
    in the window that is there already or else in this one.
    """
    application = made_application(arguments)
    single = SingleWindow(doorway.folder)
    if not single.take(link):
        return 0
    window = MainWindow(doorway)
    window.begun.connect(begun)
    window.begun.connect(single.listen)
    single.raised.connect(window.come_to_front)
    single.linked.connect(window.follow_link)
    if link:
        window.follow_link(link)
    sys.excepthook = _Defence(window)
    window.show()
    code = application.exec()
    single.give_back()
    return code


def made_application(arguments: Sequence[str]) -> QApplication:
    """The application with its name, in Qt's plainest style; the one that runs where there is one.

    Nothing that the first frame does not need: the window dresses it when that is on screen.
    """
    running = QApplication.instance()
    # As an argument: `setStyle` gives the style back, and Python would have to meet all of its enumerations first.
    application = running if isinstance(running, QApplication) else QApplication([*arguments, "-style", "Fusion"])
    application.setApplicationName("support-console")
    application.setApplicationDisplayName("Support Console")
    application.setDesktopFileName("support-console")
    return application


class _Defence:
    """Logs an error nobody expected and says so, instead of losing what else is on screen."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.critical("Unexpected error", exc_info=(kind, error, trace))
        if self._window.view is not None:
            # An error of the world is a sentence already; it only came where nobody waited for it.
            unknown = self._window.tr("Something went wrong; nothing is lost. The log says more.")
            self._window.view.toasts.say(str(error) if isinstance(error, StoreError) else unknown, tone="red")
