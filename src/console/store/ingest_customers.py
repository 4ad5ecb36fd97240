"""Taking in customers, companies and events: identities, claims, memberships, tags and segments given by sources."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from console.domain.address import canonical
from console.domain.ids import stable_id
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.domain.values import Value, ValueKind, stored
from console.store.changes import Stale
from console.store.claims import Said, put_claims
from console.store.company_keys import company_keys
from console.store.identities import Wanted, settle
from console.store.memberships import derive_memberships, put_memberships
from console.store.moments import micros, micros_or_none
from console.store.tags_given import give_tags
from console.store.taking import Taking

_TAGS = "tags"


def take_companies(taking: Taking, records: Sequence[CompanyRecord]) -> None:
    """Companies with their properties and tags."""
    if not records:
        return
    wanted = [_wanted_company(taking, record) for record in records]
    settled = settle(taking.connection, wanted, taking.now, taking.intake.batch_id)
    sayings, tagged = [], set[int]()
    for record, one in zip(records, wanted, strict=True):
        values = dict(record.properties)
        if record.name:
            values["name"] = Value(ValueKind.STRING, record.name)
        if record.domains:
            values["domain"] = Value(ValueKind.STRING, record.domains[0])
        sayings.append(_said(taking, record, one.id, values))
        taking.target_by_external_id[record.external_id] = one.id
        if give_tags(
            taking.connection, OwnerKind.COMPANY, one.id, settled.owner_by_identity[one.id], record.tags, taking.voice
        ):
            tagged.add(one.id)
    changed = put_claims(taking.connection, sayings, taking.voice)
    _count(taking, changed, tagged)
    altered = changed.keys() | tagged
    for record, one in zip(records, wanted, strict=True):
        is_new = settled.owner_by_identity[one.id] in settled.created
        taking.count(record.external_id, is_new=is_new, is_changed=one.id in altered)
    taking.touched.companies.update(settled.touched, (settled.owner_by_identity[one.id] for one in wanted))


def take_customers(taking: Taking, records: Sequence[CustomerRecord]) -> None:
    """Customers with their addresses, properties, companies, tags and segments."""
    if not records:
        return
    wanted = [_wanted_customer(taking, record) for record in records]
    settled = settle(taking.connection, wanted, taking.now, taking.intake.batch_id)
    owners = settled.owner_by_identity
    sayings, tagged = [], set[int]()
    for record, one in zip(records, wanted, strict=True):
        sayings.append(_said(taking, record, one.id, record.properties))
        taking.target_by_external_id[record.external_id] = one.id
        if give_tags(taking.connection, OwnerKind.CUSTOMER, one.id, owners[one.id], record.tags, taking.voice):
            tagged.add(one.id)
        _give_segments(taking, one.id, record)
    changed = put_claims(taking.connection, sayings, taking.voice)
    _count(taking, changed, tagged)
    altered = changed.keys() | tagged
    for record, one in zip(records, wanted, strict=True):
        taking.count(record.external_id, is_new=owners[one.id] in settled.created, is_changed=one.id in altered)
    taking.touched.customers.update(settled.touched, (owners[one.id] for one in wanted))
    _join_companies(taking, {one.id: record for record, one in zip(records, wanted, strict=True)})
    named = [identity for identity, names in changed.items() if names & {"company.name", "company.domain", ""}]
    derived = derive_memberships(taking.connection, named, taking.now, taking.intake.batch_id)
    taking.touched.companies |= derived.changed
    taking.touched.members_of |= derived.members_of


def _said(taking: Taking, record: CustomerRecord | CompanyRecord, identity: int, values: Mapping[str, Value]) -> Said:
    kind = OwnerKind.CUSTOMER if isinstance(record, CustomerRecord) else OwnerKind.COMPANY
    is_whole = not taking.intake.is_partial and not record.saying
    return Said(identity, kind, values, micros_or_none(record.at), is_whole, only_if_newer=bool(record.saying))


def take_events(taking: Taking, records: Sequence[EventRecord]) -> None:
    """What customers did; an event of somebody unknown makes them known by their address or id."""
    if not records:
        return
    wanted = {record.external_id: _wanted_actor(taking, record) for record in records}
    settled = settle(
        taking.connection, list({one.id: one for one in wanted.values()}.values()), taking.now, taking.intake.batch_id
    )
    owners, rows = settled.owner_by_identity, []
    for record in records:
        identity = wanted[record.external_id].id
        details = {name: [value.kind.value, stored(value)] for name, value in record.metadata.items()}
        rows.append(
            (
                stable_id("event", str(taking.intake.source_id), record.external_id),
                taking.intake.source_id,
                record.external_id,
                identity,
                owners[identity],
                record.name,
                micros(record.at),
                json.dumps(details, ensure_ascii=False),
                taking.intake.batch_id,
            )
        )
    taking.connection.exec_driver_sql(
        """INSERT INTO events (id, source_id, external_id, identity_id, owner_id, name, at, metadata, batch_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, external_id) DO UPDATE SET name = excluded.name,
           at = excluded.at, metadata = excluded.metadata""",
        sorted(rows),
    )
    taking.touched.customers |= settled.touched
    taking.touched.seen.update(owners.values())


def _wanted_company(taking: Taking, record: CompanyRecord) -> Wanted:
    keys = company_keys(record.name, record.domains)
    return Wanted(OwnerKind.COMPANY, taking.intake.source_id, record.external_id, keys)


def _wanted_customer(taking: Taking, record: CustomerRecord) -> Wanted:
    keys = tuple((key, address) for address in record.emails if (key := canonical(address)))
    return Wanted(
        OwnerKind.CUSTOMER,
        taking.intake.source_id,
        record.external_id,
        keys,
        keys_are_complete=not taking.intake.is_partial and not record.saying,
    )


def _wanted_actor(taking: Taking, record: EventRecord) -> Wanted:
    key = canonical(record.email) if record.email else None
    keys = ((key, record.email or ""),) if key else ()
    external_id = record.customer_id or (f"email:{key}" if key else f"event:{record.external_id}")
    return Wanted(OwnerKind.CUSTOMER, taking.intake.source_id, external_id, keys)


def _give_segments(taking: Taking, identity: int, record: CustomerRecord) -> None:
    if record.segments is None:
        return
    if not taking.intake.is_partial:
        marks = json.dumps(record.segments, ensure_ascii=False)
        taking.connection.exec_driver_sql(
            "DELETE FROM segments_given WHERE identity_id = ? AND name NOT IN (SELECT value FROM json_each(?))",
            (identity, marks),
        )
    for name in record.segments:
        taking.connection.exec_driver_sql(
            "INSERT INTO segments_given (identity_id, name, since, batch_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (identity, name, taking.now, taking.intake.batch_id),
        )


def _join_companies(taking: Taking, record_by_identity: Mapping[int, CustomerRecord]) -> None:
    wanted: dict[int, tuple[int, ...]] = {}
    companies = []
    for identity, record in record_by_identity.items():
        found = [Wanted(OwnerKind.COMPANY, taking.intake.source_id, company) for company in record.company_ids]
        companies += found
        wanted[identity] = tuple(one.id for one in found)
    settled = settle(taking.connection, companies, taking.now, taking.intake.batch_id)
    if taking.intake.is_partial:
        wanted = {identity: found for identity, found in wanted.items() if found}
    taking.touched.companies |= settled.touched
    taking.touched.members_of |= put_memberships(taking.connection, wanted, taking.now, taking.intake.batch_id)


def _count(taking: Taking, changed: Mapping[int, set[str]], tagged: Collection[int]) -> None:
    if tagged:
        taking.changes_by_property[_TAGS] = taking.changes_by_property.get(_TAGS, 0) + len(tagged)
        taking.touched.also(Stale.TAG)
    for names in changed.values():
        for name in names - {""}:
            taking.changes_by_property[name] = taking.changes_by_property.get(name, 0) + 1
