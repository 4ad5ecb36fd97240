"""One pull from Intercom: whom it asks, what is new, what is put aside, and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from console.connectors.contract import Pulling
from console.connectors.errors import RecordError
from console.connectors.kinds.intercom_client import Asking, Missing, RefusedError
from console.connectors.kinds.intercom_conversations import MOST_PARTS
from console.connectors.kinds.intercom_customers import Known, as_bytes
from console.connectors.kinds.intercom_reference import Workspace
from console.connectors.kinds.intercom_values import LONGEST_ID, moment_of
from console.connectors.mail_text import scrub
from console.domain.records import DeletionRecord, JoinedRecord, Record, Rejected
from console.system import clock

CUSTOMERS, COMPANIES, CONVERSATIONS = "customers", "companies", "conversations"
DELETED, NOTES, SEGMENTS, EVENTS, PROPERTIES = "deleted conversations", "notes", "segments", "events", "properties"

NOTES_LIMIT = "Notes on a customer or a company come when it changes at Intercom, those of a customer also when the profile is opened."
SEGMENTS_LIMIT = "Intercom tells the segments of one customer at a time: they come when the profile is opened."
EVENTS_LIMIT = (
    "Events come when the profile is opened, one by one for the last 90 days; of older ones Intercom gives the first, the "
    "last and how many."
)
SPEND_LIMIT = "Intercom keeps the monthly spend as a whole number; companies without anybody in them are not listed."
PARTS_LIMIT = (
    f"Of a conversation Intercom gives the {MOST_PARTS} newest messages; what came before stays here once it was read."
)

# A contact that was just made may be invisible to searches for some minutes: it is looked for again until then.
SETTLING_SECONDS = 900
_LONGEST_RAW = 1_000_000


@dataclass(slots=True)
class Run:
    """One pull: whom we ask, what we know, and the moment it began (aware UTC), after which nothing can have changed."""

    asking: Asking
    pulling: Pulling
    workspace: Workspace
    known: Known
    began_at: datetime = field(default_factory=clock.now)

    def wants(self, stream: str) -> bool:
        """Whether a teammate wants this stream."""
        return stream not in self.pulling.streams_off

    def cursor(self, stream: str) -> int:
        """Where a stream continues, in seconds since 1970; 0 from the beginning."""
        text = self.pulling.cursor_by_stream.get(stream) or "0"
        return int(text) if text.isdigit() else 0

    def not_after_now(self, seconds: int) -> int:
        """A change that lies in the future would hide every change until then."""
        return min(seconds, int(self.began_at.timestamp()))


def days_before(cursor: int, zone: tzinfo) -> int:
    """Two days before the cursor's day in a zone, at noon, in seconds since 1970; 0 from the beginning."""
    if cursor <= 0:
        return 0
    day = datetime.fromtimestamp(cursor, UTC).astimezone(zone).date() - timedelta(days=2)
    return max(0, int(datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp()))


def sorted_out(
    rows: tuple[Any, ...], kind: str, records_of: Callable[[Any], tuple[Record, ...]]
) -> tuple[tuple[Record, ...], tuple[Rejected, ...]]:
    """What can be understood, and what cannot with the reason: one bad record stops nobody."""
    records: list[Record] = []
    rejected: list[Rejected] = []
    for place, raw in enumerate(rows):
        try:
            if isinstance(raw, dict) and len(as_bytes(raw)) > _LONGEST_RAW:
                raise RecordError("It is larger than 1 MB.")
            records += records_of(raw)
        except RecordError as error:
            key = scrub(str(raw.get("id") or f"row {place}"))[:LONGEST_ID] if isinstance(raw, dict) else f"row {place}"
            raw_bytes = as_bytes(raw if isinstance(raw, dict) else {"row": raw})[:_LONGEST_RAW]
            rejected.append(Rejected(f"{kind}:{key}", error.what, raw_bytes))
    return tuple(records), tuple(rejected)


def gone_from(run: Run, kind: str, seen: set[str], path: str, *, most: int | None = None) -> tuple[Record, ...]:
    """Who is known here and was not in a finished list: each is asked for, since lists leave out more than what is gone.

    At most ``most`` are asked for, others in later runs.
    """
    found: list[Record] = []
    places = sorted(place for place in run.pulling.known_ids(f"{kind}:") if place.removeprefix(f"{kind}:") not in seen)
    if most is not None and len(places) > most:
        first = int(run.began_at.timestamp()) // 60 * most % len(places)
        places = (places[first:] + places[:first])[:most]
    for place in places:
        key = place.removeprefix(f"{kind}:")
        try:
            run.asking.get(f"{path}{key}")
        except Missing as missing:
            found.append(JoinedRecord(key, missing.into) if missing.into else DeletionRecord(place))
        except RefusedError:
            continue  # not to be had, which is not the same as gone
    return tuple(found)


def is_news(raw: Any, cursor: int) -> bool:
    """Whether it may have changed since; what says no time is looked at, and put aside where it is no good."""
    at = changed_at(raw)
    return at == 0 or at >= cursor - SETTLING_SECONDS


def newest_of(rows: tuple[Any, ...]) -> int:
    return max((changed_at(row) for row in rows), default=0)


def changed_at(raw: Any, name: str = "updated_at") -> int:
    try:
        at = moment_of(raw, name) if isinstance(raw, dict) else None
    except RecordError:
        return 0
    return int(at.timestamp()) if at else 0
