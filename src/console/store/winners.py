"""Winners: the claims that are shown, as typed columns for lists, filters and sorting.

The order is ``domain.profile.strength`` said in SQL; a hypothesis test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.memberships import DESCRIBED_BY, DESCRIBING

_STRENGTH = """rank DESC, is_direct DESC, trust DESC, acted_at DESC, origin_key DESC, state DESC,
    (CASE WHEN said IS NULL THEN '' ELSE kind || ':' || said END) DESC, id"""

_CLAIM = """c.id, c.kind, c.value AS said, CASE WHEN c.state = 'value' THEN c.value END AS value, c.state, c.rank, c.trust, c.acted_at,
    c.origin_key"""

_NUMBER = """CASE
    WHEN value IS NULL THEN NULL
    WHEN kind = 'number' THEN CAST(value AS REAL)
    WHEN kind = 'money' THEN CAST(value AS REAL)
    WHEN kind = 'boolean' THEN value = 'true'
    WHEN kind IN ('date', 'datetime') THEN CAST(strftime('%s', value) AS REAL)
    END"""

_CHOSEN = """INSERT INTO winners (owner_id, property_id, claim_id, kind, text, number)
    SELECT owner_id, property_id, id, kind, value, {number} FROM (
        SELECT *, row_number() OVER (PARTITION BY owner_id, property_id ORDER BY {strength}) AS place FROM ({claims})) AS chosen
    WHERE place = 1 AND state <> 'removed'"""

_OF_CUSTOMERS = f"""
    SELECT i.owner_id, c.property_id, {_CLAIM}, 1 AS is_direct
    FROM identities i JOIN claims c ON c.identity_id = i.id
    WHERE i.owner_id IN {IN_LIST} AND i.kind = 'customer' AND c.until IS NULL"""

_OF_COMPANIES = f"""
    SELECT i.owner_id, c.property_id, {_CLAIM}, 1 AS is_direct
    FROM identities i JOIN claims c ON c.identity_id = i.id
    WHERE i.owner_id IN {IN_LIST} AND i.kind = 'company' AND c.until IS NULL
    UNION ALL
    SELECT d.company_id, p.company_property_id, {_CLAIM}, 0
    FROM ({DESCRIBING}) d JOIN claims c ON c.identity_id = d.identity_id JOIN properties p ON p.id = c.property_id
    WHERE c.until IS NULL AND c.state = 'value' AND p.company_property_id IS NOT NULL"""

_SAID_BY = f"""
    SELECT d.company_id AS owner_id, p.company_property_id AS property_id, {_CLAIM}, 0 AS is_direct
    FROM ({DESCRIBED_BY}) d JOIN claims c ON c.identity_id = d.identity_id JOIN properties p ON p.id = c.property_id
    WHERE c.until IS NULL AND c.state = 'value' AND p.company_property_id IS NOT NULL"""

_LOST = f"""
    SELECT w.owner_id, w.property_id FROM winners w
    LEFT JOIN claims c ON c.id = w.claim_id AND c.until IS NULL LEFT JOIN identities i ON i.id = c.identity_id
    WHERE w.owner_id IN {IN_LIST} AND (i.id IS NULL OR (i.kind = 'customer' AND i.owner_id IN {IN_LIST}
        AND (i.id, w.owner_id) NOT IN (SELECT identity_id, company_id FROM ({DESCRIBED_BY}))))
    UNION SELECT s.owner_id, s.property_id FROM ({_SAID_BY}) s
    WHERE NOT EXISTS (SELECT 1 FROM winners w WHERE w.owner_id = s.owner_id AND w.property_id = s.property_id)"""

_STANDING = f"""
    SELECT w.owner_id, w.property_id, {_CLAIM}, i.kind = 'company' AS is_direct
    FROM winners w JOIN claims c ON c.id = w.claim_id JOIN identities i ON i.id = c.identity_id WHERE w.owner_id IN {IN_LIST}"""

_SLOTS = "(SELECT value ->> 0 AS owner_id, value ->> 1 AS property_id FROM json_each(?))"

# In this order: the slots, then what is said of each; the tables' sizes alone would suggest to begin with all properties.
_OF_SLOTS = f"""
    SELECT s.owner_id, s.property_id, {_CLAIM}, 1 AS is_direct FROM {_SLOTS} s
    CROSS JOIN identities i ON i.owner_id = s.owner_id AND i.kind = 'company'
    CROSS JOIN claims c ON c.identity_id = i.id AND c.property_id = s.property_id WHERE c.until IS NULL
    UNION ALL
    SELECT s.owner_id, s.property_id, {_CLAIM}, 0 FROM {_SLOTS} s CROSS JOIN properties p ON p.company_property_id = s.property_id
    CROSS JOIN ({DESCRIBING}) d ON d.company_id = s.owner_id
    CROSS JOIN claims c ON c.identity_id = d.identity_id AND c.property_id = p.id WHERE c.until IS NULL AND c.state = 'value'"""

_BETTER = (
    _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=f"{_SAID_BY} UNION ALL {_STANDING}")
    + """ AND NOT EXISTS (SELECT 1 FROM winners w WHERE w.claim_id = chosen.id
        AND w.owner_id = chosen.owner_id AND w.property_id = chosen.property_id)"""
).replace("INSERT INTO", "INSERT OR REPLACE INTO")
_SLOTS_AGAIN = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=_OF_SLOTS)
_CUSTOMERS = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=_OF_CUSTOMERS)
_CUSTOMER = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=f"{_OF_CUSTOMERS} AND c.property_id = ?")
_COMPANIES = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=_OF_COMPANIES)


def refresh_customer_winners(connection: Connection, customers: Iterable[int]) -> None:
    """Choose again what is shown of these customers."""
    ids = listed(customers)
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (ids,))
    connection.exec_driver_sql(_CUSTOMERS, (ids,))


def refresh_customer_winner(connection: Connection, prop: int, customers: Iterable[int]) -> None:
    """Choose again what is shown of one property of these customers."""
    ids = listed(customers)
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST} AND property_id = ?", (ids, prop))
    connection.exec_driver_sql(_CUSTOMER, (ids, prop))


def refresh_company_winners(connection: Connection, companies: Iterable[int]) -> None:
    """Choose again what is shown of these companies: their own claims, and what members' ``company.`` claims say."""
    ids = listed(companies)
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (ids,))
    connection.exec_driver_sql(_COMPANIES, (ids, ids, ids))


def follow_members(connection: Connection, companies: Iterable[int], customers: Iterable[int]) -> None:
    """As ``refresh_company_winners`` for companies of which nothing changed but these customers, joined, left or described anew.

    Costs what the customers say, not what all members say: each claim of theirs competes with the winner alone. Only
    where that one is gone, everybody is asked again, about that property.
    """
    of, by = listed(companies), listed(customers)
    pairs = (by, of, by, of)
    lost = connection.exec_driver_sql(_LOST, (of, by, *pairs, *pairs)).fetchall()
    connection.exec_driver_sql(_BETTER, (*pairs, of))
    if lost:
        slots, asked = json.dumps([tuple(slot) for slot in lost]), listed(slot[0] for slot in lost)
        connection.exec_driver_sql(f"DELETE FROM winners WHERE (owner_id, property_id) IN {_SLOTS}", (slots,))
        connection.exec_driver_sql(_SLOTS_AGAIN, (slots, slots, asked, asked))
