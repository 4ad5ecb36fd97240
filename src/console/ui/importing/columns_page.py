"""The second step: what each column becomes, with the dry run in sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.import_mapping import with_column
from console.domain.importing import ImportKind, ImportPlan
from console.domain.records import OwnerKind
from console.store import property_defs
from console.ui.importing.column_row import ColumnRow, heading_row
from console.ui.importing.dry_run import DryRunColumn
from console.ui.importing.targets import Reading
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.cards import Card, divider
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled

_DRY_RUN_WIDTH = 280


class ColumnsPage(QWidget):
    """The mapping on the left, the dry run on the right.

    Signals:
        planned: the `ImportPlan` after a change by hand.
    """

    planned = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._plan: ImportPlan | None = None
        self._rows: dict[str, ColumnRow] = {}
        self.dry_run = DryRunColumn(session)
        self.remember = QCheckBox(self.tr("Remember this mapping for files with the same columns"))
        self.remember.setChecked(True)
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, tokens.SPACE_3, 0)
        self._list.setSpacing(0)
        self._mail = EmptyState(
            "mail", self.tr("Mail has no columns"), self.tr("The dry run shows what would come in."), is_small=True
        )
        self._why_not = label("", "amber", is_wrapping=True)
        self._lay_out()

    def show_plan(self, plan: ImportPlan, why_not: str | None) -> None:
        """Shows a plan; rows of the same columns stay as they are and only say what is new."""
        self._why_not.setText(why_not or "")
        self._why_not.setVisible(bool(why_not))
        columns = plan.table.columns if plan.table is not None else ()
        is_other = (
            self._plan is None or self._plan.kind is not plan.kind or set(self._rows) != {c.column for c in columns}
        )
        self._plan = plan
        if is_other:
            self._make_rows(plan)
        for column in columns:
            self._rows[column.column].show_column(column)
        is_mail = plan.kind is ImportKind.CONVERSATIONS
        self._area.setVisible(not is_mail)
        self._heading.setVisible(not is_mail)
        self._mail.setVisible(is_mail)

    def _lay_out(self) -> None:
        self._area = scrolled(self._body, self.tr("Columns"))
        self._heading = heading_row()
        card = Card(margin=tokens.SPACE_4)
        card.column.setSpacing(0)
        card.column.addWidget(self._why_not)
        card.column.addWidget(self._heading)
        card.column.addWidget(self._area, 1)
        card.column.addWidget(self._mail, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_4)
        line.addWidget(card, 1)
        beside = scrolled(self.dry_run, self.tr("Dry run"))
        beside.setFixedWidth(theme.current().pixels(_DRY_RUN_WIDTH))
        line.addWidget(beside)

    def _make_rows(self, plan: ImportPlan) -> None:
        self._rows.clear()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        known = self._known(plan.kind)
        for column in plan.table.columns if plan.table is not None else ():
            line = ColumnRow(plan.kind, column, known)
            line.target_chosen.connect(self._take_target)
            line.reading_chosen.connect(self._take_reading)
            self._rows[column.column] = line
            self._list.addWidget(divider())
            self._list.addWidget(line)
        self._list.addStretch(1)

    def _known(self, kind: ImportKind) -> tuple[str, ...]:
        owner = {ImportKind.CUSTOMERS: OwnerKind.CUSTOMER, ImportKind.COMPANIES: OwnerKind.COMPANY}.get(kind)
        if owner is None:
            return ()
        found = self._session.read(lambda connection: property_defs.definitions(connection, owner))
        return tuple(definition.name for definition in found)

    def _take_target(self, column: str, target: str) -> None:
        if self._plan is not None:
            self.planned.emit(with_column(self._plan, column, target=target))

    def _take_reading(self, column: str, reading: Reading) -> None:
        if self._plan is not None:
            plan = with_column(
                self._plan,
                column,
                kind=reading.kind,
                day_first=reading.day_first,
                decimal_comma=reading.decimal_comma,
            )
            self.planned.emit(plan)
