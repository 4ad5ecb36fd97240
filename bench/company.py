"""The window of the company with the most activities: what it reads, beside the same of a usual company; and of its busiest member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from bench.generate import CACHE, KEY, NOW, folder
from bench.measuring import Figure, Spent, in_turn, timed

from bench import bare
from console.domain.company_members import MemberOrder
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store import activity_counts
from console.store.company_members import member_ids, member_rows
from console.store.company_talks import talk_keys, talk_rows
from console.store.connection import Connection
from console.store.own_clock import zone_of
from console.store.workspace import WORKSPACE_FILE, Role, Workspace
from console.system.geography import Geography
from console.ui.company.read import read_beside, read_company
from console.ui.customer.read import read_customer, read_surroundings

Reading = Callable[[Connection, int], object]
_REPETITIONS, _SCREEN, _PAGE = 7, 40, 500
_THEN = NOW - timedelta(days=200)
_GEOGRAPHY = Geography(CACHE)
"""With the country data that ships with the program alone."""


def run(scale: float) -> Iterator[Figure]:
    """What is read at once, beside the window, and page by page; then another day; then the same of a customer."""
    place = folder(scale)
    workspace, raw = Workspace(place, KEY, Role.WINDOW), bare.connect(place / WORKSPACE_FILE)
    try:
        for table, readings in (("companies", _OF_COMPANY), ("customers", _OF_CUSTOMER)):
            busiest, usual = _owners(raw, table)
            counted = raw.execute("SELECT count(*) FROM activities WHERE owner_id = ?", (busiest,)).fetchone()[0]
            whose = "company" if table == "companies" else "customer"
            for what, read in readings.items():
                named = f"{whose} with {counted:,} activities: {what}"
                yield _beside(workspace, read, busiest, usual, named, f"the same of a usual {whose}")
    finally:
        raw.close()
        workspace.close()


def _beside(workspace: Workspace, read: Reading, busiest: int, usual: int, what: str, limit_is: str) -> Figure:
    def reading(owner: int) -> Spent:
        with workspace.database.read() as connection:
            return timed(lambda: read(connection, owner))

    pairs = in_turn(partial(reading, busiest), partial(reading, usual), _REPETITIONS)
    return pairs.as_times("company", what, limit_is, None)


def _owners(raw: Any, table: str) -> tuple[int, int]:
    """The one with the most activities, and the one in the middle."""
    rows = raw.execute(
        f"""SELECT owner_id FROM activities WHERE owner_id IN (SELECT id FROM {table} WHERE merged_into IS NULL)
            GROUP BY owner_id ORDER BY count(*) DESC, owner_id"""
    ).fetchall()
    return rows[0][0], rows[len(rows) // 2][0]


def _members(order: MemberOrder) -> Reading:
    def read(connection: Connection, company: int) -> object:
        found = member_ids(connection, company, order)[:_SCREEN]
        return member_rows(connection, found, NOW, zone_of(connection), counts_sessions=True)

    return read


def _talks(connection: Connection, company: int) -> object:
    return talk_rows(connection, [key.id for key in talk_keys(connection, company, None, _PAGE)[:_SCREEN]])


def _next_talks(connection: Connection, company: int) -> object:
    """The page behind the first one, as one scrolls."""
    middle = talk_keys(connection, company, None, _PAGE)[-1]
    return talk_keys(connection, company, middle, _PAGE)


def _surroundings(connection: Connection, customer: int) -> object:
    return read_surroundings(connection, read_customer(connection, customer, NOW, None), _GEOGRAPHY)


def _counts(kind: OwnerKind) -> Reading:
    return lambda connection, owner: activity_counts.counts(connection, Owner(kind, owner))


_OF_COMPANY: dict[str, Reading] = {
    "profile, facts, what members say": lambda connection, key: read_company(connection, key, NOW),
    "and health, sessions, suggestions": lambda connection, key: read_beside(
        connection, read_company(connection, key, NOW), NOW
    ),
    "a screen of members by last seen": _members(MemberOrder.LAST_SEEN),
    "a screen of members by sessions": _members(MemberOrder.SESSIONS),
    "first conversations": _talks,
    "first conversations and the next page": _next_talks,
    "counts of the stream": _counts(OwnerKind.COMPANY),
    "profile of another day": lambda connection, key: read_company(connection, key, _THEN, _THEN),
}
_OF_CUSTOMER: dict[str, Reading] = {
    "profile and figures": lambda connection, key: read_customer(connection, key, NOW, None),
    "and place, duplicates": _surroundings,
    "counts of the stream": _counts(OwnerKind.CUSTOMER),
    "profile of another day": lambda connection, key: read_customer(connection, key, NOW, _THEN),
}
