"""Where the customer is: a painted map, the place in words, and how it is known."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.places import Place
from console.ui.customer.figures import ago_words
from console.ui.profile.wording import isolated, named, since_words
from console.ui.style import tokens
from console.ui.widgets.cards import row
from console.ui.widgets.chip import Chip
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, plain_tip
from console.ui.widgets.world_map import WorldMap


class PlaceCard(QWidget):
    """Filled again for every customer; without a place there is no map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = WorldMap(0.0, 0.0, "")
        self.place = ElidedLabel("", "strong")
        self.approximate = Chip(self.tr("approximate"), "grey")
        self._icon = IconLabel("map-pin", "text2", 15)
        self._how = ElidedLabel("", "small")
        self._none = label(self.tr("Place not known, no login with an IP yet"), "small", is_wrapping=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        line = row(self._icon, self.place, self.approximate, None, gap=6)
        line.setContentsMargins(0, 6, 0, 0)
        for part in (self.map, line, self._how, self._none):
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)

    def show_place(self, place: Place | None, now: datetime) -> None:
        """Shows another place; None says that nobody knows. `now` is aware UTC."""
        for widget in (self._icon, self.place, self._how):
            widget.setVisible(place is not None)
        self._none.setVisible(place is None)
        self.approximate.setVisible(place is not None and place.is_approximate)
        self.map.setVisible(place is not None and place.latitude is not None)
        if place is None:
            return
        words = ", ".join(filter(None, (named(place.city), named(place.country)))) or self.tr("Unnamed place")
        how = self._how_words(place, now)
        self.place.set_words(words)
        self._how.set_words(how)
        approximate = self.tr("approximate") if place.is_approximate else ""
        summary = ", ".join(filter(None, (words, approximate, how)))
        self.setAccessibleName(summary)
        plain_tip(self, f"{summary}\n{since_words(place.at, now)}")
        if place.latitude is not None and place.longitude is not None:
            self.map.set_place(place.latitude, place.longitude, summary, is_approximate=place.is_approximate)

    def _how_words(self, place: Place, now: datetime) -> str:
        when, origin = ago_words(place.at, now), isolated(named(place.origin))
        if place.is_from_ip:
            return self.tr("from last login IP, {0}, {1}").format(when, origin)
        return self.tr("from {0}, {1}").format(origin, when)
