"""What is filled at once: arranged and painted once, whatever is deleted meanwhile."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.widgets.at_once import at_once


class _Counted(QWidget):
    paints = 0

    @override
    def paintEvent(self, event) -> None:
        self.paints += 1
        super().paintEvent(event)


def _card(parent: QWidget | None = None) -> QWidget:
    card = QWidget(parent)
    inner = QBoxLayout(QBoxLayout.Direction.TopToBottom)
    inner.addWidget(QLabel("words"))
    QVBoxLayout(card).addLayout(inner)
    return card


def test_many_rows_are_arranged_and_painted_once(qtbot) -> None:
    whole = _Counted()
    qtbot.addWidget(whole)
    rows = QVBoxLayout(whole)
    whole.show()
    qtbot.waitUntil(lambda: whole.paints > 0)
    whole.paints = 0
    with at_once(whole):
        for number in range(20):
            rows.addWidget(QLabel(f"Row {number}"))
            qtbot.wait(1)
    assert whole.paints == 0
    qtbot.waitUntil(lambda: whole.paints > 0)
    qtbot.wait(20)
    assert whole.paints == 1
    labels = whole.findChildren(QLabel)
    assert len({label.y() for label in labels}) == len(labels) == 20


def test_parts_that_are_deleted_while_they_are_filled_are_left_alone(qtbot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    rows = QVBoxLayout(whole)
    for number in range(30):
        card = _card()
        rows.addWidget(card)
        with at_once(whole):
            rows.addWidget(_card())
            shiboken6.delete(card)
        assert rows.isEnabled(), number
        assert whole.updatesEnabled(), number


def test_a_widget_that_is_deleted_while_it_is_filled_hurts_nobody(qtbot) -> None:
    other, gone = _card(), _card()
    qtbot.addWidget(other)
    with at_once(gone, other):
        shiboken6.delete(gone)
    assert not shiboken6.isValid(gone)
    assert other.updatesEnabled()
    layout = other.layout()
    assert layout is not None
    assert layout.isEnabled()
    with at_once(other):
        pass
    assert other.updatesEnabled()


def test_a_widget_whose_layout_is_replaced_is_arranged_by_the_new_one(qtbot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    first = QVBoxLayout(whole)
    with at_once(whole):
        shiboken6.delete(first)
        QVBoxLayout(whole).addWidget(QLabel("new"))
    with at_once(whole):
        pass
    layout = whole.layout()
    assert layout is not None
    assert layout.isEnabled()
    assert layout.count() == 1
