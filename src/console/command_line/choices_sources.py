"""The commands about sources and their options, as the parser knows them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.command_line.choices_outbox import add_write_back

Command = Callable[..., argparse.ArgumentParser]


def add_sources(commands: Any, command: Command) -> None:
    """``sources``, ``quarantine`` and ``sync``; ``command`` makes one with the options that all have."""
    said = commands.add_parser("sources", help="connect sources, look at them, change, pause and remove them")
    inner = said.add_subparsers(title="what to do", metavar="WHAT", required=True)
    command(inner, "kinds", "source_documents:kinds", "list the kinds of source, and what each asks for")
    add = command(inner, "add", "sources:add", "connect a source", json=False)
    add.add_argument(
        "what", nargs="+", metavar="KIND NAME", help="“sources kinds” lists the kinds; NAME alone with --manifest"
    )
    add.add_argument(
        "--manifest", type=Path, metavar="FILE", help="a manifest of your own: the source is of the kind rest"
    )
    _add_settings(add)
    command(inner, "list", "source_documents:rows", "list the sources and how they are")
    command(inner, "show", "source_documents:show", "everything about a source").add_argument("name", metavar="NAME")
    command(inner, "test", "sources:test", "try a source out").add_argument("name", metavar="NAME")
    change = command(inner, "set", "sources:change", "change a source; one that rested goes on", json=False)
    change.add_argument("name", metavar="NAME")
    _add_settings(change)
    change.add_argument("--every", type=int, metavar="MINUTES", help="how often it is asked; 0 for the kind's own pace")
    change.add_argument("--off", action="append", default=[], metavar="STREAM", help="a stream that is not wanted")
    change.add_argument("--on", action="append", default=[], metavar="STREAM", help="a stream that is wanted again")
    change.add_argument("--rename", default="", metavar="NEW", help="another name")
    for name, act, text in (
        ("pause", "pause", "let a source rest"),
        ("resume", "resume", "let a source go on"),
        ("read-again", "read_again", "forget where its streams ended, so that everything is read once more"),
    ):
        command(inner, name, f"sources:{act}", text, json=False).add_argument("name", metavar="NAME")
    trust = command(inner, "trust", "sources:trust", "order sources by trust, the most trusted first", json=False)
    trust.add_argument("names", nargs="*", metavar="NAME", help="none: of two sources the latest one is believed")
    remove = command(inner, "remove", "sources:remove", "disconnect a source; what it brought stays", json=False)
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--drop", action="store_true", help="take out what it brought, but for what teammates touched")
    add_write_back(inner, command)
    _add_quarantine(commands, command)
    _add_sync(commands, command)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a setting; one for each --set")
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help="its first line is the password, key or token")
    parser.add_argument(
        "--allow-private", action="store_true", help="the server may have a private address (same as --set allow_private=yes)"
    )  # fmt: skip


def _add_quarantine(commands: Any, command: Command) -> None:
    said = commands.add_parser("quarantine", help="records of sources that could not be read: list them, try again")
    inner = said.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for name, act, text in (
        ("list", "quarantine", "list what could not be read, with the reason"),
        ("retry", "retry", "have it read once more by the next sync"),
    ):
        command(inner, name, f"source_documents:{act}", text).add_argument(
            "source", nargs="?", default="", metavar="SOURCE", help="only of this source"
        )


def _add_sync(commands: Any, command: Command) -> None:
    sync = command(commands, "sync", "keeping:sync", "be the sync process: fold edits, import, fetch")
    sync.add_argument("names", nargs="*", metavar="NAME", help="only these sources")
    sync.add_argument("--once", action="store_true", help="end when everything is up to date")
    sync.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
