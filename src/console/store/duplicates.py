"""Customers who may be one: found by the keys that they share, never those whom a teammate called different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from console.domain.customer_flags import PHONES
from console.domain.duplicates import Described, Suggestion, digits_of, folded, keys_of, suggestion
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

LARGEST_GROUP = 6
"""A key that more customers share is a switchboard's number or a very common name: no reason to ask."""

_PHONE_KEYS = listed(property_id(OwnerKind.CUSTOMER, name) for name in PHONES)
_ALL = "merged_into IS NULL"
_ROWS = "SELECT id, name, coalesce(company_id, 0) FROM customers WHERE {condition}"
_EMAILS = """SELECT i.owner_id, k.key FROM identity_keys k JOIN identities i ON i.id = k.identity_id
WHERE k.kind = 'customer' AND {condition}"""
_PHONES = f"SELECT owner_id, text FROM winners WHERE property_id IN {IN_LIST} AND text IS NOT NULL AND {{condition}}"
_SAME_NUMBER = f"""SELECT owner_id FROM winners WHERE property_id IN {IN_LIST} AND text IS NOT NULL AND substr(replace(replace(
    replace(replace(replace(replace(text, ' ', ''), '-', ''), '.', ''), '(', ''), ')', ''), '/', ''), -9) IN {IN_LIST}"""
_SAME_MAILBOX = """SELECT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
WHERE k.kind = 'customer' AND (k.key = ?1 OR (k.key >= ?2 AND k.key < ?3))"""
# A name of plain letters has the word in it as it is; only names with accents and other signs are folded one by one.
_SAME_INITIAL = """SELECT id, name FROM customers WHERE merged_into IS NULL AND name >= ?1 AND name < ?2
AND (instr(lower(name), ?3) > 0 OR name GLOB '*[^ -~]*')"""
_APART = f"""SELECT f.owner_id, s.owner_id FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
WHERE f.owner_id IN {IN_LIST} OR s.owner_id IN {IN_LIST}"""


def all_duplicates(connection: Connection) -> tuple[Suggestion, ...]:
    """Every pair that may be one customer, those with most in common first. A few seconds on 100,000 customers."""
    described = {one.id: one for one in _described(connection, None)}
    customers_by_key: dict[str, list[CustomerId]] = defaultdict(list)
    for one in described.values():
        for key in keys_of(one):
            customers_by_key[key].append(one.id)
    pairs = {
        (first, second)
        for group in customers_by_key.values()
        if 1 < len(group) <= LARGEST_GROUP
        for first in group
        for second in group
        if first < second
    }
    found = (suggestion(described[first], described[second]) for first, second in sorted(pairs))
    return _not_apart(connection, [one for one in found if one is not None])


def duplicates_of(connection: Connection, customer: int) -> tuple[Suggestion, ...]:
    """Who may be the same as one customer. Reads stretches of indexes, and the telephone numbers once."""
    mine = next(iter(_described(connection, [customer])), None)
    if mine is None:
        return ()
    candidates = _candidates(connection, mine) - {customer}
    if not candidates:
        return ()
    others = _described(connection, candidates)
    keys = keys_of(mine)
    crowded = {key for key in keys if sum(key in keys_of(other) for other in others) >= LARGEST_GROUP}
    near = [other for other in others if (keys & keys_of(other)) - crowded]
    found = (suggestion(mine, other) for other in near)
    return _not_apart(connection, [one for one in found if one is not None])


def _candidates(connection: Connection, mine: Described) -> set[int]:
    found: set[int] = set()
    if digits := [digits for digits in map(digits_of, mine.phones) if digits]:
        rows = connection.exec_driver_sql(_SAME_NUMBER, (_PHONE_KEYS, listed(digits))).fetchall()
        found.update(row[0] for row in rows)
    for email in mine.emails:
        local, _, domain = email.partition("@")
        base = local.partition("+")[0]
        # Addresses of one mailbox lie together in the index: "ann+" is followed by "ann,".
        rows = connection.exec_driver_sql(_SAME_MAILBOX, (f"{base}@{domain}", f"{base}+", f"{base},")).fetchall()
        found.update(row[0] for row in rows)
    return found | _namesakes(connection, mine)


def _namesakes(connection: Connection, mine: Described) -> set[int]:
    words = folded(mine.name)
    if len(words) < 2:
        return set()
    initial = mine.name.strip()[:1]
    found: set[int] = set()
    for letter in {initial.upper(), initial.lower()}:
        rows = connection.exec_driver_sql(_SAME_INITIAL, (letter, chr(ord(letter[0]) + 1), words[-1])).fetchall()
        found.update(row.id for row in rows if folded(row.name)[-1:] == words[-1:])
    return found


def _described(connection: Connection, customers: Iterable[int] | None) -> list[Described]:
    """All living customers, or these."""
    only, arguments = (_ALL, ()) if customers is None else (f"{_ALL} AND id IN {IN_LIST}", (listed(customers),))
    whose = "1 = 1" if customers is None else f"owner_id IN {IN_LIST}"
    rows = connection.exec_driver_sql(_ROWS.format(condition=only), arguments).fetchall()
    emails: dict[int, list[str]] = defaultdict(list)
    for owner, key in connection.exec_driver_sql(_EMAILS.format(condition=whose), arguments).fetchall():
        emails[owner].append(key)
    phones: dict[int, list[str]] = defaultdict(list)
    for owner, text in connection.exec_driver_sql(
        _PHONES.format(condition=whose), (_PHONE_KEYS, *arguments)
    ).fetchall():
        phones[owner].append(text)
    return [
        Described(CustomerId(key), name, tuple(sorted(set(emails[key]))), tuple(phones[key]), company)
        for key, name, company in rows
    ]


def _not_apart(connection: Connection, found: list[Suggestion]) -> tuple[Suggestion, ...]:
    ids = listed(key for one in found for key in (one.first, one.second))
    rows = connection.exec_driver_sql(_APART, (ids, ids)).fetchall() if found else ()
    apart = {tuple(sorted((row[0], row[1]))) for row in rows}
    kept = [one for one in found if (one.first, one.second) not in apart]
    return tuple(sorted(kept, key=lambda one: (-len(one.likenesses), one.first, one.second)))
