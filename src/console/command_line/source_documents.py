"""``sources kinds``, ``list`` and ``show``, and ``quarantine``: what is known of sources, for scripts and for people."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime

from console.command_line.opening import reading, writing
from console.command_line.sources import named
from console.command_line.words import say, say_json, say_table, when
from console.connectors.kinds.registry import CONNECTORS
from console.domain.edits import RetryQuarantine
from console.domain.ids import SourceId
from console.domain.source_kinds import FieldKind, SourceKind
from console.domain.source_words import coverage_line, outcome_words, reasons_line, state_words
from console.domain.sources import AsideRow, RunRow, SourceReport, SourceRow, StreamRow
from console.store.sources import aside, report_of, sources
from console.system import clock

_COUNTED = {
    "CustomerRecord": "customers", "CompanyRecord": "companies", "MailRecord": "mails", "ConversationRecord": "conversations",
    "EventRecord": "events", "NoteRecord": "notes", "DefinitionRecord": "definitions",
}  # fmt: skip
"""Records in the tables, as the documents call them."""


def kinds(options: argparse.Namespace) -> None:
    """The kinds of source that can be connected, with what each asks for."""
    known = sorted((one.kind for one in CONNECTORS.values()), key=lambda kind: kind.name)
    if options.json:
        say_json([_kind(kind) for kind in known])
        return
    for kind in known:
        asked = ", ".join(
            field.name if field.is_required else f"[{field.name}]"
            for field in kind.fields
            if field.kind is not FieldKind.SECRET
        )
        say(f"{kind.name}: {kind.title}. {kind.brings}. {kind.tried}")
        is_secret = any(field.kind is FieldKind.SECRET for field in kind.fields)
        say(f"    --set {asked}{'; --secret-file' if is_secret else ''}")


def rows(options: argparse.Namespace) -> None:
    """List the sources."""
    with reading(options) as workspace, workspace.database.read() as connection:
        found = sources(connection)
    if options.json:
        say_json([_row(row) for row in found])
    else:
        say_table(
            [(row.name, row.kind, state_words(row, _clock), when(row.synced_at) or "never", row.problem) for row in found]
        )  # fmt: skip


def show(options: argparse.Namespace) -> None:
    """Everything about one source."""
    with writing(options) as desk:
        row = named(desk, options.name)
        with desk.workspace.database.read() as connection:
            report = report_of(connection, row.id)
    if options.json:
        say_json(_report(report, clock.now()))
        return
    say(f"{row.name} ({row.kind}): {state_words(row, _clock)}. {coverage_line(row, UTC)}")
    if row.problem:
        say(row.problem)
    say_table(
        [(one.stream, f"{one.held:,}", when(one.changed_at) or "", "off" if one.is_off else "") for one in row.streams]
    )
    if report.reasons:
        say(f"Put aside: {reasons_line(report.reasons)}")
    say_table(
        [(when(run.started_at) or "", f"{run.read:,}", f"{run.changed:,}", outcome_words(run)) for run in report.runs]
    )


def quarantine(options: argparse.Namespace) -> None:
    """What could not be read, with the reason."""
    with writing(options) as desk:
        source = named(desk, options.source).id if options.source else None
        with desk.workspace.database.read() as connection:
            found = aside(connection, source, 1_000_000)
            names = {row.id: row.name for row in sources(connection)}
    if options.json:
        say_json([_aside(row, names) for row in found])
    else:
        say_table([(names.get(row.source, ""), row.external_id, row.reason) for row in found])


def retry(options: argparse.Namespace) -> None:
    """Have everything that was put aside read once more, by the sync process."""
    with writing(options) as desk:
        with desk.workspace.database.read() as connection:
            names = {row.id: row.name for row in sources(connection)}
            wanted = {row.source for row in aside(connection, None, 1_000_000) if row.source in names}
        if options.source:
            wanted &= {named(desk, options.source).id}
        for source in sorted(wanted):
            desk.submit(RetryQuarantine(source))
    tried = [names[source] for source in sorted(wanted)]
    if options.json:
        say_json({"sources": tried})
    else:
        say(f"Read once more by the next sync: {', '.join(tried)}" if tried else "Nothing is put aside")


def run_document(run: RunRow) -> dict[str, object]:
    """A run as the documents say it."""
    return {
        "started_at": when(run.started_at), "finished_at": when(run.finished_at), "state": run.state, "problem": run.problem,
        "new": run.new, "changed": run.changed, "unchanged": run.unchanged, "gone": run.gone, "quarantined": run.quarantined,
        "requests": run.requests, "waits": run.waits,
    }  # fmt: skip


def _kind(kind: SourceKind) -> dict[str, object]:
    return {
        "kind": kind.name, "title": kind.title, "brings": kind.brings, "tried": kind.tried, "writes": list(kind.writes),
        "fields": [
            {"name": one.name, "label": one.label, "kind": one.kind.value, "hint": one.hint, "default": one.default,
             "is_required": one.is_required, "choices": list(one.choices)}
            for one in kind.fields
        ],
        "streams": [{"stream": one.name, "label": one.label, "limits": one.limits} for one in kind.streams],
    }  # fmt: skip


def _row(row: SourceRow) -> dict[str, object]:
    return {
        "id": str(row.id), "kind": row.kind, "name": row.name, "state": row.state, "problem": row.problem, "is_paused": row.is_paused,
        "synced_at": when(row.synced_at), "next_at": when(row.next_at), "every": row.every, "trust": row.trust, "settings": dict(row.settings),
        "counts": {_COUNTED.get(kind, kind): count for kind, count in row.counts.items()},
        "streams": [{"stream": one.stream, "done": one.done, "total": one.total, "synced_at": when(one.synced_at)} for one in row.streams],
    }  # fmt: skip


def _report(report: SourceReport, now: datetime) -> dict[str, object]:
    return {
        **_row(report.source), "coverage": coverage_line(report.source, UTC),
        "streams": [_stream(one, now) for one in report.source.streams],
        "runs": [run_document(run) for run in report.runs],
        "quarantine": [{"reason": one.reason, "count": one.count} for one in report.reasons],
    }  # fmt: skip


def _stream(row: StreamRow, now: datetime) -> dict[str, object]:
    """``cursor_age`` in seconds: how long ago the stream's last page came in."""
    coverage = row.coverage
    return {
        "stream": row.stream, "done": row.done, "total": row.total, "held": row.held, "synced_at": when(row.synced_at),
        "cursor_age": round((now - row.synced_at).total_seconds()) if row.synced_at else None,
        "changed_at": when(row.changed_at), "is_off": row.is_off,
        "coverage": {"since": when(coverage.since), "remark": coverage.remark} if coverage else None,
    }  # fmt: skip


def _aside(row: AsideRow, names: Mapping[SourceId, str]) -> dict[str, object]:
    return {
        "source": names.get(row.source), "external_id": row.external_id, "stream": row.stream, "reason": row.reason,
        "at": when(row.at), "raw": row.raw.decode("utf-8", "replace"),
    }  # fmt: skip


def _clock(at: datetime) -> str:
    return f"{at:%H:%M} UTC"
