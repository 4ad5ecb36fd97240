"""Two customers or two companies side by side, read for a comparison or the preview of a merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from console.domain.comparing import Compared, Comparison, DateRow, SetRow, Stand, Total
from console.domain.edits import Owner
from console.domain.profile import Claim, winning
from console.domain.records import OwnerKind
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.identities import home_of
from console.store.memberships import DESCRIBING
from console.store.moments import moment, moment_or_none
from console.store.profile_identities import linked, surviving
from console.store.profile_properties import claim_of, claims_by_owner

_SAID_BY_MEMBERS = f"""SELECT * FROM (
    SELECT c.id, c.identity_id, c.rank, c.state, c.kind, c.value, c.origin_kind, c.origin_name, c.origin_key, c.acted_at, c.source_time,
        c.since, c.until, c.is_pin, c.trust, p.name AS property, d.company_id,
        row_number() OVER (PARTITION BY d.company_id, p.id ORDER BY c.rank DESC, c.trust DESC, c.acted_at DESC, c.origin_key DESC,
            c.kind || ':' || c.value DESC, c.id) AS place
    FROM ({DESCRIBING}) d JOIN claims c ON c.identity_id = d.identity_id
        JOIN properties q ON q.id = c.property_id JOIN properties p ON p.id = q.company_property_id
    WHERE c.until IS NULL AND c.state = 'value') WHERE place = 1"""
_TAGS = """SELECT DISTINCT g.name FROM taggings t JOIN tags g ON g.id = t.tag_id
WHERE t.owner_id = ? AND t.owner_kind = ? ORDER BY lower(g.name), g.name"""
_COMPANIES = """SELECT DISTINCT coalesce(nullif(o.name, ''), o.domain) FROM memberships m JOIN companies o ON o.id = m.company_id
WHERE m.customer_id = ? AND m.until IS NULL ORDER BY o.id = ? DESC, lower(o.name), o.id"""
_DOMAINS = """SELECT DISTINCT k.written FROM identities i JOIN identity_keys k ON k.identity_id = i.id
WHERE i.owner_id = ? AND k.kind = 'company' AND k.key LIKE 'domain:%' ORDER BY 1"""
_MEMBERS = "SELECT customer_id FROM memberships WHERE company_id = ? AND until IS NULL"
_TALKS = """SELECT count(*) FROM conversations WHERE {owner}_id = ? AND merged_into IS NULL AND channel {sign} ('survey', 'review')"""
_NOTES = "SELECT count(*) FROM notes WHERE owner_id = ? AND owner_kind = ? AND deleted_at IS NULL"
_EVENTS = "SELECT count(*) FROM activities WHERE owner_id = ? AND kind = 3"
_SHARED_EVENTS = """SELECT count(*) FROM activities a JOIN activities b ON b.owner_id = ? AND b.at = a.at AND b.kind = a.kind AND b.ref = a.ref
WHERE a.owner_id = ? AND a.kind = 3"""


def compare(connection: Connection, stays: Owner, goes: Owner) -> Comparison:
    """The two side by side; of merged ones, who they became. Raises NotFound, and Refused where they are one already."""
    table = "customers" if stays.kind is OwnerKind.CUSTOMER else "companies"
    first, second = surviving(connection, table, stays.id), surviving(connection, table, goes.id)
    if first.id == second.id:
        raise Refused(f"They are one {stays.kind.value} by now")
    shown = _shown(connection, stays.kind, (first.id, second.id))
    sides = [_side(connection, stays.kind, row, shown[row.id]) for row in (first, second)]
    is_customer = stays.kind is OwnerKind.CUSTOMER
    return Comparison(
        sides[0],
        sides[1],
        _customer_sets(connection, first, second) if is_customer else _company_sets(connection, first, second),
        _dates(first, second) if is_customer else (),
        _totals(connection, stays.kind, first.id, second.id),
        _is_apart(connection, stays.kind, first.id, second.id),
    )


def _shown(connection: Connection, kind: OwnerKind, owners: tuple[int, int]) -> dict[int, dict[str, Stand]]:
    """The winner of every property of each."""
    shown: dict[int, dict[str, Stand]] = {owner: {} for owner in owners}
    for owner, claims in claims_by_owner(connection, owners).items():
        for name, said in claims.items():
            if (best := winning(said)) is not None:
                shown[owner][name] = Stand(best)
    if kind is OwnerKind.COMPANY:
        for row in connection.exec_driver_sql(_SAID_BY_MEMBERS, (listed(owners), listed(owners))).fetchall():
            _put(shown[row.company_id], claim_of(row))
    return shown


def _put(shown: dict[str, Stand], said: Claim) -> None:
    """What a member says is shown where no claim of the company's own has the same rank or a greater one."""
    own = shown.get(said.property)
    if own is None or said.rank > own.claim.rank:
        shown[said.property] = Stand(said, is_own=False)


def _side(connection: Connection, kind: OwnerKind, row: Row, shown: Mapping[str, Stand]) -> Compared:
    identities = [one for one in linked(connection, row.id) if not one.is_home]
    return Compared(
        owner=Owner(kind, row.id),
        name=row.name,
        detail=row.email if kind is OwnerKind.CUSTOMER else row.domain,
        since=_since(row, kind),
        sources=tuple(dict.fromkeys(one.source_name for one in identities if one.source_name)),
        shown=dict(shown),
    )


def _since(row: Row, kind: OwnerKind) -> datetime:
    first = row.first_seen if kind is OwnerKind.CUSTOMER else None
    return moment(first if first is not None else row.created_at)


def _customer_sets(connection: Connection, first: Row, second: Row) -> tuple[SetRow, ...]:
    emails = [_once(email for one in linked(connection, row.id) for email in one.emails) for row in (first, second)]
    companies = [_column(connection, _COMPANIES, row.id, row.company_id or 0) for row in (first, second)]
    return SetRow("emails", emails[0], emails[1]), SetRow("companies", companies[0], companies[1])


def _company_sets(connection: Connection, first: Row, second: Row) -> tuple[SetRow, ...]:
    return (SetRow("domains", _column(connection, _DOMAINS, first.id), _column(connection, _DOMAINS, second.id)),)


def _dates(first: Row, second: Row) -> tuple[DateRow, ...]:
    return (
        DateRow("first seen", moment_or_none(first.first_seen), moment_or_none(second.first_seen)),
        DateRow("last seen", moment_or_none(first.last_seen), moment_or_none(second.last_seen), is_latest=True),
    )


def _totals(connection: Connection, kind: OwnerKind, first: int, second: int) -> tuple[Total, ...]:
    def count(statement: str, *arguments: object) -> tuple[int, int]:
        one, other = (connection.exec_driver_sql(statement, (key, *arguments)).scalar_one() for key in (first, second))
        return one, other

    owner = "customer" if kind is OwnerKind.CUSTOMER else "company"
    tags = [set(_column(connection, _TAGS, key, kind.value)) for key in (first, second)]
    on_both = tuple(sorted(tags[0] & tags[1]))
    totals = [
        Total("conversations", *count(_TALKS.format(owner=owner, sign="NOT IN"))),
        Total("feedback", *count(_TALKS.format(owner=owner, sign="IN"))),
        Total("notes", *count(_NOTES, kind.value)),
        Total("tags", len(tags[0]), len(tags[1]), len(on_both), on_both),
        Total("events", *count(_EVENTS), shared=_shared_events(connection, kind, first, second)),
    ]
    return (_members(connection, first, second), *totals) if kind is OwnerKind.COMPANY else tuple(totals)


def _members(connection: Connection, first: int, second: int) -> Total:
    members = [{row[0] for row in connection.exec_driver_sql(_MEMBERS, (key,)).fetchall()} for key in (first, second)]
    return Total("members", len(members[0]), len(members[1]), len(members[0] & members[1]))


def _shared_events(connection: Connection, kind: OwnerKind, first: int, second: int) -> int:
    """Events of customers who belong to both companies stand in both streams, and once in that of the one."""
    if kind is OwnerKind.CUSTOMER:
        return 0
    return connection.exec_driver_sql(_SHARED_EVENTS, (second, first)).scalar_one()


def _is_apart(connection: Connection, kind: OwnerKind, first: int, second: int) -> bool:
    """Whether a split or "never merge" parted any of the identities of the two."""
    keys = [
        _keys(connection, "SELECT id FROM identities WHERE owner_id = ?", key) | {home_of(kind, key)}
        for key in (first, second)
    ]
    found = connection.exec_driver_sql(
        f"SELECT 1 FROM aparts WHERE first_id IN {IN_LIST} AND second_id IN {IN_LIST} OR first_id IN {IN_LIST} AND second_id IN {IN_LIST}",
        (listed(keys[0]), listed(keys[1]), listed(keys[1]), listed(keys[0])),
    ).scalar()
    return found is not None


def _keys(connection: Connection, statement: str, key: int) -> set[int]:
    return {row[0] for row in connection.exec_driver_sql(statement, (key,)).fetchall()}


def _column(connection: Connection, statement: str, *arguments: object) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.exec_driver_sql(statement, arguments).fetchall())


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
