"""What the team did with conversations: tagged, assigned, closed, snoozed, answered; one by one and month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from console.connectors.kinds.sample import chats, mailbox, reviews
from console.connectors.kinds.sample.intercom import NAME as CHAT
from console.connectors.kinds.sample.lookup import Done, Lookup
from console.connectors.kinds.sample.material import chance, pick
from console.connectors.kinds.sample.moments import ago
from console.connectors.kinds.sample.people import people
from console.connectors.kinds.sample.plots import MY_NAME, TEAMMATES, Plot
from console.domain.edits import (
    AddTag,
    AssignCustomer,
    AssignTeammate,
    CloseConversation,
    Edit,
    Owner,
    QueueReply,
    SetPriority,
    Several,
    SnoozeConversation,
    WriteNote,
)
from console.domain.ids import ConversationId
from console.domain.records import OwnerKind

SNOOZED = 7
_TIDIED = timedelta(minutes=70)
_ASSIGNED_REVIEWS_EVERY = 5
_QUEUED = {
    "jonas": "Hello Mr Weiß,\nthe corrected invoice is attached now. The old one is cancelled, nothing else changes.",
    "shared-1": "Hello Ada,\nI have prepared the split for you: Reports › Donors › Split by. It makes 214 files in one go.",
}


def conversation_edits(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """All edits of conversations, in no order."""
    place_by_plot = {mail.plot.key: mail.external_id for mail in mailbox.filed(now) if mail.plot}
    mails = [(plot, lookup.conversation_of(mailbox.NAME, place_by_plot[plot.key])) for plot in mailbox.plots(now)]
    told = [(plot, lookup.conversation_of(CHAT, plot.key)) for plot in chats.plots(now)]
    snoozed = _snoozed(mails, now)
    yield from _month_by_month([one for one in mails if one[0].is_done and one[0].key not in snoozed], now, closes=True)
    yield from _month_by_month([one for one in told if one[0].is_done], now, closes=False)
    for plot, key in mails:
        if plot.key in snoozed:
            yield from _snooze(plot, key, now)
        elif not plot.is_done:
            yield from _one_by_one(plot, key, now, with_tags=True)
    for plot, key in told:
        if not plot.is_done:
            yield from _one_by_one(plot, key, now, with_tags=False)
    yield from _queued(mails, now)
    yield from _mass_mail(now, lookup)
    yield from _reviews(now, lookup)


def _month_by_month(plots: list[tuple[Plot, ConversationId]], now: datetime, *, closes: bool) -> Iterator[Done]:
    """Old conversations were tidied up together, by one teammate a month."""
    by_month: dict[tuple[int, int], list[tuple[Plot, ConversationId]]] = {}
    for plot, key in plots:
        by_month.setdefault((plot.last_at.year, plot.last_at.month), []).append((plot, key))
    for month, found in sorted(by_month.items()):
        edits = tuple(edit for plot, key in found for edit in _settled(plot, key, closes=closes))
        at = min(max(plot.last_at for plot, _ in found) + _TIDIED, ago(now, 30))
        what = f"Tidied up {len(found)} conversations of {month[0]}-{month[1]:02}"
        if edits:
            yield Done(at, TEAMMATES[month[1] % len(TEAMMATES)], Several(what, edits))


def _mass_mail(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """Newsletters and the like need no answer."""
    for mail in mailbox.filed(now):
        if mail.plot is None and mail.letter.at < now - timedelta(days=2):
            key = lookup.conversation_of(mailbox.NAME, mail.external_id)
            yield Done(mail.letter.at + timedelta(hours=3), MY_NAME, CloseConversation(key))


def _settled(plot: Plot, key: ConversationId, *, closes: bool) -> Iterator[Edit]:
    if plot.assignee:
        yield AssignTeammate(key, plot.assignee)
    if closes:
        yield from (AddTag(_conversation(key), tag) for tag in plot.tags)
        yield CloseConversation(key)


def _one_by_one(plot: Plot, key: ConversationId, now: datetime, *, with_tags: bool) -> Iterator[Done]:
    at = min(plot.turns[0].at + timedelta(minutes=2), now)
    teammate = plot.assignee or MY_NAME
    if plot.assignee:
        yield Done(at, teammate, AssignTeammate(key, plot.assignee))
    if with_tags:
        yield from (Done(at + timedelta(seconds=20), teammate, AddTag(_conversation(key), tag)) for tag in plot.tags)
    if plot.is_priority:
        yield Done(at + timedelta(seconds=40), teammate, SetPriority(key, is_priority=True))
    for position, note in enumerate(plot.notes):
        note_id = f"sample-note-{plot.key}-{position}"
        yield Done(note.at, note.speaker, WriteNote(_conversation(key), note_id, note.text))


def _snoozed(mails: list[tuple[Plot, ConversationId]], now: datetime) -> frozenset[str]:
    """Some conversations of the last weeks in which the team spoke last and waits for something."""
    waiting = [
        plot.key
        for plot, _ in mails
        if plot.key.startswith("mail-")
        and plot.turns[-1].speaker in TEAMMATES
        and timedelta(days=1) < now - plot.last_at < timedelta(days=30)
    ]
    return frozenset(waiting[:SNOOZED])


def _snooze(plot: Plot, key: ConversationId, now: datetime) -> Iterator[Done]:
    rng = chance("snooze", plot.key)
    until = (now + timedelta(days=rng.randint(1, 12))).replace(hour=8, minute=0, second=0, microsecond=0)
    teammate = plot.assignee or MY_NAME
    edits = (AssignTeammate(key, teammate), SnoozeConversation(key, until))
    yield Done(plot.last_at + timedelta(minutes=3), teammate, Several("Snoozed until there is news", edits))


def _queued(mails: list[tuple[Plot, ConversationId]], now: datetime) -> Iterator[Done]:
    """Answers that wait to be sent."""
    for plot, key in mails:
        if plot.key in _QUEUED:
            reply = QueueReply(key, f"sample-reply-{plot.key}", _QUEUED[plot.key])
            yield Done(ago(now, 6 + len(plot.key)), plot.assignee or MY_NAME, reply)


def _reviews(now: datetime, lookup: Lookup) -> Iterator[Done]:
    """Reviews come without a customer; somebody recognised a few of them."""
    crowd = [person for person in people()[16:] if person.email and person.logins]
    email_by_nickname: Mapping[str, str] = {}
    for position, plot in enumerate(reviews.plots(now)):
        rng = chance("assigned", plot.key)
        at = min(plot.last_at + timedelta(hours=5), ago(now, 40))
        if plot.person is not None:
            email = plot.person.email
        elif plot.nickname != "ari_d" and position % _ASSIGNED_REVIEWS_EVERY == 0:
            email = email_by_nickname.get(plot.nickname) or pick(rng, crowd).email
        else:
            continue
        email_by_nickname = {**email_by_nickname, plot.nickname: email}
        key = lookup.conversation_of(reviews.NAME, plot.key)
        yield Done(at, pick(rng, TEAMMATES), AssignCustomer(key, lookup.customer_of(email)))


def _conversation(key: ConversationId) -> Owner:
    return Owner(OwnerKind.CONVERSATION, key)
