"""The JSON documents of ``show``: stable, and written down in docs/cli.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.command_line.words import claim_json, property_json, value_json, when
from console.domain.company_figures import (
    PLANS,
    SUM_OF_MEMBERS,
    CompanySessions,
    Fact,
    Voices,
    first_of,
    otherwise,
    since_of,
)
from console.domain.conversation import NoteRow
from console.domain.edits import Owner
from console.domain.profile_view import CompanyProfile, ConversationCard, IdentityRow, Profile, ShownProperty, TagRow
from console.domain.records import OwnerKind
from console.store import company_facts, company_usage, conversations, profiles
from console.store.company_past import company_at, sessions_of_company_then
from console.store.company_usage import CompanyUsage
from console.store.company_usage_past import usage_then
from console.store.database import Connection

_TURNS = 500


def customer_json(profile: Profile) -> dict[str, object]:
    """A customer's whole profile."""
    return {
        "id": str(profile.id),
        "name": profile.name,
        "emails": list(profile.emails),
        "identities": [_identity(row) for row in profile.identities if not row.is_home],
        "properties": {prop.name: property_json(prop) for prop in profile.properties},
        "companies": [{"id": str(card.id), "name": card.name, "domain": card.domain, "is_main": card.is_main} for card in profile.companies],
        "tags": [_tag(row) for row in profile.tags],
        "segments": list(profile.segments),
        "segments_by_rule": list(profile.segments_by_rule),
        "notes": [_note(row) for row in profile.notes],
        "events": [{"name": one.name, "count": one.count, "first": when(one.first_at), "last": when(one.last_at)} for one in profile.events],
        "conversations": [_conversation(card) for card in profile.conversations],
        "first_seen": when(profile.first_seen),
        "last_seen": when(profile.last_seen),
        "location": {"city": profile.location.city, "country": profile.location.country, "time_zone": profile.location.time_zone,
                     "origin": profile.location.origin} if profile.location else None,
        "merged_from": [{"id": str(card.id), "name": card.name} for card in profile.merged_from],
        "flags": [name for name, holds in (("role", profile.is_role), ("shared", profile.is_shared), ("deceptive", profile.is_deceptive)) if holds],
        "as_of": when(profile.as_of),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownCompany:
    """All that ``show company`` prints, today's or another day's."""

    profile: CompanyProfile
    facts: dict[str, Fact]
    voices: dict[str, tuple[Voices, ...]]
    usage: CompanyUsage
    sessions: CompanySessions | None


def company_now(connection: Connection, key: int, now: datetime | None = None) -> ShownCompany:
    """A company as of ``now`` (aware UTC; None for the clock's). Raises NotFound."""
    company = profiles.company(connection, key, now=now)
    facts = company_facts.facts_of(connection, company.id)
    voices = company_facts.voices_of(connection, company.id)
    usage = company_usage.usage_of(connection, company.id, now=now, facts=facts)
    return ShownCompany(company, facts, voices, usage, company_facts.sessions_of_company(connection, company.id, facts))


def company_then(connection: Connection, key: int, then: datetime) -> ShownCompany:
    """A company as it stood at a moment (aware UTC). Raises NotFound."""
    found = company_at(connection, key, then)
    sessions = sessions_of_company_then(connection, found)
    return ShownCompany(found.profile, found.facts, found.voices, usage_then(connection, found), sessions)


def company_json(shown: ShownCompany) -> dict[str, object]:
    """A company's whole profile with its health; a property on which members disagree lists what each of them says."""
    company, facts, voices, usage, sessions = shown.profile, shown.facts, shown.voices, shown.usage, shown.sessions
    seen, since, plan = usage.last_seen, since_of(facts), first_of(facts, PLANS)
    return {
        "id": str(company.id), "name": company.name, "domain": company.domain,
        "plan": value_json(plan.value) if plan else None,
        "health": {"state": usage.health.state.value, "trend": usage.health.trend.value, "evidence": usage.health.evidence,
                   "as_of": when(usage.health.as_of)},
        "customer_since": since.isoformat() if since else None,
        "sessions": {"value": sessions.count if sessions else None, "from": (sessions.origin or SUM_OF_MEMBERS) if sessions else None},
        "properties": {prop.name: _company_property(prop, voices.get(prop.name, ())) for prop in company.properties},
        "identities": [_identity(row) for row in company.identities if not row.is_home],
        "members": [{"id": str(card.id), "name": card.name, "email": card.email} for card in company.members],
        "member_count": company.member_count, "tags": [_tag(row) for row in company.tags], "notes": [_note(row) for row in company.notes],
        "conversations": [_conversation(card) for card in company.conversations],
        "first_seen": when(company.first_seen),
        "last_seen": {"at": when(seen.at) if seen else None, "by": (seen.name or None) if seen else None, "how": seen.how.value if seen else None},
        "as_of": when(company.as_of),
    }  # fmt: skip


def _company_property(prop: ShownProperty, voices: tuple[Voices, ...]) -> dict[str, object]:
    said = [
        {"customer": str(one.customer_id), "name": one.customer_name, **claim_json(one.claim)} for one in prop.members
    ]
    is_disputed = bool(otherwise(prop.value, voices))
    differing = [{"value": value_json(one.value), "members": one.members} for one in voices] if is_disputed else []
    return {**property_json(prop), "members": said, "disagreement": differing}


def conversation_json(connection: Connection, key: int) -> dict[str, object]:
    """A conversation with all its messages and notes."""
    head = conversations.head(connection, key)
    messages: list[dict[str, object]] = []
    before: int | None = None
    while turns := conversations.turns(connection, head.id, before, _TURNS):
        messages = [{
            "id": str(turn.id), "author": turn.kind.value, "name": turn.author_name, "address": turn.author_address, "at": when(turn.at),
            "text": turn.text, "is_gone": turn.is_gone, "warnings": list(turn.warnings),
            "attachments": [{"name": part.name, "type": part.media_type, "size": part.size} for part in turn.attachments],
        } for turn in turns] + messages  # fmt: skip
        before = turns[0].id
    return {
        "id": str(head.id), "channel": head.channel.value, "subject": head.subject, "state": head.state.value, "source": head.source_name,
        "customer": {"id": str(head.customer.id), "name": head.customer.name, "email": head.customer.email} if head.customer else None,
        "nickname": head.nickname, "assignee": head.assignee, "is_priority": head.is_priority, "snoozed_until": when(head.snoozed_until),
        "tags": list(head.tags), "participants": [{"name": one.name, "address": one.address} for one in head.participants],
        "first_at": when(head.first_at), "last_at": when(head.last_at), "messages": messages,
        "notes": [_note(row) for row in conversations.notes(connection, Owner(OwnerKind.CONVERSATION, head.id))],
        "metadata": dict(head.metadata),
    }  # fmt: skip


def _identity(row: IdentityRow) -> dict[str, object]:
    return {
        "source": row.source_name,
        "external_id": row.external_id,
        "emails": list(row.emails),
        "is_gone": row.is_gone,
    }


def _tag(row: TagRow) -> dict[str, object]:
    return {"name": row.name, "by": row.by, "at": when(row.at)}


def _note(row: NoteRow) -> dict[str, object]:
    return {
        "id": row.id,
        "text": row.text,
        "author": row.author,
        "at": when(row.at),
        "edited_by": row.edited_by,
        "edited_at": when(row.edited_at),
        "is_pinned": row.is_pinned,
    }


def _conversation(card: ConversationCard) -> dict[str, object]:
    return {
        "id": str(card.id),
        "channel": card.channel.value,
        "subject": card.subject,
        "state": card.state.value,
        "last_at": when(card.last_at),
    }
