"""Every kind of edit says what it did, and is called in the imperative in menus."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

import pytest

from console.domain import edits as e
from console.domain.done_words import done
from console.domain.records import OwnerKind
from console.domain.titles import title
from console.domain.values import Value, ValueKind

KINDS: tuple[type, ...] = get_args(e.Edit)
OWNER = e.Owner(OwnerKind.CUSTOMER, 1)
AT = datetime(2026, 11, 20, tzinfo=UTC)
IMPERATIVES = [
    "Add",
    "Remove",
    "Set",
    "Mask",
    "Return",
    "Change",
    "Write",
    "Pin",
    "Unpin",
    "Delete",
    "Create",
    "Merge",
    "Split",
    "Never",
    "Assign",
    "Unassign",
    "Unlink",
    "Close",
    "Reopen",
    "Snooze",
    "Mark",
    "Queue",
    "Take",
    "Connect",
    "Disconnect",
    "Pause",
    "Resume",
    "Link",
]


def made(kind: type) -> Any:
    """An edit of a kind, with something in every field."""
    values = {
        str: "VIP",
        int: 7,
        bool: True,
        datetime: AT,
        e.Owner: OWNER,
        ValueKind: ValueKind.STRING,
        OwnerKind: OwnerKind.CUSTOMER,
    }
    filled: dict[str, Any] = {}
    for field in fields(kind):
        hint = get_type_hints(kind)[field.name]
        supertype = getattr(hint, "__supertype__", hint)
        if hint is Value:
            filled[field.name] = Value(ValueKind.STRING, "Pro")
        elif kind is e.Several and field.name == "edits":
            filled[field.name] = (e.AddTag(OWNER, "VIP"), e.RemoveTag(OWNER, "trial"))
        elif supertype in values:
            filled[field.name] = values[supertype]
        elif "str" in str(hint) and "tuple" not in str(hint):
            filled[field.name] = "Nadia"
        else:
            filled[field.name] = ()
    return kind(**filled)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_every_kind_of_edit_says_what_it_did(kind: type) -> None:
    edit = made(kind)

    words = done(edit)

    assert words
    assert words == words.strip(" .")
    assert words[0].isupper()
    assert words.split()[0] not in IMPERATIVES, words
    assert words != title(edit) or kind in (e.Undo, e.Erased)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (e.AddTag(OWNER, "VIP"), "Tag VIP added"),
        (e.SetProperty(OWNER, "company.team_size", Value(ValueKind.STRING, "9")), "Team size set to 9"),
        (e.SetProperty(OWNER, "plan", Value(ValueKind.STRING, "9"), is_pin=True), "Plan pinned"),
        (e.AddTagToMany(OwnerKind.CUSTOMER, tuple(range(2_341)), "VIP"), "Tag VIP added to 2,341 customers"),
        (e.RemoveTagFromMany(OwnerKind.COMPANY, (1,), "VIP"), "Tag VIP removed from 1 company"),
        (e.SetPropertyOfMany(OwnerKind.CUSTOMER, (1, 2), "plan", Value(ValueKind.STRING, "Pro")), "Plan of 2 customers set to Pro"),
        (e.RemovePropertyOfMany(OwnerKind.COMPANY, (1, 2), "owner"), "Owner of 2 companies removed"),
        (e.Several("x", (e.DefineProperty(OwnerKind.CUSTOMER, "plan", ValueKind.STRING), e.MaskProperty(OWNER, "plan"))), "Plan masked"),
        (e.Several("x", (e.AddTag(OWNER, "a"), e.AddTag(OWNER, "b"))), "Tag a added · Tag b added"),
        (e.Several("x", (e.AddTag(OWNER, "a"), e.AddTag(OWNER, "b"), e.AddTag(OWNER, "c"))), "Tag a added and 2 more"),
        (e.Several("x", ()), "Nothing changed"),
        (e.AddTag(OWNER, "x" * 90), f"Tag {'x' * 39}… added"),
    ],
)  # fmt: skip
def test_the_words_name_what_was_changed(edit: e.Edit, words: str) -> None:
    assert done(edit) == words
