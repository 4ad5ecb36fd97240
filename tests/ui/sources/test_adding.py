"""Connecting a source of any kind, and changing one that is connected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import SyncSide

from console.domain.edits import (
    AddSource,
    ChangeSource,
    ChooseStreams,
    Edit,
    ReadAgain,
    RemoveSource,
    RenameSource,
    SetSourcePace,
    SetWriteBack,
    Several,
)
from console.domain.ids import SourceId
from console.domain.source_kinds import SourceKind
from console.store.source_writes import source_id
from console.ui.services import SourceCheck
from console.ui.session import Session
from console.ui.sources.add_dialog import AddSourceDialog
from console.ui.sources.kind_form import KindForm
from console.ui.sources.kind_picker import KindPicker
from console.ui.sources.page import SourcesPage
from console.ui.style import tokens

_SECRET = "dG9rOmFi_c2Vj"


def _done(session: Session) -> list[Edit]:
    return [entry.edit for entry in session.workspace.journal.newest(20)]


def _dialog(session: Session, qtbot: QtBot) -> AddSourceDialog:
    dialog = AddSourceDialog(session)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.picker.buttons()), timeout=5_000)
    return dialog


def _form(dialog: AddSourceDialog) -> KindForm:
    assert dialog.form is not None
    return dialog.form


def _type(form: KindForm, name: str, words: str) -> None:
    editor = form.editors[name]
    assert isinstance(editor, QLineEdit)
    editor.setText(words)


def test_a_long_list_of_kinds_scrolls_and_is_not_pressed_together(qtbot: QtBot) -> None:
    picker = KindPicker()
    qtbot.addWidget(picker)
    picker.show_kinds(
        [SourceKind(f"kind-{number}", f"Kind {number}", "What it brings", "plug") for number in range(30)]
    )
    picker.resize(560, 400)
    picker.show()
    qtbot.waitExposed(picker)

    assert {button.height() for button in picker.buttons()} == {tokens.TWO_LINES_HEIGHT}


@pytest.fixture
def connected(session: Session, qtbot: QtBot) -> SourcesPage:
    """The page with Intercom connected and chosen."""
    key = source_id("intercom", "Intercom")
    session.submit(AddSource(key, "intercom", "Intercom", '{"region": "eu"}'))
    session.feed.look()
    page = SourcesPage(session)
    qtbot.addWidget(page)
    page.resize(1300, 900)
    page.show()
    qtbot.waitUntil(lambda: key in page.cards and bool(page.kinds.all()), timeout=5_000)
    page.choose(key)
    qtbot.waitUntil(lambda: bool(page.detail.streams.boxes()) and session.background.is_idle(), timeout=5_000)
    return page


def test_kinds_are_found_by_what_they_bring_and_by_other_words(session: Session, qtbot: QtBot) -> None:
    dialog = _dialog(session, qtbot)
    all_of_them = len(dialog.picker.buttons())

    dialog.picker.field.setText("messenger")
    dialog.picker.field.tell()
    found = [button.accessibleName() for button in dialog.picker.buttons()]
    dialog.picker.field.setText("no such thing")
    dialog.picker.field.tell()

    assert all_of_them >= 4
    assert found == ["Intercom"]
    assert dialog.picker.buttons() == []
    dialog.reject()


def test_a_form_is_made_of_what_its_kind_asks_for_and_says_what_it_was_tried_against(
    session: Session, qtbot: QtBot
) -> None:
    dialog = _dialog(session, qtbot)

    dialog.choose("intercom")
    said = [label.text() for label in dialog.findChildren(QLabel)]

    assert list(_form(dialog).editors) == ["access_token", "region", "base_url", "allow_private"]
    assert any("never against Intercom itself" in words for words in said)
    assert not dialog.add.isEnabled()
    _type(_form(dialog), "access_token", _SECRET)
    assert dialog.add.isEnabled()
    dialog.reject()


def test_a_trial_shows_the_facts_and_forgets_them_when_something_else_is_filled_in(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    side.check = SourceCheck(is_good=True, sentence="Signed in.", facts=(("Account", "Acme Support"),))
    dialog = _dialog(session, qtbot)
    dialog.choose("intercom")
    _type(_form(dialog), "access_token", _SECRET)
    trial = dialog.trial
    assert trial is not None

    with qtbot.waitSignal(trial.tried, timeout=5_000):
        qtbot.mouseClick(trial.button, Qt.MouseButton.LeftButton)
    found = [label.text() for label in trial.findChildren(QLabel) if label.isVisible()]
    _type(_form(dialog), "base_url", "https://eu.example")

    assert "Acme Support" in found
    assert trial.sentence.text() == ""
    dialog.reject()


def test_a_source_is_added_as_an_edit_and_its_secret_goes_to_the_keyring_only(
    session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    dialog = _dialog(session, qtbot)
    dialog.choose("intercom")
    _type(_form(dialog), "access_token", _SECRET)

    with qtbot.waitSignal(dialog.added, timeout=5_000):
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)

    (added,) = [edit for edit in _done(session) if isinstance(edit, AddSource)]
    assert (added.kind, added.name) == ("intercom", "Intercom")
    assert json.loads(added.settings)["region"] == "us"
    assert _SECRET not in added.settings
    assert side.secrets == {added.source: _SECRET}


def test_a_manifest_that_is_wrong_says_so_and_nothing_is_added(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("nonsense: [", encoding="utf-8")
    dialog = _dialog(session, qtbot)
    dialog.choose("rest")
    _type(_form(dialog), "manifest", str(path))
    trial = dialog.trial
    assert trial is not None

    qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(trial.sentence.text()), timeout=5_000)

    assert dialog.isVisible()
    assert _done(session) == []
    dialog.reject()


def test_streams_are_switched_off_and_what_goes_back_is_chosen(
    connected: SourcesPage, session: Session, qtbot: QtBot
) -> None:
    source = source_id("intercom", "Intercom")

    qtbot.mouseClick(connected.detail.streams.boxes()["events"], Qt.MouseButton.LeftButton)
    connected.detail.back.boxes["note"].click()
    found = connected.detail.back.open_properties()
    found.search("name")
    found.choose()

    done = _done(session)
    assert ChooseStreams(source, ("events",)) in done
    assert SetWriteBack(source, "note", is_on=True) in done
    assert any(isinstance(edit, SetWriteBack) and edit.what.startswith("property:") for edit in done)
    session.feed.look()
    qtbot.waitUntil(lambda: connected.detail.back.boxes["note"].isChecked(), timeout=5_000)


def test_settings_keep_what_was_changed_as_one_step_and_another_secret_reads_again(
    connected: SourcesPage, session: Session, side: SyncSide, qtbot: QtBot
) -> None:
    source = source_id("intercom", "Intercom")
    row = connected.current()
    assert row is not None
    dialog = connected.deeds.open_settings(row, is_about_secret=True)
    assert dialog is not None
    dialog.name.setText("Intercom EU")
    dialog.is_own_pace.setChecked(True)
    dialog.minutes.setValue(15)
    _type(dialog.form, "base_url", "https://intercom.example")
    _type(dialog.form, "access_token", _SECRET)

    with qtbot.waitSignal(dialog.signed_in, timeout=5_000):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)

    (several,) = [edit for edit in _done(session) if isinstance(edit, Several)]
    rename, pace, change = several.edits
    assert (rename, pace) == (RenameSource(source, "Intercom EU"), SetSourcePace(source, 15))
    assert isinstance(change, ChangeSource)
    assert json.loads(change.settings)["base_url"] == "https://intercom.example"
    assert side.secrets == {source: _SECRET}
    assert {"command": "sync", "source": "Intercom"} in side.commands


def test_removing_asks_whether_what_it_brought_goes_as_well(
    connected: SourcesPage, session: Session, qtbot: QtBot
) -> None:
    source = SourceId(source_id("intercom", "Intercom"))
    row = connected.current()
    assert row is not None

    connected.deeds.act("again", row)
    dialog = connected.deeds.open_remove(row)
    dialog.drop.setChecked(True)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)

    assert ReadAgain(source) in _done(session)
    assert RemoveSource(source, is_dropping=True) in _done(session)
    session.feed.look()
    qtbot.waitUntil(lambda: source not in connected.cards, timeout=5_000)
