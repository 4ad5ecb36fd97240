"""Records: what a source says, in our words, before the store takes it in.

``source_raw`` of a record is what the source said in its own words (JSON as it came), kept so that it can be mapped again
without asking again; whether a record changed is decided by our words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.channels import AuthorKind as AuthorKind
from console.domain.channels import Channel as Channel
from console.domain.channels import OwnerKind as OwnerKind
from console.domain.values import Value, ValueKind


@dataclass(frozen=True, slots=True)
class CompanyRecord:
    """A company as a source knows it; ``keys`` it is matched by are made from name and domains by the store.

    ``saying``: as of a customer.
    """

    external_id: str
    name: str | None = None
    domains: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    at: datetime | None = None
    tags: tuple[str, ...] = ()
    saying: str = ""
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer as a source knows one.

    ``emails`` are canonical addresses (``address.canonical``); ``properties`` by name, ``company.`` ones describe the
    customer's company; ``company_ids`` are external ids of companies of the same source, the main one first. ``is_shared``:
    the source itself says that several people use it. ``at``: the source's own time of last change (aware UTC). ``segments`` of
    None: this record says nothing about segments, those given earlier stay. ``saying`` names one of several sayings about the
    same customer (each answer of a survey is one): such a record is never the whole of what its source knows, and of several
    sayings the one with the latest ``at`` counts, in whatever order they come.
    """

    external_id: str
    emails: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    company_ids: tuple[str, ...] = ()
    at: datetime | None = None
    tags: tuple[str, ...] = ()
    segments: tuple[str, ...] | None = ()
    saying: str = ""
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a message: canonical address (empty where none or odd), display name and the text as written."""

    address: str
    name: str = ""
    written: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """A part kept beside a message; ``name`` is safe to show and to save under, ``content_id`` serves ``cid:`` pictures."""

    name: str
    media_type: str
    content: bytes
    content_id: str | None = None
    is_inline: bool = False


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One turn. Times are aware UTC; ``text`` is plain and scrubbed, ``html`` is cleaned (architecture §8) or None.

    ``key`` names the message in the whole workspace (for mail: from its Message-ID), so that the same mail from a file and
    from a mailbox is one message. ``quoted_from`` is the offset in ``text`` at which the folded quote or signature begins.
    ``remote_images`` counts blocked pictures. ``author`` is a customer's, a teammate's or a bot's.
    """

    key: str
    at: datetime
    author_kind: AuthorKind
    author: Person
    text: str
    html: str | None = None
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    attachments: tuple[AttachmentRecord, ...] = ()
    quoted_from: int | None = None
    remote_images: int = 0
    subject: str = ""
    is_read: bool = False
    is_date_known: bool = True
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A mail: its message, and what it is threaded by. ``external_id`` is its place in the source (``INBOX/12/345``)."""

    external_id: str
    message: MessageRecord
    message_id: str
    references: tuple[str, ...]
    base_subject: str
    is_reply: bool
    raw: bytes


@dataclass(frozen=True, slots=True)
class ConversationRecord:
    """A whole conversation as chats, helpdesks, surveys and reviews give it, with the messages known so far.

    ``customer_id`` is the external id of a customer of the same source, or None (a review by nickname: ``nickname``).
    """

    external_id: str
    channel: Channel
    subject: str
    messages: tuple[MessageRecord, ...]
    customer_id: str | None = None
    nickname: str = ""
    is_closed: bool | None = None
    tags: tuple[str, ...] = ()
    properties: Mapping[str, Value] = field(default_factory=dict)
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Something a customer did: ``metadata`` typed values by name. ``customer_id`` or ``email`` says who."""

    external_id: str
    name: str
    at: datetime
    customer_id: str | None = None
    email: str | None = None
    metadata: Mapping[str, Value] = field(default_factory=dict)
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """What teammates wrote for teammates in the source, on a customer, a company or a conversation of it.

    ``owner_id`` is the external id of what it is on. ``external_id`` is unique among all notes of the source; what the source
    gave as the receipt of a note that was sent to it is this id, so that our own note does not come in twice.
    """

    external_id: str
    owner_kind: OwnerKind
    owner_id: str
    text: str
    author: str
    at: datetime
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class DefinitionRecord:
    """What a source says of a property: its type, and the values that one can choose from (empty: any)."""

    external_id: str
    owner_kind: OwnerKind
    name: str
    kind: ValueKind
    choices: tuple[str, ...] = ()
    source_raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class JoinedRecord:
    """The source made two customers one: ``external_id`` is no longer there, ``into`` is who it became."""

    external_id: str
    into: str


@dataclass(frozen=True, slots=True)
class FlagsRecord:
    """What a mailbox says of a mail known already: read or not."""

    external_id: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class DeletionRecord:
    """The source no longer has this record, from an explicit feed or a finished snapshot.

    ``external_id`` is the record's place: that of a mail as it is, of anything else with its kind before it
    (``conversation:812``, ``customer:5f2a``, ``company:9``, ``event:77``). ``Pulling.known_ids`` gives places as well.
    """

    external_id: str


Record = (
    CustomerRecord
    | CompanyRecord
    | MailRecord
    | ConversationRecord
    | EventRecord
    | NoteRecord
    | DefinitionRecord
    | JoinedRecord
    | FlagsRecord
    | DeletionRecord
)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that could not be understood: kept in quarantine with the reason, and counted."""

    external_id: str
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far back a stream is whole: ``since`` (aware UTC; None where it is whole from its beginning) and what is missing.

    ``remark`` is a sentence about what the source does not give ("Events older than 90 days are not given by this source."),
    empty where nothing is missing.
    """

    since: datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some records of one stream and where the stream continues; ``cursor`` is opaque, None leaves it as it is.

    ``coverage`` is told with the last page of a stream, when everything before it was read; None says nothing about it.
    """

    stream: str
    records: tuple[Record, ...]
    cursor: str | None = None
    rejected: tuple[Rejected, ...] = ()
    is_last: bool = False
    done: int = 0
    total: int | None = None
    coverage: Coverage | None = None
