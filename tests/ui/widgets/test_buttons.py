"""Buttons are named, reached by keyboard, and show where the keyboard is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget

from console.ui.style import icons, theme
from console.ui.widgets import buttons
from console.ui.widgets.buttons import Button, CopyButton, IconButton


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger", "link"])
def test_every_button_is_pressed_by_mouse_space_and_enter(qtbot, kind) -> None:
    button = Button("Send & close", kind, icon="send")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Send & close"
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        button.click()


@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger", "link"])
def test_the_focus_can_be_seen_and_moves_nothing(qtbot, kind) -> None:
    window = QWidget()
    button = Button("Send", kind, icon="send", parent=window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    button.clearFocus()
    unfocused, image = button.sizeHint(), button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    assert button.sizeHint() == unfocused
    assert button.grab().toImage() != image


def test_controls_are_as_high_as_the_tokens_say(qtbot) -> None:
    for is_small, height in ((False, 32), (True, 28)):
        button = Button("Send", is_small=is_small)
        qtbot.addWidget(button)
        button.show()
        assert button.sizeHint().height() == height


def test_an_icon_button_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        IconButton("star", " ")


def test_an_icon_button_says_its_name_and_its_key(qtbot) -> None:
    button = IconButton("star", "Follow", keys="S")
    qtbot.addWidget(button)
    assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name) == "Follow"
    assert button.toolTip() == "Follow (S)"
    button.set_name("Do not follow")
    assert button.toolTip() == "Do not follow (S)"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_copy_puts_the_words_on_the_clipboard_and_shows_a_tick_for_a_moment(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(buttons, "TICK_MS", 40)
    button = CopyButton("ariana@northpeak.io")
    qtbot.addWidget(button)
    button.show()
    copy = icons.pixmap("copy", "text2", 18).toImage()
    assert button.icon().pixmap(18, 18).toImage() == copy
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "ariana@northpeak.io"
    assert button.icon().pixmap(18, 18).toImage() == icons.pixmap("check", "green", 18).toImage()
    qtbot.waitUntil(lambda: button.icon().pixmap(18, 18).toImage() == copy)
    button.set_words("another")
    button.click()
    assert QGuiApplication.clipboard().text() == "another"


def test_the_words_of_a_filled_button_have_the_colour_that_can_be_read_on_it(qtbot) -> None:
    button = Button("MMMMMM", "primary")
    qtbot.addWidget(button)
    button.show()
    image = button.grab().toImage()
    colors = {
        image.pixelColor(x, y).name().upper() for x in range(6, image.width() - 6) for y in range(8, image.height() - 8)
    }
    assert {theme.current().tokens.accentbtn, theme.current().tokens.onaccent} <= colors
