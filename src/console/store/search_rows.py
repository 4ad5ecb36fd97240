"""What is to be found by words: the texts of messages, of customers and companies, and of notes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.ids import stable_id
from console.domain.spelling import keys_of
from console.domain.spelling import words_of as spelled
from console.domain.values import ValueKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

CUSTOMERS, COMPANIES = 1, 2
"""The scopes of owners."""

_LONGEST = 200_000
_MICROS = 1_000_000
_NOTE_BITS = 24


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an index: where it stands, what it belongs to, and its text by columns."""

    id: int
    scope: int
    texts: tuple[str, ...]
    key: str = ""

    @property
    def mark(self) -> int:
        """A number that changes with the text."""
        digest = hashlib.blake2b("\0".join(self.texts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big") >> 2


_MESSAGES = f"""SELECT m.id, m.conversation_id, coalesce(nullif(m.subject, ''), c.subject), m.author_name, m.author_address,
       c.nickname, substr(m.text, 1, {_LONGEST}), c.subject,
       (SELECT group_concat(a.name, ' ') FROM attachments a WHERE a.message_id = m.id)
FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.gone_at IS NULL AND """
_CUSTOMERS = """SELECT u.id, u.name, u.email, coalesce(o.name, ''),
       (SELECT group_concat(k.written, ' ') FROM identities i JOIN identity_keys k ON k.identity_id = i.id
        WHERE i.owner_id = u.id AND k.kind = 'customer')
FROM customers u LEFT JOIN companies o ON o.id = u.company_id WHERE u.merged_into IS NULL AND """
_COMPANIES = "SELECT o.id, o.name, o.domain FROM companies o WHERE o.merged_into IS NULL AND "
_WORDS = f"""SELECT w.owner_id, w.text, w.kind, p.name FROM winners w JOIN properties p ON p.id = w.property_id
    WHERE w.owner_id IN {IN_LIST} AND w.text IS NOT NULL AND w.kind NOT IN ('boolean', 'date', 'datetime')
UNION ALL SELECT t.owner_id, g.name, '', 'tag' FROM taggings t JOIN tags g ON g.id = t.tag_id WHERE t.owner_id IN {IN_LIST}"""
_NOTES = f"SELECT id, owner_id, at, substr(text, 1, {_LONGEST}) FROM notes WHERE deleted_at IS NULL AND "


def messages_of(connection: Connection, conversations: Iterable[int]) -> list[Entry]:
    """The messages of these conversations."""
    return _messages(connection, f"m.conversation_id IN {IN_LIST} ORDER BY m.id", (listed(conversations),))


def messages_below(connection: Connection, below: int, limit: int) -> list[Entry]:
    """The newest ``limit`` messages before a key, newest first."""
    return _messages(connection, "m.id < ? ORDER BY m.id DESC LIMIT ?", (below, limit))


def customers_among(connection: Connection, keys: Iterable[int]) -> list[Entry]:
    """Those of these keys that are customers today."""
    return _customers(connection, f"u.id IN {IN_LIST} ORDER BY u.id", (listed(keys),))


def customers_after(connection: Connection, after: int, limit: int) -> list[Entry]:
    """The next ``limit`` customers in the order of keys."""
    return _customers(connection, "u.id > ? ORDER BY u.id LIMIT ?", (after, limit))


def companies_among(connection: Connection, keys: Iterable[int]) -> list[Entry]:
    """Those of these keys that are companies today."""
    return _companies(connection, f"o.id IN {IN_LIST} ORDER BY o.id", (listed(keys),))


def companies_after(connection: Connection, after: int, limit: int) -> list[Entry]:
    """The next ``limit`` companies in the order of keys."""
    return _companies(connection, "o.id > ? ORDER BY o.id LIMIT ?", (after, limit))


def notes_on(connection: Connection, owners: Iterable[int]) -> list[Entry]:
    """The notes on these customers, companies and conversations."""
    return _notes(connection, f"owner_id IN {IN_LIST}", (listed(owners),))


def all_notes(connection: Connection) -> list[Entry]:
    """Every note: teammates write them by hand, so there are few."""
    return _notes(connection, "1", ())


def spelling_keys(entry: Entry) -> dict[str, None]:
    """The keys by which a customer or a company is found whose name or address is typed with a slip."""
    return dict.fromkeys(key for word in spelled(*entry.texts[:3]) for key in keys_of(word))


def words_of(connection: Connection, owners: list[int]) -> dict[int, str]:
    """What properties and tags say of each of these customers and companies, as one text."""
    keys = listed(owners)
    words: dict[int, list[str]] = {}
    for owner, text, kind, _ in connection.exec_driver_sql(_WORDS, (keys, keys)).fetchall():
        words.setdefault(owner, []).append(_shown(text, kind))
    return {owner: " ".join(sorted(set(texts))) for owner, texts in words.items()}


def named_words_of(connection: Connection, owners: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """What each property and tag of these customers and companies is called, and what it says, in order."""
    keys = listed(owners)
    words: dict[int, set[tuple[str, str]]] = {}
    for owner, text, kind, name in connection.exec_driver_sql(_WORDS, (keys, keys)).fetchall():
        words.setdefault(owner, set()).add((name, _shown(text, kind)))
    return {owner: sorted(said) for owner, said in words.items()}


def _shown(text: str, kind: str) -> str:
    return (", ".join(json.loads(text)) if kind == ValueKind.CHOICES else text)[:_LONGEST]


def _messages(connection: Connection, condition: str, arguments: tuple[object, ...]) -> list[Entry]:
    entries = []
    for row in connection.exec_driver_sql(_MESSAGES + condition, arguments).fetchall():
        key, conversation, subject, name, address, nickname, text, shown_subject, files = row
        if shown_subject != subject:
            subject = f"{subject} {shown_subject}"
        entries.append(Entry(key, conversation, (subject, f"{name} {address} {nickname}", f"{text} {files or ''}")))
    return entries


def _customers(connection: Connection, condition: str, arguments: tuple[object, ...]) -> list[Entry]:
    rows = connection.exec_driver_sql(_CUSTOMERS + condition, arguments).fetchall()
    words = words_of(connection, [row[0] for row in rows])
    return [
        Entry(key, CUSTOMERS, (name, emails or email or "", company, words.get(key, "")))
        for key, name, email, company, emails in rows
    ]


def _companies(connection: Connection, condition: str, arguments: tuple[object, ...]) -> list[Entry]:
    rows = connection.exec_driver_sql(_COMPANIES + condition, arguments).fetchall()
    words = words_of(connection, [row[0] for row in rows])
    return [Entry(key, COMPANIES, (name, domain, name, words.get(key, ""))) for key, name, domain in rows]


def _notes(connection: Connection, condition: str, arguments: tuple[object, ...]) -> list[Entry]:
    """A note's row is its second and some bits of its key: in the order of time, and the same after every rebuild."""
    rows = connection.exec_driver_sql(_NOTES + condition, arguments).fetchall()
    return [
        Entry(((at // _MICROS) << _NOTE_BITS) + stable_id("note", key) % (1 << _NOTE_BITS), owner, (text,), key)
        for key, owner, at, text in rows
    ]
