"""The history of a relationship: activities in their order, words and segments with their intervals, who was erased."""

from __future__ import annotations

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as condition

from console.store.schema.columns import blob, counted, key, number, origin_columns, text, time
from console.store.schema.tables import metadata

activities = Table(
    "activities",
    metadata,
    number("owner_id"),
    time("at"),
    number("kind"),
    number("ref"),
    number("customer_id"),
    number("source_id"),
    number("run", optional=True),
    PrimaryKeyConstraint("owner_id", "at", "kind", "ref"),
    Index("activities_kind", "owner_id", "kind", "at", "ref"),
    sqlite_with_rowid=False,
)
"""What customers said and did, newest last, once for the customer and once for each company they belong to.

Kept by the triggers of ``schema.derived``, never by hand. ``kind`` is 1 for a message, 2 for feedback (a message of a
survey or a review), 3 for an event; ``ref`` is the key of the message or the event; ``run`` the conversation.
"""

word_spans = Table(
    "word_spans",
    metadata,
    counted(),
    text("kind"),
    text("word"),
    text("owner_kind"),
    number("subject_id"),
    text("by"),
    time("since"),
    time("until", optional=True),
    text("until_by", optional=True),
    Index("word_spans_subject", "subject_id", "kind", "word"),
)
"""When which tag (``tag``) or segment of a source (``given``) was on which identity; kept by triggers as well."""

acting = Table("acting", metadata, key(), time("at"), text("by"))
"""One row: the moment and the name under which the running transaction acts, for what triggers write down."""

segments = Table(
    "segments",
    metadata,
    key(),
    text("name"),
    text("owner_kind"),
    text("rule"),
    number("position", default=0),
    text("made_by"),
    time("made_at"),
    *origin_columns(),
    UniqueConstraint("owner_kind", "name"),
)

segment_spans = Table(
    "segment_spans",
    metadata,
    counted(),
    number("segment_id"),
    number("owner_id"),
    time("since"),
    time("until", optional=True),
    Index("segment_spans_now", "segment_id", "owner_id", unique=True, sqlite_where=condition("until IS NULL")),
    Index("segment_spans_owner", "owner_id", "segment_id"),
)
"""Who is and was in which segment of ours; ``until`` is empty while they are."""

erased = Table("erased", metadata, Column("hash", blob("hash").type, primary_key=True), text("erasure_id"))
"""Keyed hashes of the addresses and external IDs of erased customers: no sync and no import brings them back."""

journal_traces = Table(
    "journal_traces", metadata, counted(), text("kind"), text("key"), UniqueConstraint("kind", "key")
)
"""What the journal still holds of erased customers: keys of edits (``edit``), and of what drafts are about (``draft``). The
journal's own writer strikes them out (``store.journal_scrubbing``)."""

erasures = Table("erasures", metadata, text("id"), time("at"), text("by"), text("receipt"), UniqueConstraint("id"))
"""That somebody was erased, when, by whom, and how many rows of what went; nothing about who it was."""
