"""The limit that the store is measured against: the same encrypted library with nothing of ours around it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from bench.generate import KEY

from console.store.workspace import WORKSPACE_FILE, create

Rows = Sequence[tuple[object, ...]]
Batch = Sequence[tuple[str, Rows]]
"""What one transaction inserts: rows by table."""


def connect(path: Path, key: bytes | None = KEY) -> Any:
    """A connection with the pragmas that the store uses; without a key the file is not encrypted."""
    connection = sqlcipher.connect(  # pyright: ignore[reportAttributeAccessIssue]  # the library has no stubs
        str(path), isolation_level=None, check_same_thread=False
    )
    cursor = connection.cursor()
    if key is not None:
        cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for pragma in ("cache_size = -65536", "temp_store = MEMORY", "journal_mode = WAL", "synchronous = NORMAL"):
        cursor.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def fresh(template: Path, place: Path) -> Path:
    """An empty workspace in ``place``, copied from ``template`` (made there the first time; no process has it open)."""
    if not template.exists():
        create(template, KEY)
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place)
    return place


def tables(connection: Any) -> tuple[str, ...]:
    """The tables of a workspace, but those that only a migration writes."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return tuple(sorted(row[0] for row in rows.fetchall() if row[0] != "alembic_version"))


def insert(place: Path, batches: Iterable[Batch]) -> None:
    """Plain ``executemany`` of every batch into the workspace's tables, each batch one transaction; no trigger fires."""
    connection = connect(place / WORKSPACE_FILE)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for batch in batches:
        connection.execute("BEGIN IMMEDIATE")
        for table, rows in batch:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
    connection.close()
