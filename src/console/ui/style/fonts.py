"""The fonts: Inter from our own files, the desktop's font where they cannot be read."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from console.system.paths import resources

FACES = ("Regular", "Medium", "SemiBold", "Bold", "Italic")


@cache
def family() -> str:
    """The family of all text; loads the faces the first time."""
    folder = resources() / "fonts"
    faces = [QFontDatabase.addApplicationFont(str(folder / f"Inter-{face}.ttf")) for face in FACES]
    if min(faces) >= 0:
        return "Inter"
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@cache
def monospace() -> str:
    """The family of codes and keys that are read letter by letter."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, *, is_mono: bool = False) -> QFont:
    """A font of our family, unhinted and without contextual alternates.

    Inter's `calt` shows `0x7f` as `0×7f`; what a customer wrote must be shown as it was written.
    """
    return QFont(_made(pixels, weight, is_mono=is_mono))


@cache
def _made(pixels: int, weight: QFont.Weight, *, is_mono: bool) -> QFont:
    """Made once; painters ask for a font with every word, and get a copy that they may change."""
    made = QFont(monospace() if is_mono else family())
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setFeature(QFont.Tag("calt"), 0)
    return made
