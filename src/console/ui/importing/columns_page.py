"""The second step: what each column becomes, with the dry run in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.import_mapping import with_column
from console.domain.importing import ImportKind, ImportPlan
from console.domain.records import OwnerKind
from console.store import property_defs
from console.ui.importing.column_row import ColumnRow, heading_row
from console.ui.importing.dry_run import DryRunColumn
from console.ui.importing.layout_bar import LayoutBar
from console.ui.importing.looking import Looking
from console.ui.importing.rows_dialog import RowsDialog
from console.ui.importing.targets import Reading
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.cards import Card, divider, empty
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
        self._looked: ImportPlan | None = None
        self._rows: dict[str, ColumnRow] = {}
        self.looking = Looking(session, self)
        self.layout_bar = LayoutBar()
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
        self.layout_bar.layout_chosen.connect(self.looking.lay_out)
        self.layout_bar.file_chosen.connect(self.looking.look)
        self.dry_run.row_wanted.connect(self.open_rows)
        self.looking.planned.connect(self.planned)
        self.looking.looked.connect(self.show_looked)
        self.looking.failed.connect(self.layout_bar.say_trouble)

    def show_plan(self, plan: ImportPlan, why_not: str | None) -> None:
        """Shows a plan; rows of the same columns stay as they are and only say what is new."""
        self._why_not.setText(why_not or "")
        self._why_not.setVisible(bool(why_not))
        columns = plan.table.columns if plan.table is not None else ()
        is_other = (
            self._plan is None or self._plan.kind is not plan.kind or set(self._rows) != {c.column for c in columns}
        )
        looked = self._looked if self._plan is not None and self._plan.paths == plan.paths else None
        self._plan = plan
        self.looking.keep(plan)
        if is_other:
            self._make_rows(plan)
        for column in columns:
            self._rows[column.column].show_column(column)
        is_mail = plan.kind is ImportKind.CONVERSATIONS
        self._area.setVisible(not is_mail)
        self._heading.setVisible(not is_mail)
        self._mail.setVisible(is_mail)
        self.layout_bar.setVisible(not is_mail)
        self.show_looked(looked if looked is not None and looked.paths[0] != plan.paths[0] else plan)

    def show_looked(self, looked: ImportPlan) -> None:
        """Shows the cells of one of the files, and how that one is laid out."""
        self._looked = looked
        self.layout_bar.say_trouble("")
        self.layout_bar.show_plan(self._plan or looked, looked)
        samples = {column.column: column.samples for column in looked.table.columns} if looked.table is not None else {}
        for name, line in self._rows.items():
            line.show_samples(samples.get(name))

    def show_column(self, name: str) -> None:
        """Brings one column into sight, with the keyboard in it."""
        line = self._rows.get(name)
        if line is not None:
            self._area.ensureWidgetVisible(line)
            line.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self._area = scrolled(self._body, self.tr("Columns"))
        self._heading = heading_row()
        card = Card(margin=tokens.SPACE_4)
        card.column.setSpacing(0)
        card.column.addWidget(self.layout_bar)
        card.column.addSpacing(tokens.SPACE_3)
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
        empty(self._list)
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

    def open_rows(self, place: int) -> RowsDialog:
        """Opens the rows with errors at one of them."""
        dialog = RowsDialog(self.dry_run.problems, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.column_wanted.connect(self.show_column)
        dialog.save_wanted.connect(self.dry_run.save)
        dialog.show_row(place)
        dialog.open()
        return dialog

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
