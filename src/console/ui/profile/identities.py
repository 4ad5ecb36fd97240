"""The records that make up one customer, and the ways to take them apart or put two customers together."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.profile_view import IdentityRow
from console.ui.profile.lines import Line, Lines
from console.ui.profile.view import View
from console.ui.profile.wording import day_of, isolated, named
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label


def separable(view: View) -> tuple[IdentityRow, ...]:
    """The records that can leave a customer: all but the home of what was done by hand."""
    return tuple(one for one in view.identities if not one.is_home)


def identity_words(identity: IdentityRow) -> str:
    """A record in one line: its source and the key there, or its addresses."""
    key = ", ".join(identity.emails) or identity.external_id
    return " · ".join(filter(None, (named(identity.source_name), named(key))))


class IdentityList(QWidget):
    """Lists the records.

    Signals:
        split_wanted: "Not the same customer…" was pressed.
        merge_wanted: "Merge with…" was pressed.
    """

    split_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines()
        self._merged = label("", "small", is_wrapping=True)
        self.merge = Button(self.tr("Merge with…"), icon="git-merge", is_small=True)
        self.split = Button(self.tr("Not the same customer…"), icon="split", is_small=True)
        self.merge.clicked.connect(self.merge_wanted)
        self.split.clicked.connect(self.split_wanted)
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        flow.addWidget(self.merge)
        flow.addWidget(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        for widget in (self._lines, self._merged, self._buttons):
            column.addWidget(widget)

    def show_view(self, view: View) -> None:
        """Shows another profile's records; of another day they can neither be merged nor split."""
        self.merge.setEnabled(view.as_of is None)
        self._lines.show_lines([self._line(one) for one in view.identities if not one.is_home])
        known = [isolated(card.name or card.email) for card in view.merged_from if card.name or card.email]
        names = ", ".join(known) if len(known) == len(view.merged_from) else self._count_words(len(view.merged_from))
        self._merged.setText(self.tr("Merged from {0}").format(names))
        self._merged.setVisible(bool(names))
        self._buttons.setVisible(not view.is_company)
        self.split.setEnabled(len(separable(view)) > 1 and view.as_of is None)

    def _count_words(self, count: int) -> str:
        return self.tr("another record") if count == 1 else self.tr("{0} other records").format(count)

    def _line(self, identity: IdentityRow) -> Line:
        key = ", ".join(identity.emails) or identity.external_id
        remark = self.tr("deleted at the source") if identity.is_gone else named(key)
        since = day_of(identity.since.astimezone().date())
        tip = self.tr("{0}\nKey {1}\nSince {2}").format(named(identity.source_name), named(identity.external_id), since)
        icon, color = ("circle-x", "red") if identity.is_gone else ("plug", "teal")
        return Line(named(identity.source_name), remark, identity.id, icon=icon, tip=tip, icon_color=color)
