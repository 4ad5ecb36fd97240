"""The look of the running program: which theme, how large its text, and the one palette and style sheet made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.style import fonts, glyphs, sheet
from console.ui.style.tokens import DARK, LIGHT, TEXT_BODY, Tokens

Setting = Literal["system", "light", "dark"]
SMALLEST_TEXT, LARGEST_TEXT = 0.8, 2.0
PIXMAP_CACHE_KB = 48 * 1024  # icons, avatars and painted rows; Qt's 10 MB hold one screen of rows at 200 %


class Theme(QObject):
    """The teammate's choice of theme and text size, and the tokens that follow from it.

    Signals:
        changed: the tokens, the text scale or the wish for less motion are other ones; palette and style sheet are
            already applied when it is heard, so a listener only refreshes what it painted into pixmaps.
    """

    changed = Signal()

    def __init__(self, setting: Setting = "system", *, text_scale: float = 1.0, cache: Path | None = None) -> None:
        """`cache` is the folder for tinted image files; None chooses the desktop's cache folder."""
        super().__init__()
        self._setting: Setting = setting
        self._text_scale = _bounded(text_scale)
        self._is_motion_reduced = False
        self._glyphs = glyphs.Glyphs(cache)
        self._application: QApplication | None = None
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def setting(self) -> Setting:
        """What the teammate chose, `system` included."""
        return self._setting

    @property
    def tokens(self) -> Tokens:
        """The colours to paint with now."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the dark tokens are in force, by choice or because the desktop is dark."""
        if self._setting == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._setting == "dark"

    @property
    def text_scale(self) -> float:
        """The factor on every text size, 0.8 to 2.0."""
        return self._text_scale

    @property
    def is_motion_reduced(self) -> bool:
        """Whether nothing may move that need not."""
        return self._is_motion_reduced

    def choose(self, setting: Setting) -> None:
        """Switches the running program to another theme."""
        if setting != self._setting:
            self._setting = setting
            self._dress()

    def scale_text(self, factor: float) -> None:
        """Makes all text larger or smaller; a factor beyond 0.8 to 2.0 is cut there."""
        if _bounded(factor) != self._text_scale:
            self._text_scale = _bounded(factor)
            self._dress()

    def reduce_motion(self, *, is_reduced: bool) -> None:
        """Stops (or allows) shimmering, sliding and fading."""
        if is_reduced != self._is_motion_reduced:
            self._is_motion_reduced = is_reduced
            self.changed.emit()

    def qcolor(self, name: str) -> QColor:
        """The token `name` as a colour to paint with; KeyError where there is none."""
        return QColor(self.tokens.color(name))

    def pixels(self, size: int) -> int:
        """A text size, or a height that holds text, after the teammate's text scale."""
        return round(size * self._text_scale)

    def font(self, size: int = TEXT_BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """A font of `size` pixels before the text scale."""
        return fonts.font(self.pixels(size), weight)

    def dress(self, application: QApplication | None) -> None:
        """Puts style, font, palette and style sheet on the application, now and at every change; None lets go of it."""
        self._application = application
        if application is not None:
            application.setStyle("Fusion")
            QPixmapCache.setCacheLimit(PIXMAP_CACHE_KB)
            self._dress()

    def is_worn(self) -> bool:
        """Whether an application wears it."""
        return self._application is not None

    def _dress(self) -> None:
        application = self._application
        if application is not None:
            application.setFont(self.font())
            application.setPalette(_palette(self.tokens))
            application.setStyleSheet(sheet.sheet(self.tokens, self.pixels, self._glyphs.urls(self.tokens)))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self._setting == "system":
            self._dress()


_current: list[Theme] = []


def apply(application: QApplication, theme: Theme) -> None:
    """Makes `theme` the look of the application; later changes of it are followed."""
    if QLocale().language() == QLocale.Language.C:
        # A desktop that names no language: English, with thousands parted and the money of most sources.
        QLocale.setDefault(QLocale("en_IE"))
    before = list(_current)
    _current[:] = [theme]
    for old in before:
        if old is not theme:
            old.dress(None)
    theme.dress(application)


def is_applied() -> bool:
    """Whether a theme is the look of the application already."""
    return bool(_current) and _current[0].is_worn()


def current() -> Theme:
    """The applied theme, as `QApplication.palette()` is the applied palette; a light one before any was applied."""
    if not _current:
        _current.append(Theme("light"))
    return _current[0]


def restyle(widget: QWidget) -> None:
    """Has the style sheet read the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
    widget.update()


def _bounded(factor: float) -> float:
    return min(max(factor, SMALLEST_TEXT), LARGEST_TEXT)


def _palette(colors: Tokens) -> QPalette:
    role = QPalette.ColorRole
    by_role = {
        role.Window: colors.bg,
        role.WindowText: colors.text,
        role.Base: colors.bg,
        role.AlternateBase: colors.sunken,
        role.Text: colors.text,
        role.PlaceholderText: colors.text3,
        role.Button: colors.card,
        role.ButtonText: colors.text,
        role.BrightText: colors.onaccent,
        role.ToolTipBase: colors.popover,
        role.ToolTipText: colors.text,
        role.Highlight: colors.accentbtn,
        role.HighlightedText: colors.onaccent,
        role.Accent: colors.accentbtn,
        role.Link: colors.accentfg,
        role.LinkVisited: colors.accentfg,
        role.Light: colors.hover,
        role.Midlight: colors.hover,
        role.Mid: colors.border,
        role.Dark: colors.borderstrong,
        role.Shadow: colors.borderstrong,
    }
    palette = QPalette()
    for name, color in by_role.items():
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colors.disabled))
    return palette
