"""The tour: every window and state of a workspace as a picture, without a screen."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from console.ui.session import Session
from console.ui.style import theme
from console.ui.tour_scenes import SCENES
from console.ui.tour_stage import Stage


def tour(
    session_factory: Callable[[], Session],
    folder: Path,
    setting: theme.Setting = "light",
    size: tuple[int, int] = (1440, 900),
    scale: float = 1.0,
) -> tuple[Path, ...]:
    """Writes the pictures into `folder` and answers their paths. Raises OSError where one cannot be written.

    The clock is the session's own: with a fixed moment and the same workspace the pictures are the same. `scale` is the
    pixel ratio (1.5 for 150 %); it holds only where no application runs yet. Nothing is kept, neither edits nor drafts nor
    settings, so that the workspace stays as it is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _application(scale, size) as application:
        before = theme.current()
        look = theme.Theme(setting)
        look.reduce_motion(is_reduced=True)
        theme.apply(application, look)
        stage = Stage(session_factory(), folder, QSize(*size))
        try:
            for scene in SCENES:
                scene(stage)
        finally:
            stage.close()
            theme.apply(application, before)
        return tuple(stage.pictures)


@contextmanager
def _application(scale: float, size: tuple[int, int]) -> Iterator[QApplication]:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="support-console-screen-") as folder:
        if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen(Path(folder), scale, size)}"
        os.environ["QT_SCALE_FACTOR"] = str(scale)
        yield QApplication(["support-console"])


def _screen(folder: Path, scale: float, size: tuple[int, int]) -> Path:
    """A screen that the window fills, so that dialogs open as large as they do before a teammate."""
    width, height = (round(side * scale) for side in size)
    screen = {"name": "tour", "x": 0, "y": 0, "width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen | dots]}), encoding="utf-8")
    return path
