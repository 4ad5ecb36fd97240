"""The profile of a customer as it stood at a moment: links, claims, words, notes, companies and what had happened by then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from console.domain.address import is_deceptive
from console.domain.conversation import CustomerCard, NoteRow
from console.domain.edits import Owner
from console.domain.ids import CompanyId, CustomerId
from console.domain.profile_view import CompanyCard, IdentityRow, Profile, ShownProperty, TagRow
from console.domain.records import OwnerKind
from console.domain.values import plain
from console.store.connection import Connection, Row
from console.store.customer_cards import COLUMNS, JOINED, card
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment, moment_or_none
from console.store.profile_activity import seen_between
from console.store.profile_identities import OWNER_THEN, emails_of, linked_at, location_of, row_of, surviving
from console.store.profile_past_activity import conversations_then, events_then
from console.store.profile_properties import properties_of
from console.store.rewinding import Rewound

_WORDS = f"""SELECT word, by, min(since) AS since FROM word_spans
WHERE subject_id IN {IN_LIST} AND kind = ? AND since <= ? AND (until IS NULL OR until > ?) GROUP BY word ORDER BY lower(word), word"""
_CAME_SINCE = "SELECT id FROM identities WHERE owner_id = ? AND created_at > ?"
_OWN_SEGMENTS = """SELECT g.name FROM segment_spans s JOIN segments g ON g.id = s.segment_id
WHERE s.owner_id = ? AND s.since <= ? AND (s.until IS NULL OR s.until > ?) ORDER BY g.name"""
_NOTES = f"""SELECT id, subject_id, text, author, at, edited_by, edited_at, is_pinned, deleted_at FROM notes
WHERE subject_id IN {IN_LIST} AND owner_kind = ?"""
_MEMBERSHIPS = f"SELECT id, customer_identity, company_identity, is_main, origin, since, until FROM memberships WHERE customer_identity IN {IN_LIST}"
_COMPANIES = f"""SELECT i.id, {OWNER_THEN.format(identity="i")} AS owner FROM identities i WHERE i.id IN {IN_LIST}"""
_MERGED_FROM = f"""SELECT {COLUMNS} FROM {JOINED} JOIN identities i ON i.id = u.home_id WHERE u.id IN
    (SELECT h.from_id FROM identity_history h WHERE h.identity_id IN {IN_LIST} AND h.at <= ?)
AND u.id <> ? AND {OWNER_THEN.format(identity="i")} <> u.id ORDER BY u.id"""


def profile_at(connection: Connection, customer: int, moment_then: datetime) -> Profile:
    """The profile as it stood at a moment (aware UTC); of one merged away by then, the survivor's of that day. Raises NotFound.

    Identities and their links, claims, tags, segments, notes with their words, memberships and what a teammate did to
    conversations are those of then. Not remembered, so as they are now: addresses of a record, names of companies, whether a
    source calls a company the main one, an import that was taken out. Messages and events count from when they happened,
    events of records that came later too, as in the stream.
    """
    row, identities = owner_then(connection, "customers", customer, moment_then)
    keys = listed(one.id for one in identities)
    properties = properties_of(connection, keys, moment_then)
    talks, talk_count = conversations_then(connection, keys, moment_then)
    first, last = seen_between(connection, keys, moment_then)
    name, ours = _name(properties), _ours(connection, row.id, micros(moment_then))
    came = connection.exec_driver_sql(_CAME_SINCE, (row.id, micros(moment_then))).fetchall()
    since = [one.id for one in came]
    return Profile(
        id=CustomerId(row.id),
        name=name,
        emails=_emails(row, identities),
        identities=identities,
        properties=properties,
        tags=tags_then(connection, keys, micros(moment_then)),
        segments=tuple(sorted({*ours, *_given(connection, keys, micros(moment_then))})),
        segments_by_rule=ours,
        notes=notes_then(connection, Owner(OwnerKind.CUSTOMER, row.id), keys, moment_then),
        companies=_companies(connection, keys, moment_then),
        conversations=talks,
        conversation_count=talk_count,
        events=events_then(connection, listed([*(one.id for one in identities), *since]), moment_then),
        first_seen=first,
        last_seen=last,
        location=location_of(properties),
        merged_from=_merged_from(connection, row.id, keys, micros(moment_then)),
        is_role=bool(row.is_role),
        is_shared=bool(row.is_shared),
        is_deceptive=is_deceptive(name),
        merged_into=None,
        as_of=moment_then,
    )


def owner_then(connection: Connection, table: str, key: int, then: datetime) -> tuple[Row, tuple[IdentityRow, ...]]:
    """The customer or company (``table``) if there were records of its own then, else what it had become part of, else the survivor of today."""
    row = row_of(connection, table, key)
    at, seen = micros(then), set[int]()
    while row.id not in seen:
        seen.add(row.id)
        if identities := linked_at(connection, row.id, then):
            return row, identities
        statement = f"SELECT {OWNER_THEN.format(identity='i')} FROM identities i WHERE i.id = ? AND i.created_at <= ?"
        holder = connection.exec_driver_sql(statement, (at, at, row.home_id, at)).scalar()
        row = row_of(connection, table, holder) if holder else row
    row = surviving(connection, table, key)
    return row, linked_at(connection, row.id, then)


def _name(properties: Iterable[ShownProperty]) -> str:
    return next((plain(one.value) for one in properties if one.name == "name" and one.value), "")


def _emails(row: Row, identities: tuple[IdentityRow, ...]) -> tuple[str, ...]:
    found = emails_of(identities)
    first = [row.email] if row.email in found else []
    return tuple(dict.fromkeys([*first, *found]))


def tags_then(connection: Connection, identities: str, at: int) -> tuple[TagRow, ...]:
    """The tags that stood on these identities (``dialect.listed``) at a moment (microseconds)."""
    rows = connection.exec_driver_sql(_WORDS, (identities, "tag", at, at)).fetchall()
    return tuple(TagRow(word, by, moment(since)) for word, by, since in rows)


def _given(connection: Connection, identities: str, at: int) -> set[str]:
    return {row[0] for row in connection.exec_driver_sql(_WORDS, (identities, "given", at, at)).fetchall()}


def _ours(connection: Connection, owner: int, at: int) -> tuple[str, ...]:
    """The segments by rule that they were in then."""
    return tuple(row[0] for row in connection.exec_driver_sql(_OWN_SEGMENTS, (owner, at, at)).fetchall())


def notes_then(connection: Connection, about: Owner, identities: str, then: datetime) -> tuple[NoteRow, ...]:
    """The notes on these identities (``dialect.listed``) with their words at a moment (aware UTC), pinned ones first."""
    mine = set(_keys(identities))
    now = (row.by_name() for row in connection.exec_driver_sql(_NOTES, (identities, about.kind.value)).fetchall())
    rows = [
        row
        for row in Rewound(connection, "notes", then).rows(now)
        if row["subject_id"] in mine and row.get("deleted_at") is None and row["at"] <= micros(then)
    ]
    return tuple(
        NoteRow(
            row["id"], about, row["text"], row["author"], moment(row["at"]), row.get("edited_by"),
            moment_or_none(row.get("edited_at")), bool(row["is_pinned"]),
        )
        for row in sorted(rows, key=lambda row: (not row["is_pinned"], -row["at"], _backwards(row["id"])))
    )  # fmt: skip


def _companies(connection: Connection, identities: str, then: datetime) -> tuple[CompanyCard, ...]:
    at, mine = micros(then), set(_keys(identities))
    now = (row.by_name() for row in connection.exec_driver_sql(_MEMBERSHIPS, (identities,)).fetchall())
    standing = [
        row
        for row in Rewound(connection, "memberships", then).rows(now)
        if row["customer_identity"] in mine and row["since"] <= at and (row.get("until") is None or row["until"] > at)
    ]
    found = connection.exec_driver_sql(_COMPANIES, (at, at, listed(row["company_identity"] for row in standing)))
    company_by_identity = {row.id: row.owner for row in found.fetchall()}
    order = sorted(
        standing,
        key=lambda row: (not row["is_main"], row["origin"] != "manual", row["origin"] != "source", row["since"]),
    )
    companies = list(
        dict.fromkeys(
            company_by_identity[row["company_identity"]]
            for row in order
            if row["company_identity"] in company_by_identity
        )
    )
    rows = connection.exec_driver_sql(
        f"SELECT id, name, domain, member_count FROM companies WHERE id IN {IN_LIST}", (listed(companies),)
    ).fetchall()
    card_by_id = {row.id: row for row in rows}
    return tuple(
        CompanyCard(
            CompanyId(key), card_by_id[key].name, card_by_id[key].domain, card_by_id[key].member_count, place == 0
        )
        for place, key in enumerate(companies)
        if key in card_by_id
    )


def _merged_from(connection: Connection, customer: int, identities: str, at: int) -> tuple[CustomerCard, ...]:
    rows = connection.exec_driver_sql(_MERGED_FROM, (identities, at, customer, at, at)).fetchall()
    return tuple(card(row) for row in rows)


def _keys(identities: str) -> list[int]:
    return json.loads(identities)


def _backwards(text: str) -> tuple[int, ...]:
    """A key that sorts texts from the last to the first."""
    return tuple(-ord(letter) for letter in text)
