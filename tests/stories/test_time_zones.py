"""The time zone of a point is looked up in a process of its own: reading its data would hold up the window."""

from __future__ import annotations

import sys

from console.wiring import asked


def test_a_point_tells_its_time_zone_without_loading_the_data_here() -> None:
    before = "tzfpy" in sys.modules
    assert asked.zone_at(45.76, 4.84) == "Europe/Paris"
    assert ("tzfpy" in sys.modules) == before
