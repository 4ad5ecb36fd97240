"""The menu that asks who looks after somebody: the teammates that are known, or nobody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.store.teammates import known_teammates
from console.ui.profile.wording import named
from console.ui.session import Session
from console.ui.widgets.menu import Menu


class OwnerMenu(Menu):
    """Made for one opening; it is deleted when it closes.

    Signals:
        chosen: the name of a teammate, also of the one who does it already.
        nobody_chosen: nobody is to.
    """

    chosen = Signal(str)
    nobody_chosen = Signal()

    def __init__(self, session: Session, parent: QWidget, now: str | None = None) -> None:
        """`now` is who does it and gets the tick, "" for nobody; None where it is asked for several at once."""
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Owner"))
        self.aboutToHide.connect(self.deleteLater)
        known = {*session.read(known_teammates), session.teammate, now or ""} - {""}
        for name in sorted(known, key=str.casefold):
            action = self.addAction(named(name).replace("&", "&&"))
            action.setCheckable(now is not None)
            action.setChecked(name == now)
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))

    def offer_nobody(self, *, is_possible: bool = True) -> None:
        """Adds "Nobody" below the names."""
        self.addSeparator()
        self.offer("user-round-x", self.tr("Nobody"), self.nobody_chosen.emit, is_possible=is_possible)
