"""What a record no longer says, or says anew: tags its source took off, and conversations closed or opened there.

Only what changed between two sayings of the source counts. So what teammates did here stays until the source itself changes it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.domain.records import CompanyRecord, ConversationRecord, CustomerRecord, OwnerKind, Record
from console.store.changes import Stale
from console.store.dialect import IN_LIST, listed
from console.store.identities import Wanted, owners_of
from console.store.ingest_conversations import conversation_id
from console.store.tags_given import tagging_id
from console.store.taking import Taking
from console.store.undoing import touch_owner

Fresh = tuple[Record, str, bytes, bytes]
_TAGGED = (CustomerRecord, CompanyRecord, ConversationRecord)


def follow_source(taking: Taking, fresh: Sequence[Fresh]) -> list[Fresh]:
    """Take off what the source took off, and give back the records with only those tags that it did not say before."""
    if taking.intake.is_partial or taking.intake.batch_id is not None:
        return list(fresh)
    former = _former(taking, [place for record, place, *_ in fresh if isinstance(record, _TAGGED)])
    if not former:
        return list(fresh)
    followed = list[Fresh]()
    for record, place, raw, digest in fresh:
        before = former.get(place)
        if before is None or not isinstance(record, _TAGGED):
            followed.append((record, place, raw, digest))
            continue
        if isinstance(record, CustomerRecord) and record.saying:
            followed.append(
                (record, place, raw, digest)
            )  # one of several voices says nothing about what the others say
            continue
        known = [str(tag) for tag in before.get("tags") or ()]
        _take_off(taking, record, [tag for tag in known if tag not in record.tags])
        if isinstance(record, ConversationRecord):
            _follow_state(taking, record, before.get("is_closed"))
        fresh_tags = tuple(tag for tag in record.tags if tag not in known)
        followed.append((replace(record, tags=fresh_tags), place, raw, digest))
    return followed


def _former(taking: Taking, places: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """What these records said when they last came, by place."""
    if not places:
        return {}
    rows = taking.connection.exec_driver_sql(
        f"SELECT external_id, raw FROM records WHERE source_id = ? AND external_id IN {IN_LIST}",
        (taking.intake.source_id, listed(places)),
    ).fetchall()
    return {place: json.loads(zlib.decompress(raw)) for place, raw in rows}


def _take_off(taking: Taking, record: CustomerRecord | CompanyRecord | ConversationRecord, tags: Sequence[str]) -> None:
    """Take off what the source itself had stuck on; the same tag from a teammate stays."""
    if not tags:
        return
    kind, subject = _subject(taking, record)
    keys = listed(tagging_id(tag, subject) for tag in tags)
    gone = taking.connection.exec_driver_sql(
        f"DELETE FROM taggings WHERE id IN {IN_LIST} AND by = ? AND edit_id IS NULL", (keys, taking.voice.origin.name)
    ).rowcount
    if not gone:
        return
    taking.touched.also(Stale.TAG)
    owner = subject if kind is OwnerKind.CONVERSATION else owners_of(taking.connection, [subject]).get(subject)
    if owner is not None:
        touch_owner(kind, owner, taking.touched)


def _subject(taking: Taking, record: CustomerRecord | CompanyRecord | ConversationRecord) -> tuple[OwnerKind, int]:
    source = taking.intake.source_id
    match record:
        case ConversationRecord():
            return OwnerKind.CONVERSATION, conversation_id(source, record.external_id)
        case CompanyRecord():
            return OwnerKind.COMPANY, Wanted(OwnerKind.COMPANY, source, record.external_id).id
        case CustomerRecord():
            return OwnerKind.CUSTOMER, Wanted(OwnerKind.CUSTOMER, source, record.external_id).id


def _follow_state(taking: Taking, record: ConversationRecord, was_closed: object) -> None:
    """Close or open what the source closed or opened, unless a teammate's own change is still on its way there."""
    if record.is_closed is None or was_closed is None or record.is_closed == was_closed:
        return
    key, state = conversation_id(taking.intake.source_id, record.external_id), "closed" if record.is_closed else "open"
    taking.connection.exec_driver_sql(
        """UPDATE conversations SET state = ?1, snoozed_until = NULL WHERE id = ?2 AND state <> ?1 AND NOT EXISTS (
           SELECT 1 FROM outbox o WHERE o.conversation_id = ?2 AND o.kind = 'state' AND o.state NOT IN ('sent', 'dropped'))""",
        (state, key),
    )
