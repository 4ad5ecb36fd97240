"""Mentions of an erased customer in what belongs to others: struck out in every text of every table, and in raw records."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.domain.erasing import ERASED, struck_out
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.record_json import packed
from console.store.refreshing import Touched
from console.store.undoing import touch_owner

if TYPE_CHECKING:
    from sqlalchemy import Table

_AT_ONCE = 500

# Whose window shows a row, and in whose text the index finds it.
_SHOWN = {
    "messages": f"SELECT DISTINCT 'conversation', conversation_id FROM messages WHERE id IN {IN_LIST}",
    "conversations": f"SELECT 'conversation', id FROM conversations WHERE id IN {IN_LIST}",
    "notes": f"SELECT DISTINCT owner_kind, owner_id FROM notes WHERE rowid IN {IN_LIST}",
    "claims": f"SELECT DISTINCT i.kind, i.owner_id FROM claims c JOIN identities i ON i.id = c.identity_id WHERE c.id IN {IN_LIST}",
}


def strike_out(connection: Connection, words: Sequence[str], touched: Touched) -> int:
    """Replace the words wherever they stand; gives in how many rows. The whole file is read: there is no other way to know."""
    if not words:
        return 0
    # Here only: SQLAlchemy is slow to import, and erasing is rare.
    from sqlalchemy import Text

    from console.store.schema import workspace

    count = 0
    for table in workspace.metadata.sorted_tables:
        columns = [column.name for column in table.columns if isinstance(column.type, Text)]
        if columns:
            count += _in_table(connection, table.name, _key_of(table), columns, words, touched)
    return (
        count + _in_records(connection, words) + _in_attachments(connection, words) + _in_quarantine(connection, words)
    )


def _key_of(table: Table) -> tuple[str, ...]:
    """What tells the rows apart: their number, or the key in whose order they are stored."""
    if table.dialect_options["sqlite"]["with_rowid"]:
        return ("rowid",)
    return tuple(column.name for column in table.primary_key.columns)


def _in_table(
    connection: Connection,
    table: str,
    key: Sequence[str],
    columns: Sequence[str],
    words: Sequence[str],
    touched: Touched,
) -> int:
    # Quoted: some columns are called like words of SQL.
    quoted = [f'"{name}"' for name in columns]
    condition = " OR ".join(
        f"instr(lower({name}), lower(?{n + 1})) OR instr({name}, ?{n + 1})"
        for name in quoted
        for n in range(len(words))
    )
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join([*key, *quoted])} FROM {table} WHERE {condition}", tuple(words)
    ).fetchall()
    this = " AND ".join(f"{name} = ?" for name in key)
    for row in rows:
        one, texts = tuple(row[: len(key)]), row[len(key) :]
        changed = [
            (name, struck_out(text, words)) for name, text in zip(quoted, texts, strict=True) if isinstance(text, str)
        ]
        assignments = ", ".join(f"{name} = ?" for name, _ in changed)
        updated = connection.exec_driver_sql(
            f"UPDATE OR IGNORE {table} SET {assignments} WHERE {this}", (*(text for _, text in changed), *one)
        ).rowcount
        if not updated:
            # The same mention stands struck out beside it already.
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {this}", one)
    keys = listed(row[0] for row in rows)
    if table == "messages":
        connection.exec_driver_sql(f"UPDATE records SET raw = ? WHERE target_id IN {IN_LIST}", (packed(b""), keys))
    if asks := _SHOWN.get(table):
        for kind, owner in connection.exec_driver_sql(asks, (keys,)).fetchall():
            touch_owner(OwnerKind(kind), owner, touched)
    return len(rows)


def _in_records(connection: Connection, words: Sequence[str]) -> int:
    """Records of others whose raw bytes name them: the bytes go, what was understood of them stays."""
    emptied, last = 0, 0
    while rows := connection.exec_driver_sql(
        "SELECT id, raw FROM records WHERE id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE)
    ).fetchall():
        last = rows[-1][0]
        found = [(packed(b""), key) for key, raw in rows if _names(zlib.decompress(raw), words)]
        emptied += len(found)
        if found:
            connection.exec_driver_sql("UPDATE records SET raw = ? WHERE id = ?", found)
    return emptied + _in_source_raws(connection, words)


def _in_source_raws(connection: Connection, words: Sequence[str]) -> int:
    emptied, last = 0, 0
    while rows := connection.exec_driver_sql(
        "SELECT rowid, raw FROM source_raws WHERE rowid > ? ORDER BY rowid LIMIT ?", (last, _AT_ONCE)
    ).fetchall():
        last = rows[-1][0]
        found = [(key,) for key, raw in rows if _names(zlib.decompress(raw), words)]
        emptied += len(found)
        if found:
            connection.exec_driver_sql("DELETE FROM source_raws WHERE rowid = ?", found)
    return emptied


def _in_quarantine(connection: Connection, words: Sequence[str]) -> int:
    rows = connection.exec_driver_sql("SELECT id, raw FROM quarantine").fetchall()
    found = [(key,) for key, raw in rows if _names(zlib.decompress(raw), words)]
    if found:
        connection.exec_driver_sql("DELETE FROM quarantine WHERE id = ?", found)
    return len(found)


def _in_attachments(connection: Connection, words: Sequence[str]) -> int:
    """Files of others that name them in plain bytes are emptied; inside packed formats nothing is looked for."""
    condition = " OR ".join(f"instr(content, ?{n + 1})" for n in range(len(words)))
    rows = connection.exec_driver_sql(
        f"SELECT attachment_id FROM attachment_contents WHERE {condition}", tuple(word.encode() for word in words)
    ).fetchall()
    keys = [(row[0],) for row in rows]
    if keys:
        connection.exec_driver_sql("UPDATE attachment_contents SET content = x'' WHERE attachment_id = ?", keys)
        connection.exec_driver_sql(f"UPDATE attachments SET name = '{ERASED}', size = 0 WHERE id = ?", keys)
    return len(keys)


def _names(raw: bytes, words: Sequence[str]) -> bool:
    text = raw.decode("utf-8", "replace").casefold()
    return any(word.casefold() in text for word in words)
