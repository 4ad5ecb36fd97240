"""The rows that an import leaves out: each opened at its wrong cell, with what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from console.domain.imports import Problem
from console.ui.importing.cells_table import CellsTable
from console.ui.importing.left_out import row_of
from console.ui.importing.row_words import place_words, to_do
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import Card, column, row
from console.ui.widgets.fitting import fitting
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label

_LIST_WIDTH = 260
Index = QModelIndex | QPersistentModelIndex


class RowsDialog(QDialog):
    """All rows with errors on the left, the chosen one on the right. Up and Down walk the rows.

    Signals:
        column_wanted: the name of the column whose mapping is to be changed.
        save_wanted: all of them are to be kept as a file.
    """

    column_wanted = Signal(str)
    save_wanted = Signal()

    def __init__(self, problems: tuple[Problem, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Rows with errors"))
        self.resize(fitting(self, 900, 600))
        self._problems = problems
        self._column = ""
        self.rows = QListView()
        self.rows.setModel(_Rows(problems, self))
        self.rows.setAccessibleName(self.tr("Rows with errors"))
        self.rows.setUniformItemSizes(True)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setFixedWidth(theme.current().pixels(_LIST_WIDTH))
        self.rows.setProperty("framed", True)
        self.cells = CellsTable()
        self._place = ElidedLabel("", "title")
        self._reason = label("", "red", is_wrapping=True)
        self._to_do = label("", "body2", is_wrapping=True)
        self.change = Button(self.tr("Change the column…"))
        self._lay_out()
        self.rows.selectionModel().currentChanged.connect(lambda index, _: self._show(index.row()))
        self.show_row(0)

    def show_row(self, place: int) -> None:
        """Opens one of the rows."""
        self.rows.setCurrentIndex(self.rows.model().index(place, 0))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        advice = Card("blue", margin=tokens.SPACE_3)
        advice.column.addLayout(row(IconLabel("info", "accentfg", 16), label(self.tr("What to do"), "link"), None))
        advice.column.addWidget(self._to_do)
        close = Button(self.tr("Close"), "primary")
        save = Button(self.tr("Save them as a file…"), "quiet", icon="download")
        close.clicked.connect(self.accept)
        save.clicked.connect(self.save_wanted)
        self.change.clicked.connect(self._change_column)
        chosen = column(self._place, self._reason, self.cells, advice, gap=tokens.SPACE_3)
        both = QHBoxLayout()
        both.setSpacing(tokens.SPACE_4)
        both.addWidget(self.rows)
        both.addLayout(chosen, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(tokens.SPACE_5, tokens.SPACE_5, tokens.SPACE_5, tokens.SPACE_4)
        page.setSpacing(tokens.SPACE_4)
        page.addLayout(both, 1)
        page.addLayout(row(save, None, self.change, close))

    def _show(self, place: int) -> None:
        if not 0 <= place < len(self._problems):
            return
        problem = self._problems[place]
        found = row_of(problem)
        self._column = found.column if found is not None else ""
        where = named(found.file) if found is not None else ""
        self._place.set_words(f"{where}, {place_words(problem)}" if where else place_words(problem))
        self._reason.setText(problem.reason)
        self._to_do.setText(to_do(found))
        self.change.setVisible(bool(self._column))
        self.cells.show_row(found, problem.raw)

    def _change_column(self) -> None:
        self.accept()
        self.column_wanted.emit(self._column)


class _Rows(QAbstractListModel):
    """One line a row: its number and why it is left out."""

    def __init__(self, problems: tuple[Problem, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._problems = problems

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._problems)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, theme.current().pixels(tokens.ROW_HEIGHT))
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        problem = self._problems[index.row()]
        return f"{place_words(problem)} · {named(problem.reason)}"
