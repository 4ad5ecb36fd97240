"""The gallery shows every widget, named, plain and alike in both themes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QMenu

import console.ui.widgets as widgets_package
from console.ui.style import theme
from console.ui.style.gallery import gallery

WIDGETS = Path(widgets_package.__path__[0])


@pytest.fixture(scope="module")
def page(qapp):
    made = gallery(theme.current())
    made.show()
    yield made
    made.close()
    made.deleteLater()
    qapp.sendPostedEvents(made, QEvent.Type.DeferredDelete)


def test_the_gallery_shows_every_widget_that_there_is(page) -> None:
    seen = {type(child).__name__ for child in page.findChildren(object)}
    made: set[str] = set()
    for file in WIDGETS.glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(
                ast.unparse(base).startswith(("Q", "Painted", "Icon")) for base in node.bases
            ):
                made.add(node.name)
    # A room shows nothing of its own.
    unseen = made - seen - {"PaintedLabel", "PaintedButton", "FlowLayout", "DecimalField", "DateTimeField", "Room"}
    assert not unseen


def test_every_control_of_the_gallery_has_a_name(page) -> None:
    nameless = []
    for child in page.findChildren(QAbstractButton):
        seen = QAccessible.queryAccessibleInterface(child)
        is_part = child.objectName().startswith("qt_") or isinstance(child.parent(), QLineEdit)
        if child.isVisible() and not is_part and not seen.text(QAccessible.Text.Name):
            nameless.append(repr(child))
    assert not nameless


def test_every_label_is_plain_text(page) -> None:
    rich = [
        found.text()
        for found in page.findChildren(QLabel)
        if found.text() and found.textFormat() != Qt.TextFormat.PlainText and found.buddy() is None
    ]
    assert not rich


def test_it_looks_different_in_the_dark_and_the_same_after_coming_back(page) -> None:
    light = page.grab().toImage()
    theme.current().choose("dark")
    dark = page.grab().toImage()
    theme.current().choose("light")
    assert dark != light
    assert dark.pixelColor(4, 4).name().upper() == "#14171E"
    assert page.grab().toImage().pixelColor(4, 4) == light.pixelColor(4, 4)


def test_no_field_is_lower_than_the_others(page) -> None:
    fields = [
        field
        for kind in (QLineEdit, QComboBox, QAbstractSpinBox)
        for field in page.findChildren(kind)
        if field.isVisible() and not isinstance(field.parent(), (QAbstractSpinBox, QComboBox, QMenu))
    ]
    assert len(fields) >= 6
    assert {field.height() for field in fields} == {32}


def test_widgets_know_nothing_of_what_they_show() -> None:
    for file in WIDGETS.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("console"):
                allowed = ("console.ui.style", "console.ui.widgets", "console.ui.overriding", "console.system.paths")
                assert node.module.startswith(allowed), f"{file.name} imports {node.module}"
