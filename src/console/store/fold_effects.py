"""The effect of each kind of edit: a new kind breaks the type check here until it has one."""

from __future__ import annotations

from console.domain import edits as e
from console.domain.edits_of_outbox import OfOutbox
from console.domain.edits_of_sources import OfSources
from console.store import (
    fold_companies,
    fold_conversations,
    fold_customers,
    fold_erasing,
    fold_many,
    fold_notes,
    fold_outbox,
    fold_properties,
    fold_segments,
    fold_source_changes,
    fold_sources,
    fold_tags,
    fold_undo,
)
from console.store.folding import Folding


def effect(folding: Folding, edit: e.Edit) -> None:
    """Let an edit take effect. Raises Refused with a sentence where it makes no sense any more."""
    if isinstance(edit, OfOutbox | OfSources):
        _outside(folding, edit)
        return
    match edit:
        case e.Several(edits=several):
            _each(folding, several)
        case e.SetProperty() | e.MaskProperty() | e.RemoveProperty() | e.ReturnToAutomatic() | e.DefineProperty():
            fold_properties.effect(folding, edit)
        case e.AddTag() | e.RemoveTag():
            fold_tags.effect(folding, edit)
        case e.AddTagToMany() | e.RemoveTagFromMany() | e.SetPropertyOfMany() | e.RemovePropertyOfMany():
            fold_many.effect(folding, edit)
        case e.DefineSegment() | e.RemoveSegment():
            fold_segments.effect(folding, edit)
        case e.WriteNote() | e.ChangeNote() | e.PinNote() | e.DeleteNote():
            fold_notes.effect(folding, edit)
        case (
            e.CreateCustomer()
            | e.MergeCustomers()
            | e.SplitCustomer()
            | e.NeverMerge()
            | e.JoinCompany()
            | e.LeaveCompany()
        ):
            fold_customers.effect(folding, edit)
        case e.MergeCompanies() | e.SplitCompany() | e.NeverMergeCompanies():
            fold_companies.effect(folding, edit)
        case e.EraseCustomer() | e.Erased():
            fold_erasing.effect(folding, edit)
        case (
            e.AddSource() | e.RemoveSource() | e.PauseSource() | e.Undo() | e.Redo() | e.StartImport() | e.UndoImport()
        ):
            _of_intake(folding, edit)
        case _:
            # Whatever is left is about a conversation; a kind that is not breaks the type check here.
            fold_conversations.effect(folding, edit)


def _each(folding: Folding, several: tuple[e.Edit, ...]) -> None:
    for one in several:
        effect(folding, one)


_OfIntake = e.AddSource | e.RemoveSource | e.PauseSource | e.Undo | e.Redo | e.StartImport | e.UndoImport


def _of_intake(folding: Folding, edit: _OfIntake) -> None:
    if isinstance(edit, e.AddSource | e.RemoveSource | e.PauseSource):
        fold_sources.effect(folding, edit)
    else:
        fold_undo.effect(folding, edit)


def _outside(folding: Folding, edit: OfOutbox | OfSources) -> None:
    if isinstance(edit, OfOutbox):
        fold_outbox.effect(folding, edit)
    else:
        fold_source_changes.effect(folding, edit)
