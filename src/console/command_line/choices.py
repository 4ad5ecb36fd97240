"""The commands and their options, as the parser knows them; what they do stands in a module each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from console.command_line.choices_outbox import add_outbox
from console.command_line.choices_sources import add_sources
from console.domain.activity import Chip
from console.domain.importing import ImportKind

Commands = Any
"""argparse's own type for sub-commands is private."""


def add_all(commands: Commands) -> None:
    """Add every command."""
    _add_making(commands)
    _add_importing(commands)
    _add_reading(commands)
    _add_editing(commands)
    _add_joining(commands)
    _add_segments(commands)
    add_sources(commands, _command)
    add_outbox(commands, _command)
    _add_keeping(commands)


def _command(commands: Commands, name: str, act: str, text: str, *, json: bool = True) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.set_defaults(act=f"console.command_line.{act}")
    add_global(command, default=argparse.SUPPRESS)
    if json:
        command.add_argument("--json", action="store_true", help="answer as JSON (docs/cli.md)")
    return command


def add_global(command: argparse.ArgumentParser, default: str | None) -> None:
    """The options that every command knows, before or behind its name."""
    command.add_argument("--workspace", type=Path, metavar="DIR", default=default, help="the folder of the workspace")
    command.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=default,
        help="its first line opens the workspace (machines without a keyring)",
    )


def _add_making(commands: Commands) -> None:
    _command(commands, "sample", "making:sample", "make the sample workspace")
    init = _command(commands, "init", "making:empty", "make an empty workspace")
    init.set_defaults(json=False)


def _add_importing(commands: Commands) -> None:
    command = _command(commands, "import", "importing:run", "take in mailboxes and tables, or take an import out again")
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="mailboxes or tables")
    command.add_argument(
        "--as",
        dest="kind",
        choices=[kind.value for kind in ImportKind],
        help="what the files hold; guessed where not given",
    )
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COL=PROPERTY",
        help="COL=PROPERTY[:type], COL= to leave a column out",
    )
    command.add_argument(
        "--my-address",
        action="append",
        default=[],
        metavar="A",
        help="an address of the team: mail from it was sent by us",
    )
    command.add_argument(
        "--sheet", default="", metavar="NAME", help="the sheet of a workbook; else the first with rows"
    )
    command.add_argument("--header-row", type=int, metavar="N", help="the row that names the columns; 0: there is none")
    command.add_argument(
        "--delimiter", default="", metavar="C", help="what parts the cells of a CSV file; tab for a tab"
    )
    command.add_argument("--encoding", default="", metavar="NAME", help="the encoding of a CSV file, like cp1252")
    command.add_argument("--decimal", choices=("comma", "point"), help="the decimal sign of every column of numbers")
    command.add_argument("--dry-run", action="store_true", help="only say what would happen")
    command.add_argument("--undo", metavar="BATCH", help="take a whole import out again; newer edits stay")
    command.add_argument("--batches", action="store_true", help="list the imports so far")


def _add_reading(commands: Commands) -> None:
    listing = _command(commands, "list", "reading:rows", "list customers, companies or conversations")
    listing.add_argument("what", choices=["customers", "companies", "conversations"])
    listing.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (50); 0 for all")
    listing.add_argument("--filter", default="", metavar="EXPR", help="for example: tag:vip plan=pro mrr>300")
    listing.add_argument("--sort", default="", metavar="NAME", help="a column or a property; by name where not given")
    listing.add_argument("--descending", action="store_true", help="the other way round")
    listing.add_argument("--columns", default="", metavar="A,B", help="other columns: fields and properties")
    show = _command(commands, "show", "reading:one", "show one customer, company or conversation")
    show.add_argument("what", choices=["customer", "company", "conversation"])
    show.add_argument("name", help="an e-mail address, a name, a domain or an ID")
    show.add_argument("--as-of", metavar="DATE", help="as it was on that day (UTC), for a customer or a company")
    stream = _command(commands, "activity", "activity:rows", "the stream of a customer or a company, newest first")
    stream.add_argument("what", choices=["customer", "company"])
    stream.add_argument("name", help="an e-mail address, a name, a domain or an ID")
    stream.add_argument("--kind", choices=[chip.value for chip in Chip], help="only lines of this kind")
    stream.add_argument("--before", metavar="T", help="only lines before that moment (UTC)")
    stream.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (50); 0 for all")
    find = _command(commands, "search", "reading:search", "search everything: words, conditions, names with a slip")
    find.add_argument("query", help="words that must all be there; “quoted words” stand together")
    find.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many of each kind (50)")


def _add_editing(commands: Commands) -> None:
    edit = _command(
        commands, "edit", "editing:edit", "change a customer, a company or a conversation by hand", json=False
    )
    edit.add_argument("what", choices=["customer", "company", "conversation"])
    edit.add_argument("name", help="an e-mail address, a name, a domain or an ID")
    for option, metavar, text in (
        ("set", "NAME=VALUE", "say a property by hand"),
        ("unset", "NAME", "take a property off the profile, whatever sources say"),
        ("mask", "NAME", "show a property as empty on purpose"),
        ("automatic", "NAME", "withdraw what was said by hand; the best remaining claim wins"),
        ("tag", "T", "stick a tag on"),
        ("untag", "T", "take a tag off"),
        ("note", "TEXT", "write a note"),
    ):
        edit.add_argument(f"--{option}", action="append", default=[], metavar=metavar, help=text)
    edit.add_argument("--customer", metavar="EMAIL", help="give the conversation this customer, made where new")
    edit.add_argument("--reply", metavar="TEXT", help="queue an answer to the customer")
    edit.add_argument("--snooze", metavar="TIME", help="until when (UTC)")
    edit.add_argument("--assign", metavar="TEAMMATE", help="who takes care of it; an empty name for nobody")
    for option, text in (
        ("unlink", "the conversation is nobody's known"),
        ("close", "done with it, until the customer writes again"),
        ("reopen", "it needs somebody again"),
        ("priority", "it goes before others"),
        ("no-priority", "it goes before others no longer"),
        ("read", "the team has read it"),
        ("unread", "the team has not read it"),
    ):
        edit.add_argument(f"--{option}", action="store_true", help=text)


def _add_joining(commands: Commands) -> None:
    merge = _command(
        commands, "merge", "editing:merge", "two customers or companies are one: B goes into A", json=False
    )
    merge.add_argument("winner", metavar="A")
    merge.add_argument("loser", metavar="B")
    split = _command(
        commands, "split", "editing:split", "one customer or company is two: this record leaves", json=False
    )
    split.add_argument("customer", metavar="CUSTOMER")
    split.add_argument(
        "identity", nargs="+", metavar="IDENTITY", help="source/external id, as “show … --json” lists them"
    )
    never = _command(
        commands, "never-merge", "editing:never", "these two are not the same, whatever keys say", json=False
    )
    never.add_argument("first", metavar="A")
    never.add_argument("second", metavar="B")
    for command in (merge, split, never):
        command.add_argument("--company", action="store_true", help="they are companies: names, domains or IDs")
    _command(commands, "duplicates", "duplicates:rows", "list pairs of customers who may be one, and why")
    _command(commands, "undo", "editing:undo", "take the last edit back", json=False)
    _command(commands, "redo", "editing:redo", "do the edit again that was taken back", json=False)


def _add_segments(commands: Commands) -> None:
    command = commands.add_parser(
        "segment", help="sets of customers or companies by rule: add, list, members, why, remove"
    )
    inner = command.add_subparsers(title="what to do", metavar="WHAT", required=True)
    add = _command(inner, "add", "segments:add", "make a segment, or give one of that name another rule")
    add.add_argument("name")
    add.add_argument(
        "--rule",
        required=True,
        metavar="EXPR",
        help='for example: plan=pro last_seen<30d count("Exported report", 30d)>=3',
    )
    add.add_argument("--of", choices=["customers", "companies"], default="customers", help="of customers by default")
    _command(inner, "list", "segments:rows", "list the segments: yours, built in, and those that sources keep")
    of = {"choices": ["customers", "companies"], "help": "where both have a segment of that name"}
    members = _command(inner, "members", "segments:members", "who is in a segment, by name")
    members.add_argument("name")
    members.add_argument("--limit", type=int, default=0, metavar="N", help="at most so many; all by default")
    members.add_argument("--of", **of)
    why = _command(inner, "why", "segments:why", "why a customer is in a segment, or is not")
    why.add_argument("customer", help="an e-mail address, a name or an ID; of a segment of companies, a company")
    why.add_argument("name")
    why.add_argument("--of", **of)
    _command(inner, "remove", "segments:remove", "take a segment away", json=False).add_argument("name")


def _add_keeping(commands: Commands) -> None:
    _command(commands, "export", "keeping:export", "write everything in open formats").add_argument(
        "folder", type=Path, metavar="DIR"
    )
    _command(commands, "doctor", "keeping:doctor", "check the workspace, file by file")
    recover = _command(
        commands, "recover", "keeping:recover", "open the workspace again with its recovery code", json=False
    )
    recover.add_argument(
        "--code-file", type=Path, required=True, metavar="FILE", help="its first line is the recovery code"
    )
    _command(commands, "erase", "erasing:erase", "forget a customer for good, and print a receipt").add_argument(
        "customer", metavar="EMAIL|ID"
    )
    dossier = _command(commands, "dossier", "dossier:write", "write everything known of a customer into one file")
    dossier.add_argument("customer", metavar="EMAIL|ID")
    dossier.add_argument("file", type=Path, metavar="FILE", help="its name ends with .html, .json or .pdf")
    backup = _command(commands, "backup", "erasing:backup", "write a verified, encrypted backup")
    backup.add_argument("--to", type=Path, metavar="DIR", help="where; the workspace's own folder by default")
    restore = _command(commands, "restore", "erasing:restore", "make a workspace of a backup", json=False)
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="the folder that “backup” wrote")
    tour = _command(commands, "tour", "keeping:tour", "render every window and state to pictures", json=False)
    tour.add_argument("folder", type=Path, metavar="DIR")
    tour.add_argument("--theme", choices=["light", "dark"], default="light", help="light by default")
    tour.add_argument("--size", default="1440x900", metavar="WxH", help="1440x900 by default")
    tour.add_argument("--scale", type=float, default=1.0, metavar="F", help="0.5 to 4; 1 by default")
