"""``segment add | list | members | why | remove``: sets by rule, who is in them, and why."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from console.command_line.errors import BadInput
from console.command_line.opening import reading, writing
from console.command_line.words import printable, say, say_json, say_table, when
from console.domain import edits as e
from console.domain.ids import new_edit_id, stable_id
from console.domain.records import OwnerKind
from console.domain.segment_rules import rule_to_json
from console.domain.segment_text import text_of
from console.domain.segment_words import found_words, line_of
from console.domain.segments import Explained, Part, Segment, built_in
from console.store import segments
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.expressions import read_rule
from console.store.own_clock import zone_of
from console.store.profile_calling import company_called, customer_called
from console.system import clock

_PAGE = 500
_KINDS = {"customers": OwnerKind.CUSTOMER, "companies": OwnerKind.COMPANY}
_PLURAL = {kind: name for name, kind in _KINDS.items()}
_MARKS = {Part.HOLDS: "✓", Part.BLOCKS: "✗", Part.NOT_NEEDED: "–"}


def add(options: argparse.Namespace) -> None:
    """Make a segment, or give one of that name another rule."""
    kind = _KINDS[options.of]
    with writing(options) as desk:
        with desk.workspace.database.read() as connection:
            rule = read_rule(connection, kind, options.rule)
            there = _ours(connection, options.name, kind)
        key = there.id if there else stable_id("segment", new_edit_id(clock.now(), os.urandom(10)))
        name = there.name if there else options.name
        desk.submit(e.DefineSegment(key, name, kind, rule_to_json(rule)))
        with desk.workspace.database.read() as connection:
            made = segments.segment_called(connection, name, kind)
            if options.json:
                say_json(_described(connection, made))
            else:
                say(f"{made.name}: {segments.count(connection, kind, made.rule):,} {options.of}")


def remove(options: argparse.Namespace) -> None:
    """Take a segment away."""
    with writing(options) as desk:
        with desk.workspace.database.read() as connection:
            found = _ours(connection, options.name, None)
        if found is None:
            raise BadInput(f"There is no segment “{options.name}” that a teammate made")
        desk.submit(e.RemoveSegment(found.id))
        say(f"Removed: {found.name}")


def rows(options: argparse.Namespace) -> None:
    """All segments: a teammate's, built in, and those that sources keep."""
    with reading(options) as workspace, workspace.database.read() as connection:
        found = [
            _described(connection, one)
            for one in (*segments.our_segments(connection), *built_in(), *built_in(OwnerKind.COMPANY))
        ]
        found += [_given(one) for one in segments.given_segments(connection)]
    if options.json:
        say_json(found)
    else:
        say_table(
            [
                (str(one["name"]), str(one["kind"]), f"{one['count']} {one['of']}", str(one["rule"] or ""))
                for one in found
            ]
        )


def members(options: argparse.Namespace) -> None:
    """Who is in a segment, by name."""
    limit = options.limit if options.limit > 0 else 1 << 40
    with reading(options) as workspace, workspace.database.read() as connection:
        kind, page = _members_of(connection, options)
        found: list[segments.Member] = []
        after = None
        while len(found) < limit and (some := page(min(_PAGE, limit - len(found)), after)):
            found += some
            after = (some[-1].name, some[-1].id)
    second = "email" if kind is OwnerKind.CUSTOMER else "domain"
    if options.json:
        say_json([{"id": str(one.id), "name": one.name, second: one.second} for one in found])
    else:
        say_table([(str(one.id), one.name, one.second) for one in found])


def why(options: argparse.Namespace) -> None:
    """Why somebody is in a segment, or is not."""
    with reading(options) as workspace, workspace.database.read() as connection:
        document = _why(connection, options)
    if options.json:
        say_json(document)
        return
    say(f"{document['customer_name']} is {'in' if document['is_member'] else 'not in'} {document['segment']}")
    if document["since"]:
        say(f"since {document['since']}")
    if not document["lines"]:
        say(f"It is kept by {', '.join(document['sources'])}; its rule is not known here")
    _say_lines(document["lines"], 0)


def _members_of(connection: Connection, options: argparse.Namespace) -> tuple[OwnerKind, Callable[..., Any]]:
    """How a page of the members of the segment that is meant is read: of one by rule, else of one that a source keeps."""
    try:
        found = segments.segment_called(connection, options.name, _KINDS[options.of] if options.of else None)
    except NotFound:
        if options.of == "companies" or options.name not in {one.name for one in segments.given_segments(connection)}:
            raise
        return OwnerKind.CUSTOMER, lambda limit, after: segments.given_members(connection, options.name, limit, after)
    return found.owner_kind, lambda limit, after: segments.members(
        connection, found.owner_kind, found.rule, limit, after
    )


def _why(connection: Connection, options: argparse.Namespace) -> dict[str, Any]:
    kind = _KINDS[options.of] if options.of else None
    try:
        found = segments.segment_called(connection, options.name, kind)
    except NotFound:
        given = {one.name: one for one in segments.given_segments(connection)}.get(options.name)
        if given is None:
            raise
        owner = customer_called(connection, options.customer)
        mine = segments.given_to(connection, owner)
        return {**_head(connection, OwnerKind.CUSTOMER, owner, given.name), "kind": "source", "is_member": given.name in mine, "since": None,
                "rule": None, "sources": list(given.sources), "lines": [], "history": []}  # fmt: skip
    called = customer_called if found.owner_kind is OwnerKind.CUSTOMER else company_called
    owner = called(connection, options.customer)
    line = segments.why(connection, found.owner_kind, owner, found.rule)
    spans = segments.spans_of_owner(connection, owner, found.id)
    since = next((span.since for span in spans if span.until is None), None)
    return {**_head(connection, found.owner_kind, owner, found.name), "kind": found.kind.value, "is_member": line.holds,
            "since": when(since) if line.holds else None, "rule": text_of(found.rule), "sources": [], "lines": [_line(connection, line)],
            "history": [{"joined": when(span.since), "left": when(span.until)} for span in spans]}  # fmt: skip


def _head(connection: Connection, kind: OwnerKind, owner: int, name: str) -> dict[str, Any]:
    shown = segments.member(connection, kind, owner).name
    return {"customer": str(owner), "customer_name": shown or str(owner), "segment": name}


def _line(connection: Connection, line: Explained) -> dict[str, Any]:
    now, zone = clock.now(), zone_of(connection)
    shown = line.lines if line.found is None else ()
    return {"asks": line_of(line), "holds": line.holds is line.is_wanted, "part": line.part.value,
            "found": found_words(line, now, zone), "lines": [_line(connection, one) for one in shown]}  # fmt: skip


def _say_lines(lines: list[dict[str, Any]], depth: int) -> None:
    for line in lines:
        print("  " * depth + printable(f"{_MARKS[Part(line['part'])]} {line['asks']}: {line['found']}"))
        _say_lines(line["lines"], depth + 1)


def _described(connection: Connection, segment: Segment) -> dict[str, Any]:
    return {
        "id": str(segment.id), "name": segment.name, "kind": segment.kind.value, "of": _PLURAL[segment.owner_kind],
        "rule": text_of(segment.rule), "count": segments.count(connection, segment.owner_kind, segment.rule),
        "made_by": segment.made_by or None, "made_at": when(segment.made_at), "sources": [],
    }  # fmt: skip


def _given(one: segments.GivenSegment) -> dict[str, Any]:
    return {"id": None, "name": one.name, "kind": "source", "of": "customers", "rule": None, "count": one.count,
            "made_by": None, "made_at": None, "sources": list(one.sources)}  # fmt: skip


def _ours(connection: Connection, name: str, kind: OwnerKind | None) -> Segment | None:
    wanted = " ".join(name.split()).lower()
    every = (one for one in segments.our_segments(connection) if kind in (None, one.owner_kind))
    return next((one for one in every if one.name.lower() == wanted), None)
