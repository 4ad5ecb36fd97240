"""Refreshing: rows that lists show, worked out again after what they are made of has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.store.changes import Stale, note_changes
from console.store.connection import Connection
from console.store.conversation_rows import refresh_conversations
from console.store.dialect import IN_LIST, listed
from console.store.owner_rows import refresh_company_rows, refresh_customer_rows
from console.store.segment_membership import follow, marks_of
from console.store.winners import (
    follow_members,
    refresh_company_winners,
    refresh_customer_winner,
    refresh_customer_winners,
)


@dataclass(slots=True)
class Touched:
    """What a transaction has touched; ``refresh`` works the derived rows out and writes the changes down.

    ``seen``: customers who only said or did something: their times, counts and segments follow, what is said of them does not.
    ``members_of``: companies that only some of ``customers`` have joined or left, so that the other members need no reading.
    ``worded``: customers on whom a tag was stuck or taken off, and nothing else: segments may ask for it, rows do not show it.
    ``told``: by property, customers of whom nothing but that was said, which is neither in their row nor about their company.
    """

    customers: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    companies: set[int] = field(default_factory=set)
    members_of: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)
    told: dict[int, set[int]] = field(default_factory=dict)
    conversations: set[int] = field(default_factory=set)
    segments: set[int] = field(default_factory=set)
    other: dict[Stale, set[int]] = field(default_factory=dict)

    def also(self, kind: Stale, *keys: int) -> None:
        """Something else became stale."""
        self.other.setdefault(kind, set()).update(keys)


def refresh(connection: Connection, touched: Touched) -> None:
    """Work out again whatever hangs on what was touched, in the same transaction, and note the changes."""
    if touched.conversations:
        # Before as well: whose a conversation was has one less now.
        touched.seen |= _customers_of(connection, touched.conversations)
        refresh_conversations(connection, touched.conversations)
        touched.seen |= _customers_of(connection, touched.conversations)
    for prop, told in touched.told.items():
        refresh_customer_winner(connection, prop, told)
        touched.worded |= told
    everyone, looks = touched.customers | touched.seen, _looks(connection, touched.seen - touched.customers)
    if everyone:
        before = _companies_of(connection, everyone)
        if touched.customers:
            refresh_customer_winners(connection, touched.customers)
        refresh_customer_rows(connection, everyone)
        touched.members_of |= before | _companies_of(connection, everyone)
    direct, marks = set(touched.companies), marks_of(connection, touched.members_of)
    if touched.companies:
        refresh_company_winners(connection, touched.companies)
    if touched.members_of - touched.companies:
        follow_members(connection, touched.members_of - touched.companies, touched.customers)
    touched.companies |= touched.members_of
    if touched.companies:
        refresh_company_rows(connection, touched.companies)
    changed = {key for key, mark in marks_of(connection, marks).items() if marks[key] != mark}
    follow(connection, everyone | touched.worded, touched.companies, direct | changed, touched.segments)
    note_changes(connection, Stale.SEGMENT, touched.segments)
    others = {key for key, look in _looks(connection, looks).items() if looks[key] != look}
    shown = _shown_with(connection, touched.customers | others)
    note_changes(connection, Stale.CONVERSATION, touched.conversations | shown)
    note_changes(connection, Stale.CUSTOMER, everyone | touched.worded)
    note_changes(connection, Stale.COMPANY, touched.companies)
    for kind, keys in touched.other.items():
        note_changes(connection, kind, keys or {0})


def _customers_of(connection: Connection, conversations: Iterable[int]) -> set[int]:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT customer_id FROM conversations WHERE id IN {IN_LIST} AND customer_id IS NOT NULL",
        (listed(conversations),),
    )
    return {row[0] for row in rows.fetchall()}


def _looks(connection: Connection, customers: Iterable[int]) -> dict[int, tuple[object, ...]]:
    """What rows of other things show of these customers."""
    rows = connection.exec_driver_sql(
        f"SELECT id, name, email, company_id, is_role, is_shared FROM customers WHERE id IN {IN_LIST}",
        (listed(customers),),
    )
    return {row[0]: tuple(row[1:]) for row in rows.fetchall()}


def _companies_of(connection: Connection, customers: Iterable[int]) -> set[int]:
    rows = connection.exec_driver_sql(
        f"""SELECT company_id FROM customers WHERE id IN {IN_LIST} AND company_id IS NOT NULL
            UNION SELECT company_id FROM memberships WHERE customer_id IN {IN_LIST} AND until IS NULL""",
        (listed(customers), listed(customers)),
    )
    return {row[0] for row in rows.fetchall()}


def _shown_with(connection: Connection, customers: Iterable[int]) -> set[int]:
    """Conversations whose row shows the name or company of these customers; the newest ones, older rows are read anew."""
    rows = connection.exec_driver_sql(
        f"SELECT id FROM conversations WHERE customer_id IN {IN_LIST} ORDER BY last_at DESC LIMIT 2000",
        (listed(customers),),
    )
    return {row[0] for row in rows.fetchall()}
