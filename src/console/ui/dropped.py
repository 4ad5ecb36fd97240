"""What a teammate drops on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent


def local_files(event: QDropEvent) -> tuple[Path, ...]:
    """The files of this computer that are dragged; nothing of what is somewhere else."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
