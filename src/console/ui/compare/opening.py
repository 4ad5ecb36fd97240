"""The comparison, opened over whatever asks for it; it is deleted when it closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from console.domain.edits import Edit, Owner
    from console.ui.compare.dialog import CompareDialog
    from console.ui.session import Session


def open_comparison(
    session: Session,
    stays: Owner,
    goes: Owner,
    submit: Callable[[Edit], object],
    parent: QWidget,
    because: str = "",
) -> CompareDialog:
    """Shows the two side by side; what is decided there is handed to `submit`. `because` says why they are thought to be one."""
    # Imported when the first one opens: the inbox is on screen without it.
    from console.ui.compare.dialog import CompareDialog

    dialog = CompareDialog(session, stays, goes, because, parent)
    dialog.decided.connect(submit)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
