"""Keeps the chosen shortcuts and puts them on the actions of every window, at once and at the next start."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from console.ui import shortcuts
from console.ui.widgets.buttons import Button, IconButton

if TYPE_CHECKING:
    from console.ui.actions import Actions
    from console.ui.session import Session


class ShortcutKeeping(QObject):
    """What is kept of shortcuts, and the windows that follow it."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__(actions)
        self._session, self._actions = session, actions
        self._kept = dict(session.settings())
        self._windows: list[tuple[weakref.ref[QWidget], dict[int, list[str]]]] = []
        actions.wear(self._kept)

    def kept(self) -> Mapping[str, str]:
        """What is kept now, by the names of settings."""
        return self._kept

    def keep(self, values: Mapping[str, str]) -> None:
        """Keeps other shortcuts; they work at once, in every window."""
        self._kept.update(values)
        self._session.keep_settings(values)
        self._actions.wear(self._kept)
        for window, own in self._windows:
            shown = window()
            if shown is not None:
                self._wear(shown, own)
        # A tool tip is also what a screen reader says of a button; those made later look by themselves.
        for top in QApplication.topLevelWidgets():
            for button in (*top.findChildren(Button), *top.findChildren(IconButton)):
                button.renew_tip()

    def take_window(self, window: QWidget) -> None:
        """Has a window beside the main one follow, or a page with actions of its own."""
        own = {place: [one.toString() for one in action.shortcuts()] for place, action in enumerate(window.actions())}
        self._windows = [one for one in self._windows if one[0]() is not None]
        self._windows.append((weakref.ref(window), own))
        self._wear(window, own)

    def _wear(self, window: QWidget, own: Mapping[int, list[str]]) -> None:
        are_on = shortcuts.are_letters_on(self._kept)
        for place, action in enumerate(window.actions()):
            # An action that the main window has as well is called by its key.
            keys = self._actions.keys_of(action.objectName()) if action.objectName() else own.get(place, [])
            action.setShortcuts([QKeySequence(one) for one in keys if are_on or not shortcuts.is_single(one)])
