"""The inbox's rows, newest first, page by page, and how many conversations there are.

Each page is driven by one index in the order of the page, whatever the filter: nothing is sorted and nothing counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.channels import AuthorKind, Channel
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import COUNTED_UP_TO, ConversationState, InboxCounts, InboxFilter, InboxRow, PageKey
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import micros, moment, moment_or_none
from console.store.own_clock import time_of
from console.store.tags import tags_of_conversations

_CHANNELS, _STATES, _AUTHORS = by_value(Channel), by_value(ConversationState), by_value(AuthorKind)
_FEW = 3_000
"""A tag on so few things drives the page itself; a commoner one is looked up from the newest conversation down."""

_ROWS = f"""SELECT c.id, c.channel, c.subject, c.preview, c.customer_id, c.last_at, c.waiting_since, c.unread_count,
       c.state, c.snoozed_until, c.assignee, c.is_priority, c.last_author, c.nickname, c.attachment_count,
       coalesce(nullif(u.name, ''), u.email, '') AS customer, coalesce(o.name, '') AS company
FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id
LEFT JOIN companies o ON o.id = coalesce(c.company_id, u.company_id) WHERE c.id IN {IN_LIST}"""


@dataclass(slots=True)
class _Conditions:
    """Parts of a WHERE and their arguments, in order."""

    parts: list[str] = field(default_factory=list)
    arguments: list[object] = field(default_factory=list)

    def need(self, part: str, *arguments: object) -> None:
        self.parts.append(part)
        self.arguments.extend(arguments)


def rows(
    connection: Connection, wanted: InboxFilter, after: PageKey | None, limit: int, *, now: datetime | None = None
) -> tuple[InboxRow, ...]:
    """The newest ``limit`` conversations of a filter after a page's end; ``now`` None asks the file's own clock."""
    moment_now = time_of(connection, now)
    order = [key.id for key in keys(connection, wanted, after, limit, now=moment_now)]
    row_by_id = rows_of(connection, order, now=moment_now)
    return tuple(row_by_id[key] for key in order)


def rows_of(connection: Connection, ids: Iterable[int], *, now: datetime | None = None) -> dict[int, InboxRow]:
    """The rows of these conversations, by key; one that is not there is left out."""
    wanted = listed(ids)
    found = connection.exec_driver_sql(_ROWS, (wanted,)).fetchall()
    tags = tags_of_conversations(connection, wanted)
    at = micros(time_of(connection, now))
    return {row.id: _row(row, tags.get(row.id, ()), at) for row in found}


def keys(
    connection: Connection, wanted: InboxFilter, after: PageKey | None, limit: int, *, now: datetime | None = None
) -> tuple[PageKey, ...]:
    """Only the keys of ``rows``: a virtual list needs no more to know its length and its order."""
    tag = None
    if wanted.tag is not None:
        tag = connection.exec_driver_sql("SELECT id FROM tags WHERE name = ?", (wanted.tag,)).scalar()
        if tag is None:
            return ()
    statement, arguments = page_statement(connection, wanted, after, limit, tag, micros(time_of(connection, now)))
    found = connection.exec_driver_sql(statement, arguments).fetchall()
    return tuple(map(PageKey._make, found))


def counts(connection: Connection, *, now: datetime | None = None) -> InboxCounts:
    """How many conversations stand in each state, counted up to ``COUNTED_UP_TO``; a snooze that has ended is open."""
    at = micros(time_of(connection, now))
    due = connection.exec_driver_sql(DUE, (at,)).scalar_one()  # Few: the sync process opens them.

    def standing(state: str, limit: int) -> int:
        return connection.exec_driver_sql(STANDING, (state, limit)).scalar_one()

    return InboxCounts(
        open=min(standing("open", COUNTED_UP_TO) + due, COUNTED_UP_TO),
        snoozed=standing("snoozed", COUNTED_UP_TO + due) - due,
        closed=standing("closed", COUNTED_UP_TO),
    )


STANDING = "SELECT count(*) FROM (SELECT 1 FROM conversations WHERE state = ? AND merged_into IS NULL LIMIT ?)"
DUE = "SELECT count(*) FROM conversations WHERE snoozed_until <= ? AND +state = 'snoozed' AND merged_into IS NULL"


def page_statement(
    connection: Connection, wanted: InboxFilter, after: PageKey | None, limit: int, tag: int | None, at: int
) -> tuple[str, tuple[object, ...]]:
    """The SELECT of one page's (last_at, id) and its arguments: one arm for each stretch of an index that is read.

    A plus before a column keeps its own index out, so that the arm's driver alone decides the order.
    """
    by_tag = tag is not None and _is_rare(connection, tag)
    by_owner = wanted.customer is not None or wanted.has_no_customer or wanted.company is not None
    arms: list[str] = []
    arguments: list[object] = []
    by_unread = wanted.is_unread and wanted.assignee is None and not wanted.is_unassigned and wanted.channel is None
    for state in _arms(wanted.state, at, has_driver=by_tag or by_owner or by_unread):
        arm = _Conditions()
        source = "conversations c"
        if by_tag:
            source = "taggings t CROSS JOIN conversations c"
            arm.need("t.tag_id = ? AND t.owner_kind = 'conversation' AND c.id = t.owner_id", tag)
        elif tag is not None:
            arm.need(_HAS_TAG, tag)
        arm.need(state.parts[0], *state.arguments)
        _narrow(arm, wanted, drives=not by_tag and not state.parts[0].startswith("c.snoozed_until"))
        if after is not None:
            arm.need("(c.last_at, c.id) < (?, ?)", after.at, after.id)
        condition = " AND ".join(arm.parts)
        arms.append(
            f"SELECT c.last_at, c.id FROM {source} WHERE {condition} ORDER BY c.last_at DESC, c.id DESC LIMIT ?"
        )
        arguments += [*arm.arguments, limit]
    if len(arms) == 1:
        return arms[0], tuple(arguments)
    union = " UNION ALL ".join(f"SELECT * FROM ({arm})" for arm in arms)
    return f"{union} ORDER BY 1 DESC, 2 DESC LIMIT ?", (*arguments, limit)


_HAS_TAG = "EXISTS (SELECT 1 FROM taggings t WHERE t.tag_id = ? AND t.subject_id = c.id)"


def _is_rare(connection: Connection, tag: int) -> bool:
    counted = "SELECT count(*) FROM (SELECT 1 FROM taggings WHERE tag_id = ? LIMIT ?)"
    return connection.exec_driver_sql(counted, (tag, _FEW + 1)).scalar_one() <= _FEW


def _arms(state: ConversationState | None, at: int, *, has_driver: bool) -> list[_Conditions]:
    plus = "+" if has_driver else ""
    due = f"{plus}c.snoozed_until <= ? AND +c.state = 'snoozed'"
    match state:
        case ConversationState.OPEN if has_driver:
            return [_Conditions([f"(+c.state = 'open' OR ({due}))"], [at])]
        case ConversationState.OPEN:
            return [_Conditions(["c.state = 'open'"]), _Conditions([due], [at])]
        case ConversationState.SNOOZED:
            waiting = f"{plus}c.state = 'snoozed' AND coalesce(c.snoozed_until, 0x7fffffffffffffff) > ?"
            return [_Conditions([waiting], [at])]
        case ConversationState.CLOSED:
            return [_Conditions([f"{plus}c.state = 'closed'"])]
        case None if has_driver:
            return [_Conditions(["c.merged_into IS NULL"])]
        case None:
            return [_Conditions([f"c.state = '{one.value}'"]) for one in ConversationState]


def _narrow(arm: _Conditions, wanted: InboxFilter, *, drives: bool) -> None:
    """The remaining conditions. The first of customer, company, assignee, channel drives; a plus marks the others."""
    arm.need("c.merged_into IS NULL")
    for column, value, is_null in (
        ("customer_id", wanted.customer, wanted.has_no_customer),
        ("company_id", wanted.company, False),
        ("assignee", wanted.assignee, wanted.is_unassigned),
        ("channel", wanted.channel.value if wanted.channel else None, False),
    ):
        if is_null:
            arm.need(f"{'' if drives else '+'}c.{column} IS NULL")
        if value is not None:
            arm.need(f"{'' if drives and not is_null else '+'}c.{column} = ?", value)
        drives = drives and value is None and not is_null
    if wanted.is_unread:
        arm.need("c.unread_count > 0")


def _row(row: Row, tags: tuple[str, ...], at: int) -> InboxRow:
    is_due = row.state == "snoozed" and row.snoozed_until is not None and row.snoozed_until <= at
    return InboxRow(
        id=ConversationId(row.id),
        channel=_CHANNELS[row.channel],
        subject=row.subject,
        preview=row.preview,
        customer_id=None if row.customer_id is None else CustomerId(row.customer_id),
        customer_name=row.customer,
        company_name=row.company,
        last_at=moment(row.last_at),
        waiting_since=moment_or_none(row.waiting_since),
        unread_count=row.unread_count,
        state=ConversationState.OPEN if is_due else _STATES[row.state],
        snoozed_until=None if is_due else moment_or_none(row.snoozed_until),
        assignee=row.assignee,
        is_priority=bool(row.is_priority),
        tags=tags,
        last_author=_AUTHORS[row.last_author],
        nickname=row.nickname,
        has_attachments=row.attachment_count > 0,
    )
