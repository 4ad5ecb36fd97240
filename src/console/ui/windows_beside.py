"""How the windows of customers and companies are tied to the main one: what opens them, and where their edits are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.channels import OwnerKind
from console.ui.session import Session
from console.ui.top_window import TopWindow
from console.ui.windows import Windows

if TYPE_CHECKING:
    from console.ui.workspace_view import WorkspaceView


class WindowsBeside(QObject):
    """Makes the registry of windows and carries what goes between it and the main window."""

    def __init__(self, view: WorkspaceView) -> None:
        super().__init__(view)
        self._view = view
        self.windows = Windows(
            view.session, view, {OwnerKind.CUSTOMER: _customer_window, OwnerKind.COMPANY: _company_window}
        )
        self.windows.conversation_wanted.connect(self._show_conversation)
        self.windows.failed.connect(self._say_failed)
        self.windows.focused.connect(self._follow_focus)
        self.windows.made.connect(self._take_window)

    def open_customer(self) -> None:
        """Opens the customer of the shown conversation."""
        card = self._view.inbox.pane.customer()
        if card is not None:
            self._view.session.open_customer(card.id)

    def _show_conversation(self, key: int) -> None:
        self._view.go_to("inbox")
        self._view.inbox.show_conversation(key)

    def _say_failed(self, sentence: str) -> None:
        self._view.toasts.say(sentence, tone="red")

    def _take_window(self, window: TopWindow) -> None:
        self._view.palettes.bind(window)
        self._view.shortcuts.take_window(window)
        window.undo_wanted.connect(self._view.steps.undo)
        window.redo_wanted.connect(self._view.steps.redo)

    def _follow_focus(self, window: TopWindow | None) -> None:
        """What an edit did is told in the window in which it was done."""
        self._view.steps.speak_in(self._view.toasts if window is None else window.toasts)


def _customer_window(session: Session, key: int) -> TopWindow:
    # Imported when the first one opens: the inbox is on screen without it.
    from console.ui.customer.window import CustomerWindow

    return CustomerWindow(session, key)


def _company_window(session: Session, key: int) -> TopWindow:
    from console.ui.company.window import CompanyWindow

    return CompanyWindow(session, key)
