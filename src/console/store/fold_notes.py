"""Edits of notes: every former text stays in the note's history."""

from __future__ import annotations

from typing import assert_never, cast

from console.domain import edits as e
from console.domain.records import OwnerKind
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.recorder import Scalar
from console.store.undoing import touch_owner

NoteEdit = e.WriteNote | e.ChangeNote | e.PinNote | e.DeleteNote


def effect(folding: Folding, edit: NoteEdit) -> None:
    """Write, change, pin or delete a note."""
    match edit:
        case e.WriteNote():
            _write(folding, edit)
        case e.ChangeNote(note_id=note_id, text=text):
            _change(folding, note_id, text)
        case e.PinNote(note_id=note_id, is_pinned=is_pinned):
            _living(folding, note_id)
            folding.recorder.update("notes", {"id": note_id}, {"is_pinned": is_pinned})
        case e.DeleteNote(note_id=note_id):
            _living(folding, note_id)
            folding.recorder.update("notes", {"id": note_id}, {"deleted_at": folding.recorder.now})
        case _:
            assert_never(edit)


def _write(folding: Folding, edit: e.WriteNote) -> None:
    if not edit.text.strip():
        raise Refused("An empty note says nothing; write something first")
    owner = folding.living(edit.owner)
    values: dict[str, Scalar] = {
        "owner_kind": owner.kind.value, "subject_id": folding.subject(owner), "owner_id": owner.id, "text": edit.text,
        "author": folding.entry.teammate, "at": folding.recorder.now, "is_pinned": False, "edit_id": folding.entry.id,
    }  # fmt: skip
    folding.recorder.insert("notes", {"id": edit.note_id}, values)


def _change(folding: Folding, note_id: str, text: str) -> None:
    note = _living(folding, note_id)
    if not text.strip():
        raise Refused("An empty note says nothing; delete it instead")
    former = {
        "note_id": note_id,
        "text": note["text"],
        "by": note["edited_by"] or note["author"],
        "at": note["edited_at"] or note["at"],
    }
    if folding.recorder.update(
        "notes", {"id": note_id}, {"text": text, "edited_by": folding.entry.teammate, "edited_at": folding.recorder.now}
    ):
        folding.recorder.insert("note_versions", {"id": f"{note_id}/{folding.entry.id}"}, former)


def _living(folding: Folding, note_id: str) -> dict[str, Scalar]:
    note = folding.recorder.find("notes", {"id": note_id})
    if note is None or note["deleted_at"] is not None:
        raise Refused("This note was deleted")
    touch_owner(OwnerKind(str(note["owner_kind"])), int(cast("int", note["owner_id"])), folding.touched)
    return note
