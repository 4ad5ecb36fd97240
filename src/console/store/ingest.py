"""Taking in: one page of one source in one transaction; identities, claims, rows that lists show, cursor, changes.

Applying a page twice changes nothing, and the order of pages does not matter to who is who and what is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.records import (
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    DefinitionRecord,
    DeletionRecord,
    EventRecord,
    FlagsRecord,
    JoinedRecord,
    MailRecord,
    NoteRecord,
    Page,
    Record,
)
from console.store.changes import Stale
from console.store.claims import Voice
from console.store.connection import Connection
from console.store.dialect import IN_LIST, act, listed
from console.store.erased_intake import let_in
from console.store.ingest_conversations import take_conversations
from console.store.ingest_customers import take_companies, take_customers, take_events
from console.store.ingest_definitions import take_definitions
from console.store.ingest_former import follow_source
from console.store.ingest_joined import take_joined
from console.store.ingest_mail import take_flags, take_mails
from console.store.ingest_notes import take_notes
from console.store.ingest_rejected import quarantine
from console.store.ingest_removal import bring_back, take_deletions
from console.store.moments import micros, micros_or_none
from console.store.record_json import packed, raw_of
from console.store.refreshing import Touched, refresh
from console.store.source_trust import trust_in
from console.store.taking import Intake, Taken, Taking

_ABOUT_RECORDS = (FlagsRecord, DeletionRecord, JoinedRecord)
"""What only says something about a record that came earlier, and is none itself."""


def take_in(connection: Connection, page: Page, intake: Intake, fetched_at: datetime) -> Taken:
    """Take one page in, inside the caller's transaction; nothing of it is visible before that commits."""
    now = micros(fetched_at)
    page = let_in(connection, page, intake.source_id)
    act(connection, now, intake.origin.name)
    touched = Touched()
    voice = Voice(intake.rank, intake.origin, now, intake.batch_id, trust_in(connection, intake))
    taking = Taking(connection, intake, now, voice, touched)
    fresh, taken, taking.first_seen = _fresh(connection, intake, page.records)
    fresh = follow_source(taking, fresh)
    _take(taking, [record for record, *_ in fresh])
    _keep_records(taking, fresh, page.stream)
    _keep_source_raws(taking, fresh)
    bring_back(taking, [record for record, *_ in fresh])
    # Only now: they may be about a record of this page.
    take_flags(taking, [record for record, *_ in fresh if isinstance(record, FlagsRecord)])
    take_joined(taking, [record for record, *_ in fresh if isinstance(record, JoinedRecord)])
    taken.gone = take_deletions(taking, [record for record, *_ in fresh if isinstance(record, DeletionRecord)])
    quarantine(taking, page)
    taken.new -= len(taking.renewed) + len(taking.repeated)
    taken.updated += len(taking.renewed)
    taken.unchanged += len(taking.repeated)
    taken.left_out = len(page.rejected)
    taken.changes_by_property = taking.changes_by_property
    _keep_cursor(taking, page, is_news=bool(taken.new or taken.updated or taken.gone))
    refresh(connection, touched)
    return taken


def _take(taking: Taking, records: Sequence[Record]) -> None:
    take_companies(taking, [record for record in records if isinstance(record, CompanyRecord)])
    take_customers(taking, [record for record in records if isinstance(record, CustomerRecord)])
    take_mails(taking, [record for record in records if isinstance(record, MailRecord)])
    take_conversations(taking, [record for record in records if isinstance(record, ConversationRecord)])
    take_events(taking, [record for record in records if isinstance(record, EventRecord)])
    take_notes(taking, [record for record in records if isinstance(record, NoteRecord)])
    take_definitions(taking, [record for record in records if isinstance(record, DefinitionRecord)])


def _fresh(
    connection: Connection, intake: Intake, records: Iterable[Record]
) -> tuple[list[tuple[Record, str, bytes, bytes]], Taken, set[str]]:
    """The records that say something new, each with its place, raw bytes and hash; the last one wins within a page."""
    by_place: dict[tuple[str, type | None], tuple[Record, str, bytes, bytes]] = {}
    for record in records:
        place = record_place(intake, record)
        raw = raw_of(record)
        # A mailbox may give a mail, its flags and its end on one page, all under one place.
        about = type(record) if isinstance(record, _ABOUT_RECORDS) else None
        by_place[place, about] = (record, place, raw, hashlib.blake2b(raw, digest_size=16).digest())
    rows = connection.exec_driver_sql(
        f"SELECT external_id, hash FROM records WHERE source_id = ? AND gone_at IS NULL AND external_id IN {IN_LIST}",
        (intake.source_id, listed(place for place, _ in by_place)),
    ).fetchall()
    known = dict(rows)
    fresh, taken, first_seen = [], Taken(), set[str]()
    for one in by_place.values():
        place, digest = one[1], one[3]
        if isinstance(one[0], _ABOUT_RECORDS):
            fresh.append(one)
        elif place not in known:
            taken.new += 1
            first_seen.add(one[0].external_id)
            fresh.append(one)
        elif known[place] != digest:
            taken.updated += 1
            fresh.append(one)
        else:
            taken.unchanged += 1
    return fresh, taken, first_seen


def record_place(intake: Intake, record: Record) -> str:
    """Where a record lies in its source; rows of a spreadsheet lie in their file, so that two files are two voices."""
    kind = type(record).__name__.removesuffix("Record").lower()
    prefix = f"{intake.origin.key}/" if intake.is_partial else ""
    if isinstance(record, (CustomerRecord, CompanyRecord)) and record.saying:
        return f"{kind}:{prefix}{record.external_id}/{record.saying}"
    return (
        f"{prefix}{record.external_id}"
        if isinstance(record, (MailRecord, *_ABOUT_RECORDS))
        else f"{kind}:{prefix}{record.external_id}"
    )


def _keep_records(taking: Taking, fresh: Iterable[tuple[Record, str, bytes, bytes]], stream: str) -> None:
    source, batch = taking.intake.source_id, taking.intake.batch_id
    rows = [
        (
            source,
            place,
            type(record).__name__,
            packed(raw),
            digest,
            taking.now,
            taking.target_by_external_id.get(record.external_id),
            batch,
            batch,
            stream,
        )
        for record, place, raw, digest in fresh
        if not isinstance(record, _ABOUT_RECORDS)
    ]
    if rows:
        taking.connection.exec_driver_sql(
            """INSERT INTO records (source_id, external_id, kind, raw, hash, fetched_at, target_id, batch_id, touched_by, stream)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (source_id, external_id) DO UPDATE SET raw = excluded.raw, hash = excluded.hash,
               fetched_at = excluded.fetched_at, target_id = excluded.target_id, touched_by = excluded.touched_by, gone_at = NULL,
               stream = excluded.stream""",
            sorted(rows, key=lambda row: str(row[1])),
        )


def _keep_source_raws(taking: Taking, fresh: Iterable[tuple[Record, str, bytes, bytes]]) -> None:
    rows = [
        (taking.intake.source_id, place, packed(record.source_raw))
        for record, place, _, _ in fresh
        if not isinstance(record, (MailRecord, *_ABOUT_RECORDS)) and record.source_raw
    ]
    if rows:
        taking.connection.exec_driver_sql(
            """INSERT INTO source_raws (source_id, external_id, raw) VALUES (?, ?, ?)
               ON CONFLICT (source_id, external_id) DO UPDATE SET raw = excluded.raw""",
            sorted(rows, key=lambda row: str(row[1])),
        )


def _keep_cursor(taking: Taking, page: Page, *, is_news: bool) -> None:
    changed_at = taking.now if is_news else None
    taking.connection.exec_driver_sql(
        """INSERT INTO streams (source_id, stream, cursor, done, total, synced_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (source_id, stream) DO UPDATE SET cursor = coalesce(excluded.cursor, cursor), done = excluded.done,
           total = excluded.total, synced_at = excluded.synced_at, changed_at = coalesce(excluded.changed_at, changed_at)""",
        (taking.intake.source_id, page.stream, page.cursor, page.done, page.total, taking.now, changed_at),
    )
    if page.coverage is not None:
        taking.connection.exec_driver_sql(
            """INSERT INTO coverage (source_id, stream, since, remark) VALUES (?, ?, ?, ?)
               ON CONFLICT (source_id, stream) DO UPDATE SET since = excluded.since, remark = excluded.remark""",
            (taking.intake.source_id, page.stream, micros_or_none(page.coverage.since), page.coverage.remark),
        )
    taking.touched.also(Stale.SOURCE, taking.intake.source_id)
