"""What is said of whom: property definitions, claims, and the winners among them."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy import text as condition

from console.store.schema.columns import counted, flag, key, number, origin_columns, real, text, time
from console.store.schema.tables import metadata

properties = Table(
    "properties",
    metadata,
    key(),
    text("owner_kind"),
    text("name"),
    text("kind"),
    text("choices", default="[]"),
    flag("is_on_top"),
    number("position", default=0),
    number("company_property_id", optional=True),
    time("created_at"),
    UniqueConstraint("owner_kind", "name"),
)

claims = Table(
    "claims",
    metadata,
    counted(),
    number("identity_id"),
    number("property_id"),
    number("rank"),
    text("state"),
    text("kind"),
    text("value", optional=True),
    text("origin_kind"),
    text("origin_name"),
    text("origin_key"),
    time("acted_at"),
    time("source_time", optional=True),
    time("since"),
    time("until", optional=True),
    flag("is_pin"),
    *origin_columns(),
    text("ended_by", optional=True),
    number("continues", optional=True),
    number("trust", default=0),
    Index("claims_identity", "identity_id", "property_id"),
    Index("claims_since", "identity_id", "since"),
    Index("claims_until", "identity_id", "until", sqlite_where=condition("until IS NOT NULL")),
    Index("claims_batch", "batch_id"),
    Index("claims_ended_by", "ended_by"),
)

winners = Table(
    "winners",
    metadata,
    number("owner_id"),
    number("property_id"),
    number("claim_id"),
    text("kind"),
    text("text", optional=True),
    real("number"),
    PrimaryKeyConstraint("owner_id", "property_id"),
    Index("winners_text", "property_id", "text"),
    Index("winners_number", "property_id", "number"),
    sqlite_with_rowid=False,
)
"""Stored in the order of its key, which every index holds: whose a value is needs no look at the table."""
