"""What an edit changed, as sources can be told: read from the steps that it leaves for its undo.

An undo and a redo leave such steps as well, so what takes something back is told in the same way as what did it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from console.domain.channels import Owner, OwnerKind
from console.domain.outbox import WriteKind, what_of
from console.domain.profile import ClaimState
from console.store import many
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.folding import MANUAL_KEY
from console.store.moments import moment

_MANY_ROWS = frozenset(("taggings",))


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell whichever sources are chosen for it.

    ``body`` and ``base`` as ``domain.outbox.Sending`` has them. ``name``: which property or tag. ``is_withdrawn``: nothing
    is said by hand any more, so that a source is told only what it had said before, where it was told otherwise.
    ``is_gone``: a note that is there no longer; ``is_changed``: one that was there before.
    """

    kind: WriteKind
    target: Owner
    body: Mapping[str, object]
    base: Mapping[str, object] | None = None
    name: str = ""
    is_withdrawn: bool = False
    is_gone: bool = False
    is_changed: bool = False

    @property
    def what(self) -> str:
        """The word under which it is chosen."""
        return what_of(self.kind, self.target.kind, self.name)

    @property
    def family(self) -> str:
        """A tag that is taken off is about the same as one that is stuck on."""
        return WriteKind.TAG.value if self.kind is WriteKind.UNTAG else self.kind.value


@dataclass(slots=True)
class _Seen:
    told: dict[tuple[str, Owner, str], Told] = field(default_factory=dict)
    claims: set[int] = field(default_factory=set)

    def add(self, one: Told) -> None:
        """The last word about one thing counts, against what stood there first."""
        key = (one.family, one.target, one.name or str(one.body.get("message_key", "")))
        former = self.told.get(key)
        self.told[key] = replace(one, base=former.base) if former else one


def told_by(connection: Connection, steps: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """Everything in these steps that a source can be told, once for each thing."""
    seen = _Seen()
    for step in steps:
        if "opened" in step or "closed" in step:
            seen.claims.add(step.get("opened", step.get("closed")))
        elif many.is_of_many(step) and "many" not in step:
            seen.claims.update(many.claims_in(step))
        elif "many" in step:
            _many_rows(connection, step, seen)
        elif "table" in step:
            for one in _row(connection, step):
                seen.add(one)
    for one in _properties(connection, seen.claims):
        seen.add(one)
    return tuple(seen.told.values())


def _row(connection: Connection, step: Mapping[str, Any]) -> Iterator[Told]:
    before, after = step["before"], step["after"]
    match step["table"]:
        case "conversations":
            yield from _conversation(connection, step["key"]["id"], before or {}, after or {})
        case "taggings" if before is None or after is None:
            yield _tagging(connection, after or before or {}, is_there=after is not None)
        case "notes":
            yield from _note(connection, step["key"]["id"], before, after)


def _conversation(
    connection: Connection, key: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Told]:
    owner = Owner(OwnerKind.CONVERSATION, key)
    found = connection.exec_driver_sql(
        "SELECT state, snoozed_until, assignee FROM conversations WHERE id = ?", (key,)
    ).first()
    if found is None:
        return
    if "state" in after or "snoozed_until" in after:
        until = moment(found.snoozed_until).isoformat() if found.snoozed_until else None
        body = {"state": found.state, "until": until}
        yield Told(WriteKind.STATE, owner, body, {"was": before.get("state", found.state)})
    if "assignee" in after:
        yield Told(WriteKind.ASSIGNMENT, owner, {"teammate": found.assignee}, {"was": before.get("assignee")})


def _tagging(connection: Connection, row: Mapping[str, Any], *, is_there: bool) -> Told:
    tag = connection.exec_driver_sql("SELECT name FROM tags WHERE id = ?", (row["tag_id"],)).scalar()
    owner = Owner(OwnerKind(str(row["owner_kind"])), int(row["owner_id"]))
    return Told(WriteKind.TAG if is_there else WriteKind.UNTAG, owner, {"tag": str(tag)}, name=str(tag))


def _many_rows(connection: Connection, step: Mapping[str, Any], seen: _Seen) -> None:
    if step["many"] in _MANY_ROWS:
        for row in many.unpacked(step):
            seen.add(_tagging(connection, row, is_there=step["is_there"]))


def _note(
    connection: Connection, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[Told]:
    changed = frozenset(after or before or ())
    if before is not None and after is not None and changed.isdisjoint(("text", "deleted_at")):
        return
    row = connection.exec_driver_sql(
        "SELECT text, author, owner_kind, owner_id, deleted_at FROM notes WHERE id = ?", (key,)
    ).first()
    if row is None:
        gone = before or {}
        owner = Owner(OwnerKind(str(gone["owner_kind"])), int(gone["owner_id"]))
        yield Told(WriteKind.NOTE, owner, {"text": "", "message_key": key}, is_gone=True)
        return
    body = {"text": row.text, "by": row.author, "message_key": key}
    owner = Owner(OwnerKind(row.owner_kind), row.owner_id)
    is_changed = before is not None and after is not None
    yield Told(WriteKind.NOTE, owner, body, is_gone=row.deleted_at is not None, is_changed=is_changed)


def _properties(connection: Connection, claims: set[int]) -> Iterator[Told]:
    """What is said by hand now of each property about which these claims were."""
    rows = connection.exec_driver_sql(
        f"""SELECT DISTINCT p.id, p.name, p.kind, i.kind AS owner_kind, i.owner_id FROM claims c
            JOIN identities i ON i.id = c.identity_id JOIN properties p ON p.id = c.property_id
            WHERE c.id IN {IN_LIST} AND c.origin_key = ? ORDER BY p.id, i.owner_id""",
        (listed(claims), MANUAL_KEY),
    ).fetchall()
    by_hand = {
        (row[0], row[1]): row
        for row in connection.exec_driver_sql(
            f"""SELECT i.owner_id, c.property_id, c.state, c.kind, c.value FROM claims c JOIN identities i ON i.id = c.identity_id
                WHERE i.owner_id IN {IN_LIST} AND c.property_id IN {IN_LIST} AND c.origin_key = ? AND c.until IS NULL
                ORDER BY c.acted_at, c.id""",
            (listed({row.owner_id for row in rows}), listed({row.id for row in rows}), MANUAL_KEY),
        ).fetchall()
    }
    for row in rows:
        owner = Owner(OwnerKind(row.owner_kind), row.owner_id)
        said = by_hand.get((row.owner_id, row.id))
        if said is None:
            body: dict[str, object] = {"name": row.name, "value": None, "kind": row.kind}
            yield Told(WriteKind.PROPERTY, owner, body, name=row.name, is_withdrawn=True)
        elif said.state == ClaimState.VALUE.value:
            body = {"name": row.name, "value": said.value, "kind": said.kind}
            yield Told(WriteKind.PROPERTY, owner, body, name=row.name)
        elif said.state == ClaimState.REMOVED.value:
            yield Told(WriteKind.PROPERTY, owner, {"name": row.name, "value": None, "kind": row.kind}, name=row.name)


def as_json(value: Mapping[str, object] | None) -> str | None:
    """As the outbox keeps it."""
    return None if value is None else json.dumps(value, ensure_ascii=False)
