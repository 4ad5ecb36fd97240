"""Avatars: initials on a hue of the name, with presence and channel. Also for row delegates."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.overriding import override
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.painted import PaintedButton, PaintedLabel

Presence = Literal["", "online", "away"]
PRESENCE_COLOR = {"online": "presence", "away": "amber"}


@dataclass(frozen=True, slots=True)
class Face:
    """What an avatar shows. `badge` is a Lucide name (the channel), `edge` the token of the surface under it."""

    name: str
    presence: Presence = ""
    badge: str = ""
    is_square: bool = False
    edge: str = "bg"
    picture: QPixmap | None = None


@lru_cache(1_000)
def initials(name: str) -> str:
    """One or two letters: of the first and the last word that have one, of the local part of an e-mail address.

    Works in every script; "?" where the name has no letter or digit at all.
    """
    name = unicodedata.normalize("NFC", name)
    source = name.split("@", 1)[0].replace(".", " ").replace("_", " ") if "@" in name.strip() else name
    words = [word for word in source.replace("-", " ").split() if any(map(str.isalnum, word))]
    letters = [next(letter for letter in word if letter.isalnum()) for word in words]
    chosen = letters[:1] + letters[-1:] if len(letters) > 1 else letters
    # One letter stays one: the capital of ß is SS.
    return "".join(letter.upper()[:1] for letter in chosen) or "?"


def paint_avatar(painter: QPainter, rect: QRectF, face: Face) -> None:
    """An avatar in the square `rect`; presence dot and channel badge overlap its lower right corner by 2 px."""
    drawn = avatar_pixmap(face, round(rect.width()), icons.pixel_ratio(painter))
    painter.drawPixmap(rect.topLeft() - QPointF(3, 3), drawn)


def avatar_pixmap(face: Face, size: int, ratio: float) -> QPixmap:
    """The avatar `size` points wide with a margin of 3 on each side, cached per look, size, theme and pixel ratio."""
    look = theme.current()
    picture = face.picture.cacheKey() if face.picture else 0
    shown = (initials(face.name), *tokens.avatar_colors(face.name, is_dark=look.is_dark))
    parts = (*shown, face.presence, face.badge, face.is_square, face.edge, picture, size, ratio, look.is_dark)
    key = "avatar " + " ".join(map(str, parts))
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    drawn = QPixmap(QSize(size + 6, size + 6) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    _draw(painter, QRectF(3, 3, size, size), face, shown)
    painter.end()
    QPixmapCache.insert(key, drawn)
    return drawn


def _draw(painter: QPainter, area: QRectF, face: Face, shown: tuple[str, str, str]) -> None:
    text, ink, ground = shown
    radius = max(6.0, area.width() * 0.18) if face.is_square else area.width() / 2
    if face.picture is not None and not face.picture.isNull():
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        painter.save()
        painter.setClipPath(path)
        painter.drawPixmap(area, face.picture, QRectF(face.picture.rect()))
        painter.restore()
    else:
        painting.fill(painter, area, ground, radius)
        font = theme.current().font(tokens.TEXT_BODY, QFont.Weight.DemiBold)
        font.setPixelSize(max(8, round(area.width() * 0.37)))
        painting.text(painter, area, text, ink, font, align=Qt.AlignmentFlag.AlignHCenter)
    if face.presence:
        radius = max(4.0, area.width() * 0.11)
        corner = QPointF(area.right() - radius * 0.8, area.bottom() - radius * 0.8)
        painting.dot(painter, corner, radius, PRESENCE_COLOR[face.presence], face.edge)
    elif face.badge:
        _draw_badge(painter, area, face)


def _draw_badge(painter: QPainter, area: QRectF, face: Face) -> None:
    radius = max(7.0, area.width() * 0.2)
    side = radius * 11 / 7
    # As far out as the drawing reaches: three points beyond the face.
    center = QPointF(area.right() + 3 - radius, area.bottom() + 3 - radius)
    painting.dot(painter, center, radius, face.edge, face.edge)
    icons.paint(painter, face.badge, "text2", QRectF(center.x() - side / 2, center.y() - side / 2, side, side))


class Avatar(PaintedLabel):
    """A face that only shows; its name is what assistive technology says."""

    def __init__(self, face: Face, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(face.name, parent)
        self._face = face
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_face(self, face: Face) -> None:
        """Shows another face."""
        self._face = face
        self.setText(face.name)
        self.setAccessibleName(face.name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size + 6, self._size + 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        paint_avatar(painter, QRectF(3, 3, self._size, self._size), self._face)


class AvatarButton(PaintedButton):
    """A face that opens something. `clicked` says that it was pressed, by mouse, Space or Enter."""

    def __init__(self, face: Face, name: str, size: int = 32, parent: QWidget | None = None) -> None:
        """`name` says what pressing it does: "Open the profile of Ariana Delacroix"."""
        super().__init__(name, parent)
        self._face = face
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_face(self, face: Face, name: str) -> None:
        """Shows another face."""
        self._face = face
        self.setAccessibleName(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size + 6, self._size + 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painting.painter_on(self)
        area = QRectF(3, 3, self._size, self._size)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        paint_avatar(painter, area, self._face)
        radius = max(6.0, self._size * 0.18) if self._face.is_square else self._size / 2
        if self.hasFocus():
            painting.focus_ring(painter, area.adjusted(-3, -3, 3, 3), radius + 3)
        elif self.underMouse() and self.isEnabled():
            painting.outline(painter, area, "control", radius, width=2 if self.isDown() else 1)
