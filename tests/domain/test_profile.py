"""Which claim is shown (P41): rank, then the later synchronisation or action, whatever order they arrived in."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.ids import ClaimId, IdentityId
from console.domain.profile import Claim, ClaimState, Origin, OriginKind, Rank, at, ranked, strength, winning
from console.domain.values import Value, ValueKind

START = datetime(2026, 1, 1, tzinfo=UTC)
RANK = {
    OriginKind.MANUAL: Rank.BY_HAND,
    OriginKind.SPREADSHEET: Rank.BY_HAND,
    OriginKind.PUSH_API: Rank.PUSH_API,
    OriginKind.SOURCE: Rank.INTEGRATION,
}


def claim_of(
    number: int,
    kind: OriginKind,
    day: int,
    state: ClaimState = ClaimState.VALUE,
    value: str = "x",
    ended: int | None = None,
) -> Claim:
    acted = START + timedelta(days=day)
    return Claim(
        id=ClaimId(number),
        identity=IdentityId(number),
        property="plan",
        rank=RANK[kind],
        state=state,
        value=Value(ValueKind.STRING, value) if state is ClaimState.VALUE else None,
        origin=Origin(kind, kind.value, f"{kind.value}:{number % 3}"),
        acted_at=acted,
        source_time=None,
        since=acted,
        until=None if ended is None else acted + timedelta(days=ended),
    )


claims = st.lists(
    st.builds(
        claim_of,
        st.integers(1, 9),
        st.sampled_from(OriginKind),
        st.integers(0, 4),
        st.sampled_from(ClaimState),
        st.sampled_from(["Pro", "Free", "pro"]),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=8,
)


@given(claims, st.randoms(use_true_random=False))
def test_the_winner_does_not_depend_on_the_order_of_arrival(found: list[Claim], chance: random.Random) -> None:
    winner = winning(found)
    chance.shuffle(found)
    again = winning(found)

    assert (winner and strength(winner)) == (again and strength(again))


@given(claims)
def test_the_winner_has_the_highest_rank_and_within_it_the_latest_time(found: list[Claim]) -> None:
    """Oracle: the greatest (rank, time) among the open ones, worked out apart from ``strength``."""
    standing = [claim for claim in found if claim.until is None]
    winner = winning(found)

    if not standing:
        assert winner is None
        return
    best_rank = max(claim.rank for claim in standing)
    latest = max(claim.acted_at for claim in standing if claim.rank is best_rank)
    assert winner is not None
    assert (winner.rank, winner.acted_at) == (best_rank, latest)


@given(claims)
def test_the_losers_stand_in_the_order_in_which_they_would_win(found: list[Claim]) -> None:
    rest = list(found)
    for claim in ranked(found):
        best = winning(rest)
        assert best is not None
        assert strength(best) == strength(claim)
        rest.remove(best)

    assert winning(rest) is None


@given(claims, st.integers(-1, 8))
def test_on_another_day_the_claims_of_that_day_compete(found: list[Claim], day: int) -> None:
    moment = START + timedelta(days=day)
    shown = at(found, moment)

    assert all(claim.since <= moment and (claim.until is None or claim.until > moment) for claim in shown)
    assert list(shown) == sorted(shown, key=strength, reverse=True)
    assert len(shown) == sum(claim.since <= moment and (claim.until is None or claim.until > moment) for claim in found)


def test_by_hand_beats_the_api_and_the_api_beats_a_source_however_late() -> None:
    by_hand, by_api, by_source = (
        claim_of(1, OriginKind.MANUAL, 0),
        claim_of(2, OriginKind.PUSH_API, 10),
        claim_of(3, OriginKind.SOURCE, 100),
    )

    assert ranked([by_source, by_hand, by_api]) == (by_hand, by_api, by_source)


def test_a_spreadsheet_and_a_teammate_have_one_rank_and_the_later_action_wins() -> None:
    first, later = claim_of(1, OriginKind.MANUAL, 1), claim_of(2, OriginKind.SPREADSHEET, 2)

    assert winning([first, later]) is later
    assert winning([claim_of(1, OriginKind.MANUAL, 3), later]) != later


def test_what_masks_a_property_wins_like_a_value() -> None:
    masked = claim_of(1, OriginKind.MANUAL, 1, ClaimState.MASKED)

    assert winning([masked, claim_of(2, OriginKind.SOURCE, 5)]) is masked
