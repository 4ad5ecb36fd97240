"""What was said: conversations, messages, attachments, and what mails are threaded by."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint
from sqlalchemy import text as condition

from console.store.schema.columns import blob, counted, flag, key, number, origin_columns, text, time
from console.store.schema.tables import metadata

conversations = Table(
    "conversations",
    metadata,
    key(),
    number("source_id"),
    text("external_id"),
    text("channel"),
    text("subject", default=""),
    number("identity_id", optional=True),
    number("placed_id", optional=True),
    flag("is_unlinked"),
    number("customer_id", optional=True),
    number("company_id", optional=True),
    text("nickname", default=""),
    text("state", default="open"),
    time("snoozed_until", optional=True),
    text("assignee", optional=True),
    flag("is_priority"),
    time("first_at"),
    time("last_at"),
    text("preview", default=""),
    text("last_author", default="customer"),
    time("waiting_since", optional=True),
    number("message_count", default=0),
    number("unread_count", default=0),
    number("read_through", default=0),
    flag("is_marked_unread"),
    number("attachment_count", default=0),
    number("merged_into", optional=True),
    text("metadata", default="{}"),
    *origin_columns(),
    UniqueConstraint("source_id", "external_id"),
    Index(
        "conversations_state", "state", "last_at", "id", "merged_into", sqlite_where=condition("merged_into IS NULL")
    ),
    Index("conversations_assignee", "assignee", "state", "last_at", "id"),
    Index("conversations_customer", "customer_id", "last_at", "id"),
    Index("conversations_company", "company_id", "last_at", "id"),
    Index("conversations_channel", "channel", "state", "last_at", "id"),
    Index("conversations_identity", "identity_id"),
    Index("conversations_placed", "placed_id"),
    Index("conversations_batch", "batch_id"),
    Index("conversations_snoozed", "snoozed_until"),
    Index("conversations_nickname", "nickname", sqlite_where=condition("nickname <> ''")),
    Index("conversations_unread", "last_at", "id", "state", "unread_count", sqlite_where=condition("unread_count > 0")),
)

messages = Table(
    "messages",
    metadata,
    key(),
    text("key"),
    number("conversation_id"),
    number("source_id"),
    time("at"),
    text("author_kind"),
    number("author_identity", optional=True),
    text("author_name", default=""),
    text("author_address", default=""),
    text("author_written", default=""),
    text("recipients", default="[]"),
    text("subject", default=""),
    text("text"),
    text("html", optional=True),
    number("quoted_from", optional=True),
    number("remote_images", default=0),
    flag("is_read"),
    flag("is_date_known", default=True),
    text("warnings", default="[]"),
    time("gone_at", optional=True),
    *origin_columns(),
    UniqueConstraint("key"),
    Index("messages_conversation", "conversation_id", "id"),
    Index("messages_author", "author_identity", "id"),
    Index("messages_batch", "batch_id"),
)

attachments = Table(
    "attachments",
    metadata,
    counted(),
    number("message_id"),
    text("name"),
    text("media_type"),
    number("size"),
    text("content_id", optional=True),
    flag("is_inline"),
    Index("attachments_message", "message_id"),
)

attachment_contents = Table("attachment_contents", metadata, key("attachment_id"), blob("content"))

participants = Table(
    "participants",
    metadata,
    number("conversation_id"),
    text("address"),
    text("name", default=""),
    text("role"),
    UniqueConstraint("conversation_id", "address", "role"),
    Index("participants_address", "address"),
)

thread_keys = Table(
    "thread_keys",
    metadata,
    text("key"),
    number("conversation_id"),
    UniqueConstraint("key"),
    Index("thread_keys_conversation", "conversation_id"),
)

thread_subjects = Table(
    "thread_subjects",
    metadata,
    key("message_id"),
    number("conversation_id"),
    text("base_subject"),
    time("at"),
    flag("is_reply"),
    text("sender"),
    text("addresses"),
    Index("thread_subjects_subject", "base_subject", "at"),
    Index("thread_subjects_conversation", "conversation_id"),
)
