"""``sources``: connect, list, test and disconnect."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from console.command_line.errors import BadInput
from console.command_line.opening import Desk, reading, writing
from console.command_line.words import say, say_json, say_table, when
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import check, settings_of
from console.domain.edits import AddSource, RemoveSource
from console.domain.sources import SourceRow
from console.store.source_writes import source_id
from console.store.sources import sources
from console.wiring import opening

_COUNTED = {
    "CustomerRecord": "customers", "CompanyRecord": "companies", "MailRecord": "mails", "ConversationRecord": "conversations",
    "EventRecord": "events",
}  # fmt: skip
"""Records in the tables, as the documents call them."""


def add(options: argparse.Namespace) -> None:
    """Connect a source; its secret goes into the keyring or the encrypted journal, never anywhere else."""
    given = _pairs(options.set)
    try:
        settings, own = settings_of(options.kind, given)
    except SourceError as error:
        raise BadInput(str(error)) from error
    key = source_id(options.kind, options.name)
    with writing(options) as desk:
        if options.name in _connected(desk):
            # Said before the secret is kept: the one of the source that is there must not be lost to it.
            raise BadInput(f"There is a source called {options.name} already; choose another name, or remove it first")
        if options.secret_file:
            opening.keep_secret(options.workspace, desk.workspace.journal, key, _secret(options.secret_file))
        desk.submit(AddSource(key, options.kind, options.name, json.dumps(settings, ensure_ascii=False), own))
    say(f"Connected: {options.name}. Try it with: support-console sources test {shlex.quote(options.name)}")


def rows(options: argparse.Namespace) -> None:
    """List the sources."""
    with reading(options) as workspace, workspace.database.read() as connection:
        found = sources(connection)
    if options.json:
        say_json([_document(row) for row in found])
    else:
        say_table(
            [
                (
                    row.name,
                    row.kind,
                    "paused" if row.is_paused else row.state,
                    when(row.synced_at) or "never",
                    row.problem,
                )
                for row in found
            ]
        )


def test(options: argparse.Namespace) -> None:
    """Try a source out and say what it answers."""
    with writing(options) as desk:
        row = _named(desk, options.name)
        secret = opening.secret_of(options.workspace, desk.workspace.journal, row.id)
    say(check(row.kind, row.settings, secret).sentence)


def remove(options: argparse.Namespace) -> None:
    """Disconnect a source and forget its secret; what it brought stays."""
    with writing(options) as desk:
        row = _named(desk, options.name)
        desk.submit(RemoveSource(row.id))
        opening.forget_secret(options.workspace, desk.workspace.journal, row.id)
    say(f"Disconnected: {options.name}. What it brought stays")


def _connected(desk: Desk) -> dict[str, SourceRow]:
    with desk.workspace.database.read() as connection:
        return {row.name: row for row in sources(connection)}


def _named(desk: Desk, name: str) -> SourceRow:
    found = _connected(desk)
    if name not in found:
        raise BadInput(f"There is no source called {name}; there are: {', '.join(found) or 'none'}")
    return found[name]


def _pairs(texts: list[str]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise BadInput(f"“{text}” is not KEY=VALUE")
        pairs[name.strip()] = value.strip()
    return pairs


def _secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").split("\n", 1)[0].strip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"The secret file {path.name} cannot be read; check its path") from error


def _document(row: SourceRow) -> dict[str, object]:
    return {
        "id": str(row.id), "kind": row.kind, "name": row.name, "state": row.state, "problem": row.problem, "is_paused": row.is_paused,
        "synced_at": when(row.synced_at), "settings": dict(row.settings), "counts": {_COUNTED.get(kind, kind): count for kind, count in row.counts.items()},
        "streams": [{"stream": one.stream, "done": one.done, "total": one.total, "synced_at": when(one.synced_at)} for one in row.streams],
    }  # fmt: skip
