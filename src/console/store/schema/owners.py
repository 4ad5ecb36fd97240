"""Who is who: identities, their keys and history, customers, companies, memberships."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from console.store.schema.columns import counted, flag, key, number, origin_columns, text, time
from console.store.schema.tables import metadata

identities = Table(
    "identities",
    metadata,
    key(),
    number("source_id"),
    text("external_id"),
    text("kind"),
    number("owner_id"),
    flag("is_placed"),
    time("created_at"),
    time("gone_at", optional=True),
    *origin_columns(),
    UniqueConstraint("source_id", "kind", "external_id"),
    Index("identities_owner", "owner_id"),
    Index("identities_batch", "batch_id"),
)

identity_keys = Table(
    "identity_keys",
    metadata,
    number("identity_id"),
    text("kind"),
    text("key"),
    text("written"),
    text("batch_id", optional=True),
    # The key first: there are but two kinds, and a search that begins with one of them reads half the table.
    UniqueConstraint("key", "kind", "identity_id"),
    Index("identity_keys_identity", "identity_id"),
)

identity_history = Table(
    "identity_history",
    metadata,
    counted(),
    number("identity_id"),
    number("from_id", optional=True),
    number("to_id"),
    time("at"),
    text("reason"),
    text("edit_id", optional=True),
    Index("identity_history_identity", "identity_id"),
    Index("identity_history_from", "from_id"),
    Index("identity_history_to", "to_id"),
)

aparts = Table(
    "aparts",
    metadata,
    key(),
    number("first_id"),
    number("second_id"),
    time("at"),
    text("edit_id", optional=True),
    UniqueConstraint("first_id", "second_id"),
    Index("aparts_second", "second_id"),
)

customers = Table(
    "customers",
    metadata,
    key(),
    number("home_id"),
    text("name", default=""),
    text("email", default=""),
    time("created_at"),
    time("first_seen", optional=True),
    time("last_seen", optional=True),
    number("company_id", optional=True),
    number("merged_into", optional=True),
    flag("is_role"),
    flag("is_shared"),
    number("conversation_count", default=0),
    *origin_columns(),
    Index("customers_name", "name"),
    Index("customers_last_seen", "last_seen"),
    Index("customers_company", "company_id"),
)

companies = Table(
    "companies",
    metadata,
    key(),
    number("home_id"),
    text("name", default=""),
    text("domain", default=""),
    time("created_at"),
    number("merged_into", optional=True),
    number("member_count", default=0),
    time("last_seen", optional=True),
    *origin_columns(),
    Index("companies_name", "name"),
)

memberships = Table(
    "memberships",
    metadata,
    key(),
    number("customer_identity"),
    number("company_identity"),
    number("customer_id"),
    number("company_id"),
    flag("is_main"),
    text("origin"),
    time("since"),
    time("until", optional=True),
    *origin_columns(),
    Index("memberships_customer", "customer_id"),
    Index("memberships_company", "company_id"),
    Index("memberships_customer_identity", "customer_identity"),
    Index("memberships_company_identity", "company_identity"),
)
