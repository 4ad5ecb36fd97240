"""What opens the dialogs that connect a source, from wherever in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from console.ui.sources.add_dialog import AddSourceDialog
    from console.ui.sources.mailbox import MailboxDialog
    from console.ui.workspace_view import WorkspaceView

DialogT = TypeVar("DialogT", bound=QDialog)


class Adding(QObject):
    """Opens one dialog at a time over the window."""

    def __init__(self, view: WorkspaceView) -> None:
        super().__init__(view)
        self._view = view

    def choose(self) -> AddSourceDialog:
        """Asks which kind of source, then for what that kind needs."""
        # Imported when somebody wants it: the inbox is on screen without it.
        from console.ui.sources.add_dialog import AddSourceDialog

        dialog = AddSourceDialog(self._view.session, self._view.window())
        dialog.mailbox_wanted.connect(self.mailbox)
        dialog.import_wanted.connect(self._view.open_wizard)
        dialog.added.connect(self._show)
        return self._opened(dialog)

    def mailbox(self) -> MailboxDialog:
        """Asks for an IMAP mailbox."""
        from console.ui.sources.mailbox import MailboxDialog

        dialog = MailboxDialog(self._view.session, self._view.window())
        dialog.added.connect(self._show)
        return self._opened(dialog)

    def _show(self, key: int) -> None:
        self._view.go_to("sources")
        if self._view.sources is not None:
            self._view.sources.choose(key)

    def _opened(self, dialog: DialogT) -> DialogT:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
