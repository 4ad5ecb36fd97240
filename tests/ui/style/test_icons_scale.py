"""Icons are as large as the text beside them, also where the text size changes while the program runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QStyle, QWidget
from pytestqt.qtbot import QtBot

from console.ui.style import theme
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.empty_state import Seal
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.rail_button import RailButton


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[theme.Theme]:
    before = theme.current()
    made = theme.Theme("light", cache=tmp_path)
    theme.apply(qapp, made)
    yield made
    theme.apply(qapp, before)


SIDES: dict[str, tuple[Callable[[], QWidget], Callable[[QWidget], int]]] = {
    "a label": (lambda: IconLabel("info", size=14), lambda made: made.sizeHint().width()),
    "a seal": (lambda: Seal("upload", size=40), lambda made: made.sizeHint().width()),
    "a button": (lambda: Button("Sync", icon="rotate-cw"), lambda made: made.property("iconSize").height()),
    "a button alone": (lambda: IconButton("x", "Close"), lambda made: made.property("iconSize").height()),
    "the rail": (lambda: RailButton("inbox", "Inbox"), lambda made: made.sizeHint().width()),
    "a menu": (QMenu, lambda made: made.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, made)),
}


@pytest.mark.parametrize("name", SIDES)
def test_at_twice_the_text_an_icon_is_twice_as_large(name: str, look: theme.Theme, qtbot: QtBot) -> None:
    make, side = SIDES[name]
    made = make()
    qtbot.addWidget(made)
    made.ensurePolished()
    usual = side(made)

    look.scale_text(2.0)

    assert side(made) == 2 * usual
    look.scale_text(1.0)
    assert side(made) == usual


def test_a_chip_gives_its_icon_the_room_that_it_needs(look: theme.Theme, qtbot: QtBot) -> None:
    with_icon, without = Chip("API", icon="zap"), Chip("API")
    for chip in (with_icon, without):
        qtbot.addWidget(chip)
    usual = with_icon.sizeHint().width() - without.sizeHint().width()

    look.scale_text(2.0)

    assert with_icon.sizeHint().width() - without.sizeHint().width() == 2 * (usual - 5) + 5
