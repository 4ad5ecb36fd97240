"""Rows as edits had left them at a moment: what edits did since is taken back on paper, by their own inverses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from console.store.connection import Connection
from console.store.moments import micros

_LATER = """SELECT v.step FROM edit_outcomes o JOIN inverses v ON v.edit_id = o.edit_id
WHERE o.at > ? AND v.step LIKE ? ORDER BY o.seq DESC, v.n DESC"""
Columns = dict[str, Any]


class Rewound:
    """What the rows of one table held at a moment (aware UTC), as far as edits have changed them since.

    Rows that sources have changed since are as they are now: nothing remembers what those held.
    """

    def __init__(self, connection: Connection, table: str, then: datetime) -> None:
        self._whole: dict[object, Columns | None] = {}
        self._former: dict[object, Columns] = {}
        # Steps are written by ``Recorder``, the table first: the beginning of the text tells which are about this one.
        mine = f'{{"table": "{table}"%'
        for (step,) in connection.exec_driver_sql(_LATER, (micros(then), mine)).fetchall():
            self._take_back(json.loads(step))

    def changed(self) -> Mapping[object, Columns]:
        """By key, what columns held then of rows that are still there."""
        return self._former

    def row(self, key: object, now: Mapping[str, Any]) -> Columns | None:
        """A row as it was then, given what it holds now; None where it was not there yet."""
        if key in self._whole:
            return self._whole[key]
        return {**now, **self._former.get(key, {})}

    def rows(self, now: Iterable[Mapping[str, Any]]) -> list[Columns]:
        """These rows as they were then, and those that are gone by now."""
        standing = {row["id"]: row for row in now}
        then = [self.row(key, row) for key, row in standing.items()]
        gone = [row for key, row in self._whole.items() if key not in standing]
        return [row for row in (*then, *gone) if row is not None]

    def _take_back(self, step: Mapping[str, Any]) -> None:
        key, before, after = step["key"].get("id"), step["before"], step["after"]
        if before is None:
            self._whole[key] = None
            self._former.pop(key, None)
        elif after is None:
            self._whole[key] = {**step["key"], **before}
        elif (whole := self._whole.get(key)) is not None:
            whole.update(before)
        else:
            self._former.setdefault(key, {}).update(before)
