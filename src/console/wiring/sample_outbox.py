"""What is on its way in the sample: a few edits of this morning, and how the source that they went to answered.

Nothing of the sample is connected: in the end nothing goes back to any of its sources any more, and what is held stays here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample import chats
from console.connectors.kinds.sample.claims import of_kind, text
from console.connectors.kinds.sample.intercom import NAME as CHAT
from console.connectors.kinds.sample.material import chance
from console.connectors.kinds.sample.people import companies
from console.connectors.kinds.sample.plots import MY_NAME
from console.domain.channels import Owner, OwnerKind
from console.domain.edits import (
    AddTag,
    Edit,
    Entry,
    HoldSending,
    QueueReply,
    SetProperty,
    SetWriteBack,
    Several,
    WriteNote,
)
from console.domain.ids import SourceId, new_edit_id
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.outbox_rows import OutboxFilter
from console.domain.values import ValueKind
from console.store.called_by_sources import company_of, conversation_of
from console.store.connection import Connection
from console.store.fold import fold_pending
from console.store.outbox import outbox
from console.store.outbox_sending import claim, not_found, settle
from console.store.profile_calling import customer_called
from console.store.source_writes import source_id
from console.store.workspace import Workspace

_ARIANA, _PRIYA = "ariana@northpeak.io", "priya@ramanhealth.example"
_PROPERTIES = ("persona", "phone")
_BACK = ("reply", "note", "tag", *(f"property:customer:{name}" for name in _PROPERTIES))
_THEIRS = {"persona": "Head of operations", "phone": "+33 6 12 40 77 02"}
_TOOK = timedelta(milliseconds=800)
_LIMIT = "Tag limit of 250 reached for this workspace."


def send_sample(workspace: Workspace, now: datetime) -> None:
    """Make the edits, and write down what the source said; ``now`` (aware UTC) as for the pages."""
    source = SourceId(source_id("intercom", CHAT))
    _keep(workspace, now, 40, (SetWriteBack(source, what, is_on=True) for what in _BACK))
    with workspace.database.read() as connection:
        edits = tuple(_edits(connection, now))
    _keep(workspace, now, 26, edits)
    fold_pending(workspace, lambda: now)
    _hold(workspace, source, now)
    with workspace.database.write() as connection:
        _answer(connection, source, now - timedelta(minutes=19))
    _keep(workspace, now, 18, (SetWriteBack(source, what, is_on=False) for what in _BACK))
    fold_pending(workspace, lambda: now)


def _edits(connection: Connection, now: datetime) -> Iterator[Edit]:
    ariana = Owner(OwnerKind.CUSTOMER, customer_called(connection, _ARIANA))
    priya = Owner(OwnerKind.CUSTOMER, customer_called(connection, _PRIYA))
    key = next(one.key for one in companies() if one.name.startswith("Northpeak"))
    company = Owner(OwnerKind.COMPANY, company_of(connection, CHAT, key))
    phone = of_kind(ValueKind.PHONE, "+33 4 72 55 01 18")
    both = (SetProperty(ariana, "persona", text("Export lead")), SetProperty(ariana, "phone", phone))
    yield Several("Set two properties", (*both, AddTag(ariana, "reference")))
    yield AddTag(company, "vip-2027")
    yield SetProperty(priya, "persona", text("Founder"))
    talks = [plot for plot in chats.plots(now) if plot.person is not None and plot.person.email and not plot.is_done]
    answers = (
        "Thank you for waiting. It works again for everybody.",
        "I have asked our billing team and will be back.",
    )
    for number, (plot, words) in enumerate(zip(talks[-2:], answers, strict=False)):
        yield QueueReply(conversation_of(connection, CHAT, plot.key), f"sample-sent-{number}", words)
    yield WriteNote(company, "sample-sent-note", "They decide about the renewal in December.")


def _hold(workspace: Workspace, source: SourceId, now: datetime) -> None:
    """The second reply and the note wait for somebody."""
    with workspace.database.read() as connection:
        waiting = outbox(connection, OutboxFilter.WAITING, now=now)
    own = [row for row in waiting if row.source == source]
    held = [row for row in own if row.kind is WriteKind.REPLY][1:] + [row for row in own if row.kind is WriteKind.NOTE]
    _keep(workspace, now, 22, (HoldSending(row.id) for row in held))
    fold_pending(workspace, lambda: now)


def _answer(connection: Connection, source: SourceId, at: datetime) -> None:
    while (one := claim(connection, source, at)) is not None:
        settled = _settled(one.sending)
        settle(connection, one.id, settled, at + _TOOK)
        if settled.state is SendingState.UNKNOWN:
            # It was looked for at once and not found, so that it waits for a teammate.
            not_found(connection, one.id, at, at)
        at += timedelta(seconds=20)


def _settled(sending: Sending) -> Settled:
    name = str(sending.body.get("name", ""))
    if name in _THEIRS and sending.body.get("value") != "Founder":
        return Settled(SendingState.CONFLICT, theirs={"value": _THEIRS[name]})
    if sending.body.get("tag") == "vip-2027":
        return Settled(SendingState.REFUSED, _LIMIT)
    if sending.kind is WriteKind.REPLY:
        return Settled(SendingState.UNKNOWN, f"{CHAT} went away while it was sent")
    return Settled(SendingState.SENT, receipt=sending.op_id)


def _keep(workspace: Workspace, now: datetime, minutes: int, edits: Iterator[Edit] | tuple[Edit, ...]) -> None:
    """Append edits to the journal, a second apart, beginning so many minutes ago."""
    for place, edit in enumerate(edits):
        at = now - timedelta(minutes=minutes) + timedelta(seconds=place)
        key = new_edit_id(at, chance("sent", minutes, place).randbytes(10))
        workspace.journal.append(Entry(key, at, MY_NAME, edit))
