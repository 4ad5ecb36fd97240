"""The import wizard and the list of imports, on a real workspace; the batch's progress is written as the sync process does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.connectors.table_guess import guess
from console.domain.edits import StartImport, UndoImport
from console.domain.importing import ImportKind, ImportPlan, plan_from_json
from console.domain.imports import Problem
from console.store.changes import Stale, note_changes
from console.ui.importing.left_out import save_problems
from console.ui.importing.past import ImportsPage
from console.ui.importing.wizard import COLUMNS, FILE, RUN, ImportWizard
from console.ui.session import Session
from console.ui.widgets.labels import ElidedLabel

TABLE = """E-mail,Full name,Seats,Renewal
ariana@northpeak.example,Ariana,14,03.12.2026
tomas@cobalto.example,Tomás,6,17.01.2027
"""


@pytest.fixture
def table(tmp_path: Path, side: SyncSide) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    side.plan = guess(str(path))
    return path


@pytest.fixture
def wizard(session: Session, qtbot: QtBot) -> Iterator[ImportWizard]:
    made = ImportWizard(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def _asked(session: Session) -> list[StartImport]:
    entries = session.workspace.journal.newest(100)
    return [entry.edit for entry in entries if isinstance(entry.edit, StartImport)]


def _write(side: SyncSide, batch: str, state: str, **counts: int) -> None:
    with side.workspace.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE import_batches SET state = ?, counts = ?, done = 2, total = 2 WHERE id = ?",
            (state, json.dumps(counts | {"changes_by_property": {"seats": 2}}), batch),
        )
        note_changes(connection, Stale.IMPORT, [0])


def _settle(session: Session, qtbot: QtBot) -> None:
    session.feed.look()
    qtbot.waitUntil(session.background.is_idle, timeout=5_000)


def test_files_lead_to_their_columns_and_a_dry_run(
    wizard: ImportWizard, session: Session, side: SyncSide, table: Path, qtbot: QtBot
) -> None:
    assert wizard.step() == FILE
    assert not wizard.next.isEnabled()

    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)
    qtbot.waitUntil(lambda: bool(_asked(session)), timeout=5_000)

    asked = _asked(session)[-1]
    assert asked.is_dry_run
    assert plan_from_json(asked.plan).kind is ImportKind.CUSTOMERS
    _write(side, asked.batch, "previewed", new=2, updated=0, unchanged=0, left_out=0)
    _settle(session, qtbot)
    assert wizard.next.text() == "Import 2 rows"


def test_a_column_changed_by_hand_changes_the_plan_and_counts_again(
    wizard: ImportWizard, session: Session, table: Path, qtbot: QtBot
) -> None:
    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: bool(_asked(session)), timeout=5_000)
    row = wizard.columns_page._rows["Seats"]

    row.target.setCurrentText("Number of seats")
    field = row.target.lineEdit()
    assert field is not None
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: len(_asked(session)) == 2, timeout=5_000)

    plan = plan_from_json(_asked(session)[-1].plan)
    assert plan.table is not None
    assert [column.target for column in plan.table.columns][2] == "number_of_seats"


def test_without_a_match_key_the_import_is_off_and_says_why(
    wizard: ImportWizard, table: Path, session: Session, qtbot: QtBot
) -> None:
    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)
    row = wizard.columns_page._rows["E-mail"]

    place = row.target.findData("")
    row.target.setCurrentIndex(place)
    row.target.activated.emit(place)

    assert not wizard.next.isEnabled()
    assert "No match key" in wizard.columns_page._why_not.text()


def test_the_import_starts_as_an_edit_and_the_mapping_is_remembered(
    wizard: ImportWizard, session: Session, side: SyncSide, table: Path, qtbot: QtBot
) -> None:
    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)
    place = wizard.columns_page._rows["Full name"].target.findData("")
    wizard.columns_page._rows["Full name"].target.activated.emit(place)

    with qtbot.waitSignal(wizard.started):
        qtbot.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    assert wizard.step() == RUN
    started = _asked(session)[-1]
    assert not started.is_dry_run
    _write(side, started.batch, "done", new=2)
    _settle(session, qtbot)
    assert "Imported" in [label.text() for label in (wizard.run_page._title,)]

    again = ImportWizard(session)
    qtbot.addWidget(again)
    again.choose_files((str(table),))
    qtbot.waitUntil(lambda: again.step() == COLUMNS, timeout=5_000)
    assert again.plan is not None
    assert again.plan.table is not None
    assert [column.target for column in again.plan.table.columns][1] == ""
    again.reject()


def test_files_that_hold_nothing_are_refused_in_words(wizard: ImportWizard, side: SyncSide, qtbot: QtBot) -> None:
    side.plan = None

    wizard.choose_files(("/nowhere/odd.bin",))
    qtbot.waitUntil(wizard.file_page._problem.isVisible, timeout=5_000)

    assert wizard.file_page._problem.text() == "These files hold nothing that can be imported"
    assert wizard.step() == FILE


def test_mail_asks_for_the_own_addresses_and_keeps_them(
    wizard: ImportWizard, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.plan = ImportPlan(("/mail/inbox.mbox",), ImportKind.CONVERSATIONS)

    wizard.choose_files(("/mail/inbox.mbox",))
    qtbot.waitUntil(wizard.file_page.addresses.isVisible, timeout=5_000)
    assert wizard.step() == FILE
    wizard.file_page.addresses.setText("help@acme.dev; nadia@acme.dev")
    wizard.file_page.addresses.editingFinished.emit()

    assert wizard.plan is not None
    assert wizard.plan.my_addresses == ("help@acme.dev", "nadia@acme.dev")
    assert session.settings()["own_addresses"] == "help@acme.dev; nadia@acme.dev"


def test_dropped_files_are_looked_through(wizard: ImportWizard, table: Path, qtbot: QtBot) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(table))])
    left = Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dropped, left, Qt.KeyboardModifier.NoModifier)

    wizard.file_page.dropEvent(event)

    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)


def test_rows_with_errors_are_saved_as_a_table_that_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "errors.csv"

    save_problems(path, (Problem("row 4", "is not an e-mail address", b"=cmd|' /C calc'!A0"),))

    text = path.read_text(encoding="utf-8-sig")
    assert "is not an e-mail address" in text
    assert "\"'=cmd" in text


def test_a_past_import_is_undone_as_a_whole(session: Session, side: SyncSide, table: Path, qtbot: QtBot) -> None:
    page = ImportsPage(session)
    qtbot.addWidget(page)
    page.show()
    ends: list[str] = []
    page.finished.connect(lambda words, undo: ends.append(words))
    wizard = ImportWizard(session)
    qtbot.addWidget(wizard)
    wizard.choose_files((str(table),))
    qtbot.waitUntil(lambda: wizard.step() == COLUMNS, timeout=5_000)
    wizard._start()
    batch = _asked(session)[-1].batch
    _settle(session, qtbot)
    assert page._cards[batch].findChildren(ElidedLabel)

    _write(side, batch, "done", new=2, left_out=1)
    _settle(session, qtbot)
    assert ends
    assert "2 new, 1 left out" in ends[0]

    page._cards[batch].undo_wanted.emit(batch)
    assert any(isinstance(entry.edit, UndoImport) for entry in session.workspace.journal.newest(10))
    wizard.reject()
