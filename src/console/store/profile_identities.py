"""Whose profile it is: the row of a customer or a company along its merges, and the identities linked to it, now or then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.ids import IdentityId
from console.domain.profile_view import IdentityRow, Location, ShownProperty
from console.domain.values import plain
from console.store.company_keys import SAID
from console.store.connection import Connection, Row
from console.store.errors import NotFound
from console.store.moments import micros, moment

_MEMBERS = "Members"
"""Who told of a company that no source has, but that its members name."""

_PLACE = {
    "city": ("city", "location.city", "location_city"),
    "country": ("country", "location.country", "location_country"),
    "time_zone": ("time_zone", "timezone", "location.time_zone", "location.timezone"),
}
_IDENTITIES = """SELECT i.id, coalesce(s.name, '') AS source_name, coalesce(s.kind, '') AS source_kind, i.external_id,
       i.source_id, i.gone_at, i.created_at, k.written
FROM identities i LEFT JOIN sources s ON s.id = i.source_id
LEFT JOIN identity_keys k ON k.identity_id = i.id AND k.kind = 'customer'
WHERE {condition} ORDER BY i.source_id = 0, i.created_at, i.id, k.key"""
OWNER_THEN = """coalesce(
    (SELECT h.to_id FROM identity_history h WHERE h.identity_id = {identity}.id AND h.at <= ? ORDER BY h.id DESC LIMIT 1),
    (SELECT h.from_id FROM identity_history h WHERE h.identity_id = {identity}.id AND h.at > ? ORDER BY h.id LIMIT 1),
    {identity}.owner_id)"""
"""Whom an identity belonged to at a moment (given twice): where its link moved later, the history says where it came from."""

_LINKED_THEN = f"""i.created_at <= ? AND
    (i.owner_id = ? OR i.id IN (SELECT identity_id FROM identity_history WHERE ? IN (from_id, to_id)))
AND {OWNER_THEN.format(identity="i")} = ?"""


def surviving(connection: Connection, table: str, key: int) -> Row:
    """The row of a customer or a company, of a merged one the survivor's. Raises NotFound."""
    row = row_of(connection, table, key)
    seen = {row.id}
    while row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = row_of(connection, table, row.merged_into)
    return row


def row_of(connection: Connection, table: str, key: int) -> Row:
    """The row itself. Raises NotFound."""
    row = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE id = ?", (key,)).one_or_none()
    if row is None:
        raise NotFound(f"There is no {'customer' if table == 'customers' else 'company'} {key}")
    return row


def linked(connection: Connection, owner: int) -> tuple[IdentityRow, ...]:
    """The identities linked to the owner now."""
    return _identity_rows(
        connection.exec_driver_sql(_IDENTITIES.format(condition="i.owner_id = ?"), (owner,)).fetchall()
    )


def linked_at(connection: Connection, owner: int, moment_then: datetime) -> tuple[IdentityRow, ...]:
    """The identities linked to the owner then: where a link moved later, the history says where it came from."""
    at = micros(moment_then)
    statement = _IDENTITIES.format(condition=_LINKED_THEN)
    return _identity_rows(connection.exec_driver_sql(statement, (at, owner, owner, at, at, owner)).fetchall())


def _identity_rows(rows: Sequence[Row]) -> tuple[IdentityRow, ...]:
    """The identities in rows of ``_IDENTITIES``, which repeat an identity for each of its addresses."""
    emails: dict[int, list[str]] = {}
    for row in rows:
        emails.setdefault(row.id, []).extend([row.written] if row.written is not None else ())
    return tuple(
        IdentityRow(
            id=IdentityId(key),
            source_name=_MEMBERS if row.external_id.startswith(SAID) and not row.source_id else row.source_name,
            source_kind=row.source_kind,
            external_id=row.external_id,
            emails=tuple(emails[key]),
            is_home=row.source_id == 0 and not row.external_id.startswith(SAID),
            is_gone=row.gone_at is not None,
            since=moment(row.created_at),
        )
        for key, row in {row.id: row for row in rows}.items()
    )


def emails_of(identities: Sequence[IdentityRow]) -> list[str]:
    """All addresses of the identities, in their order."""
    return [email for identity in identities for email in identity.emails]


def location_of(properties: Sequence[ShownProperty]) -> Location | None:
    """Where the properties say that the customer is."""
    shown = {one.name: one for one in properties if one.value is not None}
    parts = {part: next((shown[name] for name in names if name in shown), None) for part, names in _PLACE.items()}
    known = [one for one in parts.values() if one is not None]
    if not known:
        return None
    words = {part: plain(one.value) if one and one.value else "" for part, one in parts.items()}
    newest = max(known, key=lambda one: one.winner.since)
    return Location(**words, origin=newest.winner.origin.name, since=newest.winner.since)
