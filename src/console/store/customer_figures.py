"""The key figures of a customer: sessions, and who wrote last on either side."""

from __future__ import annotations

from datetime import datetime

from console.domain.customer_figures import SIGNED_UP, CustomerFigures, LastWord, moment_of, sessions_of
from console.domain.profile_view import Profile
from console.domain.records import AuthorKind, Channel
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.kinds import by_value
from console.store.moments import micros, moment

_CHANNELS = by_value(Channel)
_SPOKEN = """SELECT m.at, m.author_name, m.author_address, v.channel FROM activities a JOIN messages m ON m.id = a.ref
JOIN conversations v ON v.id = a.run
WHERE a.owner_id = ? AND a.kind IN (1, 2) AND m.author_kind = ? ORDER BY a.at DESC, a.kind DESC, a.ref DESC LIMIT 1"""
_SPOKEN_THEN = f"""SELECT m.at, m.author_name, m.author_address, v.channel FROM messages m JOIN conversations v ON v.id = m.conversation_id
WHERE v.id IN {IN_LIST} AND m.author_kind = ? AND m.at <= ? ORDER BY m.at DESC, m.id DESC LIMIT 1"""


def figures_of(connection: Connection, profile: Profile) -> CustomerFigures:
    """The figures of a profile; of one of another day, those of that day."""
    return CustomerFigures(
        first_seen=profile.first_seen,
        last_seen=profile.last_seen,
        signed_up=moment_of(profile.properties, SIGNED_UP),
        sessions=sessions_of(profile.properties, profile.events),
        last_contacted=_spoken(connection, profile, AuthorKind.TEAMMATE, profile.as_of),
        last_heard_from=_spoken(connection, profile, AuthorKind.CUSTOMER, profile.as_of),
    )


def _spoken(connection: Connection, profile: Profile, kind: AuthorKind, then: datetime | None) -> LastWord | None:
    """The newest message of one side."""
    if then is None:
        row = connection.exec_driver_sql(_SPOKEN, (profile.id, kind.value)).first()
    else:
        talks = listed(card.id for card in profile.conversations)
        row = connection.exec_driver_sql(_SPOKEN_THEN, (talks, kind.value, micros(then))).first()
    if row is None:
        return None
    return LastWord(moment(row.at), row.author_name or row.author_address, _CHANNELS[row.channel])
