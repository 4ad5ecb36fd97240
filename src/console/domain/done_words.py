"""What an edit did, as a toast says it: “Tag VIP added”. What it is called in menus stands in ``domain.titles``."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.edits_of_many import OfMany, counted
from console.domain.edits_of_outbox import OfOutbox
from console.domain.edits_of_sources import OfSources
from console.domain.outbox_words import done_of_outbox
from console.domain.source_deeds import done_of_source
from console.domain.values import plain

_LONGEST_VALUE = 40


def done(edit: e.Edit) -> str:
    """A few words in the past, without a full stop."""
    if isinstance(edit, OfOutbox | OfSources):
        return done_of_outbox(edit) if isinstance(edit, OfOutbox) else done_of_source(edit)
    match edit:
        case e.Undo() | e.Redo():
            return "Undone" if isinstance(edit, e.Undo) else "Done again"
        case e.Several(edits=parts):
            return _of_several(parts)
        case e.StartImport() | e.UndoImport() | e.AddSource() | e.RemoveSource() | e.PauseSource():
            return _of_intake(edit)
        case e.EraseCustomer() | e.Erased() | e.DefineSegment() | e.RemoveSegment():
            return _of_rare(edit)
        case e.AddTag(tag=tag):
            return f"Tag {_short(tag)} added"
        case e.RemoveTag(tag=tag):
            return f"Tag {_short(tag)} removed"
        case e.AddTagToMany() | e.RemoveTagFromMany() | e.SetPropertyOfMany() | e.RemovePropertyOfMany():
            return _of_many(edit)
        case e.SetProperty() | e.MaskProperty() | e.RemoveProperty() | e.ReturnToAutomatic() | e.DefineProperty():
            return _of_property(edit)
        case e.WriteNote() | e.ChangeNote() | e.PinNote() | e.DeleteNote():
            return _of_note(edit)
        case (
            e.CreateCustomer()
            | e.MergeCustomers()
            | e.SplitCustomer()
            | e.NeverMerge()
            | e.JoinCompany()
            | e.LeaveCompany()
            | e.MergeCompanies()
            | e.SplitCompany()
            | e.NeverMergeCompanies()
        ):
            return _of_customer(edit)
        case _:
            return _of_conversation(edit)


def _of_rare(edit: e.EraseCustomer | e.Erased | e.DefineSegment | e.RemoveSegment) -> str:
    match edit:
        case e.EraseCustomer():
            return "Customer erased"
        case e.Erased():
            return "Something about an erased customer"
        case e.DefineSegment(name=name):
            return f"Segment {_short(name)} saved"
        case e.RemoveSegment():
            return "Segment removed"
        case _:
            assert_never(edit)


def _of_several(parts: tuple[e.Edit, ...]) -> str:
    if not parts:
        return "Nothing changed"
    if len(parts) > 1 and all(isinstance(part, e.AssignCustomer) for part in parts):
        return f"{len(parts)} conversations linked"
    # A definition comes with the value for which it was made.
    told = [part for part in parts if not isinstance(part, e.DefineProperty)] or list(parts)
    words = list(dict.fromkeys(done(part) for part in told))
    if len(words) == 1:
        return words[0] if len(told) == 1 else f"{words[0]}, {len(told)} times"
    return " · ".join(words) if len(words) == 2 else f"{words[0]} and {len(told) - 1} more"


def _of_many(edit: OfMany) -> str:
    match edit:
        case e.AddTagToMany(tag=tag):
            return f"Tag {_short(tag)} added to {counted(edit)}"
        case e.RemoveTagFromMany(tag=tag):
            return f"Tag {_short(tag)} removed from {counted(edit)}"
        case e.SetPropertyOfMany(name=name, value=value):
            return f"{_named(name)} of {counted(edit)} set to {_short(plain(value))}"
        case e.RemovePropertyOfMany(name=name):
            return f"{_named(name)} of {counted(edit)} removed"
        case _:
            assert_never(edit)


def _of_intake(edit: e.StartImport | e.UndoImport | e.AddSource | e.RemoveSource | e.PauseSource) -> str:
    match edit:
        case e.StartImport(is_dry_run=is_dry_run):
            return "Dry run started" if is_dry_run else "Import started"
        case e.UndoImport():
            return "Import taken back"
        case e.AddSource(name=name):
            return f"{_short(name)} connected"
        case e.RemoveSource(is_dropping=is_dropping):
            return "Source removed with what it brought" if is_dropping else "Source disconnected"
        case e.PauseSource(is_paused=is_paused):
            return "Source paused" if is_paused else "Source resumed"
        case _:
            assert_never(edit)


def _of_property(
    edit: e.SetProperty | e.MaskProperty | e.RemoveProperty | e.ReturnToAutomatic | e.DefineProperty,
) -> str:
    name = _named(edit.name)
    match edit:
        case e.SetProperty(value=value, is_pin=is_pin):
            return f"{name} pinned" if is_pin else f"{name} set to {_short(plain(value))}"
        case e.MaskProperty():
            return f"{name} masked"
        case e.RemoveProperty():
            return f"{name} removed"
        case e.ReturnToAutomatic():
            return f"{name} is automatic again"
        case e.DefineProperty():
            return f"Definition of {name} changed"
        case _:
            assert_never(edit)


def _of_note(edit: e.WriteNote | e.ChangeNote | e.PinNote | e.DeleteNote) -> str:
    match edit:
        case e.WriteNote():
            return "Note written"
        case e.ChangeNote():
            return "Note changed"
        case e.PinNote(is_pinned=is_pinned):
            return "Note pinned" if is_pinned else "Note no longer pinned"
        case e.DeleteNote():
            return "Note deleted"
        case _:
            assert_never(edit)


def _of_companies(edit: e.MergeCompanies | e.SplitCompany | e.NeverMergeCompanies) -> str:
    match edit:
        case e.MergeCompanies():
            return "Companies merged"
        case e.SplitCompany():
            return "Company split"
        case e.NeverMergeCompanies():
            return "Companies kept apart for good"
        case _:
            assert_never(edit)


_Linking = (
    e.CreateCustomer
    | e.MergeCustomers
    | e.SplitCustomer
    | e.NeverMerge
    | e.JoinCompany
    | e.LeaveCompany
    | e.MergeCompanies
    | e.SplitCompany
    | e.NeverMergeCompanies
)


def _of_customer(edit: _Linking) -> str:
    match edit:
        case e.MergeCompanies() | e.SplitCompany() | e.NeverMergeCompanies():
            return _of_companies(edit)
        case e.CreateCustomer(name=name, emails=emails):
            return f"{_short(name or ', '.join(emails))} created"
        case e.MergeCustomers():
            return "Customers merged"
        case e.SplitCustomer():
            return "Customer split"
        case e.NeverMerge():
            return "Customers kept apart for good"
        case e.JoinCompany():
            return "Added to the company"
        case e.LeaveCompany():
            return "Removed from the company"
        case _:
            assert_never(edit)


_Conversing = (
    e.AssignCustomer
    | e.UnlinkCustomer
    | e.CloseConversation
    | e.ReopenConversation
    | e.SnoozeConversation
    | e.AssignTeammate
    | e.SetPriority
    | e.MarkRead
    | e.QueueReply
)


def _of_conversation(edit: _Conversing) -> str:
    match edit:
        case e.AssignCustomer():
            return "Customer linked"
        case e.UnlinkCustomer():
            return "Customer unlinked"
        case e.CloseConversation():
            return "Conversation closed"
        case e.ReopenConversation():
            return "Conversation reopened"
        case e.SnoozeConversation():
            return "Conversation snoozed"
        case e.AssignTeammate(teammate=teammate):
            return f"Assigned to {_short(teammate)}" if teammate else "Assigned to nobody"
        case e.SetPriority(is_priority=is_priority):
            return "Priority set" if is_priority else "Priority removed"
        case e.MarkRead(is_read=is_read):
            return "Marked as read" if is_read else "Marked as unread"
        case e.QueueReply():
            return "Reply queued"
        case _:
            assert_never(edit)


def _named(name: str) -> str:
    words = " ".join(name.removeprefix("company.").replace("_", " ").replace(".", " ").split())
    return _short(words[:1].upper() + words[1:])


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_VALUE else flat[: _LONGEST_VALUE - 1] + "…"
