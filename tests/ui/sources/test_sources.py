"""Sources and the mailbox dialog."""

from __future__ import annotations

import zlib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide

from console.connectors.kinds.imap_settings import settings_from
from console.domain.edits import AddSource, PauseSource
from console.domain.ids import SourceId
from console.domain.sources import SourceRow
from console.store.source_writes import ensure_source, source_id
from console.ui.services import Progress, SourceCheck
from console.ui.session import Session
from console.ui.sources.mailbox import MailboxDialog
from console.ui.sources.page import SourcesPage


def _dialog(session: Session, qtbot: QtBot) -> MailboxDialog:
    dialog = MailboxDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.address, "help@acme.dev")
    dialog.address.editingFinished.emit()
    qtbot.keyClicks(dialog.password, "s3cret words")
    return dialog


def _page(session: Session, qtbot: QtBot) -> SourcesPage:
    page = SourcesPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(session.background.is_idle)
    return page


def test_the_address_fills_in_the_rest(session: Session, qtbot: QtBot) -> None:
    dialog = _dialog(session, qtbot)

    assert dialog.host.text() == "imap.acme.dev"
    assert dialog.login.text() == "help@acme.dev"
    assert dialog.port.value() == 993
    dialog.security.setCurrentIndex(1)
    assert dialog.port.value() == 143
    assert dialog.add.isEnabled()
    dialog.reject()


def test_a_trial_offers_the_folders_and_leaves_the_rubbish_out(session: Session, qtbot: QtBot) -> None:
    dialog = _dialog(session, qtbot)

    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.folders.isVisible, timeout=5_000)

    assert settings_from(dialog.draft().settings).folders == ("INBOX", "Sent")
    dialog.reject()


def test_a_trial_that_fails_says_why(session: Session, side: SyncSide, qtbot: QtBot) -> None:
    side.check = SourceCheck(is_good=False, sentence="imap.acme.dev does not know this password")
    dialog = _dialog(session, qtbot)

    qtbot.mouseClick(dialog.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._result.text() == "imap.acme.dev does not know this password", timeout=5_000)
    dialog.reject()


def test_a_mailbox_is_added_as_an_edit_and_its_password_goes_to_the_keyring_only(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    dialog = _dialog(session, qtbot)

    with qtbot.waitSignal(dialog.added, timeout=5_000):
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)

    key = source_id("imap", "help@acme.dev")
    added = [entry.edit for entry in session.workspace.journal.newest(5) if isinstance(entry.edit, AddSource)]
    assert [edit.source for edit in added] == [key]
    assert added[0].own_addresses == ("help@acme.dev",)
    assert "s3cret" not in added[0].settings
    assert side.secrets == {key: "s3cret words"}
    assert dialog.password.text() == ""


def test_cancelling_forgets_the_password_too(session: Session, qtbot: QtBot) -> None:
    dialog = _dialog(session, qtbot)

    dialog.reject()

    assert dialog.password.text() == ""


def test_a_source_shows_its_progress_and_can_rest(session: Session, side: SyncSide, qtbot: QtBot) -> None:
    dialog = _dialog(session, qtbot)
    with qtbot.waitSignal(dialog.added, timeout=5_000):
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    session.feed.look()
    page = _page(session, qtbot)
    key = source_id("imap", "help@acme.dev")
    card = page._cards[key]

    session.progressed.emit(Progress("sync", "help@acme.dev", "running", 38, 61, "INBOX"))
    assert card._progress.text() == "INBOX · 38 of 61"
    assert not card.sync.isVisible()
    session.progressed.emit(Progress("sync", "help@acme.dev", "done"))
    assert card.sync.isVisible()

    qtbot.mouseClick(card.sync, Qt.MouseButton.LeftButton)
    assert {"command": "sync", "source": "help@acme.dev"} in side.commands
    card.pause_action.trigger()
    assert any(isinstance(entry.edit, PauseSource) for entry in session.workspace.journal.newest(5))
    session.feed.look()
    qtbot.waitUntil(session.background.is_idle)
    assert card.pause.text() == "Resume"
    assert not card.sync.isVisible()


def test_a_source_that_failed_has_one_next_step_and_it_is_primary(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)
    failed = SourceRow(
        SourceId(7), "imap", "Help", "failed", "Sign in again", NOW, False, {"host": "imap.acme.dev"}, (), {}
    )

    page.show_sources((failed,))
    card = page._cards[7]

    assert card.sync.text() == "Try again"
    assert card.sync.property("kind") == "primary"
    assert not card.pause.isVisible()
    assert not card.left_out.isVisible()


def test_records_that_could_not_be_read_are_listed_with_their_reasons_and_kept_as_a_file(
    session: Session, side: SyncSide, qtbot: QtBot, tmp_path: Path
) -> None:
    with side.workspace.database.write() as connection:
        key = ensure_source(connection, "imap", "Mail", 0)
        connection.exec_driver_sql(
            "INSERT INTO quarantine (source_id, external_id, reason, raw, at) VALUES (?, ?, ?, ?, ?)",
            (key, "mail-9", "The message has no date", zlib.compress(b"=1+1 no date"), 5),
        )
    page = _page(session, qtbot)
    card = page._cards[key]
    assert card.left_out.text() == "1 record could not be read"

    dialog = page.open_set_aside(key)
    said = [found.text() for found in dialog.findChildren(QLabel)]
    dialog.keep_as(tmp_path / "left-out.csv")
    dialog.reject()

    assert "The message has no date" in said
    assert "mail-9" in said
    kept = (tmp_path / "left-out.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 no date" in kept


def test_what_came_in_once_offers_no_sync(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)

    card = next(iter(page._cards.values()))

    assert card.source.name == "Mail"
    assert not card.sync.isVisible()
    assert not card.pause.isVisible()
