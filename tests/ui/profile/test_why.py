"""The words that say why a value wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.ids import ClaimId, IdentityId
from console.domain.profile import Claim, ClaimState, Origin, OriginKind, Rank, ranked
from console.domain.profile_view import ShownProperty
from console.domain.values import Value, ValueKind
from console.ui.profile import why

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RANK = {
    OriginKind.MANUAL: Rank.BY_HAND,
    OriginKind.SPREADSHEET: Rank.BY_HAND,
    OriginKind.PUSH_API: Rank.PUSH_API,
    OriginKind.SOURCE: Rank.INTEGRATION,
}
_ANY = st.lists(st.tuples(st.sampled_from(list(OriginKind)), st.integers(0, 90), st.booleans()), min_size=1, max_size=6)


def claim(number: int, kind: OriginKind, days: int, *, is_masked: bool = False) -> Claim:
    at = NOW - timedelta(days=days)
    value = None if is_masked else Value(ValueKind.STRING, f"value {number}")
    state = ClaimState.MASKED if is_masked else ClaimState.VALUE
    origin = Origin(kind, f"origin {number}", f"{kind.value}:{number}")
    return Claim(ClaimId(number), IdentityId(1), "plan", RANK[kind], state, value, origin, at, None, at)


def shown(*claims: Claim) -> ShownProperty:
    winner, *losers = ranked(claims)
    return ShownProperty("plan", ValueKind.STRING, winner.state, winner.value, winner, tuple(losers), False, ())


@given(_ANY)
def test_exactly_one_step_decides_and_the_ladder_counts_every_claim(made: list[tuple[OriginKind, int, bool]]) -> None:
    claims = [
        claim(n, kind, days, is_masked=masked and kind is OriginKind.MANUAL)
        for n, (kind, days, masked) in enumerate(made)
    ]
    steps = why.ladder(shown(*claims))

    assert [step.is_deciding for step in steps].count(True) == 1
    assert steps[[3, 2, 1].index(int(shown(*claims).winner.rank))].is_deciding
    assert why.rule_words(shown(*claims)).startswith("By hand or spreadsheet wins")


@given(_ANY)
def test_only_what_was_done_by_hand_can_be_returned_to_automatic(made: list[tuple[OriginKind, int, bool]]) -> None:
    one = shown(*(claim(n, kind, days) for n, (kind, days, _) in enumerate(made)))

    assert why.acts(one).can_return == any(kind is OriginKind.MANUAL for kind, _, _ in made)
    assert why.acts(one).reason


def test_a_single_source_has_no_rival() -> None:
    assert "No other source has a value" in why.rule_words(shown(claim(1, OriginKind.SOURCE, 1)))


def test_among_integrations_the_last_one_to_sync_is_named() -> None:
    words = why.rule_words(shown(claim(1, OriginKind.SOURCE, 3), claim(2, OriginKind.SOURCE, 1)))

    assert "\u2068origin 2\u2069 synced last" in words


def test_what_stood_before_the_winner_is_told_with_its_origin() -> None:
    old, new = claim(1, OriginKind.SOURCE, 30), claim(2, OriginKind.PUSH_API, 1)

    words = why.replaced_words(shown(old, new), (new, old), NOW)

    assert "value 1" in words
    assert "origin 1" in words
    assert why.replaced_words(shown(old), (old,), NOW) == ""


def test_a_masked_value_cannot_be_pinned_or_masked_again() -> None:
    acts = why.acts(shown(claim(1, OriginKind.SOURCE, 3), claim(2, OriginKind.MANUAL, 1, is_masked=True)))

    assert not acts.can_pin
    assert not acts.can_mask
    assert acts.can_return
    assert "Automatic would be" in acts.reason
