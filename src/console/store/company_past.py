"""The profile of a company as it stood at a moment, with what it and its members said of it then."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from console.domain.company_figures import CompanySessions, Fact, Voices, counted_sessions
from console.domain.edits import Owner
from console.domain.ids import CompanyId
from console.domain.profile_view import CompanyProfile, ShownProperty
from console.domain.records import OwnerKind
from console.domain.values import Value, plain, stored
from console.store.connection import Connection
from console.store.customer_cards import COLUMNS, JOINED, card
from console.store.dialect import IN_LIST, listed
from console.store.member_rows_past import sessions_then
from console.store.members_past import MembersThen, members_then, said_then
from console.store.moments import micros
from console.store.profile_activity import seen_between
from console.store.profile_past_activity import conversations_then
from console.store.profile_properties import properties_of_company_then
from console.store.profiles_past import notes_then, owner_then, tags_then

_MEMBERS = 100
_SPOKEN = """SELECT q.id, p.name FROM properties q JOIN properties p ON p.id = q.company_property_id"""
_SEGMENTS = """SELECT g.name FROM segment_spans s JOIN segments g ON g.id = s.segment_id
WHERE s.owner_id = ? AND g.owner_kind = 'company' AND s.since <= ? AND (s.until IS NULL OR s.until > ?)
ORDER BY g.position, lower(g.name)"""


@dataclass(frozen=True, slots=True)
class CompanyThen:
    """A company at a moment: its profile, what is shown in facts, how many members said what, its segments, its members."""

    profile: CompanyProfile
    facts: dict[str, Fact]
    voices: dict[str, tuple[Voices, ...]]
    segments: tuple[str, ...]
    members: MembersThen


def company_at(connection: Connection, company: int, then: datetime) -> CompanyThen:
    """The company as it stood at a moment (aware UTC); of one merged away by then, the survivor's of that day. Raises NotFound.

    What is not remembered is as it is now, see ``profile_at``; members are shown under the names they have now.
    """
    row, identities = owner_then(connection, "companies", company, then)
    ids = [one.id for one in identities]
    members = members_then(connection, row.id, ids, then)
    keys, theirs = listed(ids), listed(identity for identity, _ in members.pairs)
    properties = properties_of_company_then(connection, keys, members)
    facts = _facts(properties)
    first, last = seen_between(connection, theirs, then)
    cards = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE u.id IN {IN_LIST} ORDER BY lower(u.name), u.id LIMIT ?",
        (listed(members.customers), _MEMBERS),
    ).fetchall()
    mains = listed(identity for identity, _ in members.of_mains())
    talks, _ = conversations_then(connection, mains, then, limit=None)
    profile = CompanyProfile(
        id=CompanyId(row.id),
        name=_text(facts, "name"),
        domain=_text(facts, "domain"),
        properties=properties,
        tags=tags_then(connection, keys, micros(then)),
        notes=notes_then(connection, Owner(OwnerKind.COMPANY, row.id), keys, then),
        members=tuple(card(one) for one in cards),
        member_count=len(members.customers),
        conversations=talks,
        identities=identities,
        first_seen=first,
        last_seen=last,
        as_of=then,
    )
    at = micros(then)
    segments = connection.exec_driver_sql(_SEGMENTS, (row.id, at, at)).fetchall()
    return CompanyThen(profile, facts, _voices(connection, members), tuple(one[0] for one in segments), members)


def sessions_of_company_then(connection: Connection, found: CompanyThen) -> CompanySessions | None:
    """The source's own number of then, else the sum over the members of then; None where nobody's are known."""
    counted = counted_sessions(found.facts)
    if counted is not None:
        return counted
    sessions = sessions_then(connection, found.members)
    return CompanySessions(sum(sessions.values()), "") if sessions else None


def _facts(properties: tuple[ShownProperty, ...]) -> dict[str, Fact]:
    return {
        one.name: Fact(one.name, one.value, one.winner.origin, one.winner.source_time or one.winner.since)
        for one in properties
        if one.value is not None
    }


def _text(facts: dict[str, Fact], name: str) -> str:
    return plain(facts[name].value) if name in facts else ""


def _voices(connection: Connection, members: MembersThen) -> dict[str, tuple[Voices, ...]]:
    names = {row[0]: row[1] for row in connection.exec_driver_sql(_SPOKEN).fetchall()}
    said = said_then(connection, members.of_mains(), names, members.at)
    counted: dict[str, Counter[Value]] = {}
    for (_, key), one in said.items():
        counted.setdefault(names[key], Counter())[one.value] += 1
    return {
        name: tuple(
            Voices(value, count) for value, count in sorted(found.items(), key=lambda one: (-one[1], stored(one[0])))
        )
        for name, found in sorted(counted.items())
    }
