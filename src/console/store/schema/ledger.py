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
    text("body"),
    text("state"),
    text("reason", default=""),
    number("attempts", default=0),
    time("at"),
    Index("outbox_state", "state", "at"),
    Index("outbox_edit", "edit_id"),
)

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
