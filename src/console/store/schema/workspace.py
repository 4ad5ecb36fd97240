"""The tables of ``workspace.db``: everything folded and fetched, written by the sync process only.

Everything known of a customer hangs on identities (records' (source, external id), and one *home* identity for what was
done by hand); a customer is the set of identities linked to it. ``owner_id`` beside ``identity_id`` repeats the link for
indexes, and follows it when a merge or a split moves the identity.
"""

from __future__ import annotations

from console.store.schema.conversations import (
    attachment_contents,
    attachments,
    conversations,
    messages,
    participants,
    thread_keys,
    thread_subjects,
)
from console.store.schema.ledger import changes, edit_outcomes, inverses, outbox, write_backs
from console.store.schema.owners import (
    aparts,
    companies,
    customers,
    identities,
    identity_history,
    identity_keys,
    memberships,
)
from console.store.schema.properties import claims, properties, winners
from console.store.schema.relationships import (
    acting,
    activities,
    erased,
    erasures,
    journal_traces,
    segment_spans,
    segments,
    word_spans,
)
from console.store.schema.sources import (
    coverage,
    import_batches,
    meta,
    quarantine,
    record_counts,
    records,
    source_raws,
    source_runs,
    sources,
    streams,
)
from console.store.schema.tables import metadata
from console.store.schema.words import events, note_versions, notes, segments_given, taggings, tags

__all__ = [
    "acting",
    "activities",
    "aparts",
    "attachment_contents",
    "attachments",
    "changes",
    "claims",
    "companies",
    "conversations",
    "coverage",
    "customers",
    "edit_outcomes",
    "erased",
    "erasures",
    "events",
    "identities",
    "identity_history",
    "identity_keys",
    "import_batches",
    "inverses",
    "journal_traces",
    "memberships",
    "messages",
    "meta",
    "metadata",
    "note_versions",
    "notes",
    "outbox",
    "participants",
    "properties",
    "quarantine",
    "record_counts",
    "records",
    "segment_spans",
    "segments",
    "segments_given",
    "source_raws",
    "source_runs",
    "sources",
    "streams",
    "taggings",
    "tags",
    "thread_keys",
    "thread_subjects",
    "winners",
    "word_spans",
    "write_backs",
]
