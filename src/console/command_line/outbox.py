"""``outbox``: what is on its way to the sources, and what a teammate can do about it; ``sources write-back``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from console.command_line.errors import BadInput
from console.command_line.opening import Desk, reading, writing
from console.command_line.words import say, say_json, say_table, when
from console.domain import edits as e
from console.domain.done_words import done
from console.domain.outbox import PROPERTY_PREFIX, SendingState
from console.domain.outbox_rows import OutboxDetail, OutboxFilter, OutboxRow, WaitsFor
from console.domain.outbox_words import what_in_words, words_of
from console.domain.sources import SourceRow
from console.store.errors import NotFound
from console.store.outbox import outbox, write_backs
from console.store.outbox_detail import outbox_detail
from console.store.sources import sources
from console.system import clock

_ALL = "all"
_SIMPLE: dict[str, tuple[Callable[[int], e.Edit], frozenset[SendingState]]] = {
    "hold": (e.HoldSending, frozenset((SendingState.QUEUED,))),
    "release": (e.ReleaseSending, frozenset((SendingState.HELD,))),
    "retry": (e.RetrySending, frozenset((SendingState.REFUSED,))),
    "check": (e.CheckSending, frozenset((SendingState.UNKNOWN,))),
    "cancel": (e.DropSending, frozenset((SendingState.QUEUED, SendingState.HELD, SendingState.REFUSED))),
    "sent": (e.MarkSent, frozenset((SendingState.UNKNOWN,))),
}
"""What each command does, and whom “all” means: never what reaches somebody twice."""
_WHATS = ("reply", "note", "tag", "state", "assignment")


def rows(options: argparse.Namespace) -> None:
    """List the outbox."""
    wanted = OutboxFilter(options.filter.replace("-", " "))
    with reading(options) as workspace, workspace.database.read() as connection:
        found = outbox(connection, wanted, now=clock.now(), limit=options.limit or -1)
    if options.json:
        say_json([_document(row) for row in found])
        return
    say_table([(str(row.id), row.state.value, words_of(row), row.source_name, _remark(row)) for row in found])


def show(options: argparse.Namespace) -> None:
    """Everything about one sending."""
    with reading(options) as workspace, workspace.database.read() as connection:
        try:
            found = outbox_detail(connection, _key(options.sending), now=clock.now())
        except NotFound as error:
            raise BadInput(str(error)) from error
    if options.json:
        say_json(_detail(found))
        return
    row = found.row
    say(f"{words_of(row)} · {row.state.value} · {row.source_name or 'no source'}")
    for line in str(row.body.get("text", "")).splitlines():
        say(f"  {line}")
    for field in found.conflicts:
        say(f"{field.field}: ours “{field.mine}”, theirs “{field.theirs}”, before “{field.before}”")
    say_table([(when(one.at) or "", one.title, one.by) for one in found.history])


def act(options: argparse.Namespace) -> None:
    """Hold, release, retry, check, cancel or settle sendings."""
    make, allowed = _SIMPLE[options.deed]
    with writing(options) as desk:
        keys = _keys(desk, options.sendings, allowed)
        if not keys:
            say("There is nothing of that kind")
            return
        edits = tuple(make(key) for key in keys)
        desk.submit(
            edits[0] if len(edits) == 1 else e.Several(f"{options.deed.capitalize()} {len(edits)} of the outbox", edits)
        )
        say(f"{done(edits[0])}: {len(edits)}")


def rewrite(options: argparse.Namespace) -> None:
    """Another text for a reply or a note that was not sent yet."""
    with writing(options) as desk:
        edit = e.EditSending(_key(options.sending), options.text)
        desk.submit(edit)
        say(done(edit))


def resolve(options: argparse.Namespace) -> None:
    """Field by field whose value stays."""
    edit = e.ResolveConflict(tuple(map(_key, options.mine)), tuple(map(_key, options.theirs)))
    with writing(options) as desk:
        desk.submit(edit)
        say(done(edit))


def write_back(options: argparse.Namespace) -> None:
    """Choose what goes back to a source, or list it."""
    with writing(options) as desk:
        row = _source(desk, options.name)
        if options.what:
            edit = e.SetWriteBack(row.id, _what(options.what), options.switch != "off")
            desk.submit(edit)
        with desk.workspace.database.read() as connection:
            chosen = sorted(write_backs(connection, row.id))
    if options.json:
        say_json({"source": row.name, "write_back": chosen})
    else:
        say(f"To {row.name} go back: {', '.join(map(what_in_words, chosen)) or 'nothing'}")


def _what(word: str) -> str:
    """A word of the outbox; a property may be written as it is in filters: ``plan``, ``company:size``."""
    if word in _WHATS or word.startswith(PROPERTY_PREFIX):
        return word
    kind, colon, name = word.partition(":")
    if colon and kind in ("customer", "company") and name:
        return f"{PROPERTY_PREFIX}{kind}:{name}"
    raise BadInput(f"“{word}” cannot go back; there are: {', '.join(_WHATS)}, customer:PROPERTY, company:PROPERTY")


def _source(desk: Desk, name: str) -> SourceRow:
    with desk.workspace.database.read() as connection:
        found = {row.name: row for row in sources(connection)}
    if name not in found:
        raise BadInput(f"There is no source called {name}; there are: {', '.join(found) or 'none'}")
    return found[name]


def _keys(desk: Desk, words: Sequence[str], allowed: frozenset[SendingState]) -> tuple[int, ...]:
    if list(words) != [_ALL]:
        return tuple(map(_key, words))
    with desk.workspace.database.read() as connection:
        found = outbox(connection, OutboxFilter.ALL, now=clock.now(), limit=-1)
    return tuple(row.id for row in found if row.state in allowed)


def _key(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 19):
        raise BadInput(f"“{word}” is no ID of the outbox; “outbox list” shows them")
    return int(word)


def _remark(row: OutboxRow) -> str:
    if row.held_by:
        return f"held by {row.held_by}"
    if row.reason:
        return row.reason
    return {
        WaitsFor.BEFORE: f"waits for {row.behind}",
        WaitsFor.CHOICE: "such edits do not go back there",
        WaitsFor.PAUSE: "the source is paused",
        WaitsFor.SOURCE: "the source needs somebody",
        WaitsFor.NOWHERE: "no source takes it",
    }.get(row.waits_for, "")


def _document(row: OutboxRow) -> dict[str, object]:
    return {
        "id": str(row.id), "kind": row.kind.value, "state": row.state.value, "words": words_of(row), "source": row.source_name,
        "target": {"kind": row.target.kind.value, "id": str(row.target.id), "name": row.target_name},
        "conversation": str(row.conversation) if row.conversation else None, "subject": row.subject, "body": dict(row.body),
        "base": None if row.base is None else row.base.get("value", row.base.get("was")), "theirs": dict(row.theirs), "by": row.by, "at": when(row.at),
        "reason": row.reason, "receipt": row.receipt, "attempts": row.attempts, "next_at": when(row.next_at),
        "claimed_at": when(row.claimed_at), "settled_at": when(row.settled_at), "waits_for": row.waits_for.value, "place": row.place,
        "behind": str(row.behind) if row.behind else None, "held_by": row.held_by, "edit": row.edit,
    }  # fmt: skip


def _detail(found: OutboxDetail) -> dict[str, object]:
    return {
        **_document(found.row),
        "matter": [str(one.id) for one in found.matter],
        "conflicts": [
            {"id": str(one.sending), "field": one.field, "mine": one.mine, "theirs": one.theirs, "before": one.before}
            for one in found.conflicts
        ],
        "history": [{"at": when(one.at), "what": one.what, "title": one.title, "by": one.by} for one in found.history],
    }
