"""What can be done with a whole customer and with a whole company alike: give it an owner, copy its link."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.domain.customer_flags import OWNER, first_said
from console.domain.deep_links import link_to
from console.domain.edits import RemoveProperty, SetProperty
from console.domain.values import Value, ValueKind
from console.ui.profile.owner_menu import OwnerMenu
from console.ui.profile.window import ProfileWindow


class WindowActs(QObject):
    """Belongs to one window; what else can be done there is added by whoever derives from it."""

    def __init__(self, window: ProfileWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session

    def open_owner(self, anchor: QWidget) -> OwnerMenu:
        """Asks who looks after whom the window shows: the teammates that are known, or nobody."""
        view = self._window.view()
        now = first_said(view.properties, (OWNER,)) if view is not None else ""
        menu = OwnerMenu(self._session, self._window, now)
        menu.offer_nobody(is_possible=bool(now))
        menu.chosen.connect(lambda name: self._own(name, now))
        menu.nobody_chosen.connect(self._disown)
        menu.open_below_right(anchor)
        return menu

    def _own(self, name: str, now: str) -> None:
        if name != now:
            self._window.deeds.submit(SetProperty(self._window.owner(), OWNER, Value(ValueKind.STRING, name)))

    def _disown(self) -> None:
        self._window.deeds.submit(RemoveProperty(self._window.owner(), OWNER))

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(link_to(self._window.owner()))
        self._window.toasts.say(self.tr("The link is in the clipboard"))
