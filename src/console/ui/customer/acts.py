"""What can be done with a whole customer: owner, message, merge, split, copy the address of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.domain.customer_flags import OWNER, first_said
from console.domain.deep_links import link_to
from console.domain.edits import RemoveProperty, SetProperty
from console.domain.records import Channel
from console.domain.values import Value, ValueKind
from console.ui.customer.papers import CustomerPapers
from console.ui.profile.owner_menu import OwnerMenu
from console.ui.widgets.menu import Menu, passing_menu, with_key

if TYPE_CHECKING:
    from console.ui.customer.erase_dialog import EraseDialog
    from console.ui.customer.window import CustomerWindow

_WRITTEN = (Channel.EMAIL, Channel.CHAT)


class CustomerActs(QObject):
    """Opens the menus of a customer's window and does what is chosen."""

    def __init__(self, window: CustomerWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self.papers = CustomerPapers(window.session, window, window.toasts)

    def open_owner(self, anchor: QWidget) -> OwnerMenu:
        """Asks who looks after the customer: the teammates that are known, or nobody."""
        view = self._window.view()
        now = first_said(view.properties, (OWNER,)) if view is not None else ""
        menu = OwnerMenu(self._session, self._window, now)
        menu.offer_nobody(is_possible=bool(now))
        menu.chosen.connect(lambda name: self._own(name, now))
        menu.nobody_chosen.connect(self._disown)
        menu.open_below_right(anchor)
        return menu

    def open_more(self, anchor: QWidget) -> Menu:
        """Everything else that can be done."""
        menu = passing_menu(self.tr("More"), self._window)
        view = self._window.view()
        can_split = view is not None and sum(not one.is_home for one in view.identities) > 1
        identities = self._window.facts.identities
        for icon, words, deed, can in (
            ("git-merge", self.tr("Merge with…"), lambda: self._window.deeds.open_merge(identities.merge), True),
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
            self.papers.ask_dossier(self._window.owner(), self._window.header.name())

    def ask_erase(self) -> EraseDialog | None:
        """Asks whether the customer is to be forgotten for good (Ctrl+Shift+Del)."""
        view = self._window.view()
        if view is None or view.as_of is not None:
            return None
        return self.papers.open_erase(view.owner, self._window.header.name(), view.emails[0] if view.emails else "")

    def _own(self, name: str, now: str) -> None:
        if name != now:
            owner = self._window.owner()
            self._window.deeds.submit(SetProperty(owner, OWNER, Value(ValueKind.STRING, name)))

    def _disown(self) -> None:
        self._window.deeds.submit(RemoveProperty(self._window.owner(), OWNER))

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(link_to(self._window.owner()))
        self._window.toasts.say(self.tr("The link is in the clipboard"))
