"""Edits: every one thing that a teammate can do, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.ids import CompanyId, ConversationId, CustomerId, EditId, IdentityId, SourceId
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind


@dataclass(frozen=True, slots=True)
class Owner:
    """What an edit is about: a customer, a company or a conversation, by its key."""

    kind: OwnerKind
    id: int


@dataclass(frozen=True, slots=True)
class SetProperty:
    """Say by hand what a property is; ``is_pin`` when the shown value was pinned rather than typed."""

    owner: Owner
    name: str
    value: Value
    is_pin: bool = False


@dataclass(frozen=True, slots=True)
class MaskProperty:
    """Show a property as empty on purpose; the sources' values stay underneath."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class RemoveProperty:
    """Take a property off the profile, whatever sources say."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class ReturnToAutomatic:
    """Withdraw what was said by hand about a property; the best remaining claim wins again."""

    owner: Owner
    name: str


@dataclass(frozen=True, slots=True)
class DefineProperty:
    """Make or change the definition of a property: its kind, its choices, whether it stands on top."""

    owner_kind: OwnerKind
    name: str
    kind: ValueKind
    choices: tuple[str, ...] = ()
    is_on_top: bool = False


@dataclass(frozen=True, slots=True)
class AddTag:
    """Stick a word on a customer, a company or a conversation."""

    owner: Owner
    tag: str


@dataclass(frozen=True, slots=True)
class RemoveTag:
    """Take a word off again."""

    owner: Owner
    tag: str


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A new note; ``note_id`` is made where it was written."""

    owner: Owner
    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Another text for a note; the former ones stay in its history."""

    note_id: str
    text: str


@dataclass(frozen=True, slots=True)
class PinNote:
    """Keep a note on top, or no longer."""

    note_id: str
    is_pinned: bool


@dataclass(frozen=True, slots=True)
class DeleteNote:
    """Take a note away; undo brings it back."""

    note_id: str


@dataclass(frozen=True, slots=True)
class CreateCustomer:
    """A customer made by hand. Where an address is known already, the existing customer is used."""

    customer: CustomerId
    name: str
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """Two customers are one: the identities of ``loser`` go to ``winner``."""

    winner: CustomerId
    loser: CustomerId


@dataclass(frozen=True, slots=True)
class SplitCustomer:
    """One customer is two: these identities leave, to ``into`` (a new key, or the customer they came from)."""

    customer: CustomerId
    identities: tuple[IdentityId, ...]
    into: CustomerId


@dataclass(frozen=True, slots=True)
class NeverMerge:
    """These two are not the same, whatever addresses say."""

    first: CustomerId
    second: CustomerId


@dataclass(frozen=True, slots=True)
class JoinCompany:
    """A customer belongs to a company; ``is_main`` makes it the one shown first. ``name`` creates it where new."""

    customer: CustomerId
    company: CompanyId
    name: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class LeaveCompany:
    """A customer no longer belongs to a company."""

    customer: CustomerId
    company: CompanyId


@dataclass(frozen=True, slots=True)
class AssignCustomer:
    """A conversation is this customer's (also instead of another)."""

    conversation: ConversationId
    customer: CustomerId


@dataclass(frozen=True, slots=True)
class UnlinkCustomer:
    """A conversation is nobody's known."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class CloseConversation:
    """Done with it, until the customer writes again."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class ReopenConversation:
    """It needs somebody again; also ends a snooze."""

    conversation: ConversationId


@dataclass(frozen=True, slots=True)
class SnoozeConversation:
    """Out of sight until then (aware UTC)."""

    conversation: ConversationId
    until: datetime


@dataclass(frozen=True, slots=True)
class AssignTeammate:
    """Who takes care of a conversation; None is nobody."""

    conversation: ConversationId
    teammate: str | None


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Whether a conversation goes before others."""

    conversation: ConversationId
    is_priority: bool


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Read or unread, for the team."""

    conversation: ConversationId
    is_read: bool


@dataclass(frozen=True, slots=True)
class QueueReply:
    """An answer waiting to be sent; it stays in the outbox until a connector takes it."""

    conversation: ConversationId
    message_key: str
    text: str


@dataclass(frozen=True, slots=True)
class StartImport:
    """Take in files as one batch; ``plan`` is the reading plan as JSON (see ``domain.importing``).

    A dry run (``is_dry_run``) only counts what would happen; it is no step of the undo history.
    """

    batch: str
    plan: str
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Take a whole batch out again; edits made since stay."""

    batch: str


@dataclass(frozen=True, slots=True)
class AddSource:
    """Connect a source; ``settings`` is JSON without any secret, which lies in the keyring or in the journal's settings."""

    source: SourceId
    kind: str
    name: str
    settings: str
    own_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Disconnect a source; what it brought stays."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class PauseSource:
    """Let a source rest, or go on."""

    source: SourceId
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """Take one edit back, where nothing newer stands on it."""

    edit: EditId


@dataclass(frozen=True, slots=True)
class Redo:
    """Do an edit again that was taken back."""

    edit: EditId


@dataclass(frozen=True, slots=True)
class Several:
    """Some edits that stand and fall together under one name (several cells, several tags)."""

    title: str
    edits: tuple[Edit, ...]


Edit = (
    SetProperty
    | MaskProperty
    | RemoveProperty
    | ReturnToAutomatic
    | DefineProperty
    | AddTag
    | RemoveTag
    | WriteNote
    | ChangeNote
    | PinNote
    | DeleteNote
    | CreateCustomer
    | MergeCustomers
    | SplitCustomer
    | NeverMerge
    | JoinCompany
    | LeaveCompany
    | AssignCustomer
    | UnlinkCustomer
    | CloseConversation
    | ReopenConversation
    | SnoozeConversation
    | AssignTeammate
    | SetPriority
    | MarkRead
    | QueueReply
    | StartImport
    | UndoImport
    | AddSource
    | RemoveSource
    | PauseSource
    | Undo
    | Redo
    | Several
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit as the journal holds it: its key, when (aware UTC) and by whom."""

    id: EditId
    at: datetime
    teammate: str
    edit: Edit
