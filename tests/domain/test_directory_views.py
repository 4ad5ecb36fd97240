"""Views of the directory as they are kept, and where in a filter a fault stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.directory_views import View, built_in, named_view, views_from_json, views_to_json
from console.domain.expressions import BadExpression, fault_in, tree
from console.domain.records import OwnerKind
from console.domain.segment_text import Vocabulary, rule_of
from console.domain.values import ValueKind

words = st.text(min_size=1, max_size=20).map(named_view).filter(bool)
views = st.builds(
    View,
    words,
    words,
    st.text(max_size=30),
    words,
    st.booleans(),
    st.just(("name", "tags")),
    st.sampled_from([(), (200, 0)]),
)


@given(st.lists(views, max_size=3))
def test_views_come_back_as_they_were_kept(kept: list[View]) -> None:
    assert views_from_json(views_to_json(kept)) == tuple(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "{}",
        "[1]",
        '[{"key": 3}]',
        '[{"key": "a", "name": ""}]',
        '[{"key": "a", "name": "b", "columns": 7}]',
    ],
)
def test_what_nobody_understands_is_left_out(text: str) -> None:
    assert views_from_json(text) == ()


def test_the_views_that_are_always_there_ask_for_the_teammate_by_name() -> None:
    mine = next(view for view in built_in(OwnerKind.CUSTOMER, "Marta B") if view.key == "mine")
    assert mine.expression == 'owner="Marta B"'
    assert all(view.is_built_in for kind in (OwnerKind.CUSTOMER, OwnerKind.COMPANY) for view in built_in(kind, "Marta"))


@pytest.mark.parametrize(
    ("expression", "fault"),
    [
        ("plan=pro nonsense>3", "nonsense>3"),
        ("(plan=pro", "plan=pro"),
        ("plan=pro)", ")"),
        ('name:ada nonsense:"a b" x', 'nonsense:"a b"'),
        ("name>a", "name>a"),
    ],
)
def test_a_fault_is_found_where_it_stands(expression: str, fault: str) -> None:
    with pytest.raises(BadExpression) as caught:
        rule_of(expression, Vocabulary(OwnerKind.CUSTOMER, {"plan": ("plan", ValueKind.STRING)}, {}))

    begin, length = fault_in(expression, caught.value)
    assert fault in expression[begin : begin + length] or expression[begin : begin + length] in fault


@given(st.text(max_size=40) | st.text(alphabet='()"=:> ao', max_size=20))
def test_a_fault_never_lies_outside_the_text(expression: str) -> None:
    try:
        tree(expression)
    except BadExpression as error:
        begin, length = fault_in(expression, error)
        assert 0 <= begin <= begin + length <= len(expression)
