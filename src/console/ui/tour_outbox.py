"""The scenes of the outbox: what needs somebody, a conflict being settled, what nobody can tell of, what was refused, and nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from console.domain.channels import Owner, OwnerKind
from console.domain.ids import ConversationId, SourceId
from console.domain.outbox import SendingState, WriteKind
from console.domain.outbox_rows import (
    FieldConflict,
    Happening,
    OutboxCounts,
    OutboxDetail,
    OutboxFilter,
    OutboxRow,
    WaitsFor,
)
from console.ui.outbox.matters import Listed, Matter, matters
from console.ui.outbox.page import OutboxPage
from console.ui.tour_stage import Stage

_INTERCOM, _MAIL = (SourceId(1), "Intercom EU"), (SourceId(2), "mail.acme.example")
_S = SendingState
_ENDED = {_S.CONFLICT: "Sent; Intercom EU answered that the customer changed since", _S.UNKNOWN: "mail.acme.example went away", _S.SENT: "Intercom EU took it"}  # fmt: skip


def outbox(stage: Stage) -> None:
    """The outbox as it is, then one of every state, and empty."""
    stage.view.go_to("outbox")
    stage.settle()
    stage.take("outbox")
    page, now = stage.view.outbox.page_of("outbox"), stage.session.now()
    if page is None:
        return
    found = _listed(now)
    page.show_listed(found)
    _look_at(stage, page, found.needs_you[0], now)
    stage.take("outbox-conflict")
    if page.detail.conflict is not None:
        for choice, side in zip(page.detail.conflict.choices, ("theirs", "mine", "theirs"), strict=False):
            choice.choose(side)
    stage.take("outbox-conflict-chosen")
    for matter, name in ((found.needs_you[1], "unknown"), (found.needs_you[2], "refused"), (found.waiting[2], "held")):
        _look_at(stage, page, matter, now)
        stage.take(f"outbox-{name}")
    _look_at(stage, page, found.needs_you[1], now)
    page.acts.act("retry", found.needs_you[1], page.groups.line_of(found.needs_you[1].key).buttons["retry"])
    stage.take("outbox-resend")
    page.acts.close()
    stage.take_dialog("outbox-edit", page.acts.open_edit(found.waiting[2].first))
    page.show_listed(Listed((), (), (), OutboxCounts(0, 0, 0)))
    page.choose_filter(OutboxFilter.ALL)
    stage.take("outbox-empty")
    stage.view.go_to("inbox")


def _look_at(stage: Stage, page: OutboxPage, matter: Matter, now: datetime) -> None:
    page.groups.choose(matter.key)
    stage.settle()  # what is asked about it first finds nothing: it stands in this scene alone
    page.show_detail(_detail(matter, now))


def _listed(now: datetime) -> Listed:
    needs = matters((*_conflict(now), _unknown(now), _refused(now)))
    waiting, done = matters(_waiting(now)), matters((_done(now),))
    return Listed(needs, waiting, done, OutboxCounts(len(needs), len(waiting), 14))


def _row(
    number: int, kind: WriteKind, state: SendingState, source: tuple[SourceId, str], name: str, at: datetime,
    body: Mapping[str, object], **more: object,
) -> OutboxRow:  # fmt: skip
    is_about_customer = kind is WriteKind.PROPERTY
    owner = (
        OwnerKind.CUSTOMER
        if is_about_customer
        else OwnerKind.COMPANY
        if kind is WriteKind.TAG
        else OwnerKind.CONVERSATION
    )
    conversation = ConversationId(number) if owner is OwnerKind.CONVERSATION else None
    return OutboxRow(
        number, "conflict" if is_about_customer and state is _S.CONFLICT else str(number), kind, state, *source,
        Owner(owner, 1), name, conversation, "", body, None, {}, "Nadia", at, **more,  # pyright: ignore[reportArgumentType]  # fields by name
    )  # fmt: skip


def _conflict(now: datetime) -> tuple[OutboxRow, ...]:
    values = (("persona", "Operations lead"), ("phone", "+33 4 72 55 01 18"), ("company.size", "120–250"))
    return tuple(
        _row(n, WriteKind.PROPERTY, _S.CONFLICT, _INTERCOM, "Ariana Delacroix", now - timedelta(minutes=17),
             {"name": name, "value": value, "kind": "string"}, settled_at=now - timedelta(minutes=4))
        for n, (name, value) in enumerate(values, start=1)
    )  # fmt: skip


def _unknown(now: datetime) -> OutboxRow:
    at = now - timedelta(minutes=10)
    text = {"text": "Hello Tomás,\nyou can invite them again now; the limit is gone."}
    return _row(
        4, WriteKind.REPLY, _S.UNKNOWN, _MAIL, "Tomás Herrera", at, text, claimed_at=at, settled_at=at, attempts=1
    )


def _refused(now: datetime) -> OutboxRow:
    at, why = now - timedelta(minutes=5), "Tag limit of 250 reached for this workspace."
    return _row(
        5,
        WriteKind.TAG,
        _S.REFUSED,
        _INTERCOM,
        "Northpeak Analytics",
        at,
        {"tag": "vip-2027"},
        settled_at=at,
        reason=why,
    )


def _waiting(now: datetime) -> tuple[OutboxRow, ...]:
    at = now - timedelta(minutes=2)
    reply = {"text": "Hello Mei-Ling,\nthe retries stop by themselves after an hour."}
    return (
        _row(6, WriteKind.REPLY, _S.CLAIMED, _MAIL, "Samuel Okafor", at, reply, claimed_at=now),
        _row(7, WriteKind.STATE, _S.QUEUED, _MAIL, "Samuel Okafor", at, {"state": "closed"}, waits_for=WaitsFor.BEFORE, place=2, behind=6),
        _row(8, WriteKind.REPLY, _S.HELD, _MAIL, "Mei-Ling Chou", at, reply, held_at=now - timedelta(minutes=37)),
        _row(9, WriteKind.NOTE, _S.QUEUED, _INTERCOM, "Northpeak Analytics", at, {"text": "Renews in December"}, waits_for=WaitsFor.TRY,
             next_at=now + timedelta(minutes=2), place=1, reason="No answer in 30 s"),
    )  # fmt: skip


def _done(now: datetime) -> OutboxRow:
    at = now - timedelta(minutes=9)
    body = {"name": "persona", "value": "Founder", "kind": "string"}
    return _row(
        10,
        WriteKind.PROPERTY,
        _S.SENT,
        _INTERCOM,
        "Priya Raman",
        at,
        body,
        claimed_at=at,
        settled_at=at + timedelta(seconds=0.8),
    )


def _detail(matter: Matter, now: datetime) -> OutboxDetail:
    row = matter.first
    theirs = ("Head of operations", "+33 6 12 40 77 02", "250–500")
    before = ("Analyst", "", "50–120")
    is_conflict = row.state is _S.CONFLICT
    fields = tuple(
        FieldConflict(one.id, str(one.body["name"]), str(one.body["value"]), theirs[place], before[place])
        for place, one in enumerate(matter.rows)
    ) if is_conflict else ()  # fmt: skip
    tag = _row(20, WriteKind.TAG, _S.SENT, _INTERCOM, row.target_name, row.at, {"tag": "VIP"})
    told = (
        Happening(row.at, "made", "You edited three properties" if is_conflict else "Written", "Nadia"),
        *((Happening(row.claimed_at, "tried", "Sent off"),) if row.claimed_at else ()),
        *((Happening(row.settled_at, "settled", row.reason or _ENDED.get(row.state, "")),) if row.settled_at else ()),
    )
    return OutboxDetail(
        row, (*matter.rows, tag) if is_conflict else matter.rows, fields, told, now - timedelta(minutes=6)
    )
