"""How health is worked out: the definitions with their thresholds, and what this company's verdict rests on."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from console.domain.company_health import FEWEST_SESSIONS, NOTABLE_CHANGE, HealthState
from console.store.company_usage import CompanyUsage
from console.ui.company.words import LOOK
from console.ui.style import tokens
from console.ui.widgets.cards import divider
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import label

WIDTH = 400


class HealthCard(QWidget):
    """A table of the states, the one that holds in bold, then the trend and the sources of the numbers."""

    def __init__(self, usage: CompanyUsage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("How is this worked out?"), "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setColumnStretch(2, 1)
        for place, (state, name, rule) in enumerate(self._rules()):
            look = "strong" if state is usage.health.state else ""
            tone, icon = LOOK[state]
            grid.addWidget(IconLabel(icon, "text2" if tone == "grey" else tone, 16), place, 0)
            grid.addWidget(label(name, look), place, 1)
            grid.addWidget(label(rule, look, is_wrapping=True), place, 2)
        column.addLayout(grid)
        column.addWidget(divider())
        for words in (self._trend(usage), self._numbers(usage)):
            column.addWidget(label(words, "small", is_wrapping=True))
        self.setAccessibleName(self.tr("How is this worked out?"))

    def _rules(self) -> tuple[tuple[HealthState, str, str], ...]:
        return (
            (HealthState.NEW, self.tr("New"), self.tr("customer for less than a day")),
            (HealthState.ACTIVE, self.tr("Active"), self.tr("seen in the last 30 days")),
            (HealthState.SLIPPING, self.tr("Slipping away"), self.tr("seen in the last 60 days, not in the last 30")),
            (HealthState.AWAY, self.tr("Away"), self.tr("not seen for more than 60 days")),
            (HealthState.UNKNOWN, self.tr("Unknown"), self.tr("no source tells of logins or of use")),
        )

    def _trend(self, usage: CompanyUsage) -> str:
        words = self.tr(
            "The trend stands beside the state and never changes it: {0} sessions in the last 4 weeks, {1} in the 4 before. "
            "From {2} % up or down it is a trend; with fewer than {3} sessions in the 4 weeks before there is none."
        )
        return words.format(usage.recent, usage.before, NOTABLE_CHANGE, FEWEST_SESSIONS)

    def _numbers(self, usage: CompanyUsage) -> str:
        seen = usage.last_seen
        if seen is not None and not seen.name:
            first = self.tr("Last seen is what {0} says of the company.").format(seen.origin)
        else:
            first = self.tr("No source says when the company was last seen, so it is the latest of its members.")
        what = (
            self.tr("The map counts their sessions.")
            if usage.counts_sessions
            else self.tr("No source tells of sessions, so the map counts everything members did in the product.")
        )
        return f"{first} {what}"
