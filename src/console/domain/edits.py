"""Edits: every one thing that a teammate can do, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.edits_of_companies import MergeCompanies, NeverMergeCompanies, SplitCompany
from console.domain.edits_of_conversations import (
    AssignCustomer,
    AssignTeammate,
    CloseConversation,
    MarkRead,
    QueueReply,
    ReopenConversation,
    SetPriority,
    SnoozeConversation,
    UnlinkCustomer,
)
from console.domain.edits_of_customers import (
    CreateCustomer,
    EraseCustomer,
    Erased,
    JoinCompany,
    LeaveCompany,
    MergeCustomers,
    NeverMerge,
    SplitCustomer,
)
from console.domain.edits_of_intake import (
    AddSource,
    PauseSource,
    Redo,
    RemoveSource,
    StartImport,
    Undo,
    UndoImport,
)
from console.domain.edits_of_many import AddTagToMany, RemovePropertyOfMany, RemoveTagFromMany, SetPropertyOfMany
from console.domain.edits_of_outbox import (
    CheckSending,
    DropSending,
    EditSending,
    HoldSending,
    MarkSent,
    ReleaseSending,
    ResolveConflict,
    RetrySending,
    SetWriteBack,
)
from console.domain.edits_of_profiles import (
    AddTag,
    ChangeNote,
    DefineProperty,
    DeleteNote,
    MaskProperty,
    Owner,
    PinNote,
    RemoveProperty,
    RemoveTag,
    ReturnToAutomatic,
    SetProperty,
    WriteNote,
)
from console.domain.edits_of_segments import DefineSegment, RemoveSegment
from console.domain.edits_of_sources import (
    ChangeSource,
    ChooseStreams,
    ReadAgain,
    RenameSource,
    RetryQuarantine,
    SetSourcePace,
    TrustSources,
)
from console.domain.ids import EditId


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
    | AddTagToMany
    | RemoveTagFromMany
    | SetPropertyOfMany
    | RemovePropertyOfMany
    | WriteNote
    | ChangeNote
    | PinNote
    | DeleteNote
    | CreateCustomer
    | MergeCustomers
    | SplitCustomer
    | NeverMerge
    | MergeCompanies
    | SplitCompany
    | NeverMergeCompanies
    | EraseCustomer
    | Erased
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
    | HoldSending
    | ReleaseSending
    | RetrySending
    | CheckSending
    | DropSending
    | MarkSent
    | EditSending
    | ResolveConflict
    | SetWriteBack
    | DefineSegment
    | RemoveSegment
    | StartImport
    | UndoImport
    | AddSource
    | RemoveSource
    | PauseSource
    | ChangeSource
    | ChooseStreams
    | ReadAgain
    | RenameSource
    | RetryQuarantine
    | SetSourcePace
    | TrustSources
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


__all__ = [
    "AddSource",
    "AddTag",
    "AddTagToMany",
    "AssignCustomer",
    "AssignTeammate",
    "ChangeNote",
    "ChangeSource",
    "CheckSending",
    "ChooseStreams",
    "CloseConversation",
    "CreateCustomer",
    "DefineProperty",
    "DefineSegment",
    "DeleteNote",
    "DropSending",
    "Edit",
    "EditSending",
    "Entry",
    "EraseCustomer",
    "Erased",
    "HoldSending",
    "JoinCompany",
    "LeaveCompany",
    "MarkRead",
    "MarkSent",
    "MaskProperty",
    "MergeCompanies",
    "MergeCustomers",
    "NeverMerge",
    "NeverMergeCompanies",
    "Owner",
    "PauseSource",
    "PinNote",
    "QueueReply",
    "ReadAgain",
    "Redo",
    "ReleaseSending",
    "RemoveProperty",
    "RemovePropertyOfMany",
    "RemoveSegment",
    "RemoveSource",
    "RemoveTag",
    "RemoveTagFromMany",
    "RenameSource",
    "ReopenConversation",
    "ResolveConflict",
    "RetryQuarantine",
    "RetrySending",
    "ReturnToAutomatic",
    "SetPriority",
    "SetProperty",
    "SetPropertyOfMany",
    "SetSourcePace",
    "SetWriteBack",
    "Several",
    "SnoozeConversation",
    "SplitCompany",
    "SplitCustomer",
    "StartImport",
    "TrustSources",
    "Undo",
    "UndoImport",
    "UnlinkCustomer",
    "WriteNote",
]
