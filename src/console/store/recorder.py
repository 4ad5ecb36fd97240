"""The recorder: rows changed by an edit, and with each change the step that takes it back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from console.store.connection import Connection

Scalar = str | int | float | bool | None
Row = Mapping[str, Scalar]


@dataclass(slots=True)
class Recorder:
    """Writes rows for one edit and remembers, per row, key, what it held before and what it holds now.

    ``steps`` is the inverse in the making: each step is plain JSON. Tables and columns are names of our own code, never input.
    """

    connection: Connection
    edit_id: str
    now: int
    steps: list[dict[str, object]] = field(default_factory=list)

    def insert(self, table: str, key: Row, values: Row) -> bool:
        """Insert a row unless its key is there; tells whether it was."""
        if self.find(table, key) is not None:
            return False
        row = {**key, **values}
        marks = ", ".join("?" for _ in row)
        self.connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        self._step(table, key, None, values)
        return True

    def update(self, table: str, key: Row, changes: Row) -> bool:
        """Change columns of a row; tells whether anything became different."""
        before = self.find(table, key)
        if before is None:
            return False
        different = {name: value for name, value in changes.items() if not _same(before[name], value)}
        if not different:
            return False
        assignments = ", ".join(f"{name} = ?" for name in different)
        self.connection.exec_driver_sql(
            f"UPDATE {table} SET {assignments} WHERE {_where(key)}", (*different.values(), *key.values())
        )
        self._step(table, key, {name: before[name] for name in different}, different)
        return True

    def delete(self, table: str, key: Row) -> bool:
        """Delete a row; tells whether it was there."""
        before = self.find(table, key)
        if before is None:
            return False
        self.connection.exec_driver_sql(f"DELETE FROM {table} WHERE {_where(key)}", tuple(key.values()))
        self._step(table, key, {name: value for name, value in before.items() if name not in key}, None)
        return True

    def find(self, table: str, key: Row) -> dict[str, Scalar] | None:
        """The row as it is, or None."""
        found = self.connection.exec_driver_sql(
            f"SELECT * FROM {table} WHERE {_where(key)}", tuple(key.values())
        ).first()
        return None if found is None else found.by_name()

    def open_claim(self, row: Row) -> int:
        """Say something by hand; gives the new claim's key."""
        marks = ", ".join("?" for _ in row)
        claim = self.connection.exec_driver_sql(
            f"INSERT INTO claims ({', '.join(row)}) VALUES ({marks}) RETURNING id", tuple(row.values())
        ).scalar_one()
        self.steps.append({"opened": claim})
        return claim

    def close_claim(self, claim: int) -> bool:
        """End a claim's interval now; tells whether it was open."""
        closed = self.connection.exec_driver_sql(
            "UPDATE claims SET until = ?, ended_by = ? WHERE id = ? AND until IS NULL", (self.now, self.edit_id, claim)
        ).rowcount
        if closed:
            self.steps.append({"closed": claim})
        return bool(closed)

    def relinked(self, identity: int, former: int, owner: int, *, was_placed: bool) -> None:
        """An identity was moved from one owner to another by ``relinking.relink``."""
        self.steps.append({"relinked": identity, "from": former, "to": owner, "was_placed": was_placed})

    def keep(self) -> None:
        """Write the inverse down beside the edit."""
        rows = [(self.edit_id, n, json.dumps(step, ensure_ascii=False)) for n, step in enumerate(self.steps)]
        if rows:
            self.connection.exec_driver_sql("INSERT INTO inverses (edit_id, n, step) VALUES (?, ?, ?)", rows)

    def _step(self, table: str, key: Row, before: Row | None, after: Row | None) -> None:
        self.steps.append(
            {"table": table, "key": dict(key), "before": before and dict(before), "after": after and dict(after)}
        )


def _where(key: Row) -> str:
    return " AND ".join(f"{name} = ?" for name in key)


def _same(before: Scalar, value: Scalar) -> bool:
    return before == value and (before is None) == (value is None)
