"""``activity``: the stream of a customer or a company, newest first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import assert_never

from console.command_line.moments import moment_of
from console.command_line.opening import reading
from console.command_line.words import say_json, say_table, value_json, when
from console.domain.activity import (
    Arrived,
    Changed,
    Chip,
    Happened,
    Line,
    LineKey,
    LineKind,
    Linked,
    Moved,
    Noted,
    Rated,
    Said,
    StreamFilter,
    Tagged,
    Waiting,
)
from console.domain.activity_text import words_of
from console.domain.edits import Owner
from console.domain.records import OwnerKind
from console.store import activity
from console.store.database import Connection
from console.store.profile_calling import company_called, customer_called

_PAGE, _LEAST = 500, -(1 << 63)
_NOTHING: Mapping[str, object] = {
    "conversation": None, "title": "", "text": "", "by": "", "score": None, "metadata": {}, "old": None, "new": None, "state": None,
}  # fmt: skip


def rows(options: argparse.Namespace) -> None:
    """Print the lines; ``--limit 0`` means all, ``--before`` only those before a moment."""
    limit = options.limit if options.limit > 0 else 1 << 40
    wanted = StreamFilter(frozenset([Chip(options.kind)]) if options.kind else frozenset())
    before = (
        LineKey(moment_of(options.before, "2026-11-21 or 2026-11-21T09:00"), LineKind.MESSAGE, _LEAST)
        if options.before
        else None
    )
    with reading(options) as workspace, workspace.database.read() as connection:
        lines = _lines(connection, _owner(connection, options), wanted, before, limit)
    if options.json:
        say_json([_document(line) for line in lines])
    else:
        say_table([(line.at.isoformat(), line.key.kind.name.lower(), line.source, words_of(line)) for line in lines])


def _lines(
    connection: Connection, owner: Owner, wanted: StreamFilter, before: LineKey | None, limit: int
) -> list[Line]:
    found: list[Line] = []
    while len(found) < limit:
        page = activity.page(connection, owner, wanted, before, limit=min(_PAGE, limit - len(found)))
        found += page.lines
        if page.following is None:
            break
        before = page.following
    return found


def _owner(connection: Connection, options: argparse.Namespace) -> Owner:
    if options.what == "company":
        return Owner(OwnerKind.COMPANY, company_called(connection, options.name))
    return Owner(OwnerKind.CUSTOMER, customer_called(connection, options.name))


def _document(line: Line) -> dict[str, object]:
    return {
        "kind": line.key.kind.name.lower(), "id": str(line.key.ref), "at": when(line.at), "source": line.source,
        "customer": str(line.customer_id) if line.customer_id else None, **_NOTHING, **_told(line),
    }  # fmt: skip


def _told(line: Line) -> dict[str, object]:
    match line.what:
        case Said() as said:
            return {"conversation": str(said.conversation_id), "title": said.subject, "text": said.excerpt, "by": said.author,
                    "state": said.state.value}  # fmt: skip
        case Rated(score=score) as rated:
            given = score and {"scale": score.scale.value, "value": score.value, "verdict": score.verdict.value}
            return {"conversation": str(rated.conversation_id), "title": rated.subject, "text": rated.excerpt,
                    "by": rated.author, "score": given}  # fmt: skip
        case Happened(name=name, facts=facts):
            return {"title": name, "metadata": {fact: value_json(value) for fact, value in facts}}
        case Noted(text=text, author=author):
            return {"text": text, "by": author}
        case Tagged(tag=tag, by=by, is_added=is_added):
            return {"title": tag, "by": by, "state": "added" if is_added else "removed"}
        case Changed() as changed:
            return {"title": changed.name, "by": changed.origin.name, "old": value_json(changed.old),
                    "new": value_json(changed.new), "state": changed.state.value}  # fmt: skip
        case Arrived(external_id=external, property_count=count):
            return {"title": external, "metadata": {"properties": count}}
        case Linked() as linked:
            return {"title": linked.other_name, "by": linked.by, "state": linked.kind.value,
                    "metadata": {"other": str(linked.other_id), "records": linked.record_count, "is_arrival": linked.is_arrival}}  # fmt: skip
        case Moved(segment=segment, is_joined=is_joined):
            return {"title": segment, "state": "joined" if is_joined else "left"}
        case Waiting() as waiting:
            return {"conversation": str(waiting.conversation_id), "title": waiting.subject, "text": waiting.text, "by": waiting.by,
                    "state": waiting.state}  # fmt: skip
        case _:
            assert_never(line.what)
