"""Activity: the lines of the stream on a profile, newest first.

The order is that of ``LineKey``: by the source's time, then by kind and key, so it is total and no time zone, no daylight
saving and no clock that runs ahead changes it (promise P13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState
from console.domain.profile import ClaimState, Origin
from console.domain.records import AuthorKind, Channel
from console.domain.scores import Score
from console.domain.values import Value


class Chip(StrEnum):
    """What one can narrow the stream to."""

    MESSAGES = "messages"
    FEEDBACK = "feedback"
    EVENTS = "events"
    CHANGES = "changes"
    NOTES = "notes"


class LineKind(IntEnum):
    """What a line is about; the first three are those of the table ``activities``."""

    MESSAGE = 1
    FEEDBACK = 2
    EVENT = 3
    NOTE = 4
    TAG = 5
    PROPERTY = 6
    ARRIVAL = 7
    LINK = 8
    SEGMENT = 9
    REPLY = 10


CHIP_OF: dict[LineKind, Chip] = {
    LineKind.MESSAGE: Chip.MESSAGES,
    LineKind.REPLY: Chip.MESSAGES,
    LineKind.FEEDBACK: Chip.FEEDBACK,
    LineKind.EVENT: Chip.EVENTS,
    LineKind.NOTE: Chip.NOTES,
    LineKind.TAG: Chip.CHANGES,
    LineKind.PROPERTY: Chip.CHANGES,
    LineKind.ARRIVAL: Chip.CHANGES,
    LineKind.LINK: Chip.CHANGES,
    LineKind.SEGMENT: Chip.CHANGES,
}


@dataclass(frozen=True, slots=True, order=True)
class LineKey:
    """Where a line stands: ``at`` is aware UTC, ``ref`` a number or a text that is unique and ordered within its kind."""

    at: datetime
    kind: LineKind
    ref: int | str


@dataclass(frozen=True, slots=True)
class Said:
    """A message. ``excerpt`` is its beginning, ``is_cut`` where it goes on; the rest is about its whole conversation."""

    conversation_id: ConversationId
    channel: Channel
    subject: str
    state: ConversationState
    message_count: int
    author_kind: AuthorKind
    author: str
    excerpt: str
    is_cut: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """A survey answer or a review; ``score`` None where the source gave no number."""

    conversation_id: ConversationId
    channel: Channel
    subject: str
    score: Score | None
    author_kind: AuthorKind
    author: str
    excerpt: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """An event and what the source said of it, by name."""

    name: str
    facts: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it reads now."""

    note_id: str
    text: str
    author: str
    is_pinned: bool
    is_edited: bool


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag stuck on (or taken off) by a teammate or a source; ``by`` is empty where nobody wrote it down."""

    tag: str
    is_added: bool
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A property says something else: ``old`` and ``new`` are None for nothing, ``state`` is that of the new claim."""

    name: str
    old: Value | None
    new: Value | None
    state: ClaimState
    origin: Origin


@dataclass(frozen=True, slots=True)
class Arrived:
    """A source's first visit with so many properties; ``external_id`` is what the source calls them."""

    source: str
    external_id: str
    property_count: int


class LinkKind(StrEnum):
    """Why records moved from one owner to another; or that a customer joined or left a company."""

    MERGED = "merge"
    SPLIT = "split"
    SAME_KEY = "key"
    UNDONE = "undo"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Linked:
    """So many records of sources came from another owner (``is_arrival``) or went to it.

    Of a member ``other_id`` is the company, ``is_arrival`` that it was joined, and no records moved.
    """

    kind: LinkKind
    is_arrival: bool
    other_id: int
    other_name: str
    record_count: int
    by: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A segment joined or left; ``source`` is who gives it, empty for a segment by rule."""

    segment: str
    is_joined: bool
    source: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer that no source has taken yet; ``state`` is the outbox's word."""

    conversation_id: ConversationId
    subject: str
    text: str
    by: str
    state: str
    reason: str


What = Said | Rated | Happened | Noted | Tagged | Changed | Arrived | Linked | Moved | Waiting


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``customer_id`` and ``customer_name`` say whose it is in a company's stream, and are empty for its own.

    ``source`` is the name of the source that said it, empty where it was done here.
    """

    key: LineKey
    what: What
    source: str = ""
    customer_id: CustomerId | None = None
    customer_name: str = ""

    @property
    def at(self) -> datetime:
        """When, aware UTC."""
        return self.key.at

    def is_ahead(self, now: datetime) -> bool:
        """Whether its time has not come yet: a clock outside runs ahead, or a date was mistyped. It is shown all the same."""
        return self.key.at > now


@dataclass(frozen=True, slots=True)
class StreamFilter:
    """What is wanted of a stream: no chips are all of them, no source is every one, ``words`` as a search box takes them."""

    chips: frozenset[Chip] = frozenset()
    source_id: int | None = None
    words: str = ""

    def wants(self, kind: LineKind) -> bool:
        """Whether lines of this kind are wanted."""
        return not self.chips or CHIP_OF[kind] in self.chips

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.chips) or self.source_id is not None or bool(self.words.strip())


@dataclass(frozen=True, slots=True)
class StreamPage:
    """Lines, newest first. ``following`` is where reading goes on (older ones), None where everything was read.

    A page may be short, even empty, and still have more behind it: a search looks through so much at a time.
    """

    lines: tuple[Line, ...]
    following: LineKey | None
