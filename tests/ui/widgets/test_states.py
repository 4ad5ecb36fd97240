"""Banners, empty, loading and progress say how things stand."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel

from console.ui.style import theme
from console.ui.widgets.banner import Banner
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.fields import DateField, DecimalField, NumberField
from console.ui.widgets.progress import ProgressLine, Spinner, Steps
from console.ui.widgets.skeleton import Skeleton


def test_a_banner_is_told_as_one_sentence_and_closes(qtbot) -> None:
    banner = Banner("You are offline.", "5 edits wait.", "amber", icon="wifi-off", is_closable=True)
    qtbot.addWidget(banner)
    banner.show_once()
    assert banner.isVisible()
    assert banner.accessibleName() == "You are offline. 5 edits wait."
    cross = banner.findChild(IconButton)
    with qtbot.waitSignal(banner.closed):
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_a_banner_takes_another_tone(qtbot) -> None:
    banner = Banner("You are offline.", tone="amber")
    qtbot.addWidget(banner)
    banner.resize(400, 44)
    banner.show()
    amber = banner.grab().toImage().pixelColor(200, 3).name().upper()
    banner.set_banner("Back online.", "", "green")
    green = banner.grab().toImage().pixelColor(200, 3).name().upper()
    colors = theme.current().tokens
    assert (amber, green) == (colors.amberbg, colors.greenbg)


def test_an_empty_state_says_why_and_what_next(qtbot) -> None:
    button = Button("Show all")
    state = EmptyState("inbox", "Nothing matches", "No conversation has the tag “vip”.", [button])
    qtbot.addWidget(state)
    state.resize(600, 400)
    state.show()
    assert state.accessibleName() == "Nothing matches. No conversation has the tag “vip”."
    assert button.isVisible()
    assert all(found.textFormat() == Qt.TextFormat.PlainText for found in state.findChildren(QLabel) if found.text())
    centre = button.mapTo(state, button.rect().center()).x()
    assert abs(centre - 300) <= 1
    state.set_words("All clear", "")
    assert state.accessibleName() == "All clear"


def test_loading_moves_only_while_seen_and_only_where_motion_is_wished(qtbot) -> None:
    for widget in (Skeleton(3), Spinner("Reading")):
        qtbot.addWidget(widget)
        clock = widget._clock
        assert not clock.isActive()
        widget.show()
        assert clock.isActive()
        widget.hide()
        assert not clock.isActive()
        theme.current().reduce_motion(is_reduced=True)
        try:
            widget.show()
            assert not clock.isActive()
        finally:
            widget.hide()
            theme.current().reduce_motion(is_reduced=False)
    assert Skeleton().accessibleName() == "Loading"


def test_progress_fills_and_an_unknown_total_does_not_lie(qtbot) -> None:
    line = ProgressLine("First sync")
    qtbot.addWidget(line)
    line.set_share(0.64)
    assert (line.value(), line.maximum()) == (640, 1000)
    line.set_share(7)
    assert line.value() == 1000
    line.set_share(None)
    assert (line.minimum(), line.maximum()) == (0, 0)
    line.set_share(0.2)
    assert (line.value(), line.maximum()) == (200, 1000)


def test_steps_say_where_one_is(qtbot) -> None:
    steps = Steps(["File", "Columns", "Import"])
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "Step 1 of 3: File"
    steps.show()
    before = steps.grab().toImage()
    steps.go_to(1)
    assert steps.accessibleName() == "Step 2 of 3: Columns"
    assert steps.grab().toImage() != before


def test_number_and_date_fields_have_names_and_room_before_their_text(qtbot) -> None:
    fields = [
        NumberField("Seats", 1, 5000, 1250),
        DecimalField("Spend", 4250.5),
        DateField("Renewal", QDate(2026, 11, 21)),
    ]
    for field in fields:
        qtbot.addWidget(field)
        assert field.accessibleName()
    assert fields[0].lineEdit().textMargins().left() == 8
    assert fields[2].text() == "21 Nov 2026"
