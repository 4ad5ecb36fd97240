"""The directory: a page of everybody, first and in the middle, beside the first page of a thousand; many tagged as one edit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Spent, in_turn, timed
from bench.places import copy_of

from console.domain import edits as e
from console.domain.directory import FIELDS, Column, Listing, SortKey
from console.domain.ids import new_edit_id
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind
from console.store import directory_pages, directory_rows
from console.store.fold import fold_pending
from console.store.workspace import Role, Workspace

_PAGE, _FEW = 400, 1_000
_REPETITIONS = 7
_GOAL = Goal(2)
_INDEXED = ("last_seen", "property:mrr", "property:signed_up_at")
"""Columns that an index gives in order; by any other one everybody is looked at, beside the window, for each page."""
_FILTERS = ("", "plan=pro", "last_seen<30d", "not has:company")
_PROPERTIES = ("mrr", "plan", "signed_up_at")
_LIMIT_IS = f"first page where there are {_FEW:,} customers"


def run(scale: float) -> Iterator[Figure]:
    """Pages by column and filter, the rows of a screen, then edits of many."""
    place = folder(scale)
    with copy_of(place) as small:
        _leave(small, _FEW)
        yield from _pages(place, small)
    with copy_of(place) as passing:
        yield from _edits(passing)


def _leave(place: Path, count: int) -> None:
    """A workspace of so few: all others count as merged away, which is what every list leaves out; and their rows go."""
    workspace = Workspace(place, KEY, Role.SYNC)
    with workspace.database.write() as connection:
        kept = f"(SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id LIMIT {count})"
        connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id NOT IN {kept}")
        connection.exec_driver_sql(f"DELETE FROM customers WHERE id NOT IN {kept}")
    workspace.close()


def _pages(place: Path, small: Path) -> Iterator[Figure]:
    many, few = Workspace(place, KEY, Role.WINDOW), Workspace(small, KEY, Role.WINDOW)
    try:
        with many.database.read() as connection:
            known = directory_rows.columns(connection, OwnerKind.CUSTOMER)
        properties = [one for one in known if one.property_name in _PROPERTIES]
        for column in (*(Column(key) for key in FIELDS[OwnerKind.CUSTOMER]), *properties):
            for expression in _FILTERS if column.key in ("name", "last_seen") else _FILTERS[:1]:
                yield from _of(many, few, Listing(OwnerKind.CUSTOMER, expression, column))
    finally:
        many.close()
        few.close()


def _of(many: Workspace, few: Workspace, listing: Listing) -> Iterator[Figure]:
    with many.database.read() as connection:
        everybody = directory_pages.page(connection, listing, 1 << 40)
    middle = everybody[len(everybody) // 2] if everybody else None
    by = f"by {listing.sort.key}, {len(everybody):,} match {listing.expression or 'no filter'}"
    for where, after in (("first page", None), ("page in the middle", middle)):
        pairs = in_turn(
            lambda after=after: timed(lambda: _read(many, listing, after)),
            lambda: timed(lambda: _read(few, listing, None)),
            _REPETITIONS,
        )
        goal = _GOAL if listing.sort.key in _INDEXED and not listing.expression else None
        yield pairs.as_times("directory", f"{where} {by}", _LIMIT_IS, goal)


def _read(workspace: Workspace, listing: Listing, after: SortKey | None) -> None:
    with workspace.database.read() as connection:
        directory_pages.page(connection, listing, _PAGE, after)


def _edits(place: Path) -> Iterator[Figure]:
    """All tagged, and told a property, beside as many edits of a hundred each: one transaction each, as one edit is."""
    workspace = Workspace(place, KEY, Role.SCRIPT)
    try:
        with workspace.database.read() as connection:
            found = directory_pages.page(connection, Listing(OwnerKind.CUSTOMER), 1 << 40)
        ids = tuple(key.id for key in found)
        some = ids[: max(1, len(ids) // 10)]
        kind, value = OwnerKind.CUSTOMER, Value(ValueKind.STRING, "Nadia")
        turn = iter(range(1_000))
        for what, edit in (
            ("tag", lambda owners: e.AddTagToMany(kind, owners, f"bench {next(turn)}")),
            ("owner", lambda owners: e.SetPropertyOfMany(kind, owners, "owner", value)),
        ):
            pairs = in_turn(
                lambda edit=edit: _folded(workspace, edit(ids)), lambda edit=edit: _folded(workspace, edit(some)), 3
            )
            said = f"one edit: {what} of {len(ids):,} customers"
            yield pairs.as_times("directory", said, f"the same of {len(some):,}", Goal(12))
    finally:
        workspace.close()


def _folded(workspace: Workspace, edit: e.Edit) -> Spent:
    def now() -> datetime:
        return NOW

    workspace.journal.append(e.Entry(new_edit_id(NOW, os.urandom(10)), NOW, "Nadia", edit))
    return timed(lambda: fold_pending(workspace, now))
