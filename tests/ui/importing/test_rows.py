"""Rows with errors: listed in the dry run, opened at the wrong cell, kept as a table to mend."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide

from console.connectors.spreadsheet_pages import pages
from console.connectors.table_guess import guess
from console.domain.importing import plan_to_json
from console.domain.imports import BatchRow, Problem
from console.ui.importing.columns_page import ColumnsPage
from console.ui.importing.error_line import ErrorLine
from console.ui.importing.left_out import save_problems
from console.ui.importing.wizard import COLUMNS, ImportWizard
from console.ui.session import Session

TABLE = "E-mail,Name,Seats\na@x.yz,Ada,14\nlena@@orbit.example,Lena,220\n,Nobody,3\nd@x.yz,Di,1,2,3\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def problems(table: Path) -> tuple[Problem, ...]:
    """What the bounded child sets aside of the table."""
    found = pages({"plan": plan_to_json(guess(str(table)))})
    return tuple(Problem(one.external_id, one.reason, one.raw) for page in found for one in page.rejected)


@pytest.fixture
def page(
    session: Session, side: SyncSide, table: Path, problems: tuple[Problem, ...], qtbot: QtBot
) -> Iterator[ColumnsPage]:
    side.is_reading_files = True
    wizard = ImportWizard(session)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)
    counts = {"new": 1, "left_out": len(problems)}
    batch = BatchRow("b", "customers", "customers.csv", "previewed", 4, 4, counts, "", NOW, NOW, None)
    wizard.columns_page.dry_run.show_batch(batch, problems)
    yield wizard.columns_page
    wizard.reject()


def test_a_click_on_a_row_with_an_error_opens_it_at_its_cell(page: ColumnsPage, qtbot: QtBot) -> None:
    lines = page.dry_run.findChildren(ErrorLine)
    assert [line.number.words() for line in lines] == ["Row 3", "Row 4", "Row 5"]

    opened = []
    page.dry_run.row_wanted.connect(opened.append)
    qtbot.mouseClick(lines[1], Qt.MouseButton.LeftButton)
    assert opened == [1]

    dialog = page.open_rows(0)
    model = dialog.cells.model()
    cells = {model.index(at, 0).data(): model.index(at, 1).data() for at in range(model.rowCount())}
    assert cells == {"E-mail": "lena@@orbit.example", "Name": "Lena", "Seats": "220"}
    assert dialog.cells.currentIndex().row() == 0
    assert "not an e-mail address" in dialog._reason.text()
    assert "Change the cell “E-mail”" in dialog._to_do.text()
    dialog.close()


def test_up_and_down_walk_the_rows_and_an_empty_cell_is_shown_as_empty(page: ColumnsPage, qtbot: QtBot) -> None:
    dialog = page.open_rows(0)

    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)

    assert dialog._place.words() == "customers.csv, Row 4"
    assert dialog.cells.model().index(0, 1).data() == "(empty)"
    assert "Fill the cell" in dialog._to_do.text()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Down)
    assert "Mend the row" in dialog._to_do.text()
    assert dialog.change.isHidden()
    dialog.close()


def test_from_a_row_one_comes_to_the_mapping_of_its_column(page: ColumnsPage, qtbot: QtBot) -> None:
    dialog = page.open_rows(0)
    page.window().activateWindow()

    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: page._rows["E-mail"].target.hasFocus(), timeout=2_000)


def test_rows_that_are_kept_as_a_file_can_be_mended_and_imported(problems: tuple[Problem, ...], tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"

    save_problems(path, problems)

    with path.open(encoding="utf-8-sig", newline="") as stream:
        first, second, third = csv.DictReader(stream)
    assert (first["E-mail"], first["Name"], first["row"]) == ("lena@@orbit.example", "Lena", "3")
    assert second["reason"] == "No e-mail: nothing to match by"
    assert third["file"] == "customers.csv"


def test_a_record_that_was_no_row_shows_what_there_was(session: Session, qtbot: QtBot) -> None:
    page = ColumnsPage(session)
    qtbot.addWidget(page)
    page.dry_run.problems = (Problem("inbox.mbox:4711", "The message has no date", b"Date: 0000-00-00"),)

    dialog = page.open_rows(0)

    assert dialog.cells.model().index(0, 1).data() == "Date: 0000-00-00"
    assert "Open it in the program" in dialog._to_do.text()
    dialog.close()
