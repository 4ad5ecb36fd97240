"""The rows of customers and companies that lists show, worked out from winners, keys, memberships and messages."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.address import is_role
from console.domain.company_figures import SEEN
from console.domain.records import OwnerKind
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

_NAME = property_id(OwnerKind.CUSTOMER, "name")
_FIRM = property_id(OwnerKind.CUSTOMER, "company.name")
_COMPANY_NAME = property_id(OwnerKind.COMPANY, "name")
_COMPANY_DOMAIN = property_id(OwnerKind.COMPANY, "domain")

# What the source says of the company goes before what its members did (facts: semantics §5, rule 5).
_SEEN_BY_SOURCE = [property_id(OwnerKind.COMPANY, name) for name in SEEN]
_SEEN = (
    "coalesce("
    + ", ".join(
        f"(SELECT CAST(w.number * 1000000 AS INTEGER) FROM winners w WHERE w.owner_id = companies.id AND w.property_id = {key} AND w.kind = 'datetime')"
        for key in _SEEN_BY_SOURCE
    )
    + ", NULL)"
)

_CUSTOMERS = f"""UPDATE customers SET
    name = CASE WHEN merged_into IS NULL THEN
        coalesce((SELECT text FROM winners w WHERE w.owner_id = customers.id AND w.property_id = {_NAME}), '') ELSE name END,
    first_seen = (SELECT min(at) FROM (
        SELECT (SELECT min(m.id) / 64 * 1000000 FROM messages m WHERE m.author_identity = i.id) AS at FROM identities i WHERE i.owner_id = customers.id
        UNION ALL SELECT min(e.at) FROM events e WHERE e.owner_id = customers.id)),
    last_seen = (SELECT max(at) FROM (
        SELECT (SELECT max(m.id) / 64 * 1000000 FROM messages m WHERE m.author_identity = i.id) AS at FROM identities i WHERE i.owner_id = customers.id
        UNION ALL SELECT max(e.at) FROM events e WHERE e.owner_id = customers.id)),
    company_id = (SELECT m.company_id FROM memberships m WHERE m.customer_id = customers.id AND m.until IS NULL
        ORDER BY m.is_main DESC, m.origin = 'manual' DESC,
            m.customer_identity IS (SELECT c.identity_id FROM winners w JOIN claims c ON c.id = w.claim_id
                WHERE w.owner_id = customers.id AND w.property_id = {_FIRM}) DESC,
            m.origin = 'source' DESC, m.since, m.company_id LIMIT 1),
    conversation_count = (SELECT count(*) FROM conversations c WHERE c.customer_id = customers.id AND c.merged_into IS NULL)
    WHERE id IN {IN_LIST}"""

_COMPANIES = f"""UPDATE companies SET
    name = CASE WHEN merged_into IS NULL THEN
        coalesce((SELECT text FROM winners w WHERE w.owner_id = companies.id AND w.property_id = {_COMPANY_NAME}), '') ELSE name END,
    domain = coalesce((SELECT text FROM winners w WHERE w.owner_id = companies.id AND w.property_id = {_COMPANY_DOMAIN}), ''),
    member_count = (SELECT count(DISTINCT customer_id) FROM memberships m WHERE m.company_id = companies.id AND m.until IS NULL),
    last_seen = coalesce({_SEEN}, (SELECT max(u.last_seen) FROM memberships m JOIN customers u ON u.id = m.customer_id
        WHERE m.company_id = companies.id AND m.until IS NULL))
    WHERE id IN {IN_LIST}"""

_KEYS = f"""SELECT i.owner_id, k.key, k.written, i.source_id, i.id FROM identities i JOIN identity_keys k ON k.identity_id = i.id
    WHERE i.owner_id IN {IN_LIST} AND k.kind = 'customer' ORDER BY i.owner_id, i.created_at, k.key"""


def refresh_customer_rows(connection: Connection, customers: Iterable[int]) -> None:
    """Name, first and last seen, main company, addresses and their flags of these customers."""
    ids = listed(customers)
    connection.exec_driver_sql(_CUSTOMERS, (ids,))
    addresses: dict[int, list[tuple[str, str, int, int]]] = {owner: [] for owner in set(customers)}
    for owner, key, written, source, identity in connection.exec_driver_sql(_KEYS, (ids,)).fetchall():
        addresses[owner].append((key, written, source, identity))
    rows = [(*_address_columns(found), owner) for owner, found in sorted(addresses.items())]
    connection.exec_driver_sql(
        """UPDATE customers SET email = ?1, is_role = ?2, is_shared = ?3
           WHERE id = ?4 AND (email, is_role, is_shared) IS NOT (?1, ?2, ?3)""",
        rows,
    )
    connection.exec_driver_sql(
        f"""UPDATE conversations SET company_id = (SELECT company_id FROM customers u WHERE u.id = conversations.customer_id)
            WHERE customer_id IN {IN_LIST}
            AND company_id IS NOT (SELECT company_id FROM customers u WHERE u.id = conversations.customer_id)""",
        (ids,),
    )


def refresh_company_rows(connection: Connection, companies: Iterable[int]) -> None:
    """Name, domain, members and last seen of these companies."""
    connection.exec_driver_sql(_COMPANIES, (listed(companies),))


def _address_columns(found: list[tuple[str, str, int, int]]) -> tuple[str, bool, bool]:
    """The address shown first, whether all are desks', and whether two records of one source share one (facts: semantics §5.1)."""
    if not found:
        return "", False, False
    personal = [one for one in found if not is_role(one[0])]
    shown = (personal or found)[0][1]
    places = {(key, source, identity) for key, _, source, identity in found}
    is_shared = any((key, source) == (k, s) and identity != i for key, source, identity in places for k, s, i in places)
    return shown, not personal, is_shared
