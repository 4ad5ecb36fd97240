"""One window per workspace: the second start raises the first window and leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.system.locks import FileLock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK_FILE = "window.lock"
_WAIT_MS = 2_000
_WORD, _OPEN = b"raise\n", b"open "
_LONGEST, _HEAR_MS = 400, 100


class SingleWindow(QObject):
    """Held by the process whose window shows the workspace; a crash, however sudden, gives it back.

    Signals:
        raised: the program was started again.
        linked: (an address) it was started with a deep link, which is to be opened here.
    """

    raised = Signal()
    linked = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(folder / LOCK_FILE)
        self._folder = folder
        self._server: QLocalServer | None = None

    def take(self, link: str = "") -> bool:
        """Becomes the one; False where another process is, which is then asked to raise its window and to open `link`."""
        if not self._lock.take():
            _ask_to_raise(server_name(self._folder), link)
            return False
        return True

    def listen(self) -> None:
        """Hears from now on that the program was started again, once it was taken.

        Apart from `take` because it needs Qt's network, which the first frame does without; a second start in that moment
        leaves as well, and the window that it would raise is just coming.
        """
        from PySide6.QtNetwork import QLocalServer

        name = server_name(self._folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)
        # A socket that a killed process left behind; the lock says that nobody listens there.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def give_back(self) -> None:
        """Lets another process be the one."""
        if self._server is not None:
            self._server.close()
        self._lock.give_back()

    def _hear(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            # What was written with the connection is there at once; whoever says nothing holds nobody up for longer.
            if not socket.canReadLine():
                socket.waitForReadyRead(_HEAR_MS)
            line = bytes(socket.readLine(_LONGEST).data())
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self.raised.emit()
            if line.startswith(_OPEN) and line.endswith(b"\n"):
                self.linked.emit(line.removeprefix(_OPEN).decode("utf-8", "replace").strip())


def server_name(folder: Path) -> str:
    """The name of the socket for a workspace: short, because systems bound the length of its path."""
    import hashlib

    return "support-console-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _ask_to_raise(name: str, link: str) -> None:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(_WAIT_MS):
        socket.write(_OPEN + link.encode() + b"\n" if link else _WORD)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
