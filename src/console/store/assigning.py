"""Whose a conversation could be: what speaks for whom, who is meant by the letters typed, and who was seen lately.

Typing needs a few milliseconds on 100,000 customers, because each way of looking reads a stretch of one index: beginnings of
names and addresses are ranges, anything inside them comes from the full-text index where the caller gives it. Without it
all names are looked through, but only where beginnings did not fill the list (30 ms on 100,000).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.domain.address import canonical
from console.domain.assigning import Candidate, CandidateGroup
from console.domain.conversation import CustomerCard
from console.domain.search_query import terms
from console.store.connection import Connection
from console.store.customer_cards import COLUMNS, JOINED, card, cards
from console.store.dialect import IN_LIST, listed
from console.store.schema.search import is_of_this_version
from console.store.search import match_expression
from console.store.search_rows import CUSTOMERS

_SAME_NICKNAME = """SELECT DISTINCT o.customer_id FROM conversations c JOIN conversations o
    ON o.nickname = c.nickname AND o.source_id = c.source_id
WHERE c.id = ? AND c.nickname <> '' AND o.nickname <> '' AND o.id <> c.id AND o.customer_id IS NOT NULL LIMIT 5"""
_SAME_ADDRESS = """SELECT i.owner_id, p.address, max(p.role = 'from') AS writes FROM participants p
    CROSS JOIN identity_keys k ON k.kind = 'customer' AND k.key = p.address JOIN identities i ON i.id = k.identity_id
WHERE p.conversation_id = ? GROUP BY i.owner_id, p.address ORDER BY writes DESC, p.address LIMIT 5"""
_SAME_NAME = """SELECT DISTINCT u.id, u.name FROM customers u WHERE u.merged_into IS NULL AND u.name <> '' AND u.name IN (
    SELECT nickname FROM conversations WHERE id = ?1
    UNION SELECT name FROM participants WHERE conversation_id = ?1
    UNION SELECT author_name FROM messages WHERE conversation_id = ?1 AND author_kind = 'customer') LIMIT 5"""
_BY_NAME = f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.name >= ? AND u.name < ? AND u.merged_into IS NULL
ORDER BY u.name LIMIT ?"""
_BY_ADDRESS = """SELECT DISTINCT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
WHERE k.kind = 'customer' AND k.key >= ? AND k.key < ? ORDER BY k.key LIMIT ?"""
_INSIDE = f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.merged_into IS NULL AND (instr(lower(u.name), ?) OR instr(u.email, ?))
LIMIT ?"""
_RECENT = f"""SELECT {COLUMNS} FROM {JOINED} WHERE u.last_seen IS NOT NULL AND u.merged_into IS NULL
ORDER BY u.last_seen DESC LIMIT ?"""
_LAST = "\U0010ffff"


def exact(connection: Connection, address: str) -> CustomerCard | None:
    """The customer who has exactly this e-mail address, None where nobody or more than one has it."""
    key = canonical(address)
    if key is None:
        return None
    owners = connection.exec_driver_sql(
        """SELECT DISTINCT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
           WHERE k.kind = 'customer' AND k.key = ? LIMIT 2""",
        (key,),
    ).fetchall()
    return cards(connection, [owners[0][0]]).get(owners[0][0]) if len(owners) == 1 else None


def candidates(
    connection: Connection,
    conversation_id: int | None,
    text: str,
    limit: int,
    *,
    words: Connection | None = None,
) -> tuple[Candidate, ...]:
    """Who may be meant: first what the conversation suggests, then who matches ``text``, or without a text the last seen.

    Each customer once, at most ``limit``. ``words`` reads search.db: then words inside names are found by it, where it is built.
    """
    found: dict[int, Candidate] = {}
    typed = text.strip()
    if conversation_id is not None:
        for one in _suggested(connection, conversation_id):
            if not typed or _holds(one.customer, typed):
                found.setdefault(one.customer.id, one)
    if typed:
        for customer in _matching(connection, typed, limit, words):
            if len(found) >= limit:
                break
            reason = "Has this e-mail address" if _is_address_of(customer, typed) else "Matches what you typed"
            found.setdefault(
                customer.id, Candidate(customer, reason, _is_address_of(customer, typed), CandidateGroup.MATCH)
            )
    else:
        rows = connection.exec_driver_sql(_RECENT, (limit,)).fetchall()
        for row in rows:
            found.setdefault(row[0], Candidate(card(row), "Seen lately", False, CandidateGroup.RECENT))
    return tuple(found.values())[:limit]


def _suggested(connection: Connection, conversation: int) -> Iterator[Candidate]:
    named = connection.exec_driver_sql("SELECT nickname FROM conversations WHERE id = ?", (conversation,)).scalar()
    assigned = connection.exec_driver_sql(_SAME_NICKNAME, (conversation,)).fetchall()
    is_sure = len(assigned) == 1
    yield from _candidates(
        connection, ((row[0], f"Earlier conversations by “{named}” are theirs", is_sure) for row in assigned)
    )
    addressed = connection.exec_driver_sql(_SAME_ADDRESS, (conversation,)).fetchall()
    yield from _candidates(
        connection,
        (
            (owner, f"{address} {'wrote' if writes else 'takes part in'} this conversation", bool(writes))
            for owner, address, writes in addressed
        ),
    )
    alike = connection.exec_driver_sql(_SAME_NAME, (conversation,)).fetchall()
    yield from _candidates(connection, ((owner, f"Has the same name, {name}", False) for owner, name in alike))


def _candidates(connection: Connection, rows: Iterable[tuple[int, str, bool]]) -> Iterator[Candidate]:
    offered = list(rows)
    customer_by_id = cards(connection, (owner for owner, _, _ in offered))
    for owner, reason, is_strong in offered:
        if owner in customer_by_id:
            yield Candidate(customer_by_id[owner], reason, is_strong, CandidateGroup.SUGGESTED)


def _matching(connection: Connection, typed: str, limit: int, words: Connection | None) -> Iterator[CustomerCard]:
    """The exact address first, then beginnings of addresses and names, then words inside them."""
    whole = exact(connection, typed)
    if whole is not None:
        yield whole
        return
    beginning = typed.lower()
    owners = connection.exec_driver_sql(_BY_ADDRESS, (beginning, beginning + _LAST, limit)).fetchall()
    known = cards(connection, (row[0] for row in owners))
    yield from (known[row[0]] for row in owners if row[0] in known)
    for start in dict.fromkeys((typed, typed.title(), typed.lower(), typed.capitalize())):
        rows = connection.exec_driver_sql(_BY_NAME, (start, start + _LAST, limit)).fetchall()
        yield from map(card, rows)
    if words is None or not is_of_this_version(words):
        rows = connection.exec_driver_sql(_INSIDE, (typed.lower(), typed.lower(), limit)).fetchall()
        yield from map(card, rows)
    else:
        yield from _by_words(connection, words, typed, limit)


def _by_words(connection: Connection, words: Connection, typed: str, limit: int) -> Iterator[CustomerCard]:
    wanted = terms(typed)
    if not wanted:
        return
    found = words.exec_driver_sql(
        """SELECT rowid FROM owner_words WHERE owner_words MATCH ? AND
           EXISTS (SELECT 1 FROM owner_rows r WHERE r.id = owner_words.rowid AND r.scope = ?) LIMIT ?""",
        (f"{{name emails}} : ({match_expression(wanted)})", CUSTOMERS, limit),
    ).fetchall()
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE u.id IN {IN_LIST} AND u.merged_into IS NULL ORDER BY u.last_seen DESC",
        (listed(row[0] for row in found),),
    ).fetchall()
    yield from map(card, rows)


def _holds(customer: CustomerCard, typed: str) -> bool:
    wanted = typed.lower()
    return wanted in customer.name.lower() or wanted in customer.email.lower()


def _is_address_of(customer: CustomerCard, typed: str) -> bool:
    key = canonical(typed)
    return key is not None and key == canonical(customer.email)
