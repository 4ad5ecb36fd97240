"""Winners: the claims that are shown, as typed columns for lists, filters and sorting.

The order is ``domain.profile.strength`` said in SQL; a hypothesis test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable

from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.memberships import DESCRIBING

_STRENGTH = """rank DESC, is_direct DESC, acted_at DESC, origin_key DESC, state DESC,
    (CASE WHEN said IS NULL THEN '' ELSE kind || ':' || said END) DESC, id"""

_CLAIM = """c.id, c.kind, c.value AS said, CASE WHEN c.state = 'value' THEN c.value END AS value, c.state, c.rank, c.acted_at,
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
        SELECT *, row_number() OVER (PARTITION BY owner_id, property_id ORDER BY {strength}) AS place FROM ({claims}))
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

_CUSTOMERS = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=_OF_CUSTOMERS)
_COMPANIES = _CHOSEN.format(number=_NUMBER, strength=_STRENGTH, claims=_OF_COMPANIES)


def refresh_customer_winners(connection: Connection, customers: Iterable[int]) -> None:
    """Choose again what is shown of these customers."""
    ids = listed(customers)
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (ids,))
    connection.exec_driver_sql(_CUSTOMERS, (ids,))


def refresh_company_winners(connection: Connection, companies: Iterable[int]) -> None:
    """Choose again what is shown of these companies: their own claims, and what members' ``company.`` claims say."""
    ids = listed(companies)
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (ids,))
    connection.exec_driver_sql(_COMPANIES, (ids, ids, ids))
