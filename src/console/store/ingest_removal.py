"""What a source no longer has: hidden, said so, and never taking a teammate's notes or tags with it.

A record that comes back brings everything back with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.records import CompanyRecord, ConversationRecord, CustomerRecord, DeletionRecord, Record
from console.store.claims import end_claims
from console.store.dialect import IN_LIST, listed
from console.store.taking import Taking

_PEOPLE = ("CustomerRecord", "CompanyRecord")

# Somebody whom another source still knows is shown as that one says; of anybody else, what was known stays.
_UNSAID = f"""SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id
    WHERE c.identity_id IN {IN_LIST} AND c.origin_key = ? AND c.until IS NULL AND EXISTS (
        SELECT 1 FROM identities o WHERE o.owner_id = i.owner_id AND o.id <> i.id AND o.source_id <> 0 AND o.gone_at IS NULL)"""


def take_deletions(taking: Taking, records: Sequence[DeletionRecord]) -> int:
    """Mark records as gone; a message with no place left in any source is gone too. Gives how many were there."""
    if not records:
        return 0
    places = listed(record.external_id for record in records)
    source = taking.intake.source_id
    rows = taking.connection.exec_driver_sql(
        f"SELECT external_id, kind, target_id FROM records WHERE source_id = ? AND external_id IN {IN_LIST} AND gone_at IS NULL",
        (source, places),
    ).fetchall()
    taking.connection.exec_driver_sql(
        f"UPDATE records SET gone_at = ? WHERE source_id = ? AND external_id IN {IN_LIST} AND gone_at IS NULL",
        (taking.now, source, places),
    )
    _hide_mails(taking, [row.target_id for row in rows if row.kind == "MailRecord" and row.target_id is not None])
    _hide_talks(
        taking, [row.target_id for row in rows if row.kind == "ConversationRecord" and row.target_id is not None]
    )
    _hide_people(taking, [row.target_id for row in rows if row.kind in _PEOPLE and row.target_id is not None])
    _hide_events(taking, [row.external_id.partition(":")[2] for row in rows if row.kind == "EventRecord"])
    return len(rows)


def bring_back(taking: Taking, records: Sequence[Record]) -> None:
    """Show again what these records say, where a deletion had hidden it."""
    keys = listed(
        message.key for record in records if isinstance(record, ConversationRecord) for message in record.messages
    )
    taking.connection.exec_driver_sql(
        f"UPDATE messages SET gone_at = NULL WHERE key IN {IN_LIST} AND gone_at IS NOT NULL", (keys,)
    )
    people = listed(
        taking.target_by_external_id[record.external_id]
        for record in records
        if isinstance(record, (CustomerRecord, CompanyRecord)) and record.external_id in taking.target_by_external_id
    )
    taking.connection.exec_driver_sql(
        f"UPDATE identities SET gone_at = NULL WHERE id IN {IN_LIST} AND gone_at IS NOT NULL", (people,)
    )


def _hide_mails(taking: Taking, mails: Sequence[int]) -> None:
    rows = taking.connection.exec_driver_sql(
        f"""SELECT m.id, m.conversation_id FROM messages m WHERE m.id IN {IN_LIST} AND m.gone_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM records r WHERE r.target_id = m.id AND r.gone_at IS NULL)""",
        (listed(mails),),
    ).fetchall()
    if rows:
        taking.connection.exec_driver_sql(
            "UPDATE messages SET gone_at = ? WHERE id = ?", [(taking.now, row[0]) for row in rows]
        )
        taking.touched.conversations.update(row[1] for row in rows)


def _hide_talks(taking: Taking, conversations: Sequence[int]) -> None:
    """What was said there; a conversation in which nothing else stands needs no answer any more."""
    if not conversations:
        return
    ids = listed(conversations)
    taking.connection.exec_driver_sql(
        f"UPDATE messages SET gone_at = ? WHERE conversation_id IN {IN_LIST} AND source_id = ? AND edit_id IS NULL AND gone_at IS NULL",
        (taking.now, ids, taking.intake.source_id),
    )
    taking.connection.exec_driver_sql(
        f"""UPDATE conversations SET state = 'closed', snoozed_until = NULL WHERE id IN {IN_LIST} AND state <> 'closed'
            AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = conversations.id AND m.gone_at IS NULL)""",
        (ids,),
    )
    taking.touched.conversations.update(conversations)


def _hide_people(taking: Taking, identities: Sequence[int]) -> None:
    if not identities:
        return
    ids = listed(identities)
    taking.connection.exec_driver_sql(
        f"UPDATE identities SET gone_at = ? WHERE id IN {IN_LIST} AND gone_at IS NULL", (taking.now, ids)
    )
    rows = taking.connection.exec_driver_sql(_UNSAID, (ids, taking.intake.origin.key)).fetchall()
    end_claims(taking.connection, [row[0] for row in rows], taking.now, None)
    taking.connection.exec_driver_sql(f"DELETE FROM segments_given WHERE identity_id IN {IN_LIST}", (ids,))
    owners = taking.connection.exec_driver_sql(
        f"SELECT owner_id, kind FROM identities WHERE id IN {IN_LIST}", (ids,)
    ).fetchall()
    taking.touched.customers.update(row[0] for row in owners if row[1] == "customer")
    taking.touched.companies.update(row[0] for row in owners if row[1] == "company")


def _hide_events(taking: Taking, events: Sequence[str]) -> None:
    if not events:
        return
    which = f"source_id = ? AND external_id IN {IN_LIST}"
    arguments = (taking.intake.source_id, listed(events))
    rows = taking.connection.exec_driver_sql(f"SELECT owner_id FROM events WHERE {which}", arguments).fetchall()
    taking.touched.seen.update(row[0] for row in rows)
    taking.connection.exec_driver_sql(f"DELETE FROM events WHERE {which}", arguments)
