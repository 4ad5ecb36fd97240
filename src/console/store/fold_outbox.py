"""Edits of the outbox: hold, release, send again, check, drop, settle by hand, resolve a conflict; and what goes back."""

from __future__ import annotations

import json
from typing import assert_never, cast

from console.domain import edits as e
from console.domain.edits_of_outbox import OfOutbox
from console.domain.outbox import UNSAID, SendingState, WriteKind, their_value
from console.store.changes import Stale
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.outbox_theirs import take_theirs
from console.store.recorder import Scalar

_GONE = "This is no longer in the outbox"
_S = SendingState
_STILL_OURS = frozenset((_S.QUEUED, _S.HELD, _S.REFUSED))
"""States in which nothing of it can be at the source."""


def effect(folding: Folding, edit: OfOutbox) -> None:
    """Change how a sending stands, or what goes back to a source. Raises Refused where that makes no sense any more."""
    match edit:
        case e.HoldSending(sending=sending):
            _move(folding, sending, frozenset((_S.QUEUED,)), {"state": _S.HELD.value})
        case e.ReleaseSending(sending=sending):
            _move(folding, sending, frozenset((_S.HELD,)), {"state": _S.QUEUED.value, "next_at": None})
        case e.RetrySending(sending=sending):
            states = frozenset((_S.REFUSED, _S.UNKNOWN, _S.QUEUED))
            _move(
                folding, sending, states, {"state": _S.QUEUED.value, "next_at": None, "reason": "", "settled_at": None}
            )
        case e.CheckSending(sending=sending):
            _move(folding, sending, frozenset((_S.UNKNOWN,)), {"next_at": folding.recorder.now})
        case e.DropSending(sending=sending):
            states = frozenset(_S) - {_S.CLAIMED, _S.SENT, _S.DROPPED}
            _move(folding, sending, states, {"state": _S.DROPPED.value, "settled_at": folding.recorder.now})
        case e.MarkSent(sending=sending):
            changes = {"state": _S.SENT.value, "reason": "", "settled_at": folding.recorder.now, "next_at": None}
            _move(folding, sending, frozenset((_S.UNKNOWN,)), changes)
        case e.EditSending(sending=sending, text=text):
            _rewrite(folding, sending, text)
        case e.ResolveConflict(mine=mine, theirs=theirs):
            _resolve(folding, mine, theirs)
        case e.SetWriteBack():
            _choose(folding, edit)
        case _:
            assert_never(edit)


def _move(folding: Folding, sending: int, allowed: frozenset[SendingState], changes: dict[str, Scalar]) -> None:
    row = _found(folding, sending)
    state = SendingState(str(row["state"]))
    if state not in allowed:
        raise Refused(_WHY_NOT[state])
    folding.recorder.update("outbox", {"id": sending}, changes)
    _tell(folding, row)


def _rewrite(folding: Folding, sending: int, text: str) -> None:
    row = _found(folding, sending)
    state = SendingState(str(row["state"]))
    if row["kind"] != WriteKind.REPLY.value and row["kind"] != WriteKind.NOTE.value:
        raise Refused("Only replies and notes have a text")
    if not text.strip():
        raise Refused("An empty answer says nothing; drop it instead")
    if state not in _STILL_OURS:
        raise Refused(_WHY_NOT[state])
    body = json.dumps({**json.loads(str(row["body"])), "text": text}, ensure_ascii=False)
    again = {"state": _S.QUEUED.value, "reason": "", "settled_at": None} if state is _S.REFUSED else {}
    folding.recorder.update("outbox", {"id": sending}, {"body": body, **again})
    _tell(folding, row)


def _resolve(folding: Folding, mine: tuple[int, ...], theirs: tuple[int, ...]) -> None:
    if not mine and not theirs:
        raise Refused("Choose a side for each field")
    for sending in (*mine, *theirs):
        row = _found(folding, sending)
        if row["state"] != _S.CONFLICT.value:
            raise Refused("This conflict was resolved already")
        if sending in mine:
            # What they say now is what our value stands against from here on.
            changes: dict[str, Scalar] = {"state": _S.QUEUED.value, "base": _now_there(row), "next_at": None}
        else:
            take_theirs(folding, row)
            changes = {"state": _S.DROPPED.value}
        folding.recorder.update(
            "outbox",
            {"id": sending},
            {**changes, "reason": _TAKEN[sending in mine], "settled_at": _ended(folding, mine, sending)},
        )
        _tell(folding, row)


def _ended(folding: Folding, mine: tuple[int, ...], sending: int) -> int | None:
    return None if sending in mine else folding.recorder.now


_TAKEN = {True: "", False: "The source's value was taken over"}


def _now_there(row: dict[str, Scalar]) -> str | None:
    """What the source says now, for the next attempt to stand against; a state or an assignment stands against nothing."""
    kind = WriteKind(str(row["kind"]))
    former = json.loads(str(row["base"])) if row["base"] else {}
    if kind is not WriteKind.PROPERTY:
        return json.dumps(former, ensure_ascii=False)
    theirs = json.loads(str(row["theirs"])) if row["theirs"] else {}
    value = their_value(kind, json.loads(str(row["body"])), theirs)
    if value is UNSAID:
        return None
    return json.dumps({**former, "value": value, "version": theirs.get("version")}, ensure_ascii=False)


def _choose(folding: Folding, edit: e.SetWriteBack) -> None:
    known = folding.connection.exec_driver_sql(
        "SELECT 1 FROM sources WHERE id = ? AND state <> 'removed'", (edit.source,)
    ).scalar()
    if not known:
        raise Refused("This source is not connected")
    key = {"source_id": edit.source, "what": edit.what}
    if edit.is_on:
        folding.recorder.insert("write_backs", key, {})
    else:
        folding.recorder.delete("write_backs", key)
    folding.touched.also(Stale.SOURCE, edit.source)
    folding.touched.also(Stale.OUTBOX)


def _found(folding: Folding, sending: int) -> dict[str, Scalar]:
    row = folding.recorder.find("outbox", {"id": sending})
    if row is None:
        raise Refused(_GONE)
    return row


def _tell(folding: Folding, row: dict[str, Scalar]) -> None:
    folding.touched.also(Stale.OUTBOX, int(cast("int", row["id"])))


_WHY_NOT = {
    _S.QUEUED: "It waits for its turn already",
    _S.HELD: "It is held; release it first",
    _S.CLAIMED: "It is being sent at this moment",
    _S.SENT: "It was sent already",
    _S.REFUSED: "The source refused it; send it again or drop it",
    _S.CONFLICT: "It changed at the source as well; choose whose value stays",
    _S.UNKNOWN: "Nobody can tell whether it was sent; check it, or say what you know",
    _S.DROPPED: "It was dropped",
}
