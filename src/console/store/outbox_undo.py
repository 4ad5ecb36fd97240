"""Taking back what stands in the outbox: a reply that was not sent yet, and what teammates did about a sending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from console.domain.outbox import SendingState, WriteKind
from console.store.changes import Stale
from console.store.connection import Connection
from console.store.recorder import Recorder, Scalar
from console.store.refreshing import Touched

UNDO_SECONDS = 8
"""How long a reply waits before it may go, so that it can be taken back."""
_UNTOLD = frozenset((SendingState.QUEUED.value, SendingState.HELD.value, SendingState.REFUSED.value))
_TAKEN_BACK = "It was taken back before it was sent"


def is_of_outbox(step: Mapping[str, Any]) -> bool:
    """Whether a step of an inverse changed the outbox."""
    return step.get("table") == "outbox"


def restore(recorder: Recorder, step: Mapping[str, Any], touched: Touched) -> bool:
    """Take such a step back where the sending still stands as it left it; tells whether it did.

    A reply that is taken back is dropped, not deleted: the outbox shows it as such.
    """
    key, before, after = step["key"], step["before"], step["after"] or {}
    row = recorder.find("outbox", key)
    if row is None:
        return False
    touched.also(Stale.OUTBOX, int(key["id"]))
    if before is None:
        changes = {
            "state": SendingState.DROPPED.value, "reason": _TAKEN_BACK, "settled_at": recorder.now, "next_at": None
        }  # fmt: skip
        return row["state"] in _UNTOLD and recorder.update("outbox", key, changes)
    return _stands(row, after) and recorder.update(
        "outbox", key, {**before, **_with_time_to_undo(recorder, row, before)}
    )


def why_not(connection: Connection, steps: Iterable[Mapping[str, Any]]) -> str:
    """Why a reply among these steps is not taken back, as a sentence; empty where all of them were."""
    for step in steps:
        if is_of_outbox(step) and step["before"] is None:
            state = connection.exec_driver_sql("SELECT state FROM outbox WHERE id = ?", (step["key"]["id"],)).scalar()
            if state in _WHY_NOT:
                return _WHY_NOT[state]
    return ""


def _stands(row: Mapping[str, Scalar], after: Mapping[str, Scalar]) -> bool:
    """Whether a sending is still as an edit left it; tries and times that came since do not count."""
    if "body" in after and (row["body"] != after["body"] or row["state"] not in _UNTOLD):
        return False
    return "state" not in after or row["state"] == after["state"]


def _with_time_to_undo(
    recorder: Recorder, row: Mapping[str, Scalar], before: Mapping[str, Scalar]
) -> dict[str, Scalar]:
    is_queued_again = row["state"] == SendingState.DROPPED.value and before.get("state") == SendingState.QUEUED.value
    if row["kind"] != WriteKind.REPLY.value or not is_queued_again:
        return {}
    return {"next_at": recorder.now + UNDO_SECONDS * 1_000_000}


_WHY_NOT = {
    SendingState.SENT.value: "The reply was sent already, and what was sent cannot be taken back",
    SendingState.CLAIMED.value: "The reply is being sent at this moment",
    SendingState.UNKNOWN.value: "The reply may have been sent already; check it in the outbox",
}
