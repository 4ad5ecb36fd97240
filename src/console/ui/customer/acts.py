"""What can be done with a whole customer: owner, message, merge, split, copy the address of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.records import Channel
from console.ui.customer.papers import CustomerPapers
from console.ui.profile.window import ProfileWindow
from console.ui.profile.window_acts import WindowActs
from console.ui.widgets.menu import Menu, passing_menu, with_key

if TYPE_CHECKING:
    from console.ui.customer.erase_dialog import EraseDialog

_WRITTEN = (Channel.EMAIL, Channel.CHAT)


class CustomerActs(WindowActs):
    """Opens the menus of a customer's window and does what is chosen."""

    def __init__(self, window: ProfileWindow, merge_anchor: QWidget) -> None:
        """Who else is the same customer is asked beside `merge_anchor`."""
        super().__init__(window)
        self._merge_anchor = merge_anchor
        self.papers = CustomerPapers(window.session, window, window.toasts)

    def open_more(self, anchor: QWidget) -> Menu:
        """Everything else that can be done."""
        menu = passing_menu(self.tr("More"), self._window)
        view = self._window.view()
        can_split = view is not None and sum(not one.is_home for one in view.identities) > 1
        for icon, words, deed, can in (
            ("git-merge", self.tr("Merge with…"), lambda: self._window.deeds.open_merge(self._merge_anchor), True),
            ("split", self.tr("Not the same customer…"), self._window.deeds.open_split, can_split),
            ("history", with_key(self.tr("As of another day…"), "D"), self._window.ask_day, True),
            ("link", self.tr("Copy the link to this window"), self._copy_link, True),
            ("file-text", with_key(self.tr("Dossier…"), "Ctrl+Shift+D"), self.ask_dossier, view is not None),
        ):
            menu.offer(icon, words, deed, is_possible=can)
        menu.addSeparator()
        menu.offer("trash-2", self.tr("Erase…"), self.ask_erase, is_possible=view is not None)
        menu.open_below_right(anchor)
        return menu

    def message(self) -> None:
        """Opens the newest conversation by mail or chat; says so where there is none, or where nothing can be sent."""
        view = self._window.view()
        talks = [] if view is None else [card for card in view.conversations if card.channel in _WRITTEN]
        if talks:
            self._session.open_conversation(talks[0].id)
        else:
            words = self.tr(
                "There is no conversation to answer yet. Writing first comes with sending, in a later version"
            )
            self._window.toasts.say(words, tone="amber")

    def ask_dossier(self) -> None:
        """Asks for a file and writes everything known of the customer into it (Ctrl+Shift+D)."""
        if self._window.view() is not None:
            self.papers.ask_dossier(self._window.owner(), self._window.name())

    def ask_erase(self) -> EraseDialog | None:
        """Asks whether the customer is to be forgotten for good (Ctrl+Shift+Del)."""
        view = self._window.view()
        if view is None or view.as_of is not None:
            return None
        return self.papers.open_erase(view.owner, self._window.name(), view.emails[0] if view.emails else "")
