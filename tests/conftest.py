"""What every test stands on: no display, and the program's own look."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

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
    # The same examples on every run: what fails here fails for whoever looks at it next. A deadline would time the machine.
    # Nor is a failing example made smaller: over a real database that takes minutes. `--hypothesis-profile default` does.
    settings.register_profile(
        "console",
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        database=None,
    )
    settings.load_profile("console")
    # WORKAROUND(Qt 6.11): the offscreen platform warns about every window with a smallest or largest size; no other
    # message of Qt is let through.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support propagateSizeHints")
    config.addinivalue_line("qt_log_ignore", r"This plugin does not support (raise\(\)|grabbing the keyboard)")
