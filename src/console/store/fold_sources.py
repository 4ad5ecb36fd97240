"""Edits of sources: connect, disconnect, pause. What a source brought stays when it goes."""

from __future__ import annotations

import json
from typing import assert_never

from console.domain import edits as e
from console.store.changes import Stale
from console.store.errors import Refused
from console.store.folding import Folding


def effect(folding: Folding, edit: e.AddSource | e.RemoveSource | e.PauseSource) -> None:
    """Change the list of sources."""
    recorder, key = folding.recorder, {"id": edit.source}
    match edit:
        case e.AddSource():
            _add(folding, edit)
        case e.RemoveSource():
            if not recorder.update("sources", key, {"state": "removed"}):
                raise Refused("This source is not connected")
        case e.PauseSource(is_paused=is_paused):
            recorder.update("sources", key, {"is_paused": is_paused, "state": "ready", "problem": ""})
        case _:
            assert_never(edit)
    folding.touched.also(Stale.SOURCE, edit.source)


def _add(folding: Folding, edit: e.AddSource) -> None:
    if not edit.name.strip():
        raise Refused("A source needs a name")
    taken = folding.connection.exec_driver_sql("SELECT id, state FROM sources WHERE name = ?", (edit.name,)).first()
    if taken and (taken[0] != edit.source or taken[1] != "removed"):
        raise Refused(f"There is a source called {edit.name} already; choose another name")
    values = {
        "kind": edit.kind, "name": edit.name, "settings": edit.settings, "state": "ready", "problem": "", "is_paused": False,
        "own_addresses": json.dumps(edit.own_addresses, ensure_ascii=False),
    }  # fmt: skip
    if taken:
        folding.recorder.update("sources", {"id": edit.source}, values)
    else:
        folding.recorder.insert("sources", {"id": edit.source}, {**values, "created_at": folding.recorder.now})
