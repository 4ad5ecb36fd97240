"""What is chosen to be seen, and how ages read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ids import CompanyId
from console.domain.inbox import ConversationState
from console.domain.records import Channel
from console.ui.inbox import ages
from console.ui.inbox.choice import SEGMENTS, InboxChoice, from_json, to_json

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@given(
    st.builds(
        InboxChoice,
        segment=st.sampled_from(SEGMENTS),
        channel=st.none() | st.sampled_from(Channel),
        tag=st.none() | st.text(),
        company=st.none() | st.integers(0, 2**62).map(CompanyId),
        company_name=st.text(),
        is_unassigned=st.booleans(),
        is_unread=st.booleans(),
        has_no_customer=st.booleans(),
    )
)
def test_a_choice_survives_a_restart(choice: InboxChoice) -> None:
    assert from_json(to_json(choice)) == choice


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"segment": 1}', "null", "nonsense"])
def test_what_is_no_choice_is_the_open_inbox(text: str) -> None:
    assert from_json(text) == InboxChoice()


def test_mine_are_the_open_ones_that_i_take_care_of() -> None:
    wanted = InboxChoice(segment="mine").filter("Nadia")

    assert wanted.state is ConversationState.OPEN
    assert wanted.assignee == "Nadia"


@pytest.mark.parametrize(
    ("seconds", "words"), [(10, "now"), (-30, "now"), (120, "2m"), (3_599, "59m"), (2 * 3_600, "2h")]
)
def test_a_recent_time_reads_as_an_age(seconds: int, words: str) -> None:
    assert ages.age(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(("seconds", "words"), [(40, "40 s"), (720, "12m"), (7_300, "2h"), (200_000, "2d")])
def test_a_wait_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert ages.span(timedelta(seconds=seconds)) == words
