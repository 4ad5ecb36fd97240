"""The application in its clothes: language, theme and icon, put on after the first frame is on screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console.ui.start import first_look
from console.ui.start.kept_look import Look, kept_look
from console.ui.style import icons, theme


def dress(folder: Path) -> None:
    """Dresses the running application as the workspace in `folder` was when it was closed."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    if theme.is_applied():
        first_look.dress(folder)
        return
    translator = QTranslator(application)
    translations = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", translations):
        application.installTranslator(translator)
    look = kept_look(folder) or Look()
    theme.apply(application, theme.Theme(_setting(look), text_scale=look.text_scale))
    application.setWindowIcon(icons.icon("inbox", "accentbtn"))


def _setting(look: Look) -> theme.Setting:
    match look.setting:
        case "light" | "dark" as chosen:
            return chosen
        case _:
            return "system"
