"""Logs: what happened, by keys and counts, in a file of the workspace; never a customer's words, an address or a secret."""

from __future__ import annotations

import logging
import logging.handlers
import re
import threading
import traceback
from pathlib import Path

from typing_extensions import override

_log = logging.getLogger(__name__)
_BYTES, _FILES = 1_000_000, 3
_FRAMES = 5
_ADDRESS = re.compile(r"[^\s<>\"'@]+@[^\s<>\"'@]+")
_SECRET = re.compile(r"(?i)(authorization|bearer|token|password|secret|key)([=: ]+)[^\s,;]+")


class _Redacting(logging.Formatter):
    """The last net: addresses and secrets that slipped into a message, or into a traceback, are struck out."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return _SECRET.sub(r"\1\2***", _ADDRESS.sub("***@***", text))


def write_to(folder: Path, name: str, level: int = logging.INFO) -> None:
    """Send the logs of this process to ``folder/name.log`` (three files of 1 MB, owner only)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    path.touch(mode=0o600, exist_ok=True)
    file = logging.handlers.RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True)
    file.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [file]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "imapclient", "alembic"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))


def note_broken_threads() -> None:
    """Have every thread that ends by an error say in the log which error it was and where."""
    threading.excepthook = _note_broken


def _note_broken(broken: threading.ExceptHookArgs) -> None:
    """Never what the error says: its words may be a customer's."""
    frames = traceback.extract_tb(broken.exc_traceback)[-_FRAMES:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    _log.error("a thread ended by %s at %s", broken.exc_type.__name__, where)
