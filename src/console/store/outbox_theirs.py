"""Taking over what a source says now, where both sides changed the same thing."""

from __future__ import annotations

import json
from typing import cast

from console.domain.channels import OwnerKind
from console.domain.outbox import WriteKind
from console.domain.profile import ClaimState, OriginKind, Rank
from console.store.claims import property_id
from console.store.folding import MANUAL_KEY, Folding
from console.store.recorder import Scalar
from console.store.undoing import touch_owner

_Row = dict[str, Scalar]


def take_theirs(folding: Folding, row: _Row) -> None:
    """Show the source's value: what was said by hand is withdrawn, and the source says what it was seen to say."""
    body = json.loads(str(row["body"]))
    theirs = json.loads(str(row["theirs"])) if row["theirs"] else {}
    match WriteKind(str(row["kind"])):
        case WriteKind.PROPERTY:
            name = str(body["name"])
            _property(folding, row, name, body.get("kind", "string"), theirs.get(name, theirs.get("value")))
        case WriteKind.STATE:
            _conversation(
                folding, row, {"state": str(theirs.get("state", theirs.get("value", "open"))), "snoozed_until": None}
            )
        case WriteKind.ASSIGNMENT:
            _conversation(folding, row, {"assignee": theirs.get("teammate", theirs.get("value"))})
        case _:
            return  # notes, replies and tags stand beside each other: there is nothing to take over


def _conversation(folding: Folding, row: _Row, changes: dict[str, Scalar]) -> None:
    key = int(cast("int", row["conversation_id"]))
    folding.recorder.update("conversations", {"id": key}, changes)
    touch_owner(OwnerKind.CONVERSATION, key, folding.touched)


def _property(folding: Folding, row: _Row, name: str, kind: str, value: object) -> None:
    recorder, connection = folding.recorder, folding.connection
    owner_kind = OwnerKind(str(row["target_kind"]))
    prop = property_id(owner_kind, name)
    found = connection.exec_driver_sql(
        "SELECT id, owner_id FROM identities WHERE source_id = ? AND kind = ? AND external_id = ?",
        (row["source_id"], owner_kind.value, row["external_id"]),
    ).first()
    if found is None:
        return
    identity, owner = found
    touch_owner(owner_kind, owner, folding.touched)
    origin = f"source:{row['source_id']}"
    standing = connection.exec_driver_sql(
        """SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id WHERE c.property_id = ? AND c.until IS NULL
           AND ((i.owner_id = ? AND c.origin_key = ?) OR (i.id = ? AND c.origin_key = ?)) ORDER BY c.id""",
        (prop, owner, MANUAL_KEY, identity, origin),
    ).fetchall()
    for (claim,) in standing:
        recorder.close_claim(claim)
    if value is not None:
        recorder.open_claim({
            "identity_id": identity, "property_id": prop, "rank": int(Rank.INTEGRATION), "state": ClaimState.VALUE.value, "kind": kind,
            "value": str(value), "is_pin": False, "origin_kind": OriginKind.SOURCE.value, "origin_name": _name(folding, row),
            "origin_key": origin, "acted_at": recorder.now, "since": recorder.now,
        })  # fmt: skip


def _name(folding: Folding, row: _Row) -> str:
    found = folding.connection.exec_driver_sql("SELECT name FROM sources WHERE id = ?", (row["source_id"],)).scalar()
    return str(found or "")
