"""A name has one face: its initials on its hue."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPixmap

from console.ui.style import theme
from console.ui.style.tokens import avatar_colors
from console.ui.widgets.avatar import Avatar, AvatarButton, Face, avatar_pixmap, initials, paint_avatar


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ariana Delacroix", "AD"),
        ("Mei-Ling Chou", "MC"),
        ("Johann Wolfgang von Goethe", "JG"),
        ("Étienne", "É"),
        ("E\u0301tienne Marchand", "ÉM"),
        ("ariana.delacroix@northpeak.io", "AD"),
        ("ari_d@example.org", "AD"),
        ("ليلى حداد", "لح"),
        ("山田 太郎", "山太"),
        ("straße", "S"),
        ("42 Lab", "4L"),
        ("  ", "?"),
        ("", "?"),
        ("(^_^)", "?"),
        ("<b>Bold</b>", "B"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_same_name_has_the_same_face_and_it_is_drawn_once(qapp) -> None:
    first = avatar_pixmap(Face("Ariana Delacroix"), 36, 1.0)
    assert avatar_pixmap(Face("Ariana Delacroix"), 36, 1.0).cacheKey() == first.cacheKey()
    assert avatar_pixmap(Face("Ariana Delacroix", presence="online"), 36, 1.0).cacheKey() != first.cacheKey()
    assert avatar_pixmap(Face("Ariana Delacroix"), 36, 2.0).width() == 2 * first.width()


def test_the_face_has_the_hue_of_its_name_in_both_themes(qapp) -> None:
    for setting in ("light", "dark"):
        theme.current().choose(setting)
        image = avatar_pixmap(Face("Ariana Delacroix"), 40, 1.0).toImage()
        ground = avatar_colors("Ariana Delacroix", is_dark=setting == "dark")[1]
        assert image.pixelColor(23, 6).name().upper() == ground
    theme.current().choose("light")


def test_a_picture_takes_the_place_of_the_initials(qapp) -> None:
    picture = QPixmap(20, 20)
    picture.fill(QColor("#00FF00"))
    image = avatar_pixmap(Face("Ariana", picture=picture), 40, 1.0).toImage()
    assert image.pixelColor(23, 23) == QColor("#00FF00")
    assert image.pixelColor(4, 4).alpha() == 0


def test_presence_and_channel_mark_the_corner(qapp) -> None:
    plain = avatar_pixmap(Face("Ariana"), 40, 1.0).toImage()
    online = avatar_pixmap(Face("Ariana", presence="online"), 40, 1.0).toImage()
    channel = avatar_pixmap(Face("Ariana", badge="message-square"), 40, 1.0).toImage()
    assert online.pixelColor(39, 39) == QColor(theme.current().tokens.presence)
    assert plain.pixelColor(39, 39) != online.pixelColor(39, 39)
    assert channel != plain


def test_a_delegate_paints_the_same_avatar(qapp) -> None:
    canvas = QPixmap(46, 46)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    paint_avatar(painter, QRectF(3, 3, 40, 40), Face("Ariana Delacroix"))
    painter.end()
    assert canvas.toImage() == avatar_pixmap(Face("Ariana Delacroix"), 40, 1.0).toImage()


def test_an_avatar_has_the_role_of_a_label_or_of_a_button(qtbot) -> None:
    face = Avatar(Face("Ariana Delacroix"))
    button = AvatarButton(Face("Ariana Delacroix"), "Open the profile of Ariana Delacroix")
    for widget, role, name in (
        (face, QAccessible.Role.StaticText, "Ariana Delacroix"),
        (button, QAccessible.Role.Button, "Open the profile of Ariana Delacroix"),
    ):
        qtbot.addWidget(widget)
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen.role() == role
        assert seen.text(QAccessible.Text.Name) == name
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
