"""Titles: what an edit is called in the undo menu, the toast and the history."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.edits_of_many import OfMany, counted
from console.domain.edits_of_outbox import OfOutbox
from console.domain.edits_of_sources import OfSources
from console.domain.outbox_words import title_of_outbox
from console.domain.source_deeds import title_of_source
from console.domain.values import plain

_LONGEST_VALUE = 40


def title(edit: e.Edit) -> str:
    """A few words in the imperative, as in “Undo: Set plan to Pro”."""
    if isinstance(edit, OfOutbox | OfSources):
        return title_of_outbox(edit) if isinstance(edit, OfOutbox) else title_of_source(edit)
    match edit:
        case e.Undo() | e.Redo():
            return "Undo" if isinstance(edit, e.Undo) else "Redo"
        case e.Several(title=words):
            return words
        case e.StartImport() | e.UndoImport():
            return "Import files" if isinstance(edit, e.StartImport) else "Take an import back"
        case e.AddSource() | e.RemoveSource() | e.PauseSource():
            return _of_source(edit)
        case e.EraseCustomer() | e.Erased() | e.DefineSegment() | e.RemoveSegment():
            return _of_rare(edit)
        case e.AddTag() | e.RemoveTag():
            return f"{'Add' if isinstance(edit, e.AddTag) else 'Remove'} tag {_short(edit.tag)}"
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
            return "Erase a customer"
        case e.Erased():
            return "Something about an erased customer"
        case e.DefineSegment(name=name):
            return f"Define segment {_short(name)}"
        case e.RemoveSegment():
            return "Remove a segment"
        case _:
            assert_never(edit)


def _of_many(edit: OfMany) -> str:
    match edit:
        case e.AddTagToMany(tag=tag):
            return f"Add tag {_short(tag)} to {counted(edit)}"
        case e.RemoveTagFromMany(tag=tag):
            return f"Remove tag {_short(tag)} from {counted(edit)}"
        case e.SetPropertyOfMany(name=name, value=value):
            return f"Set {name} of {counted(edit)} to {_short(plain(value))}"
        case e.RemovePropertyOfMany(name=name):
            return f"Remove {name} of {counted(edit)}"
        case _:
            assert_never(edit)


def _of_property(
    edit: e.SetProperty | e.MaskProperty | e.RemoveProperty | e.ReturnToAutomatic | e.DefineProperty,
) -> str:
    match edit:
        case e.SetProperty(name=name, value=value, is_pin=is_pin):
            return f"Pin {name}" if is_pin else f"Set {name} to {_short(plain(value))}"
        case e.MaskProperty(name=name):
            return f"Mask {name}"
        case e.RemoveProperty(name=name):
            return f"Remove {name}"
        case e.ReturnToAutomatic(name=name):
            return f"Return {name} to automatic"
        case e.DefineProperty(name=name):
            return f"Change the definition of {name}"
        case _:
            assert_never(edit)


def _of_note(edit: e.WriteNote | e.ChangeNote | e.PinNote | e.DeleteNote) -> str:
    match edit:
        case e.WriteNote():
            return "Write a note"
        case e.ChangeNote():
            return "Change a note"
        case e.PinNote(is_pinned=is_pinned):
            return "Pin a note" if is_pinned else "Unpin a note"
        case e.DeleteNote():
            return "Delete a note"
        case _:
            assert_never(edit)


def _of_companies(edit: e.MergeCompanies | e.SplitCompany | e.NeverMergeCompanies) -> str:
    match edit:
        case e.MergeCompanies():
            return "Merge companies"
        case e.SplitCompany():
            return "Split a company"
        case e.NeverMergeCompanies():
            return "Never merge these companies"
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
            return f"Create {_short(name or ', '.join(emails))}"
        case e.MergeCustomers():
            return "Merge customers"
        case e.SplitCustomer():
            return "Split a customer"
        case e.NeverMerge():
            return "Never merge these customers"
        case e.JoinCompany():
            return "Add to a company"
        case e.LeaveCompany():
            return "Remove from a company"
        case _:
            assert_never(edit)


def _of_source(edit: e.AddSource | e.RemoveSource | e.PauseSource) -> str:
    match edit:
        case e.AddSource(name=name):
            return f"Connect {_short(name)}"
        case e.RemoveSource():
            return "Disconnect a source"
        case e.PauseSource(is_paused=is_paused):
            return "Pause a source" if is_paused else "Resume a source"
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
            return "Assign a customer"
        case e.UnlinkCustomer():
            return "Unlink the customer"
        case e.CloseConversation():
            return "Close the conversation"
        case e.ReopenConversation():
            return "Reopen the conversation"
        case e.SnoozeConversation():
            return "Snooze the conversation"
        case e.AssignTeammate(teammate=teammate):
            return f"Assign to {_short(teammate)}" if teammate else "Unassign"
        case e.SetPriority(is_priority=is_priority):
            return "Set priority" if is_priority else "Remove priority"
        case e.MarkRead(is_read=is_read):
            return "Mark as read" if is_read else "Mark as unread"
        case e.QueueReply():
            return "Queue a reply"
        case _:
            assert_never(edit)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_VALUE else flat[: _LONGEST_VALUE - 1] + "…"
