"""The conversations of all members of a company, newest first, by key; a member of two companies is among both."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.company_members import Talk
from console.domain.ids import ConversationId
from console.domain.inbox import ConversationState, PageKey
from console.domain.records import Channel
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import moment

_CHANNELS, _STATES = by_value(Channel), by_value(ConversationState)
_OF_MEMBERS = """FROM (SELECT DISTINCT customer_id FROM memberships WHERE company_id = ? AND until IS NULL) m
    JOIN conversations v ON v.customer_id = m.customer_id WHERE v.merged_into IS NULL"""
_KEYS = f"SELECT v.last_at, v.id {_OF_MEMBERS} ORDER BY v.last_at DESC, v.id DESC LIMIT ?"
_KEYS_AFTER = (
    f"SELECT v.last_at, v.id {_OF_MEMBERS} AND (v.last_at, v.id) < (?, ?) ORDER BY v.last_at DESC, v.id DESC LIMIT ?"
)
_ROWS = f"""SELECT v.id, v.channel, v.subject, v.state, v.last_at, v.message_count,
    coalesce(nullif(u.name, ''), u.email, '') AS member FROM conversations v LEFT JOIN customers u ON u.id = v.customer_id
WHERE v.id IN {IN_LIST}"""


def talk_keys(connection: Connection, company: int, after: PageKey | None, limit: int) -> tuple[PageKey, ...]:
    """The order of the conversations, ``limit`` of them behind a key."""
    if after is None:
        rows = connection.exec_driver_sql(_KEYS, (company, limit)).fetchall()
    else:
        rows = connection.exec_driver_sql(_KEYS_AFTER, (company, after.at, after.id, limit)).fetchall()
    return tuple(PageKey(at, key) for at, key in rows)


def talk_rows(connection: Connection, ids: Sequence[int]) -> dict[int, Talk]:
    """Conversations by their key."""
    return {
        row.id: Talk(
            ConversationId(row.id),
            _CHANNELS[row.channel],
            row.subject,
            _STATES[row.state],
            moment(row.last_at),
            row.message_count,
            row.member,
        )
        for row in connection.exec_driver_sql(_ROWS, (listed(ids),)).fetchall()
    }


def talk_count(connection: Connection, company: int) -> int:
    """How many there are."""
    return int(connection.exec_driver_sql(f"SELECT count(*) {_OF_MEMBERS}", (company,)).scalar_one())
