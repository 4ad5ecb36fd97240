"""A large workspace made of a small one: several populations that have nothing to do with each other, and their busiest made one.

The small one was taken in page by page, as a source gives it, which is what costs the time. Its rows are repeated here in SQL,
derived ones too, each copy under keys, external IDs, names, addresses and domains of its own, and its history some days earlier.
What repeats: texts of messages, subjects, values other than names and domains, metadata of events, raw records. The busiest
customers and their companies are then merged by edits, as a teammate would, and the index is made by the program's own steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench import bare
from console.domain.edits import Edit, Entry
from console.domain.edits_of_companies import MergeCompanies
from console.domain.edits_of_customers import MergeCustomers
from console.domain.ids import CompanyId, CustomerId, new_edit_id
from console.store import search
from console.store.fold import fold_pending
from console.store.workspace import WORKSPACE_FILE, Role, Workspace, create

_APART_SECONDS = 2 * 86_400 + 4_007
"""How much earlier everything happened in the next copy: the same words never stand side by side in the order of time."""
_IDS_APART, _IDS = 2_851_553_063_421_872_237, 1 << 62
_INDEX_ROWS, _CACHE_KIB = 20_000, 1_500_000

_KEY, _TIME = f"(s.{{}} + c.apart) & {_IDS - 1}", f"s.{{}} - c.n * {_APART_SECONDS}000000"
_NAMED, _PLACED = "s.{0} || c.tail", "replace(s.{0}, '.example', c.ending)"
_COUNTED = "s.{0} + c.n * (SELECT max({0}) FROM small.{table})"
_MESSAGE = f"""s.{{0}} - c.n * {_APART_SECONDS * 64}
    + coalesce((SELECT by FROM temp.pushed p WHERE p.n = c.n AND p.id = s.{{0}}), 0)"""
_SAID = f"""CASE WHEN s.property_id IN (SELECT id FROM small.properties WHERE name = 'name')
    THEN {_NAMED} ELSE {_PLACED} END"""
_EXTERNAL = f"CASE WHEN s.source_id = 0 THEN CAST({_KEY.format('owner_id')} AS TEXT) ELSE {_NAMED} END"
_KEY_OF_KEY = f"CASE WHEN s.key LIKE 'name:%' THEN {_NAMED} ELSE {_PLACED} END"
_REF = f"CASE WHEN s.kind = 3 THEN {_KEY.format('ref')} ELSE {_MESSAGE.format('ref')} END"

_OFTEN = "s.{0} * (SELECT count(*) FROM temp.copies)"
_SHARED: dict[str, dict[str, str]] = {
    "sources": {}, "properties": {}, "acting": {},
    "streams": {"done": _OFTEN, "total": _OFTEN}, "record_counts": {"held": _OFTEN},
}  # fmt: skip
"""What all copies have in common."""
_EMPTY = ("meta", "changes")
"""What a workspace fills by itself."""
_CHANGED: dict[str, dict[str, str]] = {
    "identities": {"id": _KEY, "owner_id": _KEY, "external_id": _EXTERNAL},
    "identity_keys": {"identity_id": _KEY, "key": _KEY_OF_KEY, "written": _KEY_OF_KEY},
    "companies": {"id": _KEY, "home_id": _KEY, "name": _NAMED, "domain": _PLACED, "last_seen": _TIME},
    "customers": {"id": _KEY, "home_id": _KEY, "name": _NAMED, "email": _PLACED, "company_id": _KEY,
                  "first_seen": _TIME, "last_seen": _TIME},
    "memberships": {"id": _KEY, "customer_identity": _KEY, "company_identity": _KEY, "customer_id": _KEY, "company_id": _KEY},
    "claims": {"id": _COUNTED, "identity_id": _KEY, "value": _SAID},
    "winners": {"owner_id": _KEY, "claim_id": "s.{0} + c.n * (SELECT max(id) FROM small.claims)", "text": _SAID},
    "records": {"id": _COUNTED, "external_id": _NAMED, "target_id": _KEY},
    "conversations": {"id": _KEY, "external_id": _NAMED, "identity_id": _KEY, "customer_id": _KEY, "company_id": _KEY,
                      "first_at": _TIME, "last_at": _TIME, "waiting_since": _TIME},
    "events": {"id": _KEY, "external_id": _NAMED, "identity_id": _KEY, "owner_id": _KEY, "at": _TIME},
    "messages": {"id": _MESSAGE, "key": _NAMED, "conversation_id": _KEY, "author_identity": _KEY,
                 "author_name": "CASE WHEN s.author_kind = 'customer' THEN s.{0} || c.tail ELSE s.{0} END",
                 "author_address": _PLACED, "at": _TIME},
    "activities": {"owner_id": _KEY, "at": _TIME, "ref": _REF, "customer_id": _KEY, "run": _KEY},
}  # fmt: skip
"""By table, what a copy holds instead, column by column; all else it holds as it is."""


def multiply(small: Path, place: Path, copies: int, key: bytes, busiest: str, now: datetime) -> None:
    """Make a workspace in ``place`` of ``copies`` times what ``small`` holds; ``busiest`` is the external ID of the busiest customer.

    Nobody has either open. Raises AssertionError where ``small`` holds rows that nothing here copies.
    """
    create(place, key)
    connection = bare.connect(place / WORKSPACE_FILE, key)
    for pragma in ("main.journal_mode = OFF", "main.synchronous = OFF", f"main.cache_size = -{_CACHE_KIB}"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("ATTACH ? AS small KEY ?", (str(small / WORKSPACE_FILE), f"x'{key.hex()}'"))
    _refuse_what_is_left_out(connection)
    _number_copies(connection, copies)
    made_again = [*_taken_away(connection, "trigger"), *_taken_away(connection, "index")]
    for table in (*_SHARED, *_CHANGED):
        _copy(connection, table)
    for statement in reversed(made_again):
        connection.execute(statement)
    connection.close()
    workspace = Workspace(place, key, Role.SCRIPT)
    try:
        _make_one(workspace, busiest, copies, now)
        while search.index(workspace, _INDEX_ROWS):
            pass
        workspace.database.checkpoint()
    finally:
        workspace.close()


def _refuse_what_is_left_out(connection: Any) -> None:
    names = connection.execute("SELECT name FROM small.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in names.fetchall():
        is_filled = connection.execute(f"SELECT EXISTS (SELECT 1 FROM small.{table})").fetchone()[0]
        if is_filled and table not in (*_SHARED, *_EMPTY, *_CHANGED, "alembic_version"):
            raise AssertionError(f"Rows of {table} would be left out")


def _number_copies(connection: Any, copies: int) -> None:
    connection.execute("CREATE TEMP TABLE copies (n INTEGER PRIMARY KEY, apart INTEGER, tail TEXT, ending TEXT)")
    rows = [(n, n * _IDS_APART % _IDS, _tail(n), f"-{n}.example" if n else ".example") for n in range(copies)]
    connection.executemany("INSERT INTO temp.copies VALUES (?, ?, ?, ?)", rows)
    connection.execute(
        "CREATE TEMP TABLE pushed (n INTEGER, id INTEGER, by INTEGER, PRIMARY KEY (n, id)) WITHOUT ROWID"
    )
    ids = [row[0] for row in connection.execute("SELECT id FROM small.messages ORDER BY id").fetchall()]
    connection.executemany("INSERT INTO temp.pushed VALUES (?, ?, ?)", _pushed(ids, copies))


def _tail(n: int) -> str:
    """What names and external IDs of a copy end with: a letter, so that the last word of a name stays rare."""
    return chr(ord("a") + n) if n else ""


def _pushed(ids: list[int], copies: int) -> Iterator[tuple[int, int, int]]:
    """Messages whose earlier second has their number already: copy, key, and by how much the next free one is higher."""
    taken = set(ids)
    for n in range(1, copies):
        for old in ids:
            moved = new = old - n * _APART_SECONDS * 64
            while new in taken:
                new += 1
            taken.add(new)
            if new > moved:
                yield n, old, new - moved


def _taken_away(connection: Any, kind: str) -> list[str]:
    """Drop all triggers or indexes of their own; gives what makes them again."""
    rows = connection.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = ? AND sql <> ''", (kind,)
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"DROP {kind} {name}")
    return [sql for _, sql in rows]


def _copy(connection: Any, table: str) -> None:
    is_copied = table in _CHANGED
    changed = _CHANGED[table] if is_copied else _SHARED[table]
    columns = connection.execute(f"SELECT name, pk FROM pragma_table_info('{table}')").fetchall()
    wanted = [changed.get(name, "s.{0}").format(name, table=table) for name, _ in columns]
    # In the order of the key, so that the table grows at its end; without a key as the small one has them.
    order = sorted((pk, place) for place, (_, pk) in enumerate(columns, 1) if pk)
    connection.execute(f"DELETE FROM main.{table}")
    connection.execute(
        f"""INSERT INTO main.{table} ({", ".join(name for name, _ in columns)}) SELECT {", ".join(wanted)}
            FROM {"temp.copies c CROSS JOIN " if is_copied else ""}small.{table} s
            {f"ORDER BY {', '.join(str(place) for _, place in order)}" if order else ""}"""
    )


def _make_one(workspace: Workspace, busiest: str, copies: int, now: datetime) -> None:
    """The busiest customers and then their companies become one, edit by edit."""
    with workspace.database.read() as connection:
        pairs = [
            connection.exec_driver_sql(
                """SELECT u.id, u.company_id FROM identities i JOIN customers u ON u.id = i.owner_id
                   WHERE i.kind = 'customer' AND i.source_id <> 0 AND i.external_id = ?""",
                (f"{busiest}{_tail(n)}",),
            ).fetchall()[0]
            for n in range(copies)
        ]
    (customer, company), *others = pairs
    edits: list[Edit] = [MergeCustomers(CustomerId(customer), CustomerId(other)) for other, _ in others]
    edits += [MergeCompanies(CompanyId(company), CompanyId(other)) for _, other in others]
    for edit in edits:
        workspace.journal.append(Entry(new_edit_id(now, os.urandom(10)), now, "Nadia", edit))
        fold_pending(workspace, lambda: now)
