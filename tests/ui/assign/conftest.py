"""The desk that these tests work at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Ariana's conversation and profile, on a real workspace."""
    yield from desk_in(tmp_path / "workspace", qtbot)
