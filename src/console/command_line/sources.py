"""``sources``: connect, try, change, pause and remove sources."""

from __future__ import annotations

import argparse
import json
import shlex
from pathlib import Path

from console.command_line.errors import BadInput
from console.command_line.opening import Desk, writing
from console.command_line.words import say, say_json
from console.connectors.errors import SourceError
from console.connectors.kinds.registry import check, settings_of
from console.domain.edits import (
    AddSource,
    ChangeSource,
    ChooseStreams,
    PauseSource,
    ReadAgain,
    RemoveSource,
    RenameSource,
    SetSourcePace,
    TrustSources,
)
from console.domain.source_settings import theirs
from console.domain.sources import SourceRow
from console.store.source_writes import source_id
from console.store.sources import sources
from console.wiring import opening

_MANIFEST_KIND, _MANIFEST = "rest", "manifest"
_PRIVATE = "allow_private"


def add(options: argparse.Namespace) -> None:
    """Connect a source; its secret goes into the keyring or the encrypted journal, never anywhere else."""
    kind, name = _kind_and_name(options)
    given = _given(options)
    if options.manifest:
        given[_MANIFEST] = str(options.manifest)
    settings, own = _seen_to(kind, given)
    key = source_id(kind, name)
    with writing(options) as desk:
        if name in connected(desk):
            # Said before the secret is kept: the one of the source that is there must not be lost to it.
            raise BadInput(f"There is a source called {name} already; choose another name, or remove it first")
        if options.secret_file:
            opening.keep_secret(options.workspace, desk.workspace.journal, key, _secret(options.secret_file))
        desk.submit(AddSource(key, kind, name, json.dumps(settings, ensure_ascii=False), own))
    say(f"Connected: {name}. Try it with: support-console sources test {shlex.quote(name)}")


def test(options: argparse.Namespace) -> None:
    """Try a source out and say what it answers."""
    with writing(options) as desk:
        row = named(desk, options.name)
        secret = opening.secret_of(options.workspace, desk.workspace.journal, row.id)
    found = check(row.kind, theirs(row.settings), secret)
    if options.json:
        facts = [{"label": label, "value": value} for label, value in found.facts]
        say_json({"sentence": found.sentence, "folders": list(found.folders), "facts": facts})
        return
    say(found.sentence)
    for label, value in found.facts:
        say(f"{label}: {value}")


def change(options: argparse.Namespace) -> None:
    """Other settings, another secret, another pace, other streams, another name; a source that rested goes on."""
    given = _given(options)
    with writing(options) as desk:
        row = named(desk, options.name)
        if given:
            kept = {**theirs(row.settings), **given}
            settings, own = _seen_to(row.kind, {name: value for name, value in kept.items() if value})
            desk.submit(ChangeSource(row.id, json.dumps(settings, ensure_ascii=False), own))
        if options.every is not None:
            desk.submit(SetSourcePace(row.id, options.every or None))
        if options.off or options.on:
            off = {one.stream for one in row.streams if one.is_off} | set(options.off)
            desk.submit(ChooseStreams(row.id, tuple(sorted(off - set(options.on)))))
        if options.rename:
            desk.submit(RenameSource(row.id, options.rename))
        if options.secret_file:
            opening.keep_secret(options.workspace, desk.workspace.journal, row.id, _secret(options.secret_file))
            desk.submit(PauseSource(row.id, is_paused=False))
    say(f"Changed: {options.rename or options.name}")


def pause(options: argparse.Namespace) -> None:
    """Let a source rest."""
    _switch(options, is_paused=True)


def resume(options: argparse.Namespace) -> None:
    """Let a source go on."""
    _switch(options, is_paused=False)


def read_again(options: argparse.Namespace) -> None:
    """Forget where the streams of a source ended."""
    with writing(options) as desk:
        desk.submit(ReadAgain(named(desk, options.name).id))
    say(f"{options.name} is read from its beginning the next time; nothing comes in twice")


def trust(options: argparse.Namespace) -> None:
    """Order sources by trust; no name, and the latest one is believed again."""
    with writing(options) as desk:
        desk.submit(TrustSources(tuple(named(desk, name).id for name in options.names)))
    say(f"Believed in this order: {', '.join(options.names)}" if options.names else "The latest source is believed")


def remove(options: argparse.Namespace) -> None:
    """Disconnect a source and forget its secret; what it brought stays, or is taken out by the sync process."""
    with writing(options) as desk:
        row = named(desk, options.name)
        desk.submit(RemoveSource(row.id, is_dropping=options.drop))
        opening.forget_secret(options.workspace, desk.workspace.journal, row.id)
    kept = "What it brought is taken out by the next sync" if options.drop else "What it brought stays"
    say(f"Disconnected: {options.name}. {kept}")


def named(desk: Desk, name: str) -> SourceRow:
    """The source of that name. Raises BadInput."""
    found = connected(desk)
    if name not in found:
        raise BadInput(f"There is no source called {name}; there are: {', '.join(found) or 'none'}")
    return found[name]


def connected(desk: Desk) -> dict[str, SourceRow]:
    """The sources by name."""
    with desk.workspace.database.read() as connection:
        return {row.name: row for row in sources(connection)}


def _switch(options: argparse.Namespace, *, is_paused: bool) -> None:
    with writing(options) as desk:
        desk.submit(PauseSource(named(desk, options.name).id, is_paused=is_paused))
    say(f"{options.name} {'rests' if is_paused else 'goes on'}")


def _kind_and_name(options: argparse.Namespace) -> tuple[str, str]:
    words: list[str] = options.what
    if options.manifest and len(words) == 1:
        return _MANIFEST_KIND, words[0]
    if not options.manifest and len(words) == 2:
        return words[0], words[1]
    raise BadInput("Write “sources add KIND NAME”, or “sources add --manifest FILE NAME”")


def _seen_to(kind: str, given: dict[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    try:
        return settings_of(kind, given)
    except SourceError as error:
        raise BadInput(str(error)) from error


def _given(options: argparse.Namespace) -> dict[str, str]:
    pairs = {_PRIVATE: "yes"} if options.allow_private else {}
    for text in options.set:
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
