"""Locks between processes: held by an open file, so that the end of a process, however sudden, gives them back."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO


class FileLock:
    """One holder at a time among all processes; ``take`` tells at once whether it is ours."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Try to become the holder; True where we are it now."""
        if self._file is not None:
            return True
        file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        if not _locked(file):
            file.close()
            return False
        file.truncate(0)
        file.write(str(os.getpid()).encode("ascii"))
        file.flush()
        self._file = file
        return True

    def give_back(self) -> None:
        """Stop being the holder."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def is_held(self) -> bool:
        """Whether some process holds it, without taking it for longer than a blink."""
        if self._file is not None:
            return True
        is_free = self.take()
        self.give_back()
        return not is_free


if sys.platform == "win32":
    import msvcrt

    def _locked(file: IO[bytes]) -> bool:
        try:
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
