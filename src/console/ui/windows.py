"""The windows of customers and companies: one for each, raised where it is open already, several side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from console.domain.channels import Owner, OwnerKind
from console.domain.deep_links import owner_of
from console.ui.session import Session
from console.ui.top_window import TopWindow

Maker = Callable[[Session, int], TopWindow]
_CASCADE = 28


class Windows(QObject):
    """Opens what the session is asked to show, and closes it all with the session.

    Signals:
        conversation_wanted: (its id) it is shown in the inbox.
        made: (TopWindow) a window was opened; connect to its signals.
        focused: (TopWindow or None) the window that has the keyboard now; None for the main one.
        failed: a sentence about an address that leads nowhere.
    """

    conversation_wanted = Signal(object)
    made = Signal(object)
    focused = Signal(object)
    failed = Signal(str)

    def __init__(self, session: Session, main: QWidget, makers: Mapping[OwnerKind, Maker]) -> None:
        """`makers` says for a kind of owner how its window is made."""
        super().__init__(main)
        self._session, self._main, self._makers = session, main, makers
        self._windows: list[TopWindow] = []
        session.wanted.connect(self.open)
        session.closing.connect(self.close_all)

    def open(self, owner: Owner) -> TopWindow | None:
        """Shows an owner; None where it is shown in the main window."""
        maker = self._makers.get(owner.kind)
        if maker is None:
            self._show_main()
            self.conversation_wanted.emit(owner.id)
            return None
        window = self.window_of(owner)
        if window is None:
            window = self._made(maker, owner)
        window.come_to_front()
        return window

    def open_link(self, link: str) -> bool:
        """Shows what a deep link leads to; False, and a sentence, where it leads nowhere."""
        try:
            owner = owner_of(link)
        except ValueError as error:
            self.failed.emit(str(error))
            return False
        self.open(owner)
        return True

    def window_of(self, owner: Owner) -> TopWindow | None:
        """The open window of an owner."""
        return next((one for one in self._windows if one.shown_owner() == owner), None)

    def open_windows(self) -> tuple[TopWindow, ...]:
        """All that are open, in the order in which they were opened."""
        return tuple(self._windows)

    def close_all(self) -> None:
        """Closes them all."""
        for window in tuple(self._windows):
            window.close()

    def step(self, by: int) -> None:
        """Goes to another window, the main one among them."""
        ring: list[QWidget] = [self._main.window(), *self._windows]
        here = next((place for place, one in enumerate(ring) if one.isActiveWindow()), 0)
        target = ring[(here + by) % len(ring)]
        if isinstance(target, TopWindow):
            target.come_to_front()
        else:
            self._show_main()

    def _made(self, maker: Maker, owner: Owner) -> TopWindow:
        window = maker(self._session, owner.id)
        if self._windows:
            window.move(_beside(self._windows[-1], window))
        self._windows.append(window)
        window.gone.connect(self._forget)
        window.moved.connect(self._keep_one)
        window.stepped.connect(self.step)
        window.activated.connect(lambda is_active, window=window: self.focused.emit(window if is_active else None))
        self.made.emit(window)
        return window

    def _forget(self, window: TopWindow) -> None:
        if window in self._windows:
            self._windows.remove(window)
            self.focused.emit(None)
            window.deleteLater()

    def _keep_one(self, window: TopWindow) -> None:
        """After a merge two windows may show the same customer: the one that had been theirs stays."""
        others = [one for one in self._windows if one is not window and one.shown_owner() == window.shown_owner()]
        if others:
            window.close()
            others[0].come_to_front()

    def _show_main(self) -> None:
        main = self._main.window()
        main.show()
        main.raise_()
        main.activateWindow()


def _beside(last: QWidget, window: QWidget) -> QPoint:
    """A little below and right of the last one; from the corner again where that would leave the screen."""
    room = last.screen().availableGeometry()
    at = last.pos() + QPoint(_CASCADE, _CASCADE)
    return at if room.contains(QRect(at, window.size())) else room.topLeft()
