"""Rules while they are edited: moved, removed, unfinished, and the same rule again at the end."""

from __future__ import annotations

import random
from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given
from tests.store.segment_worlds import rule

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, AnyOf, Condition, Not, Subject, Verb, conditions_of
from console.ui.segments import draft as d
from console.ui.segments.acts import acted
from console.ui.segments.choices import Known, about_of, abouts, way_of, ways

SEEN = Condition(Subject.LAST_SEEN, Verb.NEWER, ("30d",))
VIP = Condition(Subject.TAG, Verb.IS, ("vip",))
TALKS = Condition(Subject.CONVERSATIONS, Verb.ABOVE, ("3",))


@given(seed=st.integers(0, 10**9), kind=st.sampled_from([OwnerKind.CUSTOMER, OwnerKind.COMPANY]))
def test_what_is_edited_and_left_as_it_was_asks_the_same_conditions(seed: int, kind: OwnerKind) -> None:
    asked = rule(random.Random(seed), kind)
    draft = d.draft_of(asked)
    assert [line.condition for line in d.lines_of(draft)] == list(conditions_of(asked))
    assert not d.unfinished(draft)
    assert d.rule_of(d.draft_of(d.rule_of(draft))) == d.rule_of(draft)


def test_groups_are_told_apart_by_how_many_must_hold() -> None:
    asked = AllOf((VIP, Not(SEEN), AnyOf((TALKS, VIP)), Not(AnyOf((SEEN, TALKS))), Not(AllOf((SEEN, VIP)))))
    draft = d.draft_of(asked)
    assert [part.mode.value for part in draft.parts if isinstance(part, d.Group)] == ["any", "none", "not all"]
    assert [part.is_negated for part in draft.parts if isinstance(part, d.Line)] == [False, True]
    assert d.rule_of(draft) == asked


def test_an_unfinished_rule_is_left_out() -> None:
    half = replace(TALKS, values=("many",))
    draft = d.draft_of(AllOf((VIP, half, AnyOf((half,)))))
    assert d.rule_of(draft) == AllOf((VIP,))
    assert len(d.unfinished(draft)) == 2
    assert "not a number" in d.problem_of(d.unfinished(draft)[0])
    assert d.problem_of(d.new_line())


def test_a_rule_moves_past_its_neighbour_and_out_of_its_group() -> None:
    draft = d.draft_of(AllOf((VIP, AnyOf((SEEN, TALKS)))))
    talks = list(d.lines_of(draft))[2]

    up = d.move(draft, talks.key, -1)
    assert d.rule_of(up) == AllOf((VIP, AnyOf((TALKS, SEEN))))
    out = d.move(up, talks.key, -1)
    assert d.rule_of(out) == AllOf((VIP, TALKS, AnyOf((SEEN,))))
    assert d.rule_of(d.move(draft, talks.key, 1)) == AllOf((VIP, AnyOf((SEEN,)), TALKS))
    top = next(d.lines_of(draft))
    assert d.move(draft, top.key, -1) == draft


def test_adding_and_removing_say_where_the_keyboard_goes() -> None:
    draft = d.draft_of(AllOf((VIP, SEEN)))
    first, second = d.lines_of(draft)
    added, focus = acted(draft, "add", (draft.key, first.key))
    assert [line.key for line in d.lines_of(added)] == [first.key, focus, second.key]
    removed, focus = acted(draft, "remove", (first.key,))
    assert d.rule_of(removed) == AllOf((SEEN,))
    assert focus == second.key


def test_every_condition_that_a_sentence_can_say_stands_in_the_columns() -> None:
    known = Known(events=("Logged in",))
    offered = abouts(OwnerKind.CUSTOMER, known)
    for about in offered:
        for field in about.fields:
            assert about_of(field.template, offered) is not None
            for place, way in enumerate(ways(field.template)):
                made = replace(
                    field.template, verb=way.verb, subject=way.subject or field.template.subject, values=way.values
                )
                assert way_of(made, ways(made), is_negated=way.is_negated) == place, (field.words, way.words)
