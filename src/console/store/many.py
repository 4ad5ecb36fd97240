"""Many rows changed by one edit: written as sets, with steps of the inverse that hold a thousand rows each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.domain.records import OwnerKind
from console.store.claims import stands_alone
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.recorder import Recorder, Row
from console.store.refreshing import Touched

COPIED = (
    "identity_id", "property_id", "rank", "state", "kind", "value", "origin_kind", "origin_name", "origin_key", "acted_at",
    "source_time", "is_pin", "edit_id", "batch_id", "trust",
)  # fmt: skip
"""The columns of a claim that one which continues it says again."""
_AT_ONCE = 1_000


def insert(recorder: Recorder, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose keys (``id``, the first column) are not there yet."""
    marks = ", ".join("?" for _ in columns)
    recorder.connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
    for some in _chunks(rows):
        recorder.steps.append({"many": table, "is_there": True, **_packed(columns, some)})


def delete(recorder: Recorder, table: str, ids: Sequence[int]) -> None:
    """Delete the rows with these keys."""
    for some in _chunks(sorted(ids)):
        found = _rows(recorder.connection, table, some)
        recorder.connection.exec_driver_sql(f"DELETE FROM {table} WHERE id IN {IN_LIST}", (listed(some),))
        if found:
            columns = tuple(found[0])
            recorder.steps.append(
                {"many": table, "is_there": False, **_packed(columns, [tuple(row.values()) for row in found])}
            )


def open_claims(recorder: Recorder, identities: Sequence[int], said: Row) -> None:
    """Say the same of each of these identities."""
    columns = ", ".join(said)
    for some in _chunks(identities):
        opened = recorder.connection.exec_driver_sql(
            f"""INSERT INTO claims (identity_id, {columns}) SELECT value, {", ".join("?" for _ in said)}
                FROM json_each(?) RETURNING id""",
            (*said.values(), listed(some)),
        ).fetchall()
        recorder.steps.append({"opened_many": [row[0] for row in opened]})


def close_claims(recorder: Recorder, claims: Sequence[int]) -> bool:
    """End the intervals of these claims now; tells whether any was open."""
    is_any = False
    for some in _chunks(claims):
        closed = recorder.connection.exec_driver_sql(
            f"UPDATE claims SET until = ?, ended_by = ? WHERE id IN {IN_LIST} AND until IS NULL RETURNING id",
            (recorder.now, recorder.edit_id, listed(some)),
        ).fetchall()
        if closed:
            recorder.steps.append({"closed_many": [row[0] for row in closed]})
            is_any = True
    return is_any


def is_of_many(step: Mapping[str, Any]) -> bool:
    """Whether a step of an inverse is one of these."""
    return not {"many", "opened_many", "closed_many"}.isdisjoint(step)


def claims_in(step: Mapping[str, Any]) -> Sequence[int]:
    """The claims that a step opened or closed."""
    return step.get("opened_many", step.get("closed_many", ()))


def take_back(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    """Take such a step back wherever nothing newer stands on a row of it; tells whether it could be anywhere."""
    if "many" in step:
        return _take_rows_back(recorder, step, touched)
    ids = listed(claims_in(step))
    owned = f"SELECT identity_id FROM claims WHERE id IN {IN_LIST}"
    _touch(recorder.connection, owned, ids, _customers(recorder.connection, ids, touched), touched.companies)
    if "closed_many" in step:
        return _open_again(recorder, ids)
    # The claim, or the copy that an undo in between opened to continue it.
    standing = recorder.connection.exec_driver_sql(
        f"""SELECT DISTINCT s.id FROM claims c JOIN claims s ON s.identity_id = c.identity_id AND s.property_id = c.property_id
            AND s.until IS NULL AND coalesce(s.continues, s.id) = coalesce(c.continues, c.id) WHERE c.id IN {IN_LIST}""",
        (ids,),
    ).fetchall()
    return close_claims(recorder, [row[0] for row in standing])


def _customers(connection: Connection, claims: str, touched: Touched) -> set[int]:
    """Where customers are noted of whom these claims were; all of them are of one property."""
    found = connection.exec_driver_sql(
        f"SELECT DISTINCT p.id, p.name FROM claims c JOIN properties p ON p.id = c.property_id WHERE c.id IN {IN_LIST}",
        (claims,),
    ).fetchall()
    if len(found) != 1 or not stands_alone(found[0].name):
        return touched.customers
    return touched.told.setdefault(found[0].id, set())


def _open_again(recorder: Recorder, ids: str) -> bool:
    columns = ", ".join(COPIED)
    opened = recorder.connection.exec_driver_sql(
        f"""INSERT INTO claims ({columns}, since, continues)
            SELECT {", ".join(f"c.{name}" for name in COPIED)}, ?, coalesce(c.continues, c.id) FROM claims c
            WHERE c.id IN {IN_LIST} AND NOT EXISTS (SELECT 1 FROM claims s WHERE s.identity_id = c.identity_id
                AND s.property_id = c.property_id AND s.origin_key = c.origin_key AND s.until IS NULL) RETURNING id""",
        (recorder.now, ids),
    ).fetchall()
    if opened:
        recorder.steps.append({"opened_many": [row[0] for row in opened]})
    return bool(opened)


def _take_rows_back(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    table, rows = step["many"], unpacked(step)
    subjects = listed(row["subject_id"] for row in rows)
    _touch(recorder.connection, "SELECT value FROM json_each(?)", subjects, touched.worded, touched.companies)
    standing = {row["id"]: row for row in _rows(recorder.connection, table, [row["id"] for row in rows])}
    if step["is_there"]:
        # Whose it is may have changed with a merge; what it says must not have.
        same = [row["id"] for row in rows if _still(standing.get(row["id"]), row)]
        delete(recorder, table, same)
        return bool(same)
    owners = dict(
        recorder.connection.exec_driver_sql(
            f"SELECT id, owner_id FROM identities WHERE id IN {IN_LIST}", (subjects,)
        ).fetchall()
    )
    missing = [
        {**row, "owner_id": owners[row["subject_id"]]}
        for row in rows
        if row["id"] not in standing and row["subject_id"] in owners
    ]
    if missing:
        insert(recorder, table, tuple(missing[0]), [tuple(row.values()) for row in missing])
    return bool(missing)


def _still(now: Row | None, row: Row) -> bool:
    return now is not None and all(now[name] == value for name, value in row.items() if name != "owner_id")


def _touch(connection: Connection, identities: str, argument: str, customers: set[int], companies: set[int]) -> None:
    for kind, owner in connection.exec_driver_sql(
        f"SELECT DISTINCT kind, owner_id FROM identities WHERE id IN ({identities})", (argument,)
    ).fetchall():
        (customers if kind == OwnerKind.CUSTOMER.value else companies).add(owner)


def _rows(connection: Connection, table: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    rows = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE id IN {IN_LIST} ORDER BY id", (listed(ids),))
    return [row.by_name() for row in rows.fetchall()]


def _packed(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, object]:
    """What all rows share once, what differs row by row."""
    first = rows[0]
    shared = [place for place in range(len(columns)) if all(row[place] == first[place] for row in rows)]
    own = [place for place in range(len(columns)) if place not in shared]
    return {
        "shared": {columns[place]: first[place] for place in shared},
        "columns": [columns[place] for place in own],
        "rows": [[row[place] for place in own] for row in rows],
    }


def unpacked(step: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a step, each with all its columns."""
    return [{**step["shared"], **dict(zip(step["columns"], row, strict=True))} for row in step["rows"]]


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for begin in range(0, len(rows), _AT_ONCE):
        yield rows[begin : begin + _AT_ONCE]
