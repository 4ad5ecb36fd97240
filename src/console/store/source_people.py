"""Whom a removed source knew: what it said of them goes, and whoever nothing else knows goes as well."""

from __future__ import annotations

from console.domain.ids import SourceId
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.memberships import derive_memberships
from console.store.refreshing import Touched

_AT_ONCE = 200
_BETWEEN = "\x1f"

# Another source, an import, or a teammate tells who the owner is.
_STANDS = """EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.source_id <> i.source_id
    AND (o.source_id <> 0 OR o.edit_id IS NOT NULL))"""

# A teammate did something with the owner, which hangs on a home of it.
_USED = """EXISTS (SELECT 1 FROM identities h WHERE h.owner_id = i.owner_id AND h.source_id = 0 AND (
    EXISTS (SELECT 1 FROM notes n WHERE n.subject_id = h.id AND n.deleted_at IS NULL)
    OR EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = h.id AND g.edit_id IS NOT NULL)
    OR EXISTS (SELECT 1 FROM claims m WHERE m.identity_id = h.id AND m.edit_id IS NOT NULL AND m.until IS NULL)
    OR EXISTS (SELECT 1 FROM memberships m WHERE h.id IN (m.customer_identity, m.company_identity) AND m.edit_id IS NOT NULL AND m.until IS NULL)
    OR EXISTS (SELECT 1 FROM conversations c WHERE c.placed_id = h.id)))
    OR EXISTS (SELECT 1 FROM conversations c WHERE c.identity_id = i.id)
    OR EXISTS (SELECT 1 FROM messages m WHERE m.author_identity = i.id)"""

# The name of somebody who is kept only because of what a teammate did stays readable.
_GOING = f"""SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id
    WHERE c.identity_id IN {IN_LIST} AND c.edit_id IS NULL AND NOT (c.until IS NULL AND NOT {_STANDS} AND ({_USED})
        AND c.property_id IN (SELECT id FROM properties WHERE name = 'name'))"""

_FREE = f"""SELECT i.id FROM identities i WHERE i.id IN {IN_LIST} AND ({_STANDS} OR NOT ({_USED}))
    AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id) AND NOT EXISTS (SELECT 1 FROM events e WHERE e.identity_id = i.id)
    AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.author_identity = i.id)
    AND NOT EXISTS (SELECT 1 FROM conversations c WHERE i.id IN (c.identity_id, c.placed_id))
    AND NOT EXISTS (SELECT 1 FROM taggings g WHERE g.subject_id = i.id) AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.subject_id = i.id)"""

_FREE_HOMES = f"""SELECT i.id FROM identities i WHERE i.owner_id IN {IN_LIST} AND i.source_id = 0 AND i.edit_id IS NULL AND NOT ({_USED})
    AND NOT EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.source_id <> 0)
    AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.identity_id = i.id)"""


def take_people(connection: Connection, source: SourceId, place: str, now: int, touched: Touched) -> str | None:
    """Take the next few identities of a source out; gives the place up to which it came, None at the end."""
    kind, _, external_id = place.partition(_BETWEEN)
    rows = connection.exec_driver_sql(
        """SELECT id, kind, external_id, owner_id FROM identities WHERE source_id = ? AND (kind, external_id) > (?, ?)
           ORDER BY kind, external_id LIMIT ?""",
        (source, kind, external_id, _AT_ONCE),
    ).fetchall()
    if not rows:
        return None
    touched.customers.update(row.owner_id for row in rows if row.kind == "customer")
    touched.companies.update(row.owner_id for row in rows if row.kind == "company")
    ids, owners = listed(row.id for row in rows), listed(row.owner_id for row in rows)
    _silence(connection, ids, now, touched)
    _drop(connection, _FREE, ids)
    _drop(connection, _FREE_HOMES, owners)
    for table in ("customers", "companies"):
        connection.exec_driver_sql(
            f"""DELETE FROM {table} WHERE id IN {IN_LIST} AND edit_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.owner_id = {table}.id)""",
            (owners,),
        )
    connection.exec_driver_sql(f"DELETE FROM winners WHERE owner_id IN {IN_LIST}", (owners,))
    return f"{rows[-1].kind}{_BETWEEN}{rows[-1].external_id}"


def _silence(connection: Connection, ids: str, now: int, touched: Touched) -> None:
    """Claims, companies, tags and segments that the source gave."""
    companies = connection.exec_driver_sql(
        f"""SELECT company_id, customer_id FROM memberships
            WHERE customer_identity IN {IN_LIST} OR company_identity IN {IN_LIST}""",
        (ids, ids),
    ).fetchall()
    touched.companies.update(row[0] for row in companies)
    touched.customers.update(row[1] for row in companies)
    connection.exec_driver_sql(f"DELETE FROM claims WHERE id IN ({_GOING})", (ids,))
    connection.exec_driver_sql(
        f"""DELETE FROM memberships WHERE (customer_identity IN {IN_LIST} OR company_identity IN {IN_LIST})
            AND edit_id IS NULL AND batch_id IS NULL""",
        (ids, ids),
    )
    derived = derive_memberships(connection, [int(one) for one in _numbers(connection, ids)], now)
    touched.companies |= derived.changed
    touched.members_of |= derived.members_of
    connection.exec_driver_sql(
        f"DELETE FROM taggings WHERE subject_id IN {IN_LIST} AND edit_id IS NULL AND batch_id IS NULL", (ids,)
    )
    connection.exec_driver_sql(f"DELETE FROM segments_given WHERE identity_id IN {IN_LIST}", (ids,))


def _drop(connection: Connection, which: str, ids: str) -> None:
    free = listed(row[0] for row in connection.exec_driver_sql(which, (ids,)).fetchall())
    for table, column in (
        ("identity_keys", "identity_id"),
        ("identity_history", "identity_id"),
        ("word_spans", "subject_id"),
        ("memberships", "customer_identity"),
        ("memberships", "company_identity"),
        ("identities", "id"),
    ):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} IN {IN_LIST}", (free,))


def _numbers(connection: Connection, ids: str) -> list[int]:
    return [
        row[0]
        for row in connection.exec_driver_sql(f"SELECT id FROM identities WHERE id IN {IN_LIST}", (ids,)).fetchall()
    ]
