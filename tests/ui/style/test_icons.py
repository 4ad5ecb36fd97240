"""Icons are tinted, sharp, drawn once, and follow the theme."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from console.system.paths import resources
from console.ui.style import icons, theme


def tints(drawn: QPixmap) -> set[str]:
    image = drawn.toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(*at).name().upper() for at in points if image.pixelColor(*at).alpha() == 255}


def test_an_icon_is_tinted_with_the_token(qapp) -> None:
    assert tints(icons.pixmap("inbox", "accent", 24)) == {theme.current().tokens.accent}


def test_an_icon_that_does_not_exist_is_an_error_and_so_is_a_colour(qapp) -> None:
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.icon("no-such-icon")
    with pytest.raises(LookupError, match="no-such-icon"):
        icons.pixmap("no-such-icon", "text")
    with pytest.raises(KeyError, match="no-such-colour"):
        icons.icon("inbox", "no-such-colour")


def test_a_pixmap_fits_the_pixel_ratio_of_the_screen(qapp) -> None:
    drawn = icons.pixmap("inbox", "text", 16, 1.5)
    assert drawn.size() == QSize(24, 24)
    assert drawn.deviceIndependentSize().toSize() == QSize(16, 16)
    assert icons.icon("inbox").pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_the_same_icon_is_drawn_once(qapp) -> None:
    assert icons.pixmap("mail", "text2").cacheKey() == icons.pixmap("mail", "text2").cacheKey()
    assert icons.pixmap("mail", "text2").cacheKey() != icons.pixmap("mail", "text3").cacheKey()


def test_an_icon_follows_the_theme_by_itself(qapp) -> None:
    chosen = icons.icon("star", "text")
    assert tints(chosen.pixmap(48, 48)) == {theme.current().tokens.text}
    theme.current().choose("dark")
    try:
        assert tints(chosen.pixmap(48, 48)) == {theme.current().tokens.text} == {"#ECEEF2"}
    finally:
        theme.current().choose("light")


def test_a_disabled_icon_is_grey(qapp) -> None:
    disabled = icons.icon("star", "accent").pixmap(QSize(48, 48), QIcon.Mode.Disabled)
    assert tints(disabled) == {QColor(theme.current().tokens.disabled).name().upper()}


def test_a_copied_icon_outlives_the_garbage_collection(qapp) -> None:
    copies = [QIcon(icons.icon("bell", "text")) for _ in range(20)]
    for copied in copies:
        copied.addPixmap(QPixmap(4, 4))  # detaches, which clones the engine
    gc.collect()
    assert all(not copied.pixmap(16, 16).isNull() for copied in copies)


def test_every_icon_that_is_shipped_can_be_drawn(qapp) -> None:
    names = sorted(file.stem for file in (resources() / "icons").glob("*.svg"))
    assert len(names) > 120
    for name in names:
        assert tints(icons.pixmap(name, "text", 48)) == {theme.current().tokens.text}, name
