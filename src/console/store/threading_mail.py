"""Threading: which conversation a mail belongs to, by References and In-Reply-To, else by subject (domain.threads).

Conversations that a later mail shows to be one are joined; the result does not depend on the order in which mails arrive.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from console.domain.ids import stable_id
from console.domain.records import MailRecord
from console.domain.threads import REPLY_WINDOW, Threaded, joins
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros, moment

_WINDOW = REPLY_WINDOW + timedelta(days=1)


@dataclass(slots=True)
class Threads:
    """Where each mail of a page goes: ``conversation_by_key``, which conversations are new, and which were joined to another."""

    conversation_by_key: dict[str, int]
    new: set[int]
    survivor_by_joined: dict[int, int]


def thread(connection: Connection, mails: Sequence[MailRecord], own: frozenset[str]) -> Threads:
    """Find or make the conversation of each mail; ``own`` are the teammates' addresses, which join nobody."""
    forest = _Forest()
    keys = {key for mail in mails for key in _keys(mail)}
    rows = connection.exec_driver_sql(
        f"SELECT key, conversation_id FROM thread_keys WHERE key IN {IN_LIST}", (listed(keys),)
    ).fetchall()
    for key, conversation in rows:
        forest.join(("key", key), ("conversation", conversation))
    for mail in mails:
        for key in _keys(mail):
            forest.join(("mail", mail.message.key), ("key", key))
    _join_by_subject(connection, mails, own, forest)
    return _settled(connection, mails, forest)


def keep_threads(connection: Connection, mails: Sequence[MailRecord], threads: Threads, ids: dict[str, int]) -> None:
    """Remember what later mails are threaded by."""
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO thread_keys (key, conversation_id) VALUES (?, ?)",
        sorted((key, threads.conversation_by_key[mail.message.key]) for mail in mails for key in _keys(mail)),
    )
    rows = [
        (
            ids[mail.message.key],
            threads.conversation_by_key[mail.message.key],
            mail.base_subject,
            micros(mail.message.at),
            mail.is_reply,
            mail.message.author.address,
            json.dumps(sorted(_addresses(mail))),
        )
        for mail in mails
        if mail.base_subject and mail.message.key in ids
    ]
    if rows:
        connection.exec_driver_sql(
            """INSERT OR IGNORE INTO thread_subjects (message_id, conversation_id, base_subject, at, is_reply, sender, addresses)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            sorted(rows),
        )


def join_conversations(connection: Connection, survivor_by_joined: dict[int, int]) -> None:
    """Move everything of joined conversations to the one that stays; the old key still leads there."""
    for joined, survivor in sorted(survivor_by_joined.items()):
        for table in ("messages", "thread_keys", "thread_subjects"):
            connection.exec_driver_sql(
                f"UPDATE {table} SET conversation_id = ? WHERE conversation_id = ?", (survivor, joined)
            )
        connection.exec_driver_sql(
            "UPDATE OR IGNORE participants SET conversation_id = ? WHERE conversation_id = ?", (survivor, joined)
        )
        for table in ("taggings", "notes"):
            connection.exec_driver_sql(
                f"UPDATE OR IGNORE {table} SET subject_id = ?, owner_id = ? WHERE subject_id = ?",
                (survivor, survivor, joined),
            )
        connection.exec_driver_sql(
            """UPDATE outbox SET conversation_id = ?1, target_id = CASE target_kind WHEN 'conversation' THEN ?1 ELSE target_id END
               WHERE conversation_id = ?2""",
            (survivor, joined),
        )
        connection.exec_driver_sql(
            """UPDATE conversations SET state = CASE WHEN j.state = 'open' THEN 'open' ELSE conversations.state END,
               placed_id = coalesce(conversations.placed_id, j.placed_id), assignee = coalesce(conversations.assignee, j.assignee),
               is_priority = max(conversations.is_priority, j.is_priority), read_through = max(conversations.read_through, j.read_through)
               FROM conversations j WHERE j.id = ? AND conversations.id = ?""",
            (joined, survivor),
        )
        connection.exec_driver_sql(
            # Whose it was is forgotten by the refresh, which then counts that customer's conversations again.
            "UPDATE conversations SET merged_into = ?, identity_id = NULL, placed_id = NULL WHERE id = ?",
            (survivor, joined),
        )


def following_conversation(connection: Connection, conversation: int) -> int:
    """The conversation that ``conversation`` is today, where it was joined to another."""
    seen = {conversation}
    while True:
        into = connection.exec_driver_sql(
            "SELECT merged_into FROM conversations WHERE id = ?", (conversation,)
        ).scalar()
        if into is None or into in seen:
            return conversation
        conversation = into
        seen.add(conversation)


def _keys(mail: MailRecord) -> tuple[str, ...]:
    own = mail.message_id or mail.message.key
    return (own, *mail.references)


def _addresses(mail: MailRecord) -> set[str]:
    people = (mail.message.author, *mail.message.to, *mail.message.cc)
    return {person.address for person in people if person.address}


def _join_by_subject(connection: Connection, mails: Sequence[MailRecord], own: frozenset[str], forest: _Forest) -> None:
    by_subject: dict[str, list[tuple[tuple[str, object], Threaded]]] = defaultdict(list)
    for mail in mails:
        if mail.base_subject:
            by_subject[mail.base_subject].append((("mail", mail.message.key), _threaded(mail)))
    times = [micros(mail.message.at) for mail in mails]
    reach = _WINDOW // timedelta(microseconds=1)
    rows = connection.exec_driver_sql(
        f"""SELECT conversation_id, base_subject, at, is_reply, sender, addresses FROM thread_subjects
            WHERE base_subject IN {IN_LIST} AND at BETWEEN ? AND ?""",
        (listed(by_subject), min(times, default=0) - reach, max(times, default=0) + reach),
    ).fetchall()
    standing: dict[str, list[tuple[tuple[str, object], Threaded]]] = defaultdict(list)
    for conversation, subject, at, is_reply, sender, addresses in rows:
        known = Threaded(subject, bool(is_reply), moment(at), sender, frozenset(json.loads(addresses)))
        standing[subject].append((("conversation", conversation), known))
    for subject, arrivals in by_subject.items():
        for place, (node, threaded) in enumerate(arrivals):
            for other, known in (*standing[subject], *arrivals[:place]):
                if not forest.are_joined(node, other) and joins(threaded, known, own):
                    forest.join(node, other)


def _threaded(mail: MailRecord) -> Threaded:
    return Threaded(
        mail.base_subject, mail.is_reply, mail.message.at, mail.message.author.address, frozenset(_addresses(mail))
    )


def _settled(connection: Connection, mails: Sequence[MailRecord], forest: _Forest) -> Threads:
    groups: dict[object, set[int]] = defaultdict(set)
    for node in forest.nodes():
        if node[0] == "conversation":
            groups[forest.root(node)].add(int(str(node[1])))
    firsts = _first_times(connection, {one for group in groups.values() for one in group})
    threads = Threads({}, set(), {})
    made: dict[object, int] = {}
    for mail in sorted(mails, key=lambda one: (one.message.at, one.message.key)):
        root = forest.root(("mail", mail.message.key))
        if root not in made:
            standing = sorted(groups.get(root, ()), key=lambda one: (firsts.get(one, 0), one))
            made[root] = standing[0] if standing else stable_id("conversation", mail.message.key)
            threads.survivor_by_joined.update((one, made[root]) for one in standing[1:])
            if not standing:
                threads.new.add(made[root])
        threads.conversation_by_key[mail.message.key] = made[root]
    return threads


def _first_times(connection: Connection, conversations: set[int]) -> dict[int, int]:
    rows = connection.exec_driver_sql(
        f"SELECT id, first_at FROM conversations WHERE id IN {IN_LIST}", (listed(conversations),)
    )
    return {row[0]: row[1] for row in rows.fetchall()}


class _Forest:
    """Union-find over mails, thread keys and conversations."""

    def __init__(self) -> None:
        self._parent: dict[tuple[str, object], tuple[str, object]] = {}

    def nodes(self) -> tuple[tuple[str, object], ...]:
        return tuple(self._parent)

    def root(self, node: tuple[str, object]) -> tuple[str, object]:
        parent = self._parent.setdefault(node, node)
        while parent != node:
            self._parent[node] = self._parent[parent]
            node, parent = parent, self._parent[parent]
        return node

    def join(self, first: tuple[str, object], second: tuple[str, object]) -> None:
        self._parent[self.root(first)] = self.root(second)

    def are_joined(self, first: tuple[str, object], second: tuple[str, object]) -> bool:
        return self.root(first) == self.root(second)
