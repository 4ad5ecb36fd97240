"""A backup from the window: written, checked, and said."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.workspaces import KEY

from console.domain.health import Severity
from console.store.backups import check_backup
from console.ui.profile.wording import since_words
from console.ui.widgets.toast import Toast
from console.ui.workspace_view import WorkspaceView


def test_a_backup_is_written_and_its_name_is_said(view: WorkspaceView, qtbot: QtBot) -> None:
    view.actions_by_key.action("backup").trigger()

    qtbot.waitUntil(lambda: any("written and checked" in toast.words for toast in _toasts(view)), timeout=10_000)

    (backup,) = (view.session.workspace.folder / "backups").iterdir()
    assert {one.severity for one in check_backup(backup, KEY)} == {Severity.FINE}


def test_the_settings_say_when_the_last_backup_was_written(view: WorkspaceView, qtbot: QtBot) -> None:
    def said() -> list[str]:
        dialog = view.open_settings()
        words = [one.text() for one in dialog.findChildren(QLabel)]
        dialog.close()
        return words

    assert "There is none yet" in said()
    view.session.services.back_up()
    assert since_words(view.session.now(), view.session.now()) in said()


def _toasts(view: WorkspaceView) -> list[Toast]:
    return view.window().findChildren(Toast)
