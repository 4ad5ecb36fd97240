"""A row that was left out, in words: where it stands, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.importing import RowProblem
from console.domain.imports import Problem
from console.ui.profile.wording import named

translate = QCoreApplication.translate


def place_words(problem: Problem) -> str:
    """`Row 48` of `customers.csv:48`."""
    number = problem.external_id.rpartition(":")[2]
    if not number.isdigit():
        return named(problem.external_id)
    return translate("RowWords", "Row {0}").format(QLocale().toString(int(number)))


def to_do(row: RowProblem | None) -> str:
    """What a teammate can do so that the row comes in."""
    if row is None:
        return translate("RowWords", "Open it in the program it comes from, save it again, and import that file.")
    if row.column and row.text:
        words = translate(
            "RowWords",
            "Change the cell “{0}” in the file and choose the file again; rows that are in already change nothing. "
            "Or have the column read in another way, or leave it out.",
        )
        return words.format(named(row.column))
    if row.column:
        words = translate(
            "RowWords",
            "Fill the cell “{0}” in the file and choose the file again. Or let another column say who it is.",
        )
        return words.format(named(row.column))
    return translate(
        "RowWords",
        "Mend the row in the file and choose the file again. Where many rows are like this, another delimiter, header row "
        "or encoding may be the right one.",
    )
