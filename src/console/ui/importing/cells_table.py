"""One row of a file as it stands there: every cell under its column's name, the wrong one marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.domain.importing import RowProblem
from console.ui.profile.wording import named
from console.ui.style import icons, theme

_MOST_TEXT = 2_000


class CellsTable(QTableView):
    """Column names on the left, cells on the right; opened at the cell that is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(0, 2, self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Cells of the row"))
        self.setProperty("framed", True)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.current().pixels(32))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.resizeSection(0, theme.current().pixels(180))

    def show_row(self, row: RowProblem | None, raw: bytes) -> None:
        """Shows a row; where it was no row of a table, what was there (`raw`)."""
        self._model.removeRows(0, self._model.rowCount())
        self._model.setHorizontalHeaderLabels([self.tr("Column"), self.tr("Cell")])
        if row is None:
            self._add("", raw[:_MOST_TEXT].decode("utf-8", "replace"), is_wrong=False)
            return
        cells = list(row.cells)
        if row.column and row.column not in {name for name, _ in cells}:
            cells.insert(0, (row.column, ""))
        for name, text in cells:
            self._add(name, text, is_wrong=name == row.column)
        wrong = next((place for place, (name, _) in enumerate(cells) if name == row.column), -1)
        if wrong >= 0:
            self.setCurrentIndex(self._model.index(wrong, 0))
            self.scrollTo(self._model.index(wrong, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _add(self, name: str, text: str, *, is_wrong: bool) -> None:
        shown = named(text) if text else self.tr("(empty)")
        parts = QStandardItem(named(name)), QStandardItem(shown)
        if is_wrong:
            mark, font = theme.current().tokens, QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            parts[0].setIcon(icons.icon("triangle-alert", "red"))
            parts[1].setAccessibleText(self.tr("Wrong: {0}").format(shown))
            for part in parts:
                part.setForeground(QBrush(QColor(mark.tone("red")[0])))
                part.setFont(font)
        self._model.appendRow(parts)
