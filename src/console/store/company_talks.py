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
# Those of members whose main company it is lie in their order in an index; of others, who are few, each one's are read.
_OF_OWN = "SELECT v.last_at, v.id FROM conversations v WHERE v.company_id = :company AND v.merged_into IS NULL {after}"
_OF_OTHERS = """SELECT v.last_at, v.id FROM (SELECT DISTINCT b.customer_id FROM memberships b JOIN customers u ON u.id = b.customer_id
        WHERE b.company_id = :company AND b.until IS NULL AND u.company_id IS NOT b.company_id) m
    JOIN conversations v ON v.customer_id = m.customer_id WHERE v.merged_into IS NULL {after}"""
_NEWEST = "ORDER BY v.last_at DESC, v.id DESC LIMIT :limit"
_KEYS = f"""SELECT * FROM ({_OF_OWN} {_NEWEST}) UNION ALL SELECT * FROM ({_OF_OTHERS} {_NEWEST})
    ORDER BY last_at DESC, id DESC LIMIT :limit"""
_AFTER = "AND (v.last_at, v.id) < (:at, :id)"
_COUNTED = """SELECT coalesce(sum(u.conversation_count), 0) FROM (SELECT DISTINCT customer_id FROM memberships
    WHERE company_id = ? AND until IS NULL) m JOIN customers u ON u.id = m.customer_id"""
_ROWS = f"""SELECT v.id, v.channel, v.subject, v.state, v.last_at, v.message_count,
    coalesce(nullif(u.name, ''), u.email, '') AS member FROM conversations v LEFT JOIN customers u ON u.id = v.customer_id
WHERE v.id IN {IN_LIST}"""


def talk_keys(connection: Connection, company: int, after: PageKey | None, limit: int) -> tuple[PageKey, ...]:
    """The order of the conversations, ``limit`` of them behind a key."""
    arguments = {"company": company, "limit": limit}
    if after is not None:
        arguments |= {"at": after.at, "id": after.id}
    statement = _KEYS.format(after="" if after is None else _AFTER)
    rows = connection.exec_driver_sql(statement, arguments).fetchall()
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
    return int(connection.exec_driver_sql(_COUNTED, (company,)).scalar_one())
