"""A backup from the window: written, checked, and said."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from tests.ui.workspaces import KEY

from console.domain.health import Severity
from console.store.backups import check_backup
from console.ui.widgets.toast import Toast
from console.ui.workspace_view import WorkspaceView


def test_a_backup_is_written_and_its_name_is_said(view: WorkspaceView, qtbot: QtBot) -> None:
    view.actions_by_key.action("backup").trigger()

    qtbot.waitUntil(lambda: any("written and checked" in toast.words for toast in _toasts(view)), timeout=10_000)

    (backup,) = (view.session.workspace.folder / "backups").iterdir()
    assert {one.severity for one in check_backup(backup, KEY)} == {Severity.FINE}


def _toasts(view: WorkspaceView) -> list[Toast]:
    return view.window().findChildren(Toast)
