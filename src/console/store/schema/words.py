"""What sticks on customers, companies and conversations: tags, segments, notes, events."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from console.store.schema.columns import flag, key, number, origin_columns, text, time
from console.store.schema.tables import metadata

tags = Table("tags", metadata, key(), text("name"), time("created_at"), UniqueConstraint("name"))

taggings = Table(
    "taggings",
    metadata,
    key(),
    number("tag_id"),
    text("owner_kind"),
    number("subject_id"),
    number("owner_id"),
    text("by"),
    time("at"),
    *origin_columns(),
    UniqueConstraint("tag_id", "subject_id"),
    Index("taggings_owner", "owner_id"),
    Index("taggings_subject", "subject_id"),
    Index("taggings_batch", "batch_id"),
)

segments_given = Table(
    "segments_given",
    metadata,
    number("identity_id"),
    text("name"),
    time("since"),
    text("batch_id", optional=True),
    UniqueConstraint("identity_id", "name"),
)

notes = Table(
    "notes",
    metadata,
    text("id"),
    text("owner_kind"),
    number("subject_id"),
    number("owner_id"),
    text("text"),
    text("author"),
    time("at"),
    text("edited_by", optional=True),
    time("edited_at", optional=True),
    flag("is_pinned"),
    time("deleted_at", optional=True),
    *origin_columns(),
    UniqueConstraint("id"),
    Index("notes_owner", "owner_id", "at"),
    Index("notes_subject", "subject_id"),
)

note_versions = Table(
    "note_versions",
    metadata,
    text("id"),
    text("note_id"),
    text("text"),
    text("by"),
    time("at"),
    UniqueConstraint("id"),
    Index("note_versions_note", "note_id", "at"),
)

events = Table(
    "events",
    metadata,
    key(),
    number("source_id"),
    text("external_id"),
    number("identity_id"),
    number("owner_id"),
    text("name"),
    time("at"),
    text("metadata", default="{}"),
    *origin_columns(),
    UniqueConstraint("source_id", "external_id"),
    Index("events_owner", "owner_id", "name", "at"),
    Index("events_identity", "identity_id"),
    Index("events_batch", "batch_id"),
)
