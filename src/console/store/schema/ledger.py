"""What was done: the outbox, outcomes and inverses of edits, and the change feed."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from console.store.schema.columns import counted, number, text, time
from console.store.schema.tables import metadata

outbox = Table(
    "outbox",
    metadata,
    counted(),
    text("edit_id"),
    number("source_id", optional=True),
    number("conversation_id", optional=True),
    text("kind"),
    text("target_kind", default="conversation"),
    number("target_id", optional=True),
    text("external_id", optional=True),
    text("body"),
    text("base", optional=True),
    text("theirs", optional=True),
    text("state"),
    text("reason", default=""),
    text("receipt", default=""),
    number("attempts", default=0),
    time("at"),
    time("next_at", optional=True),
    time("claimed_at", optional=True),
    time("settled_at", optional=True),
    Index("outbox_state", "state", "at"),
    Index("outbox_edit", "edit_id"),
    Index("outbox_source", "source_id", "state", "id"),
    Index("outbox_target", "target_id"),
    Index("outbox_conversation", "conversation_id"),
)

write_backs = Table("write_backs", metadata, number("source_id"), text("what"), UniqueConstraint("source_id", "what"))

edit_outcomes = Table(
    "edit_outcomes",
    metadata,
    text("edit_id"),
    number("seq"),
    text("state"),
    text("kind", default=""),
    text("target", optional=True),
    text("title"),
    text("reason", default=""),
    time("at"),
    text("by"),
    UniqueConstraint("edit_id"),
    Index("edit_outcomes_seq", "seq"),
    Index("edit_outcomes_target", "target"),
)

inverses = Table(
    "inverses",
    metadata,
    text("edit_id"),
    number("n"),
    text("step"),
    UniqueConstraint("edit_id", "n"),
)

changes = Table(
    "changes", metadata, counted("seq"), text("kind"), number("key", optional=True), sqlite_autoincrement=True
)
