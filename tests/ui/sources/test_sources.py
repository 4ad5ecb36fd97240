"""Sources and the mailbox dialog."""

from __future__ import annotations

import zlib
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import NOW, SyncSide

from console.connectors.kinds.imap_settings import settings_from
from console.domain.edits import AddSource, PauseSource
from console.domain.ids import SourceId
from console.domain.sources import SourceRow, SourceState
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
    page.resize(1300, 800)
    key = source_id("imap", "help@acme.dev")
    page.choose(key)
    qtbot.waitUntil(session.background.is_idle)
    card = page.cards[key]

    session.progressed.emit(Progress("sync", "help@acme.dev", "running", 38, 61, "INBOX", rate=4.0, seconds_left=6.0))
    assert card._progress.words() == "38 of 61 · inbox"
    assert card._pace.text() == "4/s · 6 s left"
    assert card.step.text() == "Pause"
    assert page.detail.progress.isVisible()
    session.progressed.emit(Progress("sync", "help@acme.dev", "done"))
    assert card.step.text() == "Sync now"
    assert not page.detail.progress.isVisible()

    qtbot.mouseClick(card.step, Qt.MouseButton.LeftButton)
    assert {"command": "sync", "source": "help@acme.dev"} in side.commands
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert any(isinstance(entry.edit, PauseSource) for entry in session.workspace.journal.newest(5))
    session.feed.look()
    qtbot.waitUntil(lambda: card.step.text() == "Resume", timeout=5_000)


def test_a_source_that_needs_somebody_has_the_only_primary_button(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)
    revoked = _source(7, "Help", SourceState.NEEDS_SOMEBODY, "The token was revoked")
    waits = _source(8, "Other", SourceState.WAITING, "It asked us to wait", until=NOW + timedelta(minutes=5))

    page.show_sources((revoked, waits))
    needs, other = page.cards[7], page.cards[8]

    assert needs.step.text() == "Sign in again"
    assert needs.step.property("kind") == "primary"
    assert not needs.quiet.isHidden()
    assert other.step.property("kind") == "secondary"
    assert "11:13" in other._problem.text()
    assert "It goes on by itself" in other._problem.text()
    assert needs.left_out.isHidden()


def test_arrows_walk_the_cards_and_enter_goes_to_the_detail(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)
    page.resize(1300, 800)
    page.show_sources((_source(7, "Help", SourceState.READY), _source(8, "Other", SourceState.READY)))
    page.choose(7)

    qtbot.keyClick(page.cards[7], Qt.Key.Key_Down)
    chosen = [key for key, card in page.cards.items() if card.is_chosen()]
    qtbot.keyClick(page.cards[8], Qt.Key.Key_Return)

    assert chosen == [8]
    focus = page.focusWidget()
    assert focus is not None
    assert page.detail.isAncestorOf(focus)


def test_a_narrow_window_shows_the_list_or_one_source(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)
    page.resize(840, 560)
    page.show_sources((_source(7, "Help", SourceState.READY),))
    qtbot.waitUntil(page.cards[7].isVisible, timeout=5_000)
    assert not page.detail.isVisible()

    qtbot.mouseClick(page.cards[7], Qt.MouseButton.LeftButton)
    assert page.detail.isVisible()
    assert not page.cards[7].isVisible()
    qtbot.waitUntil(
        lambda: page.detail.back_to_list.isVisible() and page.detail.back_to_list.width() > 8, timeout=5_000
    )
    qtbot.mouseClick(page.detail.back_to_list, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(page.cards[7].isVisible, timeout=5_000)


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
    card = page.cards[key]
    assert card.left_out.text() == "1 record could not be read"

    dialog = page.deeds.open_set_aside(card.source)
    said = [found.text() for found in dialog.findChildren(QLabel)]
    dialog.keep_as(tmp_path / "left-out.csv")
    dialog.reject()

    assert "The message has no date" in said
    assert "mail-9" in said
    kept = (tmp_path / "left-out.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 no date" in kept


def test_what_came_in_once_offers_no_sync(session: Session, qtbot: QtBot) -> None:
    page = _page(session, qtbot)

    card = next(iter(page.cards.values()))

    assert card.source.name == "Mail"
    assert not card.step.isVisible()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert session.workspace.journal.newest(5) == ()


def _source(number: int, name: str, state: str, problem: str = "", *, until: datetime | None = None) -> SourceRow:
    place = {"host": "imap.acme.dev"}
    return SourceRow(SourceId(number), "imap", name, state, problem, NOW, False, place, (), {}, next_at=until)
