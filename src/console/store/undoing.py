"""Undo: an edit's inverse, step by step from the end, wherever nothing newer stands on what it left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from console.domain.records import OwnerKind
from console.store import many, outbox_undo
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.identities import following
from console.store.memberships import BUILDING, derive_memberships
from console.store.recorder import Recorder, Row
from console.store.refreshing import Touched
from console.store.relinking import members_through, relink


def take_back(recorder: Recorder, edit_id: str, touched: Touched) -> None:
    """Apply the inverse of ``edit_id``. Raises Refused where none of it can be applied any more."""
    steps = inverse_of(recorder.connection, edit_id)
    if not steps:
        raise Refused("There is nothing to take back: the edit changed nothing")
    _refuse_when_used(recorder.connection, edit_id, steps)
    applied = [_apply(recorder, step, touched) for step in reversed(steps)]
    _follow_homes(recorder, touched)
    if not any(applied):
        raise Refused(
            outbox_undo.why_not(recorder.connection, steps) or "It was changed again since, so it stays as it is now"
        )
    _follow_companies(recorder, steps, touched)


def inverse_of(connection: Connection, edit_id: str) -> list[dict[str, Any]]:
    """The steps that an edit left for its undo, in the order in which it took them."""
    rows = connection.exec_driver_sql("SELECT step FROM inverses WHERE edit_id = ? ORDER BY n", (edit_id,)).fetchall()
    return [json.loads(row[0]) for row in rows]


def _apply(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    if many.is_of_many(step):
        return many.take_back(recorder, step, touched)
    if "opened" in step:
        return _close(recorder, step["opened"], touched)
    if "closed" in step:
        return _open_again(recorder, step["closed"], touched)
    if "relinked" in step:
        return _move_back(recorder, step, touched)
    if outbox_undo.is_of_outbox(step):
        return outbox_undo.restore(recorder, step, touched)
    return _restore_row(recorder, step, touched)


def _close(recorder: Recorder, claim: int, touched: Touched) -> bool:
    """End the claim, or the copy that an undo in between opened to continue it."""
    row = recorder.find("claims", {"id": claim})
    if row is None:
        return False
    _touch_identity(recorder.connection, int(cast("int", row["identity_id"])), touched)
    root = row["continues"] or claim
    standing = recorder.connection.exec_driver_sql(
        "SELECT id FROM claims WHERE identity_id = ? AND property_id = ? AND until IS NULL AND (id = ? OR continues = ?)",
        (row["identity_id"], row["property_id"], root, root),
    ).scalar()
    return standing is not None and recorder.close_claim(standing)


def _open_again(recorder: Recorder, claim: int, touched: Touched) -> bool:
    row = recorder.find("claims", {"id": claim})
    if row is None:
        return False
    slot = (row["identity_id"], row["property_id"], row["origin_key"])
    taken = recorder.connection.exec_driver_sql(
        "SELECT 1 FROM claims WHERE identity_id = ? AND property_id = ? AND origin_key = ? AND until IS NULL", slot
    ).scalar()
    if taken:
        return False
    recorder.open_claim(
        {**{name: row[name] for name in many.COPIED}, "since": recorder.now, "continues": row["continues"] or claim}
    )
    _touch_identity(recorder.connection, int(cast("int", row["identity_id"])), touched)
    return True


def _move_back(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    identity, former, owner = step["relinked"], step["from"], step["to"]
    row = recorder.find("identities", {"id": identity})
    if row is None:
        return False
    kind = OwnerKind(str(row["kind"]))
    owner = following(recorder.connection, kind, owner)
    if row["owner_id"] != owner:
        return False
    relink(
        recorder.connection,
        kind,
        [identity],
        former,
        now=recorder.now,
        reason="undo",
        edit_id=recorder.edit_id,
        is_placed=step["was_placed"],
    )
    recorder.relinked(identity, owner, former, was_placed=bool(row["is_placed"]))
    (touched.customers if kind is OwnerKind.CUSTOMER else touched.companies).update((former, owner))
    if kind is OwnerKind.COMPANY:
        touched.customers |= members_through(recorder.connection, [identity])
    return True


def _restore_row(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    table, key, before, after = step["table"], step["key"], step["before"], step["after"]
    now = recorder.find(table, key)
    touch_row(recorder.connection, table, key, before or after or now or {}, touched)
    if before is None:
        return (
            now is not None and _still(now, after) and _is_unused(recorder, table, key) and recorder.delete(table, key)
        )
    if after is None:
        return recorder.insert(table, key, _with_owners_of_now(recorder.connection, table, before))
    return now is not None and _still(now, after) and recorder.update(table, key, before)


def _with_owners_of_now(connection: Connection, table: str, row: Row) -> Row:
    """A row that comes back hangs on its identity, which may have moved to another owner since it was taken away."""
    followed = {
        "taggings": {"owner_id": "subject_id"},
        "notes": {"owner_id": "subject_id"},
        "memberships": {"customer_id": "customer_identity", "company_id": "company_identity"},
    }.get(table, {})
    found = {
        column: connection.exec_driver_sql("SELECT owner_id FROM identities WHERE id = ?", (row[identity],)).scalar()
        for column, identity in followed.items()
    }
    # What hangs on a conversation has no identity, and stays there.
    return {**row, **{column: owner for column, owner in found.items() if owner is not None}}


def _is_unused(recorder: Recorder, table: str, key: Row) -> bool:
    """A property that something was said about keeps its definition."""
    if table != "properties":
        return True
    statement = "SELECT 1 FROM claims WHERE property_id = ? LIMIT 1"
    return recorder.connection.exec_driver_sql(statement, (key["id"],)).scalar() is None


def _still(row: Row, after: Row) -> bool:
    return all(row[name] == value for name, value in after.items())


def touch_row(connection: Connection, table: str, key: Row, row: Row, touched: Touched) -> None:
    """Note whose profile or inbox row shows this row of a table."""
    match table:
        case "conversations":
            touched.conversations.add(int(cast("int", key["id"])))
        case "customers":
            touched.customers.add(int(cast("int", key["id"])))
        case "companies":
            touched.companies.add(int(cast("int", key["id"])))
        case "taggings" | "notes":
            kind, owner = row.get("owner_kind"), row.get("owner_id")
            if kind is None or owner is None:
                found = connection.exec_driver_sql(
                    f"SELECT owner_kind, owner_id FROM {table} WHERE id = ?", (key["id"],)
                ).one_or_none()
                if found is None:  # an undo of what made it has taken it away since: nobody shows it
                    return
                kind, owner = found
            touch_owner(OwnerKind(str(kind)), int(cast("int", owner)), touched)
        case "memberships":
            found = connection.exec_driver_sql(
                "SELECT customer_id, company_id FROM memberships WHERE id = ?", (key["id"],)
            ).first()
            touched.customers.add(int(cast("int", found[0] if found else row["customer_id"])))
            touched.companies.add(int(cast("int", found[1] if found else row["company_id"])))
        case "segments":
            touched.segments.add(int(cast("int", key["id"])))
        case "identity_keys":
            _touch_identity(connection, int(cast("int", key["identity_id"])), touched)
        case "sources" | "streams":
            touched.also(Stale.SOURCE, int(cast("int", key["id" if table == "sources" else "source_id"])))


def touch_owner(kind: OwnerKind, owner: int, touched: Touched) -> None:
    """Note that something on a customer, a company or a conversation changed."""
    places = {
        OwnerKind.CUSTOMER: touched.customers,
        OwnerKind.COMPANY: touched.companies,
        OwnerKind.CONVERSATION: touched.conversations,
    }
    places[kind].add(owner)


def _touch_identity(connection: Connection, identity: int, touched: Touched) -> None:
    found = connection.exec_driver_sql("SELECT kind, owner_id FROM identities WHERE id = ?", (identity,)).first()
    if found:
        touch_owner(OwnerKind(found[0]), found[1], touched)


def _follow_companies(recorder: Recorder, steps: list[dict[str, Any]], touched: Touched) -> None:
    """Companies that were built from what is taken back lose the member, those of what is said again gain it."""
    single = [step.get("opened", step.get("closed", 0)) for step in steps]
    claims = listed([*single, *(claim for step in steps for claim in many.claims_in(step))])
    rows = recorder.connection.exec_driver_sql(
        f"SELECT DISTINCT identity_id FROM claims WHERE id IN {IN_LIST} AND property_id IN {IN_LIST}",
        (claims, listed(BUILDING)),
    ).fetchall()
    touched.companies.update(*derive_memberships(recorder.connection, (row[0] for row in rows), recorder.now))


def _follow_homes(recorder: Recorder, touched: Touched) -> None:
    """A customer lives where its home identity is: merged away where that belongs to another, else itself."""
    for table, owners in (("customers", touched.customers), ("companies", touched.companies)):
        rows = recorder.connection.exec_driver_sql(
            f"""SELECT o.id, CASE WHEN h.owner_id <> o.id THEN h.owner_id END FROM {table} o JOIN identities h ON h.id = o.home_id
                WHERE o.id IN {IN_LIST} AND o.merged_into IS NOT CASE WHEN h.owner_id <> o.id THEN h.owner_id END""",
            (listed(owners),),
        ).fetchall()
        for owner, into in rows:
            recorder.update(table, {"id": owner}, {"merged_into": into})


def _refuse_when_used(connection: Connection, edit_id: str, steps: list[dict[str, Any]]) -> None:
    """A customer made by this edit on whom others have written since is not taken away under them.

    Rows that a redo brought back bear the key of the edit that first made them.
    """
    for step in steps:
        if step.get("table") in ("customers", "companies") and step["before"] is None:
            home = step["after"]["home_id"]
            into = connection.exec_driver_sql(
                f"SELECT merged_into FROM {step['table']} WHERE id = ?", (step["key"]["id"],)
            ).scalar()
            if into is not None:
                raise Refused("What this made has been merged since. Undo the merge first")
            moved = [one["relinked"] for one in steps if one.get("to") == step["key"]["id"]]
            used = connection.exec_driver_sql(
                """SELECT 1 FROM claims WHERE identity_id = ?1 AND until IS NULL AND edit_id IS NOT ?2
                   UNION ALL SELECT 1 FROM notes WHERE subject_id = ?1 AND deleted_at IS NULL AND edit_id IS NOT ?2
                   UNION ALL SELECT 1 FROM taggings WHERE subject_id = ?1 AND edit_id IS NOT ?2
                   UNION ALL SELECT 1 FROM conversations WHERE placed_id = ?1 AND NOT EXISTS (
                       SELECT 1 FROM inverses v WHERE v.edit_id = ?5 AND v.step LIKE '%"conversations"%')
                   UNION ALL SELECT 1 FROM memberships WHERE ?1 IN (customer_identity, company_identity) AND until IS NULL
                       AND edit_id IS NOT ?2 AND origin <> 'derived'
                   UNION ALL SELECT 1 FROM identities WHERE owner_id = ?3 AND id <> ?1 AND id NOT IN (SELECT value FROM json_each(?4)) LIMIT 1""",
                (home, step["after"]["edit_id"], step["key"]["id"], listed(moved), edit_id),
            ).scalar()
            if used:
                raise Refused("The customer has been used since, so it stays. Unlink what hangs on it first")
