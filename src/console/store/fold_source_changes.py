"""Edits of connected sources: another name, other settings, streams, pace; reading again."""

from __future__ import annotations

import json
from typing import assert_never

from console.domain import edits as e
from console.domain.edits_of_sources import OfSources
from console.domain.source_settings import ours, with_every, with_streams_off
from console.store.changes import Stale
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.source_chores import Chore, chore_name
from console.store.source_trust import order


def effect(folding: Folding, edit: OfSources) -> None:
    """Change a source. Raises Refused where it is not connected, or what is asked makes no sense."""
    if isinstance(edit, e.TrustSources):
        order(folding, edit)
        return
    settings = _settings(folding, edit.source)
    match edit:
        case e.RenameSource(name=name):
            _rename(folding, edit.source, name)
        case e.ChangeSource():
            _change(folding, edit, settings)
        case e.ChooseStreams(off=off):
            _keep(folding, edit.source, with_streams_off(settings, off))
        case e.SetSourcePace(minutes=minutes):
            try:
                _keep(folding, edit.source, with_every(settings, minutes))
            except ValueError as error:
                raise Refused(str(error)) from error
        case e.ReadAgain():
            _read_again(folding, edit.source)
        case e.RetryQuarantine():
            _retry(folding, edit.source)
        case _:
            assert_never(edit)
    folding.touched.also(Stale.SOURCE, edit.source)


def _settings(folding: Folding, source: int) -> dict[str, str]:
    found = folding.connection.exec_driver_sql(
        "SELECT settings FROM sources WHERE id = ? AND state <> 'removed'", (source,)
    ).scalar()
    if found is None:
        raise Refused("This source is not connected any more")
    return json.loads(found)


def _keep(folding: Folding, source: int, settings: dict[str, str]) -> None:
    kept = json.dumps(settings, ensure_ascii=False)
    folding.recorder.update("sources", {"id": source}, {"settings": kept})


def _rename(folding: Folding, source: int, name: str) -> None:
    name = name.strip()
    if not name:
        raise Refused("A source needs a name")
    taken = folding.connection.exec_driver_sql(
        "SELECT 1 FROM sources WHERE name = ? AND id <> ?", (name, source)
    ).scalar()
    if taken:
        raise Refused(f"There is, or was, a source called {name} already; choose another name")
    folding.recorder.update("sources", {"id": source}, {"name": name})


def _change(folding: Folding, edit: e.ChangeSource, standing: dict[str, str]) -> None:
    settings = {**json.loads(edit.settings), **ours(standing)}
    own = json.dumps(edit.own_addresses, ensure_ascii=False)
    changes = {
        "settings": json.dumps(settings, ensure_ascii=False),
        "own_addresses": own,
        "state": "ready",
        "problem": "",
    }
    folding.recorder.update("sources", {"id": edit.source}, changes)


def _read_again(folding: Folding, source: int) -> None:
    streams = folding.connection.exec_driver_sql("SELECT stream FROM streams WHERE source_id = ?", (source,)).fetchall()
    for (stream,) in streams:
        folding.recorder.update("streams", {"source_id": source, "stream": stream}, {"cursor": None, "done": 0})
    folding.recorder.update("sources", {"id": source}, {"state": "ready", "problem": "", "next_at": None})


def _retry(folding: Folding, source: int) -> None:
    """The sync process does it, because connectors know how what is kept is read."""
    aside = folding.connection.exec_driver_sql(
        "SELECT 1 FROM quarantine WHERE source_id = ? AND batch_id IS NULL LIMIT 1", (source,)
    ).scalar()
    if not aside:
        raise Refused("Nothing of this source is put aside")
    folding.recorder.insert("meta", {"name": chore_name(Chore.RETRY, source)}, {"value": ""})
