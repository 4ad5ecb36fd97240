"""``edit``, ``merge``, ``split``, ``never-merge``, ``undo`` and ``redo``: what a teammate can do, from a script."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from typing import Any

from console.command_line.errors import BadInput
from console.command_line.moments import moment_of
from console.command_line.opening import Desk, writing
from console.command_line.reading import conversation_key
from console.command_line.words import say
from console.domain import edits as e
from console.domain.address import address_of
from console.domain.ids import CompanyId, ConversationId, CustomerId, IdentityId, new_edit_id, stable_id
from console.domain.records import OwnerKind
from console.domain.titles import title
from console.domain.undo import DEPTH, History, history
from console.domain.values import ValueKind, parse
from console.store import outcomes, profiles, property_defs
from console.store.database import Connection
from console.store.errors import NotFound
from console.store.profile_calling import company_called, customer_called
from console.system import clock
from console.wiring.syncing import import_waiting

_LOOK_BACK = 10 * DEPTH


def edit(options: argparse.Namespace) -> None:
    """Carry out the options as one edit with one undo."""
    with writing(options) as desk:
        owner = _owner(desk, options.what, options.name)
        wanted = tuple(_property_edits(desk, owner, options)) + tuple(_word_edits(owner, options))
        if owner.kind is OwnerKind.CONVERSATION:
            wanted += tuple(_conversation_edits(desk, ConversationId(owner.id), options))
        elif _asks_for_conversation(options):
            raise BadInput(
                "--customer, --reply, --unlink, --close, --reopen, --snooze, --assign, --priority, --no-priority, --read and --unread"
                " are for conversations"
            )
        if not wanted:
            raise BadInput("Nothing to change; say for example --set plan=Pro, --tag vip or --note TEXT")
        desk.submit(
            wanted[0] if len(wanted) == 1 else e.Several(title(wanted[0]) + f" and {len(wanted) - 1} more", wanted)
        )
        say(", ".join(title(one) for one in wanted))


def merge(options: argparse.Namespace) -> None:
    """The second customer or company goes into the first."""
    _on_two(options, options.winner, options.loser, (e.MergeCustomers, e.MergeCompanies))


def never(options: argparse.Namespace) -> None:
    """The two stay two."""
    _on_two(options, options.first, options.second, (e.NeverMerge, e.NeverMergeCompanies))


def split(options: argparse.Namespace) -> None:
    """Some records leave a customer or a company for one of their own."""
    kind = "company" if options.company else "customer"
    with writing(options) as desk:
        owner = _owner(desk, kind, options.customer)
        with desk.workspace.database.read() as connection:
            leaving = _identities(connection, owner, options.identity)
        into = stable_id(kind, f"split {_new_id()}")
        if options.company:
            desk.submit(e.SplitCompany(CompanyId(owner.id), leaving, CompanyId(into)))
        else:
            desk.submit(e.SplitCustomer(CustomerId(owner.id), leaving, CustomerId(into)))
        say(str(into))


def undo(options: argparse.Namespace) -> None:
    """Take the last edit back that can be."""
    with writing(options) as desk:
        entries = _history(desk).undoable
        if not entries:
            raise BadInput("There is nothing to undo")
        desk.submit(e.Undo(entries[-1].id))
        _import_again(desk, entries[-1].edit)
        say(f"Undone: {title(entries[-1].edit)}")


def redo(options: argparse.Namespace) -> None:
    """Do the edit again that was taken back last."""
    with writing(options) as desk:
        entries = _history(desk).redoable
        if not entries:
            raise BadInput("There is nothing to redo")
        desk.submit(e.Redo(entries[-1].id))
        _import_again(desk, entries[-1].edit)
        say(f"Done again: {title(entries[-1].edit)}")


def _import_again(desk: Desk, edit: e.Edit) -> None:
    """An import that is wanted after all comes in now, where no other process brings it."""
    if isinstance(edit, e.StartImport | e.UndoImport) and desk.is_writer:
        import_waiting(desk.workspace)


def _history(desk: Desk) -> History:
    with desk.workspace.database.read() as connection:
        refused = frozenset(one.edit for one in outcomes.refused(connection, 0))
    return history(desk.workspace.journal.newest(_LOOK_BACK), refused)


def _on_two(
    options: argparse.Namespace,
    one: str,
    other: str,
    made: tuple[Callable[[Any, Any], e.Edit], Callable[[Any, Any], e.Edit]],
) -> None:
    """``made``: the edit for two customers, and the one for two companies."""
    called = company_called if options.company else customer_called
    with writing(options) as desk:
        with desk.workspace.database.read() as connection:
            wanted = made[options.company](called(connection, one), called(connection, other))
        desk.submit(wanted)
        say(title(wanted))


def _owner(desk: Desk, what: str, name: str) -> e.Owner:
    with desk.workspace.database.read() as connection:
        match what:
            case "customer":
                return e.Owner(OwnerKind.CUSTOMER, customer_called(connection, name))
            case "company":
                return e.Owner(OwnerKind.COMPANY, company_called(connection, name))
            case _:
                return e.Owner(OwnerKind.CONVERSATION, conversation_key(name))


def _property_edits(desk: Desk, owner: e.Owner, options: argparse.Namespace) -> Iterator[e.Edit]:
    with desk.workspace.database.read() as connection:
        kinds = (
            {one.name: one.kind for one in property_defs.definitions(connection, owner.kind)}
            if owner.kind is not OwnerKind.CONVERSATION
            else {}
        )
    for text in options.set:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"“{text}” is not NAME=VALUE")
        yield e.SetProperty(owner, name.strip(), parse(kinds.get(name.strip(), ValueKind.STRING), value))
    yield from (e.RemoveProperty(owner, name) for name in options.unset)
    yield from (e.MaskProperty(owner, name) for name in options.mask)
    yield from (e.ReturnToAutomatic(owner, name) for name in options.automatic)


def _word_edits(owner: e.Owner, options: argparse.Namespace) -> Iterator[e.Edit]:
    yield from (e.AddTag(owner, tag) for tag in options.tag)
    yield from (e.RemoveTag(owner, tag) for tag in options.untag)
    yield from (e.WriteNote(owner, _new_id(), text) for text in options.note)


def _conversation_edits(desk: Desk, key: ConversationId, options: argparse.Namespace) -> Iterator[e.Edit]:
    if options.customer:
        yield from _assigned(desk, key, options.customer)
    if options.reply is not None:
        yield e.QueueReply(key, _new_id(), options.reply)
    simple = {
        "unlink": e.UnlinkCustomer(key), "close": e.CloseConversation(key), "reopen": e.ReopenConversation(key),
        "priority": e.SetPriority(key, True), "no_priority": e.SetPriority(key, False), "read": e.MarkRead(key, True), "unread": e.MarkRead(key, False),
    }  # fmt: skip
    yield from (one for name, one in simple.items() if getattr(options, name))
    if options.snooze:
        yield e.SnoozeConversation(key, moment_of(options.snooze, "2026-12-31T14:30"))
    if options.assign is not None:
        yield e.AssignTeammate(key, options.assign or None)


def _assigned(desk: Desk, key: ConversationId, text: str) -> Iterator[e.Edit]:
    with desk.workspace.database.read() as connection:
        try:
            yield e.AssignCustomer(key, customer_called(connection, text))
        except NotFound:
            address = address_of(text)
            if address is None:
                raise
            customer = CustomerId(stable_id("customer", address.canonical))
            yield e.CreateCustomer(customer, "", (address.written,))
            yield e.AssignCustomer(key, customer)


def _asks_for_conversation(options: argparse.Namespace) -> bool:
    names = ("customer", "reply", "unlink", "close", "reopen", "snooze", "priority", "no_priority", "read", "unread")
    return options.assign is not None or any(getattr(options, name) for name in names)


def _identities(connection: Connection, owner: e.Owner, wanted: list[str]) -> tuple[IdentityId, ...]:
    known = profiles.linked(connection, owner.id)
    rows = {f"{row.source_name}/{row.external_id}": row.id for row in known if not row.is_home}
    by_short = {name.partition("/")[2]: key for name, key in rows.items()}
    found = []
    for text in wanted:
        key = rows.get(text) or by_short.get(text)
        if key is None:
            raise BadInput(f"“{text}” is no record of this {owner.kind.value}; there are: {', '.join(rows)}")
        found.append(key)
    return tuple(found)


def _new_id() -> str:
    return new_edit_id(clock.now(), os.urandom(10))
