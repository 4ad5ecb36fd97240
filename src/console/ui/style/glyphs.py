"""The small images that a style sheet can only take from files: ticks, arrows and radio dots, tinted per theme."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from console.system.paths import resources
from console.ui.style.tokens import Tokens

# name in the style sheet: (icon, token)
DRAWN = {
    "check_on": ("check", "onaccent"),
    "check_off": ("check", "disabled"),
    "minus_on": ("minus", "onaccent"),
    "check_menu": ("check", "text"),
    "down": ("chevron-down", "text2"),
    "down_off": ("chevron-down", "disabled"),
    "up": ("chevron-up", "text2"),
    "up_off": ("chevron-up", "disabled"),
    "left": ("chevron-left", "text2"),
    "right": ("chevron-right", "text2"),
}
DOTS = {"dot_on": "onaccent", "dot_off": "disabled"}
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="3.2" fill="{}"/></svg>'


class Glyphs:
    """Writes the images once per theme, into the desktop's cache folder, or a temporary one where that is read-only."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _cache_folder()
        self._temporary: Path | None = None

    def urls(self, tokens: Tokens) -> dict[str, str]:
        """The path of each image as a style sheet writes it, by its name here."""
        colors = {name: tokens.color(token) for name, _, token in _all()}
        files = {name: f"{name}-{color[1:]}.svg" for name, color in colors.items()}
        folder = self._written({files[name]: _tinted(icon, colors[name]) for name, icon, _ in _all()})
        return {name: (folder / file).as_posix() for name, file in files.items()}

    def _written(self, drawings: dict[str, str]) -> Path:
        try:
            return _write(self._folder, drawings)
        except OSError:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="support-console-"))
                weakref.finalize(self, shutil.rmtree, self._temporary, ignore_errors=True)
            return _write(self._temporary, drawings)


def _all() -> list[tuple[str, str, str]]:
    drawn = [(name, icon, token) for name, (icon, token) in DRAWN.items()]
    return drawn + [(name, "", token) for name, token in DOTS.items()]


def _tinted(icon: str, color: str) -> str:
    if not icon:
        return DOT.format(color)
    return (resources() / "icons" / f"{icon}.svg").read_text(encoding="utf-8").replace("currentColor", color)


def _write(folder: Path, drawings: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in drawings.items():
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            # Two windows may start at once: each writes aside and moves, so that neither reads half a file.
            with tempfile.NamedTemporaryFile("w", dir=folder, delete=False, encoding="utf-8") as aside:
                aside.write(text)
            Path(aside.name).replace(file)
    return folder


def _cache_folder() -> Path:
    location = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(location) / "support-console" / "style"
