"""The commands about the outbox and their options, as the parser knows them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Command = Callable[..., argparse.ArgumentParser]


def add_outbox(commands: Any, command: Command) -> None:
    """``outbox``; ``command`` makes one with the options that all have."""
    said = commands.add_parser("outbox", help="what is on its way to the sources: look, hold, retry, cancel, resolve")
    inner = said.add_subparsers(title="what to do", metavar="WHAT", required=True)
    rows = command(inner, "list", "outbox:rows", "list what is on its way, who must act first")
    rows.add_argument(
        "--filter", choices=["all", "needs-you", "waiting", "done"], default="all", help="only these; all by default"
    )
    rows.add_argument("--limit", type=int, default=500, metavar="N", help="at most so many (500); 0 for all")
    command(inner, "show", "outbox:show", "everything about one").add_argument("sending", metavar="ID")
    for name, text in (
        ("hold", "let it wait until it is released"),
        ("release", "let what was held go"),
        ("retry", "send again what was refused, or what nobody can tell of: that may arrive twice"),
        ("check", "look at the source whether something arrived of which nobody can tell"),
        ("cancel", "do not send it; here it stays"),
        ("sent", "say that something of which nobody can tell was sent"),
    ):
        one = command(inner, name, "outbox:act", text, json=False)
        one.add_argument("sendings", nargs="+", metavar="ID", help="as “outbox list” shows them, or all")
        one.set_defaults(deed=name)
    rewrite = command(inner, "edit", "outbox:rewrite", "another text for a reply that was not sent yet", json=False)
    rewrite.add_argument("sending", metavar="ID")
    rewrite.add_argument("text", metavar="TEXT")
    resolve = command(inner, "resolve", "outbox:resolve", "say of each field in conflict whose value stays", json=False)
    resolve.add_argument("--mine", nargs="+", default=[], metavar="ID", help="ours is sent")
    resolve.add_argument("--theirs", nargs="+", default=[], metavar="ID", help="the source's is taken over here")


def add_write_back(sources: Any, command: Command) -> None:
    """``sources write-back``."""
    choice = command(sources, "write-back", "outbox:write_back", "choose what goes back to a source, or list it")
    choice.add_argument("name", metavar="NAME")
    choice.add_argument(
        "what", nargs="?", default="", metavar="WHAT",
        help="reply, note, tag, state, assignment, customer:PROPERTY or company:PROPERTY",
    )  # fmt: skip
    choice.add_argument("switch", nargs="?", choices=["on", "off"], default="on", help="on by default")
