"""What a customer had said and done by a moment: conversations and counted events of the records that were theirs then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from console.domain.ids import ConversationId
from console.domain.inbox import ConversationState
from console.domain.profile_view import WEEKS, ConversationCard, EventCount
from console.domain.records import Channel
from console.store.connection import Connection
from console.store.conversations import readable
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import micros, moment
from console.store.profile_activity import events_of
from console.store.rewinding import Rewound

_CHANNELS, _STATES = by_value(Channel), by_value(ConversationState)
_MOST = 50
_WEEK = 7 * 24 * 3_600 * 1_000_000
_TALKS = f"""SELECT id, identity_id, placed_id, is_unlinked, channel, subject, state FROM conversations WHERE merged_into IS NULL
AND (identity_id IN {IN_LIST} OR placed_id IN {IN_LIST} OR id IN {IN_LIST})"""
_MESSAGES = f"""SELECT conversation_id, count(*), max(at) FROM messages WHERE conversation_id IN {IN_LIST} AND at <= ?
AND (gone_at IS NULL OR gone_at > ?) GROUP BY conversation_id"""
# Whoever has these records today, and no other: then the index has their events by name.
_SOLE_OWNER = f"""SELECT t.owner FROM (SELECT min(owner_id) AS owner, count(DISTINCT owner_id) AS owners FROM identities
    WHERE id IN {IN_LIST} AND kind = 'customer') t
WHERE t.owners = 1 AND NOT EXISTS (SELECT 1 FROM identities o WHERE o.owner_id = t.owner AND o.id NOT IN {IN_LIST})"""
_DONE = f"FROM events WHERE identity_id IN {IN_LIST} AND at <= ? GROUP BY name"
# Beside a single max() SQLite fills the other columns from the row that has it.
_EVENTS = f"""SELECT t.name, t.count, t.first, l.latest, l.metadata
FROM (SELECT name, count(*) AS count, min(at) AS first {_DONE}) t
JOIN (SELECT name, max(at) AS latest, metadata {_DONE}) l ON l.name = t.name ORDER BY l.latest DESC, t.name"""
_WEEKLY = f"""SELECT name, (? - at) / ? AS week, count(*) FROM events WHERE identity_id IN {IN_LIST} AND at > ? AND at <= ?
GROUP BY name, week"""


def conversations_then(
    connection: Connection, identities: str, then: datetime, limit: int | None = _MOST
) -> tuple[tuple[ConversationCard, ...], int]:
    """The newest ``limit`` conversations (None: all) that had begun and were theirs then, and how many there were.

    ``then`` is aware UTC.
    """
    at, rewound = micros(then), Rewound(connection, "conversations", then)
    moved = listed(
        int(str(key)) for key, former in rewound.changed().items() if {"placed_id", "is_unlinked"} & former.keys()
    )
    now = connection.exec_driver_sql(_TALKS, (identities, identities, moved)).fetchall()
    owners = {row[0] for row in connection.exec_driver_sql("SELECT value FROM json_each(?)", (identities,)).fetchall()}
    rows = [row for row in (rewound.row(one.id, one.by_name()) for one in now) if row and _is_of(row, owners)]
    said = connection.exec_driver_sql(_MESSAGES, (listed(row["id"] for row in rows), at, at)).fetchall()
    spoken = {key: (count, last) for key, count, last in said}
    begun = sorted((row for row in rows if row["id"] in spoken), key=lambda row: (-spoken[row["id"]][1], -row["id"]))
    cards = (_card(row, *spoken[row["id"]]) for row in begun[:limit])
    return tuple(cards), len(begun)


def events_then(connection: Connection, identities: str, then: datetime) -> tuple[EventCount, ...]:
    """How often they had done what by then (aware UTC), the latest first; weeks end there."""
    end = micros(then)
    owner = connection.exec_driver_sql(_SOLE_OWNER, (identities, identities)).scalar()
    if owner is not None:
        return events_of(connection, owner, then)
    totals = connection.exec_driver_sql(_EVENTS, (identities, end, identities, end)).fetchall()
    weekly: dict[str, list[int]] = {}
    for name, week, count in connection.exec_driver_sql(
        _WEEKLY, (end, _WEEK, identities, end - WEEKS * _WEEK, end)
    ).fetchall():
        weekly.setdefault(name, [0] * WEEKS)[WEEKS - 1 - week] = count
    return tuple(
        EventCount(name, count, moment(first), moment(last), tuple(weekly.get(name, [0] * WEEKS)), readable(metadata))
        for name, count, first, last, metadata in totals
    )


def _is_of(row: dict[str, Any], owners: set[int]) -> bool:
    holder = row["placed_id"] if row["placed_id"] is not None else row["identity_id"]
    return not row["is_unlinked"] and holder in owners


def _card(row: dict[str, Any], count: int, last: int) -> ConversationCard:
    return ConversationCard(
        ConversationId(row["id"]), _CHANNELS[row["channel"]], row["subject"], _STATES[row["state"]], moment(last), count
    )
