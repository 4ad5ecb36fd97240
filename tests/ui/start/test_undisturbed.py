"""A start looks for no garbage, and the rest of the program does."""

from __future__ import annotations

import gc

from pytestqt.qtbot import QtBot

from console.ui.start.undisturbed import start_undisturbed


def test_garbage_is_looked_for_again_when_the_start_is_over(qtbot: QtBot) -> None:
    start_undisturbed()
    assert not gc.isenabled()

    qtbot.waitUntil(gc.isenabled, timeout=5_000)
    gc.unfreeze()
