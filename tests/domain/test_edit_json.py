"""Edits as the journal holds them: every kind comes back as it was, and an unknown one says so."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.test_values import values

from console.domain import edits as e
from console.domain.edit_json import from_json, to_json
from console.domain.records import OwnerKind
from console.domain.titles import title
from console.domain.values import Value, ValueKind

KINDS = [kind for kind in get_args(e.Edit) if kind is not e.Several]

st.register_type_strategy(Value, values)

simple = st.one_of(*(st.builds(kind) for kind in KINDS))
several = st.builds(e.Several, st.text(), st.lists(simple, min_size=1, max_size=3).map(tuple))
nested = st.builds(e.Several, st.text(), st.lists(st.one_of(simple, several), min_size=1, max_size=3).map(tuple))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_edit_comes_back_as_it_was(kind: type) -> None:
    @given(st.builds(kind))
    def check(edit: e.Edit) -> None:
        assert from_json(to_json(edit)) == edit

    check()


@given(nested)
def test_several_edits_in_one_come_back_as_they_were(edit: e.Edit) -> None:
    assert from_json(to_json(edit)) == edit


@given(st.one_of(simple, several))
def test_every_edit_has_a_title_of_one_short_line(edit: e.Edit) -> None:
    words_of_it = title(edit)

    if not isinstance(edit, e.Several):
        assert words_of_it
        assert words_of_it[0].isupper()
        name = getattr(edit, "name", "")
        assert len(words_of_it) - len(str(name)) < 110


def test_a_kind_of_a_newer_version_says_so() -> None:
    with pytest.raises(ValueError, match="come from a newer version"):
        from_json('{"do":"PaintItBlack","owner":["customer",1]}')


def test_a_choice_of_several_values_comes_back() -> None:
    edit = e.SetProperty(e.Owner(OwnerKind.CUSTOMER, 7), "langs", Value(ValueKind.CHOICES, ("de", "fr")))

    assert from_json(to_json(edit)) == edit
