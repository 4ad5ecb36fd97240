"""The sync process as the window keeps it: started, listened to, and started again when it dies."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from console.ui.services import Progress

_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 200, 30_000
_STEADY_MS = 60_000
_STOP_MS = 10_000


class SyncProcess(QObject):
    """Owns the child process. Its key goes over stdin, never by argument or environment.

    Signals:
        progressed: a `Progress` of one of its tasks.
        ready: it has opened the workspace and works.
        ended: a sentence: it ended by itself and is started again.
    """

    progressed = Signal(object)
    ready = Signal()
    ended = Signal(str)

    def __init__(self, folder: Path, key: bytes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._key = folder, key
        self._pause_ms = _FIRST_PAUSE_MS
        self._is_stopping = False
        self._steady = QTimer(self, singleShot=True, interval=_STEADY_MS)
        self._steady.timeout.connect(self._calm)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.start)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)

    def start(self) -> None:
        """Start it; at once, in the background."""
        if self._is_stopping or self._process.state() != QProcess.ProcessState.NotRunning:
            return
        self._process.start(sys.executable, ["-m", "console", "--workspace", str(self._folder), "sync", "--serve"])
        self._say({"key": self._key.hex()})
        self._steady.start()

    def poke(self, words: Mapping[str, object]) -> None:
        """Give it a command; one that comes while it is down is not needed, it looks around when it starts."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._say(words)

    def stop(self) -> None:
        """End it, after the page at hand. What waits is in the journal and is folded next time."""
        self._is_stopping = True
        self._again.stop()
        self._steady.stop()
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._say({"command": "stop"})
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(_STOP_MS):
            self._process.kill()
            self._process.waitForFinished(_STOP_MS)

    def process_id(self) -> int:
        """The operating system's number of it, 0 where it does not run."""
        return int(self._process.processId())

    def _say(self, words: Mapping[str, object]) -> None:
        self._process.write((json.dumps(words) + "\n").encode())

    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode("utf-8", "replace")
            try:
                words = json.loads(line)
            except ValueError:
                continue
            if words.get("task"):
                self.progressed.emit(Progress(**words))
            elif words.get("state") == "ready":
                self.ready.emit()

    def _finish(self, code: int) -> None:
        self._steady.stop()
        if self._is_stopping:
            return
        self.ended.emit(self.tr("The sync process ended and is started again. Nothing is lost."))
        self._again.start(self._pause_ms)
        self._pause_ms = min(self._pause_ms * 2, _LONGEST_PAUSE_MS)

    def _calm(self) -> None:
        self._pause_ms = _FIRST_PAUSE_MS
