"""Logs: what happened, by keys and counts, in a file of the workspace; never a customer's words, an address or a secret."""

from __future__ import annotations

import logging
import logging.handlers
import re
from pathlib import Path

from typing_extensions import override

_BYTES, _FILES = 1_000_000, 3
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
