"""Taking over what a source says now, where both sides changed the same thing."""

from __future__ import annotations

import json
from typing import cast

from console.domain.channels import OwnerKind
from console.domain.outbox import UNSAID, WriteKind, their_value
from console.domain.profile import ClaimState, OriginKind, Rank
from console.store.claims import property_id
from console.store.folding import MANUAL_KEY, Folding
from console.store.recorder import Scalar
from console.store.source_trust import trust_of
from console.store.undoing import touch_owner

_Row = dict[str, Scalar]
_STATES = frozenset(("open", "closed", "snoozed"))


def take_theirs(folding: Folding, row: _Row) -> None:
    """Show the source's value: what was said by hand is withdrawn, and the source says what it was seen to say."""
    body = json.loads(str(row["body"]))
    theirs = json.loads(str(row["theirs"])) if row["theirs"] else {}
    kind = WriteKind(str(row["kind"]))
    value = their_value(kind, body, theirs)
    match kind:
        case WriteKind.PROPERTY:
            _property(folding, row, body, value)
        case WriteKind.STATE if value in _STATES:
            _conversation(folding, row, {"state": str(value), "snoozed_until": None})
        case WriteKind.ASSIGNMENT if value is not UNSAID:
            _conversation(folding, row, {"assignee": None if value is None else str(value)})
        case _:
            # Notes, replies and tags stand beside each other. A state in the source's own words comes with the next sync.
            return


def _conversation(folding: Folding, row: _Row, changes: dict[str, Scalar]) -> None:
    key = int(cast("int", row["conversation_id"]))
    folding.recorder.update("conversations", {"id": key}, changes)
    touch_owner(OwnerKind.CONVERSATION, key, folding.touched)


def _property(folding: Folding, row: _Row, body: dict[str, object], value: object) -> None:
    recorder, connection = folding.recorder, folding.connection
    owner_kind = OwnerKind(str(row["target_kind"]))
    prop = property_id(owner_kind, str(body["name"]))
    found = connection.exec_driver_sql(
        "SELECT id, owner_id FROM identities WHERE source_id = ? AND kind = ? AND external_id = ?",
        (row["source_id"], owner_kind.value, row["external_id"]),
    ).first()
    if found is None:
        return
    identity, owner = found
    touch_owner(owner_kind, owner, folding.touched)
    origin = f"source:{row['source_id']}"
    is_told = value is not UNSAID
    standing = connection.exec_driver_sql(
        """SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id WHERE c.property_id = ? AND c.until IS NULL
           AND ((i.owner_id = ? AND c.origin_key = ?) OR (? AND i.id = ? AND c.origin_key = ?)) ORDER BY c.id""",
        (prop, owner, MANUAL_KEY, is_told, identity, origin),
    ).fetchall()
    for (claim,) in standing:
        recorder.close_claim(claim)
    if is_told and value is not None:
        recorder.open_claim({
            "identity_id": identity, "property_id": prop, "rank": int(Rank.INTEGRATION), "state": ClaimState.VALUE.value, "kind": str(body.get("kind", "string")),
            "value": str(value), "is_pin": False, "origin_kind": OriginKind.SOURCE.value, "origin_name": _name(folding, row),
            "origin_key": origin, "acted_at": recorder.now, "since": recorder.now,
            "trust": trust_of(connection, int(str(row["source_id"]))),
        })  # fmt: skip


def _name(folding: Folding, row: _Row) -> str:
    found = folding.connection.exec_driver_sql("SELECT name FROM sources WHERE id = ?", (row["source_id"],)).scalar()
    return str(found or "")
