"""A dossier as a file: read while it is written, beside its target first, and readable by nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from console.domain import dossier_html, dossier_json
from console.domain.dossier import Dossier
from console.store.connection import Connection
from console.store.dossier import Making, dossier
from console.store.errors import StoreError

KINDS = (".html", ".json", ".pdf")
LARGEST_CONTENT = 256 * 1024
"""So many bytes of an attachment go into the JSON; of larger ones it says the name and the size."""


def write(connection: Connection, customer: int, target: Path, *, by: str, at: datetime) -> None:
    """Write the dossier of a customer in the format that the file's name says (``KINDS``); what lay there is replaced.

    Contents of attachments go into JSON only: a page shows their names and sizes. ``at`` is aware UTC. Raises StoreError with a sentence; then nothing was written.
    """
    kind = target.suffix.lower()
    if kind not in KINDS:
        raise StoreError(f"“{target.name}” should end with .html, .json or .pdf, which says how the dossier is written")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder {target.parent}. Make it, or choose another one")
    found = dossier(connection, customer, Making(by, at, LARGEST_CONTENT if kind == ".json" else 0))
    partial = target.with_name(f".{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        _write(found, kind, partial)
        partial.replace(target)
    except OSError as error:
        raise StoreError(
            f"The dossier could not be written: {error.strerror}. Make room or choose another folder"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def _write(found: Dossier, kind: str, path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    if kind == ".pdf":
        os.close(descriptor)
        from console.ui.dossier_print import write_pdf

        write_pdf(found, path)
        return
    pieces: Iterable[str] = dossier_json.pieces(found) if kind == ".json" else dossier_html.pages(found)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
        stream.writelines(pieces)
