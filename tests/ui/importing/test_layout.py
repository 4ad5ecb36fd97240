"""Tables that are laid out by hand in the wizard: sheet, header row, delimiter, encoding, decimal sign, several files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.connectors.spreadsheet_pages import pages
from console.domain.edits import StartImport
from console.domain.importing import plan_from_json, plan_to_json
from console.domain.records import CustomerRecord
from console.ui.importing.wizard import COLUMNS, ImportWizard
from console.ui.session import Session
from console.ui.widgets.calm_box import CalmBox


@pytest.fixture
def wizard(session: Session, side: SyncSide, qtbot: QtBot) -> Iterator[ImportWizard]:
    side.is_reading_files = True
    made = ImportWizard(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def _open(wizard: ImportWizard, qtbot: QtBot, *paths: Path) -> None:
    wizard.choose_files(tuple(str(path) for path in paths))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)


def _choose(wizard: ImportWizard, qtbot: QtBot, box: CalmBox, value: object) -> None:
    place = next(at for at in range(box.count()) if box.itemData(at) == value and type(box.itemData(at)) is type(value))
    box.setCurrentIndex(place)
    box.activated.emit(place)
    qtbot.waitUntil(wizard._session.background.is_idle, timeout=5_000)


def _records(wizard: ImportWizard, session: Session, qtbot: QtBot) -> list[CustomerRecord]:
    """What the bounded child reads of the plan that the edit carries."""

    def asked() -> StartImport | None:
        return next(
            (one.edit for one in session.workspace.journal.newest(5) if isinstance(one.edit, StartImport)), None
        )

    wizard._start()
    edit = asked()
    assert edit is not None
    records = [record for page in pages({"plan": edit.plan}) for record in page.records]
    return [record for record in records if isinstance(record, CustomerRecord)]


def _names(records: list[CustomerRecord]) -> list[object]:
    return [record.properties["name"].content for record in records]


def _workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    old, new = book.create_sheet("Old"), book.create_sheet("New")
    for row in (["Our customers", None], ["E-mail", "Name"], ["a@x.yz", "Ada"]):
        old.append(row)
    for row in (["E-mail", "Name"], ["b@x.yz", "Bo"], ["c@x.yz", "Cy"]):
        new.append(row)
    book.save(path)
    return path


def test_another_sheet_of_a_workbook_is_read_after_it_was_chosen(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    _open(wizard, qtbot, _workbook(tmp_path / "x.xlsx"))
    bar = wizard.columns_page.layout_bar
    assert bar.sheet.currentText() == "Old"

    _choose(wizard, qtbot, bar.sheet, "New")

    assert bar.sheet.currentText() == "New"
    assert wizard.columns_page._rows["Name"]._samples.words() == "Bo  ·  Cy"
    assert _names(_records(wizard, session, qtbot)) == ["Bo", "Cy"]


def test_the_header_row_is_chosen_where_the_guess_is_wrong(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name,Place\nE-mail,Name\na@x.yz,Ada\n", encoding="utf-8")
    _open(wizard, qtbot, path)
    assert wizard.columns_page.layout_bar.header_row.currentText() == "Row 1"

    _choose(wizard, qtbot, wizard.columns_page.layout_bar.header_row, 2)

    assert set(wizard.columns_page._rows) == {"E-mail", "Name"}
    assert _names(_records(wizard, session, qtbot)) == ["Ada"]


def test_delimiter_and_encoding_are_chosen_and_what_was_mapped_by_hand_stays(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("E-mail|Name|Nick\na@x.yz|Café|ä\n".encode("cp850"))
    _open(wizard, qtbot, path)
    nick = wizard.columns_page._rows["Nick"]
    nick.target.activated.emit(nick.target.findData(""))

    _choose(wizard, qtbot, wizard.columns_page.layout_bar.encoding, "cp850")

    assert wizard.plan is not None
    assert wizard.plan.table is not None
    assert [column.target for column in wizard.plan.table.columns] == ["email", "name", ""]
    assert wizard.columns_page._rows["Name"]._samples.words() == "Café"
    _choose(wizard, qtbot, wizard.columns_page.layout_bar.delimiter, ";")
    assert set(wizard.columns_page._rows) == {"E-mail|Name|Nick"}
    _choose(wizard, qtbot, wizard.columns_page.layout_bar.delimiter, None)
    assert _names(_records(wizard, session, qtbot)) == ["Café"]


def test_the_decimal_sign_settles_every_column_of_numbers(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("E-mail;Sum;Price\na@x.yz;1.000;€ 2.500\nb@x.yz;3.000;€ 1.250\n", encoding="utf-8")
    _open(wizard, qtbot, path)
    assert wizard.columns_page._rows["Sum"].reading.currentText() == "Text"

    _choose(wizard, qtbot, wizard.columns_page.layout_bar.decimal_sign, True)

    assert wizard.columns_page._rows["Sum"].reading.currentText() == "Number, 1.234,5"
    first = _records(wizard, session, qtbot)[0]
    assert (str(first.properties["sum"].content), str(first.properties["price"].kind)) == ("1000", "money")


def test_every_file_can_be_looked_at_and_laid_out_by_itself(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    first.write_text("E-mail,Name\na@x.yz,Ada\n", encoding="utf-8")
    second.write_text("Name,Place,x\nE-mail,Name,Shoe\nb@x.yz,Bo,41\n", encoding="utf-8")
    _open(wizard, qtbot, first, second)
    page = wizard.columns_page
    assert not page.layout_bar.file.isHidden()

    _choose(wizard, qtbot, page.layout_bar.file, str(second))
    assert page._rows["E-mail"]._samples.words() == "Not in this file"
    _choose(wizard, qtbot, page.layout_bar.header_row, 2)

    assert page._rows["Name"]._samples.words() == "Bo"
    assert "Shoe" in page.layout_bar._strange.text()
    assert _names(_records(wizard, session, qtbot)) == ["Ada", "Bo"]


def test_a_layout_that_cannot_be_read_says_why_and_changes_nothing(
    wizard: ImportWizard, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("E-mail,Name\na@x.yz,Ada\n", encoding="utf-8")
    _open(wizard, qtbot, path)
    before, bar = wizard.plan, wizard.columns_page.layout_bar

    _choose(wizard, qtbot, bar.header_row, 9)

    assert "no row 9" in bar._trouble.text()
    assert wizard.plan == before
    assert bar.header_row.currentText() == "Row 1"


def test_the_layout_is_remembered_for_a_file_of_the_same_name(
    wizard: ImportWizard, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name,Place\nE-mail,Name\na@x.yz,Ada\n", encoding="utf-8")
    _open(wizard, qtbot, path)
    _choose(wizard, qtbot, wizard.columns_page.layout_bar.header_row, 2)
    assert _names(_records(wizard, session, qtbot)) == ["Ada"]

    again = ImportWizard(session)
    qtbot.addWidget(again)
    _open(again, qtbot, path)

    assert again.columns_page.layout_bar.header_row.currentText() == "Row 2"
    assert plan_from_json(_plan_text(again)).table is not None
    again.reject()


def _plan_text(wizard: ImportWizard) -> str:
    assert wizard.plan is not None
    return plan_to_json(wizard.plan)
