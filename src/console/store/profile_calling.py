"""Which customer or company is meant by an address, a name, a domain or a key."""

from __future__ import annotations

from console.domain.address import canonical
from console.domain.ids import CompanyId, CustomerId
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.customer_cards import cards
from console.store.errors import NotFound
from console.store.identities import following

_MOST_LISTED = 5
_MOST_DIGITS, _GREATEST = 19, 0x7FFF_FFFF_FFFF_FFFF


def customer_called(connection: Connection, text: str) -> CustomerId:
    """The customer with this e-mail address, key or, where only one has it, name; a merged one's key means the survivor.

    Raises NotFound with a sentence; where several are meant, it lists them.
    """
    wanted = text.strip()
    address = canonical(wanted)
    found: tuple[int, ...] = ()
    if address is not None:
        found = _column(
            connection,
            """SELECT DISTINCT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
               WHERE k.kind = 'customer' AND k.key = ? ORDER BY i.owner_id""",
            address,
        )
    elif key := _key(wanted):
        found = _column(connection, "SELECT id FROM customers WHERE id = ?", key)
    if not found and wanted and address is None:
        found = _column(
            connection, "SELECT id FROM customers WHERE name = ? AND merged_into IS NULL ORDER BY id", wanted
        )
    if not found:
        raise NotFound(f"There is no customer “{wanted}”. Give an e-mail address or an ID")
    if len(found) > 1:
        known = cards(connection, found[:_MOST_LISTED])
        names = ", ".join(f"{one.name or one.email} ({one.id})" for one in known.values())
        raise NotFound(f"“{wanted}” means {len(found)} customers: {names}. Give the ID of one of them")
    return CustomerId(following(connection, OwnerKind.CUSTOMER, next(iter(found))))


def company_called(connection: Connection, text: str) -> CompanyId:
    """The company with this name (in any case), domain or key. Raises NotFound with a sentence; it lists several."""
    wanted = text.strip()
    found: tuple[int, ...] = ()
    if key := _key(wanted):
        found = _column(connection, "SELECT id FROM companies WHERE id = ?", key)
    for condition in ("name = ?", "lower(name) = lower(?)", "domain = lower(?)"):
        if not found and wanted:
            statement = f"SELECT id FROM companies WHERE {condition} AND merged_into IS NULL ORDER BY id"
            found = _column(connection, statement, wanted)
    if not found:
        raise NotFound(f"There is no company “{wanted}”. Give its name, its domain or its ID")
    if len(found) > 1:
        listed = ", ".join(str(key) for key in found[:_MOST_LISTED])
        raise NotFound(f"“{wanted}” means {len(found)} companies: {listed}. Give the ID of one of them")
    return CompanyId(following(connection, OwnerKind.COMPANY, next(iter(found))))


def _key(text: str) -> int | None:
    """The key that the text writes, None where it is none that SQLite could hold."""
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS:
        return None
    key = int(text)
    return key if key <= _GREATEST else None


def _column(connection: Connection, statement: str, argument: int | str) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.exec_driver_sql(statement, (argument,)).fetchall())
