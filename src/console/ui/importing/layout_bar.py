"""How the files of an import are laid out: which file is looked at, its sheet, header row, delimiter, encoding, decimal sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QLabel, QWidget

from console.domain.importing import ImportPlan, LayoutChoice, TablePlan
from console.ui.importing import layout_words as words
from console.ui.profile.wording import isolated
from console.ui.style import theme
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.cards import column
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label

MOST_HEADER_ROW = 30
_GAP = 12
_WIDTHS = (220, 160, 112, 140, 204, 148)


class LayoutBar(QWidget):
    """Every choice begins with what was found out; choosing another has the file read again.

    Signals:
        file_chosen: the path of the file to look at.
        layout_chosen: (path, `LayoutChoice`) by hand.
    """

    file_chosen = Signal(str)
    layout_chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._choice, self._first = "", LayoutChoice(), LayoutChoice()
        self._paths: tuple[str, ...] = ()
        self.file = CalmBox(self.tr("File"))
        self.sheet = CalmBox(self.tr("Sheet"))
        self.header_row = CalmBox(self.tr("Header"))
        self.delimiter = CalmBox(self.tr("Delimiter"))
        self.encoding = CalmBox(self.tr("Encoding"))
        self.decimal_sign = CalmBox(self.tr("Decimal sign"))
        self._trouble = label("", "red", is_wrapping=True)
        self._strange = label("", "amber", is_wrapping=True)
        held = QWidget()
        flow = FlowLayout(held, gap=_GAP)
        self._parts: dict[CalmBox, QWidget] = {}
        self._captions: dict[CalmBox, QLabel] = {}
        for box, width in zip(self._boxes(), _WIDTHS, strict=True):
            caption = label(box.accessibleName(), "small")
            box.setFixedWidth(theme.current().pixels(width))
            part = QWidget()
            part.setLayout(column(caption, box, gap=2))
            self._captions[box], self._parts[box] = caption, part
            flow.addWidget(part)
        self.setLayout(column(held, self._trouble, self._strange))
        self.say_trouble("")
        self.file.activated.connect(lambda _: self.file_chosen.emit(str(self.file.currentData())))
        self.sheet.activated.connect(lambda _: self._tell(sheet=self.sheet.currentData() or ""))
        self.header_row.activated.connect(lambda _: self._tell(header_row=self.header_row.currentData()))
        self.delimiter.activated.connect(lambda _: self._tell(delimiter=self.delimiter.currentData() or ""))
        self.encoding.activated.connect(lambda _: self._tell(encoding=self.encoding.currentData() or ""))
        self.decimal_sign.activated.connect(self._tell_sign)

    def show_plan(self, plan: ImportPlan, looked: ImportPlan) -> None:
        """Shows the files of `plan` and how the one in `looked` is laid out."""
        table = looked.table
        if plan.table is None or table is None:
            return
        self._paths, self._path = plan.paths, looked.paths[0]
        self._choice, self._first = plan.table.choice_of(self._path), plan.table.choice_of(plan.paths[0])
        _fill(self.file, ((path, Path(path).name) for path in plan.paths), self._path)
        is_csv, is_book = table.format == "csv", table.format == "xlsx"
        shown = {
            self.file: len(plan.paths) > 1,
            self.sheet: is_book and len(table.sheets) > 1,
            self.header_row: is_csv or is_book,
            self.delimiter: is_csv,
            self.encoding: is_csv,
            self.decimal_sign: True,
        }
        for box, part in self._parts.items():
            part.setVisible(shown[box])
        self._show_layout(table)
        self._show_strange(plan.table, table)

    def say_trouble(self, sentence: str) -> None:
        """Why the file cannot be read as it was chosen; nothing where it can."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if sentence:
            for box in self._boxes():
                box.setCurrentIndex(box.property("before") or 0)

    def _boxes(self) -> tuple[CalmBox, ...]:
        return self.file, self.sheet, self.header_row, self.delimiter, self.encoding, self.decimal_sign

    def _show_layout(self, table: TablePlan) -> None:
        chosen = self._choice
        rows = ((0, self.tr("No header")), *((row, self._row_words(row)) for row in range(1, MOST_HEADER_ROW + 1)))
        self._offer(self.sheet, ((sheet, sheet) for sheet in table.sheets), chosen.sheet or None, table.sheet)
        found_row = self.tr("No header") if table.header_row == 0 else self._row_words(table.header_row)
        self._offer(self.header_row, rows, chosen.header_row, found_row)
        found_delimiter = words.delimiter_words(table.delimiter)
        self._offer(self.delimiter, words.delimiters(), chosen.delimiter or None, found_delimiter)
        self._offer(self.encoding, words.encodings(), chosen.encoding or None, words.encoding_words(table.encoding))
        self._offer(self.decimal_sign, words.decimal_signs(), self._first.decimal_comma, self.tr("By column"))

    def _offer(self, box: CalmBox, choices: Iterable[tuple[object, str]], chosen: object | None, found: str) -> None:
        """What was found out first, then what can be chosen in its place."""
        is_by_hand = chosen is not None
        by_itself = self.tr("Find out") if is_by_hand and box is not self.decimal_sign else found
        _fill(box, ((None, by_itself), *choices), chosen)
        is_told = not is_by_hand and box is not self.decimal_sign
        name = box.accessibleName()
        self._captions[box].setText(self.tr("{0}, found out").format(name) if is_told else name)

    def _show_strange(self, plan: TablePlan, table: TablePlan) -> None:
        """Columns of the file looked at that the mapping does not have: they stay out."""
        known = {column.column for column in plan.columns}
        strange = [column.column for column in table.columns if column.column not in known]
        self._strange.setVisible(bool(strange))
        shown = ", ".join(isolated(name) for name in strange[:8])
        many = self.tr("Columns of this file that the first one does not have stay out: {0}")
        one = self.tr("The column {0} is not in the first file and stays out")
        self._strange.setText((one if len(strange) == 1 else many).format(shown))

    def _row_words(self, row: int) -> str:
        return self.tr("Row {0}").format(QLocale().toString(row))

    def _tell(self, **changes: Any) -> None:
        choice = replace(self._choice, **changes)
        if choice != self._choice:
            self.layout_chosen.emit(self._path, choice)

    def _tell_sign(self, _place: int) -> None:
        """The decimal sign is a matter of the columns, which all files share."""
        choice = replace(self._first, decimal_comma=self.decimal_sign.currentData())
        if choice != self._first:
            self.layout_chosen.emit(self._paths[0], choice)


def _fill(box: CalmBox, choices: Iterable[tuple[object, str]], chosen: object) -> None:
    box.clear()
    for value, said in choices:
        box.addItem(said, value)
        if value == chosen and type(value) is type(chosen):
            box.setCurrentIndex(box.count() - 1)
    box.setProperty("before", box.currentIndex())
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 2 * _GAP)
