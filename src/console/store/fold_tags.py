"""Edits of tags: who stuck which word on what, and when."""

from __future__ import annotations

from console.domain import edits as e
from console.domain.tags import LONGEST_TAG, tidy
from console.store.changes import Stale
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.tags_given import make_tag, tagging_id


def effect(folding: Folding, edit: e.AddTag | e.RemoveTag) -> None:
    """Stick a tag on, or take it off wherever it sticks on the identities of the owner."""
    owner = folding.living(edit.owner)
    tag = tidy(edit.tag)
    if not tag or len(tag) > LONGEST_TAG:
        raise Refused(f"A tag has 1 to {LONGEST_TAG} characters")
    if isinstance(edit, e.AddTag):
        _add(folding, owner, tag)
    else:
        _remove(folding, owner, tag)
    folding.touched.also(Stale.TAG)


def _add(folding: Folding, owner: e.Owner, tag: str) -> None:
    if _taggings(folding, owner, tag):
        return
    subject = folding.subject(owner)
    folding.recorder.insert("taggings", {"id": tagging_id(tag, subject)}, {
        "tag_id": make_tag(folding.connection, tag, folding.recorder.now), "owner_kind": owner.kind.value, "subject_id": subject,
        "owner_id": owner.id, "by": folding.entry.teammate, "at": folding.recorder.now, "edit_id": folding.entry.id,
    })  # fmt: skip


def _remove(folding: Folding, owner: e.Owner, tag: str) -> None:
    found = _taggings(folding, owner, tag)
    if not found:
        raise Refused(f"The tag {tag} is not there any more")
    for tagging in found:
        folding.recorder.delete("taggings", {"id": tagging})


def _taggings(folding: Folding, owner: e.Owner, tag: str) -> list[int]:
    rows = folding.connection.exec_driver_sql(
        "SELECT g.id FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE g.owner_id = ? AND g.owner_kind = ? AND t.name = ?",
        (owner.id, owner.kind.value, tag),
    ).fetchall()
    return [row[0] for row in rows]
