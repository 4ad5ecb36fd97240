"""``list``, ``show`` and ``search``: what the workspace knows."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, time

from console.command_line import listing as directory_listing
from console.command_line.documents import company_json, company_now, company_then, conversation_json, customer_json
from console.command_line.errors import BadInput
from console.command_line.opening import reading
from console.command_line.words import property_line, say_json, say_table, when
from console.domain.profile_view import Profile
from console.domain.search import HitKind
from console.store import directory, inbox, profiles
from console.store.database import Connection
from console.store.palette import look_up
from console.store.profile_calling import company_called, customer_called

_PAGE = 500
_MOST_FOUND = 10_000
_END_OF_TIME = datetime(9999, 12, 30, tzinfo=UTC)
_MOST_DIGITS, _GREATEST_KEY = 19, 0x7FFF_FFFF_FFFF_FFFF


def rows(options: argparse.Namespace) -> None:
    """Print a list; ``--limit 0`` means all."""
    limit = options.limit if options.limit > 0 else 1 << 40
    with reading(options) as workspace, workspace.database.read() as connection:
        listing = {"customers": _customers, "companies": _companies, "conversations": _conversations}[options.what]
        is_other = directory_listing.is_asked(options)
        found = (
            directory_listing.rows(connection, options, limit)
            if is_other
            else listing(connection, options.filter, limit)
        )
    if options.json:
        say_json(found)
    else:
        say_table(
            [
                ["" if value is None else str(value) for value in row.values() if not isinstance(value, list)]
                for row in found
            ]
        )


def one(options: argparse.Namespace) -> None:
    """Print one customer, company or conversation."""
    with reading(options) as workspace, workspace.database.read() as connection:
        if options.what == "customer":
            _say_customer(_customer(connection, options), as_json=options.json)
        elif options.what == "company":
            _say_company(connection, options)
        else:
            say_json(conversation_json(connection, conversation_key(options.name)))


def search(options: argparse.Namespace) -> None:
    """Print what was found, kind by kind; ``--limit`` of each kind, 0 for as many as there may be. Raises BadInput."""
    limit = min(options.limit if options.limit > 0 else _MOST_FOUND, _MOST_FOUND)
    with reading(options) as workspace:
        answer = look_up(workspace, options.query, tuple(HitKind), limit)
    if answer.problem is not None:
        raise BadInput(answer.problem.sentence)
    hits = answer.hits
    if options.json:
        say_json([{"kind": hit.kind.value, "id": hit.id, "title": hit.title, "snippet": hit.snippet, "at": when(hit.at),
                   "conversation": str(hit.conversation_id) if hit.conversation_id else None} for hit in hits])  # fmt: skip
    else:
        say_table([(hit.kind.value, hit.id, hit.title, hit.snippet) for hit in hits])


def conversation_key(text: str) -> int:
    """The key of a conversation, as the lists print it. Raises BadInput."""
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS or int(text) > _GREATEST_KEY:
        raise BadInput(f"“{text}” is no ID of a conversation; “support-console list conversations” shows them")
    return int(text)


def _customer(connection: Connection, options: argparse.Namespace) -> Profile:
    key = customer_called(connection, options.name)
    return (
        profiles.profile_at(connection, key, _end_of(options.as_of))
        if options.as_of
        else profiles.profile(connection, key)
    )


def _end_of(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if len(text) <= len("2026-11-21"):
            moment = datetime.combine(moment.date(), time.max)
        return min(moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), _END_OF_TIME)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"“{text}” is not a date; write it like 2026-11-21") from error


def _customers(connection: Connection, expression: str, limit: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after = None
    while len(found) < limit:
        page = directory.list_customers(connection, expression, min(_PAGE, limit - len(found)), after)
        if not page:
            break
        found += [{"id": str(row.id), "name": row.name, "email": row.email, "company": row.company_name, "conversations": row.conversation_count,
                   "first_seen": when(row.first_seen), "last_seen": when(row.last_seen), "tags": list(row.tags)} for row in page]  # fmt: skip
        after = directory.NameKey(page[-1].name, page[-1].id)
    return found


def _companies(connection: Connection, expression: str, limit: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after = None
    while len(found) < limit:
        page = directory.list_companies(connection, expression, min(_PAGE, limit - len(found)), after)
        if not page:
            break
        found += [{"id": str(row.id), "name": row.name, "domain": row.domain, "members": row.member_count,
                   "last_seen": when(row.last_seen), "tags": list(row.tags)} for row in page]  # fmt: skip
        after = directory.NameKey(page[-1].name, page[-1].id)
    return found


def _conversations(connection: Connection, expression: str, limit: int) -> list[dict[str, object]]:
    wanted = directory.inbox_filter(connection, expression)
    found: list[dict[str, object]] = []
    after = None
    while len(found) < limit:
        keys = inbox.keys(connection, wanted, after, min(_PAGE, limit - len(found)))
        if not keys:
            break
        page = inbox.rows_of(connection, [key.id for key in keys])
        found += [{"id": str(row.id), "channel": row.channel.value, "subject": row.subject, "customer": row.customer_name or row.nickname,
                   "customer_id": str(row.customer_id) if row.customer_id else None, "company": row.company_name, "state": row.state.value,
                   "last_at": when(row.last_at), "waiting_since": when(row.waiting_since), "unread": row.unread_count,
                   "assignee": row.assignee, "tags": list(row.tags)} for row in (page[key.id] for key in keys if key.id in page)]  # fmt: skip
        after = keys[-1]
    return found


def _say_customer(profile: Profile, *, as_json: bool) -> None:
    if as_json:
        say_json(customer_json(profile))
        return
    say_table([("id", str(profile.id)), ("name", profile.name), ("e-mails", ", ".join(profile.emails)),
               ("companies", ", ".join(card.name for card in profile.companies)), ("tags", ", ".join(tag.name for tag in profile.tags))])  # fmt: skip
    say_table([property_line(prop) for prop in profile.properties])
    say_table([(str(card.id), card.channel.value, card.subject) for card in profile.conversations])


def _say_company(connection: Connection, options: argparse.Namespace) -> None:
    key = company_called(connection, options.name)
    found = company_then(connection, key, _end_of(options.as_of)) if options.as_of else company_now(connection, key)
    if options.json:
        say_json(company_json(found))
        return
    company, health = found.profile, found.usage.health
    say_table(
        [
            ("id", str(company.id)),
            ("name", company.name),
            ("domain", company.domain),
            ("members", str(company.member_count)),
            ("health", health.state.value),
            ("", health.evidence),
        ]
    )
    say_table([property_line(prop) for prop in company.properties])
