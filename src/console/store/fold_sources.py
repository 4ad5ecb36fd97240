"""Edits of sources: connect, disconnect, pause. What a source brought stays when it goes, unless it is to go as well."""

from __future__ import annotations

import json
from typing import assert_never

from console.domain import edits as e
from console.domain.outbox import WriteKind
from console.store.changes import Stale
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.source_chores import Chore, chore_name


def effect(folding: Folding, edit: e.AddSource | e.RemoveSource | e.PauseSource) -> None:
    """Change the list of sources."""
    recorder, key = folding.recorder, {"id": edit.source}
    match edit:
        case e.AddSource():
            _add(folding, edit)
        case e.RemoveSource(is_dropping=is_dropping):
            if not recorder.update("sources", key, {"state": "removed", "problem": "", "next_at": None}):
                raise Refused("This source is not connected")
            if is_dropping:
                recorder.insert("meta", {"name": chore_name(Chore.DROP, edit.source)}, {"value": ""})
        case e.PauseSource(is_paused=is_paused):
            recorder.update("sources", key, {"is_paused": is_paused, "state": "ready", "problem": "", "next_at": None})
        case _:
            assert_never(edit)
    folding.touched.also(Stale.SOURCE, edit.source)


def _add(folding: Folding, edit: e.AddSource) -> None:
    if not edit.name.strip():
        raise Refused("A source needs a name")
    taken = folding.connection.exec_driver_sql(
        "SELECT id, state FROM sources WHERE name = ? OR id = ? ORDER BY id = ? DESC",
        (edit.name, edit.source, edit.source),
    ).fetchall()
    # A source keeps its key when it is renamed, so that another one cannot have the name under which it came.
    if any(one[0] != edit.source or one[1] != "removed" for one in taken):
        raise Refused(f"There is, or was, a source called {edit.name} already; choose another name")
    values = {
        "kind": edit.kind, "name": edit.name, "settings": edit.settings, "state": "ready", "problem": "", "is_paused": False,
        "own_addresses": json.dumps(edit.own_addresses, ensure_ascii=False),
    }  # fmt: skip
    if taken:
        _keep_what_it_brought(folding, edit.source)
        folding.recorder.update("sources", {"id": edit.source}, values)
    else:
        folding.recorder.insert("sources", {"id": edit.source}, {**values, "created_at": folding.recorder.now})
    # Answers go back by default, where a kind takes them; for everything else a teammate chooses.
    folding.recorder.insert("write_backs", {"source_id": edit.source, "what": WriteKind.REPLY.value}, {})


def _keep_what_it_brought(folding: Folding, source: int) -> None:
    """Connected again while what it brought was being taken out: what is left stays, what went is read again."""
    folding.recorder.delete("meta", {"name": chore_name(Chore.DROP, source)})
