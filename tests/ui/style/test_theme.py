"""A theme reaches everything at once, and text grows as it is asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QLabel

from console.ui.style import fonts, theme
from console.ui.style.theme import Theme
from console.ui.style.tokens import DARK, LIGHT


@pytest.fixture
def applied(qapp, tmp_path: Path):
    before = theme.current()
    made = Theme("light", cache=tmp_path)
    theme.apply(qapp, made)
    yield made
    theme.apply(qapp, before)


def test_a_switch_reaches_palette_style_sheet_and_listeners_at_once(qapp, qtbot, applied: Theme) -> None:
    with qtbot.waitSignal(applied.changed):
        applied.choose("dark")
    assert applied.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.bg
    assert DARK.accentbtn in qapp.styleSheet()
    assert LIGHT.text not in qapp.styleSheet()


def test_the_system_setting_follows_the_desktop(qapp, applied: Theme) -> None:
    applied.choose("system")
    is_desktop_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert applied.is_dark is is_desktop_dark
    assert applied.setting == "system"


def test_larger_text_makes_text_and_controls_larger(qapp, qtbot, applied: Theme) -> None:
    label = QLabel("Ariana Delacroix")
    qtbot.addWidget(label)
    label.show()
    before = label.sizeHint().width()
    applied.scale_text(1.5)
    assert qapp.font().pixelSize() == 20
    assert label.sizeHint().width() > before * 1.3
    applied.scale_text(9)
    assert applied.text_scale == 2.0


def test_no_place_is_left_open_in_the_style_sheet(qapp, applied: Theme) -> None:
    assert "$" not in qapp.styleSheet()


def test_the_images_of_the_style_sheet_exist_even_where_the_cache_folder_cannot_be_written(
    qapp, tmp_path: Path, applied: Theme
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    made = Theme("light", cache=blocked)
    theme.apply(qapp, made)
    paths = [part.split(")")[0] for part in qapp.styleSheet().split("url(")[1:]]
    assert len(paths) > 10
    assert all(Path(path).is_file() for path in paths)
    assert blocked.read_text(encoding="utf-8").startswith("a file")
    theme.apply(qapp, applied)  # before `made` takes its temporary folder with it


def test_inter_is_loaded_from_our_own_files_in_every_weight(qapp) -> None:
    assert fonts.family() == "Inter"
    widths = {
        QFontMetricsF(fonts.font(40, weight)).horizontalAdvance("Hamburg")
        for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold)
    }
    assert len(widths) == 4
    assert QFontInfo(fonts.font(13)).family() == "Inter"


def test_text_of_customers_is_shown_as_it_was_written(qapp, qtbot) -> None:
    # Inter's contextual alternates turn the x of 0x7f into a multiplication sign, also in labels under a style sheet.
    label = QLabel("0x7f")
    label.setProperty("look", "strong")
    qtbot.addWidget(label)
    label.show()
    assert label.font().featureValue(QFont.Tag("calt")) == 0
    assert label.font().isFeatureSet(QFont.Tag("calt"))
    assert qapp.font().hintingPreference() == QFont.HintingPreference.PreferNoHinting
