"""What a customer did: events counted by name with their last weeks, and conversations in one line each."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.ids import ConversationId
from console.domain.inbox import ConversationState
from console.domain.profile_view import WEEKS, ConversationCard, EventCount
from console.domain.records import Channel
from console.store.connection import Connection
from console.store.conversations import readable
from console.store.dialect import IN_LIST
from console.store.kinds import by_value
from console.store.moments import micros, moment

_CHANNELS, _STATES = by_value(Channel), by_value(ConversationState)
_WEEK = micros(datetime.fromisoformat("1970-01-08T00:00:00+00:00"))
# The index has the customer's events by name: one name leads to the next, and to the first and last of each; what has to be
# looked through is only counted.
_NAMES = """WITH RECURSIVE seen(name) AS (SELECT min(name) FROM events WHERE owner_id = :customer
    UNION ALL SELECT (SELECT min(e.name) FROM events e WHERE e.owner_id = :customer AND e.name > seen.name) FROM seen
        WHERE seen.name IS NOT NULL)"""
_OF_NAME = "FROM events e WHERE e.owner_id = :customer AND e.name = seen.name AND e.at <= :end"
_TOTALS = f"""{_NAMES} SELECT name, (SELECT count(*) {_OF_NAME}) AS count, (SELECT min(at) {_OF_NAME}) AS first,
    (SELECT max(at) {_OF_NAME}) AS latest, (SELECT metadata {_OF_NAME} ORDER BY e.at DESC LIMIT 1)
FROM seen WHERE name IS NOT NULL AND first IS NOT NULL ORDER BY latest DESC, name"""
_WEEKLY = f"""{_NAMES} SELECT e.name, (:end - e.at) / :week AS week, count(*) FROM seen CROSS JOIN events e
WHERE e.owner_id = :customer AND e.name = seen.name AND e.at > :begin AND e.at <= :end GROUP BY e.name, week"""
_CARDS = """SELECT id, channel, subject, state, last_at, message_count FROM conversations
WHERE {owner} = ? AND merged_into IS NULL AND first_at <= ? ORDER BY last_at DESC, id DESC LIMIT ?"""


def events_of(connection: Connection, customer: int, until: datetime) -> tuple[EventCount, ...]:
    """How often the customer did what, up to ``until`` (aware UTC), the latest first; weeks end there as well."""
    end = micros(until)
    arguments = {"customer": customer, "end": end, "week": _WEEK, "begin": end - WEEKS * _WEEK}
    totals = connection.exec_driver_sql(_TOTALS, arguments).fetchall()
    if not totals:
        return ()
    weekly: dict[str, list[int]] = {}
    for name, week, count in connection.exec_driver_sql(_WEEKLY, arguments).fetchall():
        weekly.setdefault(name, [0] * WEEKS)[WEEKS - 1 - week] = count
    return tuple(
        EventCount(
            name=name,
            count=count,
            first_at=moment(first),
            last_at=moment(last),
            weekly=tuple(weekly.get(name, [0] * WEEKS)),
            metadata_latest=readable(metadata),
        )
        for name, count, first, last, metadata in totals
    )


def conversations_of(
    connection: Connection, column: str, owner: int, limit: int, until: datetime
) -> tuple[ConversationCard, ...]:
    """The newest ``limit`` conversations of a customer or a company (``column``) that had begun by then."""
    rows = connection.exec_driver_sql(_CARDS.format(owner=column), (owner, micros(until), limit)).fetchall()
    return tuple(
        ConversationCard(
            ConversationId(key), _CHANNELS[channel], subject, _STATES[state], moment(last_at), message_count
        )
        for key, channel, subject, state, last_at, message_count in rows
    )


def seen_between(connection: Connection, identities: str, until: datetime) -> tuple[datetime | None, datetime | None]:
    """The first and the last time by then that these identities wrote or did something; both None where never."""
    end = micros(until + timedelta(microseconds=1))
    first, last = connection.exec_driver_sql(
        f"""SELECT min(at), max(at) FROM (
                SELECT at FROM messages WHERE author_identity IN {IN_LIST} AND at < ?
                UNION ALL SELECT at FROM events WHERE identity_id IN {IN_LIST} AND at < ?)""",
        (identities, end, identities, end),
    ).one()
    return (None, None) if first is None else (moment(first), moment(last))
