"""Edits of properties: what is said by hand is a claim of the highest rank, nothing else."""

from __future__ import annotations

import json
from typing import assert_never

from console.domain import edits as e
from console.domain.profile import ClaimState, Rank
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind, stored
from console.store.changes import Stale
from console.store.claims import COMPANY_PREFIX, define, property_id
from console.store.errors import Refused
from console.store.folding import MANUAL_KEY, Folding
from console.store.memberships import derive_memberships
from console.store.recorder import Scalar

PropertyEdit = e.SetProperty | e.MaskProperty | e.RemoveProperty | e.ReturnToAutomatic | e.DefineProperty


def effect(folding: Folding, edit: PropertyEdit) -> None:
    """Say, mask, remove or withdraw a property by hand, or change its definition."""
    match edit:
        case e.SetProperty(owner=owner, name=name, value=value, is_pin=is_pin):
            _say(folding, owner, name, ClaimState.VALUE, value, is_pin=is_pin)
        case e.MaskProperty(owner=owner, name=name):
            _say(folding, owner, name, ClaimState.MASKED, None)
        case e.RemoveProperty(owner=owner, name=name):
            _say(folding, owner, name, ClaimState.REMOVED, None)
        case e.ReturnToAutomatic(owner=owner, name=name):
            _withdraw(folding, owner, name)
        case e.DefineProperty():
            _define(folding, edit)
        case _:
            assert_never(edit)


def _say(
    folding: Folding, owner: e.Owner, name: str, state: ClaimState, value: Value | None, *, is_pin: bool = False
) -> None:
    if not name.strip() or owner.kind is OwnerKind.CONVERSATION:
        raise Refused("A property needs a name, and a customer or a company to describe")
    living = folding.living(owner)
    kind = value.kind if value else _kind_of(folding, living.kind, name)
    define(folding.connection, [(living.kind, name, kind.value)], folding.recorder.now)
    for claim in _open_by_hand(folding, living, name):
        folding.recorder.close_claim(claim)
    folding.recorder.open_claim({
        "identity_id": folding.subject(living), "property_id": property_id(living.kind, name), "rank": int(Rank.BY_HAND), "state": state.value,
        "kind": kind.value, "value": stored(value) if value else None, "is_pin": is_pin, **folding.origin(),
    })  # fmt: skip
    folding.touched.also(Stale.PROPERTY)
    _follow_company(folding, living, name)


def _withdraw(folding: Folding, owner: e.Owner, name: str) -> None:
    living = folding.living(owner)
    claims = _open_by_hand(folding, living, name)
    if not claims:
        raise Refused(f"Nobody said anything about {name} by hand, so it is automatic already")
    for claim in claims:
        folding.recorder.close_claim(claim)
    _follow_company(folding, living, name)


def _define(folding: Folding, edit: e.DefineProperty) -> None:
    if not edit.name.strip():
        raise Refused("A property needs a name")
    key = property_id(edit.owner_kind, edit.name)
    changes: dict[str, Scalar] = {
        "kind": edit.kind.value,
        "choices": json.dumps(edit.choices, ensure_ascii=False),
        "is_on_top": edit.is_on_top,
    }
    if not folding.recorder.update("properties", {"id": key}, changes):
        _found(folding, edit, key, changes)
    folding.touched.also(Stale.PROPERTY, key)


def _found(folding: Folding, edit: e.DefineProperty, key: int, columns: dict[str, Scalar]) -> None:
    twin = edit.name.removeprefix(COMPANY_PREFIX)
    is_twin = edit.owner_kind is OwnerKind.CUSTOMER and twin != edit.name
    if is_twin:
        define(folding.connection, [(OwnerKind.COMPANY, twin, edit.kind.value)], folding.recorder.now)
    folding.recorder.insert("properties", {"id": key}, {
        **columns, "owner_kind": edit.owner_kind.value, "name": edit.name, "created_at": folding.recorder.now, "position": 0,
        "company_property_id": property_id(OwnerKind.COMPANY, twin) if is_twin else None,
    })  # fmt: skip


def _open_by_hand(folding: Folding, owner: e.Owner, name: str) -> list[int]:
    """Open manual claims on all identities of the owner: after a merge there may be one of each former customer."""
    rows = folding.connection.exec_driver_sql(
        """SELECT c.id FROM claims c JOIN identities i ON i.id = c.identity_id
           WHERE i.owner_id = ? AND c.property_id = ? AND c.origin_key = ? AND c.until IS NULL ORDER BY c.id""",
        (owner.id, property_id(owner.kind, name), MANUAL_KEY),
    ).fetchall()
    return [row[0] for row in rows]


def _kind_of(folding: Folding, owner_kind: OwnerKind, name: str) -> ValueKind:
    known = folding.connection.exec_driver_sql(
        "SELECT kind FROM properties WHERE id = ?", (property_id(owner_kind, name),)
    ).scalar()
    return ValueKind(known) if known else ValueKind.STRING


def _follow_company(folding: Folding, owner: e.Owner, name: str) -> None:
    if owner.kind is OwnerKind.CUSTOMER and name in (f"{COMPANY_PREFIX}name", f"{COMPANY_PREFIX}domain"):
        folding.touched.companies.update(
            *derive_memberships(folding.connection, [folding.subject(owner)], folding.recorder.now)
        )
