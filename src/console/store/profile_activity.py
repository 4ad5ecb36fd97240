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
from console.store.moments import micros, moment

_WEEK = micros(datetime.fromisoformat("1970-01-08T00:00:00+00:00"))
_LATEST = "SELECT metadata FROM events WHERE owner_id = ? AND name = ? AND at <= ? ORDER BY at DESC LIMIT 1"
_CARDS = """SELECT id, channel, subject, state, last_at, message_count FROM conversations
WHERE {owner} = ? AND merged_into IS NULL AND first_at <= ? ORDER BY last_at DESC, id DESC LIMIT ?"""


def events_of(connection: Connection, customer: int, until: datetime) -> tuple[EventCount, ...]:
    """How often the customer did what, up to ``until`` (aware UTC), the latest first; weeks end there as well."""
    end = micros(until)
    totals = connection.exec_driver_sql(
        """SELECT name, count(*), min(at), max(at) AS latest FROM events WHERE owner_id = ? AND at <= ?
           GROUP BY name ORDER BY latest DESC, name""",
        (customer, end),
    ).fetchall()
    weekly: dict[str, list[int]] = {}
    for name, week, count in connection.exec_driver_sql(
        """SELECT name, (? - at) / ? AS week, count(*) FROM events WHERE owner_id = ? AND at > ? AND at <= ?
           GROUP BY name, week""",
        (end, _WEEK, customer, end - WEEKS * _WEEK, end),
    ).fetchall():
        weekly.setdefault(name, [0] * WEEKS)[WEEKS - 1 - week] = count
    return tuple(
        EventCount(
            name=name,
            count=count,
            first_at=moment(first),
            last_at=moment(last),
            weekly=tuple(weekly.get(name, [0] * WEEKS)),
            metadata_latest=readable(connection.exec_driver_sql(_LATEST, (customer, name, end)).scalar() or "{}"),
        )
        for name, count, first, last in totals
    )


def conversations_of(
    connection: Connection, column: str, owner: int, limit: int, until: datetime
) -> tuple[ConversationCard, ...]:
    """The newest ``limit`` conversations of a customer or a company (``column``) that had begun by then."""
    rows = connection.exec_driver_sql(_CARDS.format(owner=column), (owner, micros(until), limit)).fetchall()
    return tuple(
        ConversationCard(
            ConversationId(row.id),
            Channel(row.channel),
            row.subject,
            ConversationState(row.state),
            moment(row.last_at),
            row.message_count,
        )
        for row in rows
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
