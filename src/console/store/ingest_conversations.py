"""Taking in whole conversations: chats, survey answers, reviews, calls and memos, with the messages known so far."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from console.domain.ids import stable_id
from console.domain.records import AuthorKind, ConversationRecord, MessageRecord, OwnerKind
from console.domain.values import stored
from console.store.identities import Wanted, settle
from console.store.message_rows import Arrival, free_ids, insert_messages, known_messages
from console.store.moments import micros
from console.store.tags_given import give_tags
from console.store.taking import Taking


def take_conversations(taking: Taking, records: Sequence[ConversationRecord]) -> None:
    """Conversations with new messages appended; messages known already take the text that the source now gives."""
    if not records:
        return
    by_id = {conversation_id(taking.intake.source_id, record.external_id): record for record in records}
    identities = _people(taking, records)
    _put_rows(taking, by_id, identities)
    known = known_messages(taking.connection, (message.key for record in records for message in record.messages))
    fresh = [
        (conversation, record, message)
        for conversation, record in by_id.items()
        for message in record.messages
        if message.key not in known
    ]
    _reopen(taking, fresh)
    ids = free_ids(taking.connection, [message for _, _, message in fresh])
    ids |= _as_told(fresh, ids)
    arrivals = [
        Arrival(message, conversation, _author(record, message, identities), record.external_id)
        for conversation, record, message in fresh
    ]
    insert_messages(taking.connection, taking.intake.source_id, taking.intake.batch_id, arrivals, ids)
    _update_known(taking, [message for record in records for message in record.messages if message.key in known])
    for conversation, record in by_id.items():
        taking.target_by_external_id[record.external_id] = conversation
        give_tags(taking.connection, OwnerKind.CONVERSATION, conversation, conversation, record.tags, taking.voice)
    taking.touched.conversations.update(by_id)


def conversation_id(source_id: int, external_id: str) -> int:
    """The key of a conversation that its source names."""
    return stable_id("conversation", str(source_id), external_id)


def _people(taking: Taking, records: Sequence[ConversationRecord]) -> dict[str, int]:
    customers = {record.customer_id for record in records if record.customer_id}
    wanted = [Wanted(OwnerKind.CUSTOMER, taking.intake.source_id, customer) for customer in sorted(customers)]
    settled = settle(taking.connection, wanted, taking.now, taking.intake.batch_id)
    taking.touched.customers |= settled.touched
    taking.touched.seen.update(settled.owner_by_identity.values())
    return {one.external_id: one.id for one in wanted}


def _put_rows(taking: Taking, by_id: dict[int, ConversationRecord], identities: dict[str, int]) -> None:
    rows = []
    for conversation, record in sorted(by_id.items()):
        times = [micros(message.at) for message in record.messages] or [taking.now]
        state = "closed" if record.is_closed else "open"
        details = json.dumps(
            {name: [value.kind.value, stored(value)] for name, value in record.properties.items()}, ensure_ascii=False
        )
        identity = identities.get(record.customer_id) if record.customer_id else None
        rows.append(
            (
                conversation,
                taking.intake.source_id,
                record.external_id,
                record.channel.value,
                record.subject,
                identity,
                record.nickname,
                state,
                min(times),
                max(times),
                details,
                taking.intake.batch_id,
            )
        )
    taking.connection.exec_driver_sql(
        """INSERT INTO conversations (id, source_id, external_id, channel, subject, identity_id, nickname, state, first_at, last_at, metadata, batch_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, identity_id = coalesce(excluded.identity_id, identity_id),
           nickname = excluded.nickname, metadata = excluded.metadata""",
        rows,
    )


def _reopen(taking: Taking, fresh: Sequence[tuple[int, ConversationRecord, MessageRecord]]) -> None:
    rows = [
        (conversation, micros(message.at))
        for conversation, record, message in fresh
        if message.author_kind is AuthorKind.CUSTOMER and not record.is_closed
    ]
    if rows:
        taking.connection.exec_driver_sql(
            "UPDATE conversations SET state = 'open', snoozed_until = NULL WHERE id = ? AND state <> 'open' AND last_at < ?",
            rows,
        )


def _as_told(fresh: Sequence[tuple[int, ConversationRecord, MessageRecord]], ids: Mapping[str, int]) -> dict[str, int]:
    """The same keys, given out so that messages of one second stand in the order in which their source tells them.

    Chats count whole seconds, and a bot says several things in one.
    """
    said_at: dict[tuple[int, int], list[str]] = {}
    for conversation, _, message in fresh:
        said_at.setdefault((conversation, int(message.at.timestamp())), []).append(message.key)
    told: dict[str, int] = {}
    for keys in said_at.values():
        unique = list(dict.fromkeys(keys))
        told |= zip(unique, sorted(ids[key] for key in unique), strict=True)
    return told


def _author(record: ConversationRecord, message: MessageRecord, identities: dict[str, int]) -> int | None:
    if message.author_kind is AuthorKind.CUSTOMER and record.customer_id:
        return identities.get(record.customer_id)
    return None


def _update_known(taking: Taking, messages: Sequence[MessageRecord]) -> None:
    rows = [(one.text, one.html, one.quoted_from, one.remote_images, one.key) for one in messages]
    if rows:
        taking.connection.exec_driver_sql(
            """UPDATE messages SET text = ?1, html = ?2, quoted_from = ?3, remote_images = ?4, gone_at = NULL
               WHERE key = ?5 AND (text, html) IS NOT (?1, ?2)""",
            rows,
        )
