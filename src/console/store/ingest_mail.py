"""Taking in mail: authors become customers, mails become messages of threaded conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from console.domain.records import AuthorKind, FlagsRecord, MailRecord, OwnerKind, Person
from console.domain.values import Value, ValueKind
from console.store.claims import Said, put_claims
from console.store.dialect import IN_LIST, listed
from console.store.identities import Wanted, settle
from console.store.mail_rows import follow_first_mail
from console.store.message_rows import Arrival, free_ids, insert_messages, known_messages
from console.store.moments import micros
from console.store.same_mail import parted
from console.store.taking import Taking
from console.store.threading_mail import Threads, join_conversations, keep_threads, thread

_LONGEST_NAME = 200


def take_mails(taking: Taking, records: Sequence[MailRecord]) -> None:
    """Mails that are new become messages; one known already (from a file, another folder) only gains a place."""
    if not records:
        return
    records = parted(taking.connection, records)
    by_key = {record.message.key: record for record in records}
    known = known_messages(taking.connection, by_key)
    _seen_again(taking, [record for record in records if record.message.key in known])
    fresh = sorted((r for key, r in by_key.items() if key not in known), key=lambda r: (r.message.at, r.message.key))
    for record in records:
        if record.message.key in known:
            taking.target_by_external_id[record.external_id] = known[record.message.key].id
            taking.count(record.external_id, is_new=False, is_changed=False)
    if not fresh:
        return
    people = _people(taking, fresh)
    threads = thread(taking.connection, fresh, taking.intake.own_addresses)
    join_conversations(taking.connection, threads.survivor_by_joined)
    opened = _open_conversations(taking, fresh, threads, people)
    _reopen(taking, fresh, threads)
    ids = free_ids(taking.connection, [record.message for record in fresh])
    arrivals = [
        Arrival(
            record.message,
            threads.conversation_by_key[record.message.key],
            _customer_of(record, people),
            record.external_id,
        )
        for record in fresh
    ]
    insert_messages(taking.connection, taking.intake.source_id, taking.intake.batch_id, arrivals, ids)
    keep_threads(taking.connection, fresh, threads, ids)
    _keep_participants(taking, fresh, threads)
    touched = set(threads.conversation_by_key.values()) | set(threads.survivor_by_joined)
    follow_first_mail(taking.connection, touched - opened)
    taking.touched.conversations |= touched
    taking.target_by_external_id.update(
        (record.external_id, ids[record.message.key]) for record in records if record.message.key in ids
    )


def take_flags(taking: Taking, records: Sequence[FlagsRecord]) -> None:
    """Read or unread, as the mailbox says."""
    if not records:
        return
    read_by_place = {record.external_id: record.is_read for record in records}
    rows = taking.connection.exec_driver_sql(
        f"""SELECT r.external_id, m.id, m.is_read, m.conversation_id FROM records r JOIN messages m ON m.id = r.target_id
            WHERE r.source_id = ? AND r.external_id IN {IN_LIST}""",
        (taking.intake.source_id, listed(read_by_place)),
    ).fetchall()
    changed = [
        (read_by_place[place], message, conversation)
        for place, message, is_read, conversation in rows
        if bool(is_read) != read_by_place[place]
    ]
    if changed:
        taking.connection.exec_driver_sql("UPDATE messages SET is_read = ? WHERE id = ?", [row[:2] for row in changed])
        taking.touched.conversations.update(row[2] for row in changed)


def _seen_again(taking: Taking, records: Sequence[MailRecord]) -> None:
    keys = listed(record.message.key for record in records)
    rows = taking.connection.exec_driver_sql(
        f"SELECT conversation_id FROM messages WHERE key IN {IN_LIST} AND gone_at IS NOT NULL", (keys,)
    ).fetchall()
    taking.connection.exec_driver_sql(
        f"UPDATE messages SET gone_at = NULL WHERE key IN {IN_LIST} AND gone_at IS NOT NULL", (keys,)
    )
    taking.touched.conversations.update(row[0] for row in rows)


class _People(NamedTuple):
    """Everybody outside the team on a page."""

    identity_by_address: Mapping[str, int]
    owner_by_identity: Mapping[int, int]


def _people(taking: Taking, records: Sequence[MailRecord]) -> _People:
    """The identities of everybody outside the team that a conversation can belong to, by canonical address."""
    named: dict[str, list[tuple[int, Person]]] = {}
    for record in records:
        for person, at in _outsiders(record, taking.intake.own_addresses):
            named.setdefault(person.address, []).append((at, person))
    wanted = [_wanted(taking, address) for address in sorted(named)]
    settled = settle(taking.connection, wanted, taking.now, taking.intake.batch_id)
    identities = {one.external_id: one.id for one in wanted}
    sayings = [said for address, people in sorted(named.items()) if (said := _name(identities[address], people))]
    voice = taking.voice
    changed = put_claims(taking.connection, sayings, voice)
    taking.touched.customers.update(settled.touched, (settled.owner_by_identity[identity] for identity in changed))
    taking.touched.seen.update(settled.owner_by_identity[identity] for identity in identities.values())
    return _People(identities, settled.owner_by_identity)


def _outsiders(record: MailRecord, own: frozenset[str]) -> list[tuple[Person, int]]:
    message = record.message
    if message.author_kind is AuthorKind.CUSTOMER:
        return [(message.author, micros(message.at))] if message.author.address else []
    if message.author_kind is AuthorKind.TEAMMATE:
        return [(person, 0) for person in message.to[:1] if person.address and person.address not in own]
    return []


def _wanted(taking: Taking, address: str) -> Wanted:
    return Wanted(OwnerKind.CUSTOMER, taking.intake.source_id, address, ((address, address),))


def _name(identity: int, people: list[tuple[int, Person]]) -> Said | None:
    """The display name of the newest mail that has one; what we called somebody ourselves counts only where nothing else does."""
    named = [(at, person.name) for at, person in people if person.name and "@" not in person.name]
    if not named:
        return None
    at, name = max(named)
    return Said(
        identity, OwnerKind.CUSTOMER, {"name": Value(ValueKind.STRING, name[:_LONGEST_NAME])}, at, only_if_newer=True
    )


def _customer_of(record: MailRecord, people: _People) -> int | None:
    if record.message.author_kind is AuthorKind.CUSTOMER:
        return people.identity_by_address.get(record.message.author.address)
    return None


def _open_conversations(taking: Taking, records: Sequence[MailRecord], threads: Threads, people: _People) -> set[int]:
    """New conversations, each with the customer and the subject of its first mail that has one; gives their keys."""
    mails_by_conversation: dict[int, list[MailRecord]] = {conversation: [] for conversation in threads.new}
    for record in records:
        conversation = threads.conversation_by_key[record.message.key]
        if conversation in threads.new:
            mails_by_conversation[conversation].append(record)
    known = taking.connection.exec_driver_sql(
        f"SELECT id FROM conversations WHERE id IN {IN_LIST}", (listed(threads.new),)
    ).fetchall()
    for (conversation,) in known:
        # Its mails were taken out; a teammate keeps it.
        del mails_by_conversation[conversation]
    rows = []
    for conversation, mails in sorted(mails_by_conversation.items()):
        identity = next((one for mail in mails if (one := _customer_of(mail, people)) is not None), None)
        subject = next((mail.message.subject for mail in mails if mail.message.subject), "")
        owner = None if identity is None else people.owner_by_identity[identity]
        at = micros(mails[0].message.at)
        source, batch = taking.intake.source_id, taking.intake.batch_id
        rows.append((conversation, source, f"mail:{conversation}", "email", subject, identity, owner, at, at, batch))
    if rows:
        taking.connection.exec_driver_sql(
            """INSERT INTO conversations (id, source_id, external_id, channel, subject, identity_id, customer_id, first_at, last_at, batch_id)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            rows,
        )
    return set(mails_by_conversation)


def _reopen(taking: Taking, records: Sequence[MailRecord], threads: Threads) -> None:
    """A customer who writes again after a conversation was closed or put off brings it back."""
    latest: dict[int, int] = {}
    for record in records:
        if record.message.author_kind is AuthorKind.CUSTOMER:
            conversation = threads.conversation_by_key[record.message.key]
            latest[conversation] = max(latest.get(conversation, 0), micros(record.message.at))
    taking.connection.exec_driver_sql(
        "UPDATE conversations SET state = 'open', snoozed_until = NULL WHERE id = ? AND state <> 'open' AND last_at < ?",
        [(conversation, at) for conversation, at in sorted(latest.items())],
    ) if latest else None


def _keep_participants(taking: Taking, records: Sequence[MailRecord], threads: Threads) -> None:
    rows = set()
    for record in records:
        conversation, message = threads.conversation_by_key[record.message.key], record.message
        for role, people in (("from", (message.author,)), ("to", message.to), ("cc", message.cc)):
            rows.update(
                (conversation, person.address or person.written, person.name, role)
                for person in people
                if person.address or person.written
            )
    if rows:
        taking.connection.exec_driver_sql(
            "INSERT OR IGNORE INTO participants (conversation_id, address, name, role) VALUES (?, ?, ?, ?)",
            sorted(rows),
        )
