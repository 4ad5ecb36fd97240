"""A backup on request: written and checked by a process of its own, and said when it is there."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.store.errors import StoreError

if TYPE_CHECKING:
    from console.ui.session import Session
    from console.ui.widgets.toast import Toasts


def back_up(session: Session, toasts: Toasts) -> None:
    """Has a backup written beside the workspace and tells where it lies, or why there is none."""

    def tell(where: str) -> None:
        toasts.say(_translate("Backup {0} is written and checked").format(PurePath(where).name), tone="green")

    def tell_trouble(error: Exception) -> None:
        toasts.say(str(error), tone="red")

    toasts.say(_translate("Writing a backup…"), tone="accent")
    session.background.run(
        session.services.back_up,
        tell,
        asker=session,
        about="backup",
        failed=tell_trouble,
        expected=(StoreError, ValueError, OSError),
    )


def _translate(words: str) -> str:
    return QCoreApplication.translate("Backup", words)
