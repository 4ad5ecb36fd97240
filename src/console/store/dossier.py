"""The dossier of a customer, read part by part: who it is here; properties, words and conversations in modules beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from console.domain.dossier import Dossier, Field, Item, Part, Shape
from console.domain.profile_view import Profile
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.dossier_activity import companies, events
from console.store.dossier_conversations import answers, conversations, said_elsewhere
from console.store.dossier_properties import properties
from console.store.dossier_words import notes, segments, tags
from console.store.moments import moment
from console.store.profiles import profile

REMARKS = (
    "It holds what the support console knows of this customer; originals of mails and records are not printed, what was understood of them is.",
    "Values of masked properties are kept and not printed. Where “[erased]” stands, another customer was erased.",
    "It is not encrypted: keep it as you would keep the mailbox itself. Erasing the customer does not reach this file.",
)
_LINKS = f"""SELECT h.at, h.reason, coalesce(o.by, '') AS by, i.external_id, coalesce(s.name, '') AS source, h.from_id, h.to_id
FROM identity_history h JOIN identities i ON i.id = h.identity_id LEFT JOIN sources s ON s.id = i.source_id
LEFT JOIN edit_outcomes o ON o.edit_id = h.edit_id
WHERE h.identity_id IN {IN_LIST} AND h.from_id IS NOT NULL ORDER BY h.id"""
_REASONS = {
    "merge": "merged by hand",
    "split": "split by hand",
    "key": "the same address or ID",
    "undo": "taken back",
}
_SPOKE = f"""SELECT s.name FROM sources s WHERE s.id IN (SELECT source_id FROM identities WHERE id IN {IN_LIST})
   OR s.id IN (SELECT source_id FROM conversations WHERE customer_id = ?) ORDER BY lower(s.name), s.name"""


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes a dossier, when (aware UTC), and how many bytes of an attachment it may hold (0: none at all)."""

    by: str
    at: datetime
    largest_content: int = 0


def dossier(connection: Connection, customer: int, making: Making) -> Dossier:
    """Everything known of a customer. Its items are read from ``connection`` while they are asked for. Raises NotFound."""
    found = profile(connection, customer, now=making.at)
    mine = listed(one.id for one in found.identities)
    sources = connection.exec_driver_sql(_SPOKE, (mine, found.id)).fetchall()
    return Dossier(
        customer=found.name or next(iter(found.emails), "") or "Customer without a name",
        customer_id=found.id,
        made_by=making.by,
        made_at=making.at,
        sources=tuple(row[0] for row in sources),
        remarks=REMARKS,
        parts=(
            Part("identity", "Who it is", Shape.FACTS, [_who(found)]),
            _identities(found),
            _links(connection, mine),
            properties(connection, mine),
            tags(connection, mine),
            segments(connection, found.id, mine),
            companies(connection, found.id),
            notes(connection, found.id),
            events(connection, found.id),
            answers(connection, found.id),
            conversations(connection, found.id, making.largest_content),
            said_elsewhere(connection, found.id, mine),
        ),
    )


def _who(found: Profile) -> Item:
    flags = (
        ("a desk's address", found.is_role),
        ("an address that several share", found.is_shared),
        ("a deceptive name", found.is_deceptive),
    )
    place = found.location
    return Item((
        Field("name", "Name", found.name),
        Field("emails", "E-mail addresses", found.emails),
        Field("first_seen", "First seen", found.first_seen),
        Field("last_seen", "Last seen", found.last_seen),
        Field("city", "City", place.city if place else None),
        Field("country", "Country", place.country if place else None),
        Field("time_zone", "Time zone", place.time_zone if place else None),
        Field("place_from", "Place known from", place.origin if place else None),
        Field("flags", "Remarks", tuple(word for word, holds in flags if holds)),
        Field("merged_from", "Merged from", tuple(f"{card.name or card.email} ({card.id})" for card in found.merged_from)),
    ))  # fmt: skip


def _identities(found: Profile) -> Part:
    rows = [
        Item(
            (
                Field("source", "Source", "Made here" if one.is_home else one.source_name),
                Field("external_id", "Its ID there", one.external_id),
                Field("emails", "Addresses", one.emails),
                Field("since", "Since", one.since),
                Field("is_gone", "Gone there", one.is_gone),
            ),
            is_past=one.is_gone,
        )
        for one in found.identities
        if not one.is_home or one.emails
    ]
    return Part("identities", "Where it is known", Shape.TABLE, rows, len(rows))


def _links(connection: Connection, identities: str) -> Part:
    rows = connection.exec_driver_sql(_LINKS, (identities,)).fetchall()

    def items() -> Iterator[Item]:
        for row in rows:
            yield Item((
                Field("at", "When", moment(row.at)),
                Field("source", "Source", row.source or "Made here"),
                Field("external_id", "Its ID there", row.external_id),
                Field("from", "From customer", str(row.from_id)),
                Field("to", "To customer", str(row.to_id)),
                Field("reason", "Why", _REASONS.get(row.reason, row.reason)),
                Field("by", "By", row.by),
            ))  # fmt: skip

    return Part("links", "Merges and splits", Shape.TABLE, items(), len(rows))
