"""Charts and maps show what they are given and say it in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget

from console.ui.style import theme
from console.ui.widgets.charts import Bars, HeatMap
from console.ui.widgets.world_map import WorldMap, land, project


def drawn(qtbot, widget) -> QImage:
    qtbot.addWidget(widget)
    widget.show()
    widget.resize(widget.sizeHint())
    # The widget is transparent: on white, as on a page.
    canvas = QImage(widget.size(), QImage.Format.Format_RGB32)
    canvas.fill(QColor("white"))
    widget.render(canvas, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return canvas


def column_heights(image: QImage) -> list[int]:
    def is_bar(x: int, y: int) -> bool:
        return image.pixelColor(x, y).blue() - image.pixelColor(x, y).red() > 60

    return [sum(is_bar(x, y) for y in range(image.height())) for x in range(image.width())]


def test_bars_grow_with_their_values_and_a_zero_can_be_seen(qtbot) -> None:
    image = drawn(qtbot, Bars([0, 5, 10], "rising", width=30, height=20))
    heights = [column_heights(image)[x] for x in (2, 12, 22)]
    assert 1 <= heights[0] <= 2
    assert 9 <= heights[1] <= 11
    assert heights[2] >= 19


def test_bars_run_in_the_direction_of_reading(qtbot) -> None:
    bars = Bars([1, 10], "rising", width=30, height=20)
    left_to_right = column_heights(drawn(qtbot, bars))
    bars.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right_to_left = column_heights(bars.grab().toImage())
    assert left_to_right[2] < left_to_right[17]
    assert right_to_left[27] < right_to_left[12]


@pytest.mark.parametrize("values", [[], [0], [0, 0, 0], [1e-12], [-3, 2]])
def test_bars_without_anything_to_show_do_not_fail(qtbot, values) -> None:
    drawn(qtbot, Bars(values, "none"))


def test_a_chart_says_in_words_what_it_shows(qtbot) -> None:
    for widget in (
        Bars([1, 2], "148 logins in 12 weeks, rising"),
        HeatMap([[1] * 7], "148 logins in 12 weeks, rising"),
        WorldMap(45.7, 4.8, "148 logins in 12 weeks, rising"),
    ):
        qtbot.addWidget(widget)
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen.role() == QAccessible.Role.StaticText
        assert seen.text(QAccessible.Text.Name) == "148 logins in 12 weeks, rising"
        assert widget.toolTip() == "148 logins in 12 weeks, rising"


def test_a_busy_day_is_darker_than_a_quiet_one(qtbot) -> None:
    image = drawn(qtbot, HeatMap([[0, 1, 5, 10, 0, 0, 0]], "one week"))
    shades = [image.pixelColor(4, 4 + row * 11).lightness() for row in range(4)]
    assert shades == sorted(shades, reverse=True)
    assert len(set(shades)) == 4


def test_places_are_where_they_are() -> None:
    world = land()
    for name, latitude, longitude, is_land in (
        ("Lyon", 45.76, 4.83, True),
        ("Sydney's hinterland", -33.0, 149.0, True),
        ("Kansas", 38.5, -98.0, True),
        ("Lagos state", 7.0, 4.0, True),
        ("the Atlantic", 35.0, -40.0, False),
        ("the Pacific", 0.0, -150.0, False),
    ):
        assert world.contains(project(latitude, longitude)) is is_land, name


def test_the_map_shows_land_sea_and_the_pin(qtbot) -> None:
    colors = theme.current().tokens
    place = WorldMap(45.76, 4.83, "Lyon, France, approximate")
    image = drawn(qtbot, place)
    shown = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    assert {colors.land, colors.map, colors.accentbtn} <= shown
    exact = WorldMap(45.76, 4.83, "Lyon, France", is_approximate=False)
    assert drawn(qtbot, exact) != image


def test_a_place_on_the_date_line_has_land_on_both_sides(qtbot) -> None:
    place = WorldMap(66.0, 179.9, "Chukotka", is_approximate=False)
    image = drawn(qtbot, place)
    land_color = QColor(theme.current().tokens.land)
    left = sum(image.pixelColor(x, y) == land_color for x in range(130) for y in range(image.height()))
    right = sum(image.pixelColor(x, y) == land_color for x in range(150, 280) for y in range(image.height()))
    assert min(left, right) > 200


def test_the_poles_do_not_break_the_projection() -> None:
    for latitude in (-90.0, 90.0):
        point = project(latitude, 0)
        assert abs(point.y()) < 200
        assert point != QPointF()
