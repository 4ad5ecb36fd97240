"""Chips are labels or buttons, in their tone, plain, and removable by × and Delete."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QWidget

from console.ui.style import theme
from console.ui.widgets.chip import AddChip, Chip, ChipButton, chip_size


def shown(qtbot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    widget.resize(widget.sizeHint())
    return widget


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def test_a_chip_is_a_label_and_a_chip_that_can_be_pressed_a_button(qtbot) -> None:
    assert role(shown(qtbot, Chip("Active", "green", "activity"))) == QAccessible.Role.StaticText
    assert role(shown(qtbot, ChipButton("API", "blue", "zap"))) == QAccessible.Role.Button
    assert role(shown(qtbot, AddChip("Add tag"))) == QAccessible.Role.Button


def test_a_chip_is_painted_in_its_tone_and_in_that_of_the_new_theme_after_a_switch(qtbot) -> None:
    chip = shown(qtbot, Chip("Active", "green"))

    def ground() -> str:
        return chip.grab().toImage().pixelColor(chip.width() // 2, 2).name().upper()

    light = theme.current().tokens.greenbg
    assert ground() == light
    theme.current().choose("dark")
    try:
        assert ground() == theme.current().tokens.greenbg != light
    finally:
        theme.current().choose("light")


def test_the_words_of_a_chip_are_never_html(qtbot) -> None:
    chip = Chip("<img src=x><b>VIP</b>")
    shown(qtbot, chip)
    assert chip.textFormat() == Qt.TextFormat.PlainText
    assert chip.accessibleName() == "<img src=x><b>VIP</b>"
    button = shown(qtbot, ChipButton("<h1>" + "long tag " * 40 + "</h1>"))
    assert "&lt;h1&gt;" in button.toolTip()


def test_a_line_break_in_a_tag_stays_on_one_line(qtbot) -> None:
    assert chip_size("two\nlines") == chip_size("two lines")


def test_the_cross_removes_and_the_words_press(qtbot) -> None:
    chip = ChipButton("VIP", "violet", is_removable=True)
    shown(qtbot, chip)
    heard: list[str] = []
    chip.clicked.connect(lambda: heard.append("clicked"))
    chip.removed.connect(lambda: heard.append("removed"))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=chip.cross().center().toPoint())
    assert heard == ["removed"]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(6, chip.height() // 2))
    assert heard == ["removed", "clicked"]


def test_the_cross_is_on_the_left_where_text_runs_from_the_right(qtbot) -> None:
    chip = ChipButton("VIP", is_removable=True)
    shown(qtbot, chip)
    left_to_right = chip.cross().center().x()
    chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert left_to_right > chip.width() / 2 > chip.cross().center().x()


def test_the_keyboard_presses_and_removes(qtbot) -> None:
    chip = ChipButton("VIP", is_removable=True)
    shown(qtbot, chip)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(chip.clicked):
            qtbot.keyClick(chip, key)
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_a_chip_that_is_not_removable_ignores_delete(qtbot) -> None:
    chip = ChipButton("API")
    shown(qtbot, chip)
    with qtbot.assertNotEmitted(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert chip.cross().isEmpty()


def test_the_keyboard_focus_can_be_seen(qtbot) -> None:
    window = QWidget()
    chip = ChipButton("API", parent=window)
    qtbot.addWidget(window)
    window.show()
    chip.resize(chip.sizeHint())
    window.activateWindow()
    before = chip.grab().toImage()
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(chip.hasFocus)
    after = chip.grab().toImage()
    assert before != after
    assert after.pixelColor(after.width() // 2, 0) == QColor(theme.current().tokens.focus)


def test_larger_text_makes_a_larger_chip(qtbot) -> None:
    chip = shown(qtbot, Chip("Enterprise"))
    before = chip.sizeHint()
    theme.current().scale_text(2.0)
    try:
        assert chip.sizeHint().width() > before.width() * 1.5
        assert chip.sizeHint().height() == before.height() * 2
    finally:
        theme.current().scale_text(1.0)
