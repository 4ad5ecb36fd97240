"""The traces of a customer: every key under which something of them lies, and every word that names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.erasing import strikeable
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.erased_marks import Marks

_NAME = property_id(OwnerKind.CUSTOMER, "name")
_LEAST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Traces:
    """Keys: of the customer and those merged into it, its identities, conversations, messages and notes. ``words`` name
    it wherever they stand: addresses, telephone numbers, and its names where they are nobody else's.
    """

    owners: frozenset[int]
    identities: frozenset[int]
    conversations: frozenset[int]
    messages: frozenset[int]
    notes: frozenset[str]
    companies: frozenset[int]
    words: tuple[str, ...]
    marks: frozenset[bytes]

    def all_keys(self) -> frozenset[int]:
        """Every key that an edit could speak of them by."""
        return self.owners | self.identities | self.conversations


def traces(connection: Connection, customer: int, marks: Marks) -> Traces:
    """Everything that leads to a customer who is there (not one that was merged into another)."""
    owners = _column(
        connection,
        """WITH RECURSIVE mine (id) AS (SELECT ? UNION SELECT u.id FROM customers u JOIN mine ON u.merged_into = mine.id)
           SELECT id FROM mine""",
        customer,
    )
    identities = _column(connection, f"SELECT id FROM identities WHERE owner_id IN {IN_LIST}", listed(owners))
    mine = listed(identities)
    conversations = _column(
        connection,
        f"""WITH RECURSIVE theirs (id) AS (
                SELECT id FROM conversations WHERE customer_id IN {IN_LIST}
                UNION SELECT id FROM conversations WHERE customer_id IS NULL AND identity_id IN {IN_LIST}
                UNION SELECT c.id FROM conversations c JOIN theirs ON c.merged_into = theirs.id)
            SELECT id FROM theirs""",
        listed(owners),
        mine,
    )
    messages = _column(
        connection,
        f"SELECT id FROM messages WHERE conversation_id IN {IN_LIST} UNION SELECT id FROM messages WHERE author_identity IN {IN_LIST}",
        listed(conversations),
        mine,
    )
    companies = _column(
        connection, f"SELECT DISTINCT company_id FROM memberships WHERE customer_identity IN {IN_LIST}", mine
    )
    addresses = _addresses(connection, mine)
    return Traces(
        owners=owners,
        identities=identities,
        conversations=conversations,
        messages=messages,
        notes=_notes(connection, owners | conversations, identities | conversations),
        companies=companies,
        words=tuple(sorted(addresses | _numbers(connection, mine) | _names(connection, owners, mine))),
        marks=frozenset(map(marks.of_address, addresses)) | _identity_marks(connection, mine, marks),
    )


def _notes(connection: Connection, owners: frozenset[int], subjects: frozenset[int]) -> frozenset[str]:
    rows = connection.exec_driver_sql(
        f"SELECT id FROM notes WHERE owner_id IN {IN_LIST} OR subject_id IN {IN_LIST}",
        (listed(owners), listed(subjects)),
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _addresses(connection: Connection, identities: str) -> set[str]:
    rows = connection.exec_driver_sql(
        f"SELECT key, written FROM identity_keys WHERE identity_id IN {IN_LIST} AND kind = 'customer'", (identities,)
    ).fetchall()
    return {text for row in rows for text in row if "@" in text}


def _numbers(connection: Connection, identities: str) -> set[str]:
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT value FROM claims WHERE identity_id IN {IN_LIST} AND kind = ? AND value IS NOT NULL",
        (identities, ValueKind.PHONE.value),
    ).fetchall()
    return {row[0] for row in rows if sum(map(str.isdigit, row[0])) >= _LEAST_DIGITS}


def _names(connection: Connection, owners: frozenset[int], identities: str) -> set[str]:
    said = connection.exec_driver_sql(
        f"""SELECT value FROM claims WHERE identity_id IN {IN_LIST} AND property_id = {_NAME} AND value IS NOT NULL
            UNION SELECT name FROM customers WHERE id IN {IN_LIST}
            UNION SELECT author_name FROM messages WHERE author_identity IN {IN_LIST}
            UNION SELECT p.name FROM participants p WHERE p.address IN (SELECT key FROM identity_keys WHERE identity_id IN {IN_LIST})""",
        (identities, listed(owners), identities, identities),
    ).fetchall()
    names = {str(row[0]) for row in said if row[0]}
    others = connection.exec_driver_sql(
        f"SELECT name FROM customers WHERE id NOT IN {IN_LIST} AND lower(name) IN (SELECT lower(value) FROM json_each(?))",
        (listed(owners), listed(names)),
    ).fetchall()
    return set(strikeable(names, (str(row[0]) for row in others)))


def _identity_marks(connection: Connection, identities: str, marks: Marks) -> set[bytes]:
    rows = connection.exec_driver_sql(
        f"SELECT source_id, external_id FROM identities WHERE id IN {IN_LIST} AND source_id <> 0", (identities,)
    ).fetchall()
    return {marks.of_identity(source, external_id) for source, external_id in rows}


def _column(connection: Connection, statement: str, *arguments: object) -> frozenset[int]:
    return frozenset(row[0] for row in connection.exec_driver_sql(statement, arguments).fetchall())


def found_again(connection: Connection, marks: Marks) -> tuple[int, ...]:
    """Customers who are there although they were erased: an older backup was put back. Asks every address and every ID."""
    rows: Iterable[tuple[int, str]] = connection.exec_driver_sql(
        "SELECT i.owner_id, k.key FROM identity_keys k JOIN identities i ON i.id = k.identity_id WHERE k.kind = 'customer'"
    ).fetchall()
    found = {owner for owner, key in rows if marks.has_address(key)}
    known = connection.exec_driver_sql(
        "SELECT owner_id, source_id, external_id FROM identities WHERE kind = 'customer' AND source_id <> 0"
    ).fetchall()
    found.update(owner for owner, source, external_id in known if marks.has_identity(source, external_id))
    return tuple(sorted(found))
