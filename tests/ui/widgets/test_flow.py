"""Rows break where the width ends, from either side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.ui.widgets.flow import FlowLayout


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    layout = FlowLayout(made, gap=5)
    for number in range(6):
        box = QLabel(str(number))
        box.setFixedSize(50, 20)
        layout.addWidget(box)
    qtbot.addWidget(made)
    made.show()
    return made


def boxes(page: QWidget) -> list[QLabel]:
    layout = page.layout()
    assert layout is not None
    items = [layout.itemAt(number) for number in range(layout.count())]
    return [box for item in items if item is not None and isinstance(box := item.widget(), QLabel)]


def test_boxes_break_into_rows_where_the_width_ends(page) -> None:
    page.resize(160, 200)
    assert [box.y() for box in boxes(page)] == [0, 0, 0, 25, 25, 25]
    assert [box.x() for box in boxes(page)][:3] == [0, 55, 110]
    assert page.layout().heightForWidth(160) == 45
    assert page.layout().heightForWidth(105) == 70
    assert page.layout().heightForWidth(104) == 145


def test_rows_start_on_the_right_where_text_runs_from_the_right(page) -> None:
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.resize(160, 200)
    assert [box.x() for box in boxes(page)][:3] == [110, 55, 0]


def test_hidden_boxes_take_no_room(page) -> None:
    boxes(page)[0].hide()
    page.resize(160, 200)
    assert boxes(page)[1].x() == 0
    assert page.layout().heightForWidth(160) == 45


def test_a_box_wider_than_the_page_gets_a_row_of_its_own(page) -> None:
    boxes(page)[1].setFixedSize(400, 20)
    page.resize(160, 200)
    assert [box.y() for box in boxes(page)][:3] == [0, 25, 50]


def test_a_box_can_be_put_before_another_and_all_can_be_taken_out(page, qtbot) -> None:
    first = QLabel("first")
    page.layout().insert(0, first)
    assert boxes(page)[0] is first
    page.layout().clear()
    assert page.layout().count() == 0
    assert page.layout().itemAt(0) is None
