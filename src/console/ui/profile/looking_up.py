"""What sources only give when somebody asks for it: asked for once a customer has been in view for a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from console.domain.records import OwnerKind

if TYPE_CHECKING:
    from console.domain.edits import Owner
    from console.ui.session import Session

STAY_MS = 1_000
"""Whoever only passes by on the way through the inbox costs no request."""


class LookingUp(QObject):
    """Tells the sync process whom a teammate looks at; what comes of it, the feed says."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._customer = 0
        self._timer = QTimer(self, singleShot=True, interval=STAY_MS)
        self._timer.timeout.connect(self._ask)
        session.closing.connect(self._timer.stop)

    def begin(self, owner: Owner) -> None:
        """Somebody is in view now."""
        self._timer.stop()
        if owner.kind is OwnerKind.CUSTOMER and owner.id:
            self._customer = owner.id
            self._timer.start()

    def _ask(self) -> None:
        self._session.services.poke({"command": "look up", "customer": self._customer})
