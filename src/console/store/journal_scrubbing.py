"""Scrubbing the journal: what an erased customer left in edits and drafts.

The journal has another writer than the workspace. Folding finds the edits that speak of the customer and writes their keys
down with everything else it does; whoever writes the journal strikes them out then, and again after a crash in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from console.domain.edit_json import to_json
from console.domain.edits import Erased
from console.store.connection import Connection
from console.store.journal import Journal
from console.store.workspace import Workspace

if TYPE_CHECKING:
    from console.store.erasing_traces import Traces

_KEYS = re.compile(r"\d{6,}")
_AT_ONCE = 500
_DONE = "scrubbed_through"


def note_traces(connection: Connection, journal: Journal, found: Traces) -> frozenset[str]:
    """Write down which edits and drafts speak of them, in the transaction that erases them; gives the edits."""
    edits = frozenset(_edits_about(journal, found))
    rows = [("edit", edit) for edit in sorted(edits)]
    rows += [("draft", str(key)) for key in sorted(found.conversations | found.owners)]
    connection.exec_driver_sql("INSERT INTO journal_traces (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
    _forget_outcomes(connection, edits)
    return edits


def scrub(workspace: Workspace) -> int:
    """Strike out of the journal what folding has found; the caller may write the journal. Gives how many edits."""
    done = int(workspace.journal.settings().get(_DONE, "0"))
    with workspace.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT id, kind, key FROM journal_traces WHERE id > ? ORDER BY id", (done,)
        ).fetchall()
    if not rows:
        return 0
    edits = [(to_json(Erased()), key) for _, kind, key in rows if kind == "edit"]
    drafts = [(f"%:{key}",) for _, kind, key in rows if kind == "draft"]
    with workspace.journal.database.write() as connection:
        if edits:
            connection.exec_driver_sql("UPDATE edits SET body = ? WHERE id = ?", edits)
        if drafts:
            connection.exec_driver_sql("DELETE FROM drafts WHERE place LIKE ?", drafts)
        # What was searched for and looked at last may be their name.
        connection.exec_driver_sql("DELETE FROM window_state WHERE name LIKE 'recent%'")
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (_DONE, str(rows[-1][0]))
        )
    workspace.journal.database.checkpoint()
    return len(edits)


def _edits_about(journal: Journal, found: Traces) -> Iterable[str]:
    keys = {str(key) for key in found.all_keys()}
    words = [word.casefold() for word in found.words]
    for key, body in journal.bodies(_AT_ONCE):
        flat = body.casefold()
        if (
            not keys.isdisjoint(_KEYS.findall(body))
            or any(note in body for note in found.notes)
            or any(word in flat for word in words)
        ):
            yield key


def _forget_outcomes(connection: Connection, edits: Iterable[str]) -> None:
    gone = [(edit,) for edit in sorted(edits)]
    if gone:
        connection.exec_driver_sql("DELETE FROM inverses WHERE edit_id = ?", gone)
        connection.exec_driver_sql(
            "UPDATE edit_outcomes SET title = 'Something about an erased customer', reason = '' WHERE edit_id = ?", gone
        )
        connection.exec_driver_sql("DELETE FROM outbox WHERE edit_id = ?", gone)
