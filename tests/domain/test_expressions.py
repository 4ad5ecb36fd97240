"""Filter expressions: what they write, and a sentence for whatever they do not."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.expressions import BadExpression, Condition, conditions


def test_words_fields_and_comparisons_stand_side_by_side() -> None:
    assert conditions('ada tag:vip plan=pro mrr >= 300 -company:"North peak" "net revenue"<5') == (
        Condition("", ":", "ada"),
        Condition("tag", ":", "vip"),
        Condition("plan", "=", "pro"),
        Condition("mrr", ">=", "300"),
        Condition("company", ":", "North peak", is_negated=True),
        Condition("net revenue", "<", "5"),
    )


def test_an_empty_expression_asks_for_nothing() -> None:
    assert conditions("  ") == ()


@pytest.mark.parametrize("text", ["mrr>", ">5", "plan:", '"open', "a" * 3000, "= =", "x " * 40])
def test_nonsense_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(BadExpression, match=r"\w+ \w+"):
        conditions(text)


@given(st.text())
def test_any_text_is_either_conditions_or_a_sentence(text: str) -> None:
    with suppress(BadExpression):
        assert isinstance(conditions(text), tuple)
