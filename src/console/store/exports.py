"""The export: everything of a workspace in open formats, readable without us. It is the one deliberate clear text (P16).

``tables/*.jsonl`` holds every table of ours, a line a row; records of mail stand as ``.eml``, attachments as files, and
customers and companies also as CSV. It is written beside the target and renamed when it is whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Table

from console.domain.file_names import safe_file_name
from console.store.connection import Connection, Row
from console.store.errors import StoreError
from console.store.export_rows import is_secret, json_line, mail_of
from console.store.export_tables import write_companies, write_customers
from console.store.schema import journal as journal_schema
from console.store.schema import workspace as workspace_schema
from console.store.workspace import Workspace

_A_FETCH = 500
_FILES_A_FOLDER = 1_000
_LEFT_OUT = frozenset({"changes", "attachment_contents"})
"""The change feed is no content, and the contents of attachments are files."""

_README = """Everything that this workspace of the support console holds, in open formats.

tables/*.jsonl  one table each, one row a line, as JSON in UTF-8. Times are ISO 8601 in UTC. Rows point to each other by
                id: identities, notes, tags and events to their customer or company by owner_id, messages to their
                conversation by conversation_id, claims (who says what of whom, since when) to identity_id and property_id.
                Columns that hold JSON are JSON here. Passwords and keys of sources are left out.
records/*.eml   mails as they came; "raw_file" of tables/records.jsonl names them. Other records stand in "raw" there.
attachments/*   the contents of attachments; "file" of tables/attachments.jsonl names them.
customers.csv   one customer a line with the values that are shown; companies.csv likewise. A text that a spreadsheet
                would take for a formula has an apostrophe before it.
journal/*.jsonl what teammates did, in order, drafts, settings and how the window stood.

These files are not encrypted. Keep them as you would keep the mailbox itself.

Rows by table:
"""


def export(workspace: Workspace, folder: Path) -> dict[str, int]:
    """Write everything into ``folder``, which must be new or empty; gives how many rows and files of each kind there are.

    Files are readable by nobody else (0600). Raises StoreError, and then leaves nothing behind.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"{folder} is not empty. Choose a new or an empty folder for the export")
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        counts = _write_all(workspace, partial)
        if target.exists():
            target.rmdir()
        partial.rename(target)
    except OSError as error:
        raise StoreError(
            f"The export could not be written: {error.strerror}. Make room or choose another folder"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return counts


def _write_all(workspace: Workspace, folder: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    tables = _subfolder(folder, "tables")
    _subfolder(folder, "records")
    with workspace.database.read() as connection:
        for table in workspace_schema.metadata.sorted_tables:
            if table.name not in _LEFT_OUT:
                counts[table.name] = _write_table(connection, table, tables, folder)
        counts["files of attachments"] = _write_attachments(connection, _subfolder(folder, "attachments"))
        counts["customers.csv"] = write_customers(connection, _new_file(folder / "customers.csv"))
        counts["companies.csv"] = write_companies(connection, _new_file(folder / "companies.csv"))
    journal = _subfolder(folder, "journal")
    with workspace.journal.database.read() as connection:
        for table in journal_schema.metadata.sorted_tables:
            counts[f"journal/{table.name}"] = _write_table(connection, table, journal, folder)
    lines = (f"{name:<24}{count:>10}\n" for name, count in counts.items())
    _write_text(folder / "README.txt", [_README, *lines])
    return counts


def _write_table(connection: Connection, table: Table, folder: Path, top: Path) -> int:
    count = 0
    descriptor = _new_file(folder / f"{table.name}.jsonl")
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
        for row in _rows(connection, f'SELECT * FROM "{table.name}"'):
            if is_secret(table.name, row):
                continue
            extra = _extra(table.name, row, top)
            stream.write(json_line(table.name, row, extra) + "\n")
            count += 1
    return count


def _extra(table: str, row: Row, top: Path) -> dict[str, object]:
    """What stands outside the row: the mail of a record, the file of an attachment."""
    if table == "records" and (mail := mail_of(row)) is not None:
        name = f"records/{row.id // _FILES_A_FOLDER:06d}/{row.id}.eml"
        _write_bytes(top / name, mail)
        return {"raw_file": name}
    if table == "attachments":
        return {"file": attachment_path(row.id, row.name)}
    return {}


def attachment_path(attachment_id: int, name: str) -> str:
    """Where an attachment's content lies in the export: its key makes the name unique, whatever else it is called."""
    return f"attachments/{attachment_id // _FILES_A_FOLDER:06d}/{attachment_id}-{safe_file_name(name)}"


def _write_attachments(connection: Connection, folder: Path) -> int:
    count = 0
    keys = connection.exec_driver_sql("SELECT attachment_id FROM attachment_contents ORDER BY attachment_id").fetchall()
    for key in keys:
        name, content = connection.exec_driver_sql(
            """SELECT coalesce(a.name, 'attachment'), b.content FROM attachment_contents b
               LEFT JOIN attachments a ON a.id = b.attachment_id WHERE b.attachment_id = ?""",
            tuple(key),
        ).one()
        _write_bytes(folder.parent / attachment_path(key[0], name), content)
        count += 1
    return count


def _rows(connection: Connection, statement: str) -> Iterator[Row]:
    result = connection.exec_driver_sql(statement)
    while rows := result.fetchmany(_A_FETCH):
        yield from rows


def _subfolder(folder: Path, name: str) -> Path:
    (folder / name).mkdir(mode=0o700)
    return folder / name


def _new_file(path: Path) -> int:
    """A descriptor of a file that did not exist and is ours alone."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _write_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(_new_file(path), "wb") as stream:
        stream.write(content)


def _write_text(path: Path, lines: Iterable[str]) -> None:
    _write_bytes(path, "".join(lines).encode("utf-8"))
