"""What every test stands on: no display, and the program's own look."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

pytest_plugins = ["tests.peers.fixtures"]

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_CACHE_HOME", tempfile.mkdtemp(prefix="console-tests-"))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> QApplication:
    """pytest-qt's application in our light theme."""
    from console.ui.style import theme

    folder: Path = tmp_path_factory.mktemp("glyphs")
    theme.apply(qapp, theme.Theme("light", cache=folder))
    return qapp


def pytest_configure(config: pytest.Config) -> None:
    # WORKAROUND(Qt 6.11): the offscreen platform warns about every window with a smallest or largest size; no other
    # message of Qt is let through.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")
