"""What sources gave: their rows, cursors, raw records, imports, and what was put aside."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from console.store.schema.columns import blob, counted, flag, key, number, origin_columns, text, time
from console.store.schema.tables import metadata

meta = Table("meta", metadata, text("name"), text("value"), UniqueConstraint("name"))

sources = Table(
    "sources",
    metadata,
    key(),
    text("kind"),
    text("name"),
    text("settings", default="{}"),
    text("secret", optional=True),
    text("state", default="ready"),
    text("problem", default=""),
    flag("is_paused"),
    time("created_at"),
    time("synced_at", optional=True),
    text("own_addresses", default="[]"),
    time("next_at", optional=True),
    number("trust", default=0),
    UniqueConstraint("name"),
)

streams = Table(
    "streams",
    metadata,
    number("source_id"),
    text("stream"),
    text("cursor", optional=True),
    number("done", default=0),
    number("total", optional=True),
    time("synced_at", optional=True),
    time("changed_at", optional=True),
    UniqueConstraint("source_id", "stream"),
)

records = Table(
    "records",
    metadata,
    counted(),
    number("source_id"),
    text("external_id"),
    text("kind"),
    blob("raw"),
    blob("hash"),
    time("fetched_at"),
    number("target_id", optional=True),
    text("touched_by", optional=True),
    time("gone_at", optional=True),
    *origin_columns(),
    text("stream", optional=True),
    UniqueConstraint("source_id", "external_id"),
    Index("records_target", "target_id"),
    Index("records_batch", "batch_id"),
)

record_counts = Table(
    "record_counts",
    metadata,
    number("source_id"),
    text("stream"),
    text("kind"),
    number("held"),
    UniqueConstraint("source_id", "stream", "kind"),
)
"""How many living records each stream of a source brought, by kind; kept by the triggers of ``schema.derived``. A stream
without a name holds what was taken in before streams were kept."""

source_raws = Table(
    "source_raws",
    metadata,
    number("source_id"),
    text("external_id"),
    blob("raw"),
    UniqueConstraint("source_id", "external_id"),
)

coverage = Table(
    "coverage",
    metadata,
    number("source_id"),
    text("stream"),
    time("since", optional=True),
    text("remark", default=""),
    UniqueConstraint("source_id", "stream"),
)

source_runs = Table(
    "source_runs",
    metadata,
    counted(),
    number("source_id"),
    time("started_at"),
    time("finished_at", optional=True),
    text("state"),
    text("problem", default=""),
    number("new", default=0),
    number("changed", default=0),
    number("unchanged", default=0),
    number("gone", default=0),
    number("quarantined", default=0),
    number("requests", default=0),
    number("waits", default=0),
    Index("source_runs_started", "source_id", "started_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    counted(),
    number("source_id"),
    text("external_id"),
    text("reason"),
    blob("raw"),
    time("at"),
    text("batch_id", optional=True),
    text("stream", optional=True),
    UniqueConstraint("source_id", "external_id", "batch_id"),
)

import_batches = Table(
    "import_batches",
    metadata,
    text("id"),
    text("kind"),
    text("name"),
    text("plan"),
    text("state"),
    number("done", default=0),
    number("total", optional=True),
    text("counts", default="{}"),
    text("problem", default=""),
    time("started_at"),
    time("finished_at", optional=True),
    time("undone_at", optional=True),
    UniqueConstraint("id"),
)
