"""Erasing a customer: every row of theirs goes, every mention elsewhere is struck out, keyed hashes keep them from coming back.

There is no undo. What cannot be reached from here is said in ``docs/architecture.md``: attachments of other people that mention
them inside a packed format, and backups, which are cleaned when they are restored.
"""

from __future__ import annotations

import json
import re

from console.domain.erasing import Receipt
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.conversation_rows import refresh_conversations
from console.store.dialect import IN_LIST, listed
from console.store.erased_marks import marks, put_marks
from console.store.erasing_mentions import strike_out
from console.store.erasing_traces import Traces, traces
from console.store.mail_rows import follow_mails
from console.store.moments import moment
from console.store.refreshing import Touched

# In this order: rows that tell where others lie go after those.
_PLAN = (
    ("attachments", "attachment_contents", "attachment_id IN (SELECT id FROM attachments WHERE message_id IN {messages})"),
    ("", "attachments", "message_id IN {messages}"),
    ("", "thread_subjects", "message_id IN {messages} OR conversation_id IN {conversations}"),
    ("", "thread_keys", "conversation_id IN {conversations}"),
    ("", "participants", "conversation_id IN {conversations}"),
    ("", "source_raws", "(source_id, external_id) IN (SELECT r.source_id, r.external_id FROM records r WHERE r.target_id IN {identities} OR r.target_id IN {conversations})"),
    ("records", "records", "target_id IN {identities} OR target_id IN {conversations} OR target_id IN {messages}"),
    ("messages", "messages", "id IN {messages}"),
    ("", "note_versions", "note_id IN {notes}"),
    ("notes", "notes", "id IN {notes}"),
    ("tags", "taggings", "subject_id IN {identities} OR subject_id IN {conversations}"),
    ("", "word_spans", "subject_id IN {identities} OR subject_id IN {conversations}"),
    ("", "segments_given", "identity_id IN {identities}"),
    ("", "segment_spans", "owner_id IN {owners}"),
    ("events", "events", "identity_id IN {identities}"),
    ("properties", "claims", "identity_id IN {identities}"),
    ("", "winners", "owner_id IN {owners}"),
    ("", "memberships", "customer_identity IN {identities}"),
    ("addresses", "identity_keys", "identity_id IN {identities}"),
    ("", "identity_history", "identity_id IN {identities}"),
    ("", "aparts", "first_id IN {identities} OR second_id IN {identities}"),
    ("", "outbox", "conversation_id IN {conversations} OR target_id IN {owners}"),
    ("conversations", "conversations", "id IN {conversations}"),
    ("identities", "identities", "id IN {identities}"),
    ("", "customers", "id IN {owners}"),
)  # fmt: skip

_KEYS = re.compile(r"\{(\w+)\}")

# A company that only they had made, by a word in a row or a form: nobody belongs to it, and nobody said anything of it.
_DESERTED = f"""SELECT o.id FROM companies o WHERE o.id IN {IN_LIST}
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.company_id = o.id)
    AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.owner_id = o.id AND (i.source_id <> 0 OR i.edit_id IS NOT NULL))
    AND NOT EXISTS (SELECT 1 FROM claims c JOIN identities i ON i.id = c.identity_id WHERE i.owner_id = o.id AND c.edit_id IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.owner_id = o.id) AND NOT EXISTS (SELECT 1 FROM taggings g WHERE g.owner_id = o.id)"""


def erase(connection: Connection, customer: int, erasure: str, now: int, by: str, touched: Touched) -> Receipt:
    """Erase a customer inside the caller's transaction; gives the receipt, which is kept as well."""
    found = traces(connection, customer, marks(connection))
    count = put_marks(connection, found.marks, erasure)
    rows = _delete(connection, found)
    _drop_deserted(connection, found)
    connection.exec_driver_sql("DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM taggings g WHERE g.tag_id = tags.id)")
    mentions = strike_out(connection, found.words, touched)
    receipt = Receipt(erasure, moment(now), by, rows, mentions, count)
    _keep(connection, receipt, now)
    touched.conversations -= found.conversations
    touched.customers -= found.owners
    _tell(found, touched)
    connection.exec_driver_sql(
        "INSERT INTO meta (name, value) VALUES ('search_to_clean', '1') ON CONFLICT (name) DO UPDATE SET value = '1'"
    )
    return receipt


def would_erase(connection: Connection, customer: int) -> dict[str, int]:
    """How many rows of what would go with a customer, as the receipt will say it; mentions elsewhere are not looked for."""
    found = traces(connection, customer, marks(connection))
    keys = _lists(found)
    rows: dict[str, int] = {"records": len(_event_records(connection, found))}
    for name, table, condition in _PLAN:
        if name:
            where, arguments = _where(condition, keys)
            count = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}", arguments).scalar_one()
            rows[name] = rows.get(name, 0) + count
    return rows


def _lists(found: Traces) -> dict[str, str]:
    return {
        "owners": listed(found.owners),
        "identities": listed(found.identities),
        "conversations": listed(found.conversations),
        "messages": listed(found.messages),
        "notes": listed(found.notes),
    }


def _where(condition: str, keys: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """A condition of the plan as SQL, and its arguments."""
    return condition.format_map(dict.fromkeys(keys, IN_LIST)), tuple(keys[one] for one in _KEYS.findall(condition))


def _delete(connection: Connection, found: Traces) -> dict[str, int]:
    keys, gone = _lists(found), _event_records(connection, found)
    if gone:
        connection.exec_driver_sql("DELETE FROM records WHERE id = ?", gone)
    rows: dict[str, int] = {"records": len(gone)}
    thinned = _thinned(connection, found)
    for name, table, condition in _PLAN:
        where, arguments = _where(condition, keys)
        count = connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", arguments).rowcount
        if name:
            rows[name] = rows.get(name, 0) + count
    connection.exec_driver_sql(
        f"UPDATE conversations SET identity_id = NULL WHERE identity_id IN {IN_LIST}", (keys["identities"],)
    )
    follow_mails(connection, thinned)
    refresh_conversations(connection, thinned)
    return rows


def _thinned(connection: Connection, found: Traces) -> set[int]:
    """Conversations of others in which they had written."""
    rows = connection.exec_driver_sql(
        f"SELECT DISTINCT conversation_id FROM messages WHERE id IN {IN_LIST}", (listed(found.messages),)
    ).fetchall()
    return {row[0] for row in rows} - found.conversations


def _event_records(connection: Connection, found: Traces) -> list[tuple[int]]:
    """Records of events have no target: they are found by the name that their source gave them."""
    named: dict[int, set[str]] = {}
    for source, external_id in connection.exec_driver_sql(
        f"SELECT source_id, external_id FROM events WHERE identity_id IN {IN_LIST}", (listed(found.identities),)
    ).fetchall():
        named.setdefault(source, set()).add(external_id)
    return [
        (key,)
        for source, names in named.items()
        for key, place in connection.exec_driver_sql(
            "SELECT id, external_id FROM records WHERE source_id = ? AND kind = 'EventRecord'", (source,)
        ).fetchall()
        if not names.isdisjoint(_ends(place))
    ]


def _ends(place: str) -> list[str]:
    """What may be an event's own name in the place of its record: all of it, and what follows each slash."""
    return [place.removeprefix("event:"), *(place[at + 1 :] for at, sign in enumerate(place) if sign == "/")]


def _drop_deserted(connection: Connection, found: Traces) -> None:
    gone = listed(row[0] for row in connection.exec_driver_sql(_DESERTED, (listed(found.companies),)).fetchall())
    identities = f"(SELECT id FROM identities WHERE owner_id IN {IN_LIST})"
    for table, condition in (
        ("identity_keys", f"identity_id IN {identities}"),
        ("identity_history", f"identity_id IN {identities}"),
        ("claims", f"identity_id IN {identities}"),
        ("winners", f"owner_id IN {IN_LIST}"),
        ("segment_spans", f"owner_id IN {IN_LIST}"),
        ("identities", f"owner_id IN {IN_LIST}"),
        ("companies", f"id IN {IN_LIST}"),
    ):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {condition}", (gone,))


def _keep(connection: Connection, receipt: Receipt, now: int) -> None:
    said = {"rows": dict(receipt.rows), "mentions": receipt.mentions, "marks": receipt.marks}
    connection.exec_driver_sql(
        "INSERT INTO erasures (id, at, by, receipt) VALUES (?, ?, ?, ?)",
        (receipt.id, now, receipt.by, json.dumps(said)),
    )


def _tell(found: Traces, touched: Touched) -> None:
    """Windows that show any of it ask again and find nothing; the index forgets it. The rows are gone, so nothing is refreshed."""
    touched.companies |= found.companies
    touched.also(Stale.CUSTOMER, *found.owners)
    if found.conversations:
        touched.also(Stale.CONVERSATION, *found.conversations)
    touched.also(Stale.TAG)


def receipts(connection: Connection) -> tuple[Receipt, ...]:
    """All receipts, the newest first."""
    rows = connection.exec_driver_sql("SELECT id, at, by, receipt FROM erasures ORDER BY at DESC, id").fetchall()
    found = []
    for key, at, by, said in rows:
        body = json.loads(said)
        found.append(Receipt(key, moment(at), by, body["rows"], body["mentions"], body["marks"]))
    return tuple(found)
