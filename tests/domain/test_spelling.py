"""Words that are nearly the same: slips are counted, and near words share a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.spelling import distance, keys_of, nearest, words_of

_WORDS = st.text(alphabet="abcde", min_size=4, max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("ada", "ada", 0), ("ada", "aad", 1), ("ada", "adda", 1), ("ada", "aa", 1), ("ada", "ida", 1), ("hopper", "hoper", 1),
     ("delacroix", "dlacrox", 2), ("ada", "grace", 3)],
)  # fmt: skip
def test_slips_are_letters_too_many_too_few_wrong_or_swapped(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips
    assert distance(other, one, 2) == slips


@given(_WORDS, st.integers(0, 6), st.sampled_from("abcde"), st.sampled_from(["out", "in", "other", "swap"]))
def test_a_word_with_one_slip_has_a_key_in_common_with_it(word: str, at: int, letter: str, slip: str) -> None:
    at = at % (len(word) - 1)
    typed = {
        "out": word[:at] + word[at + 1 :],
        "in": word[:at] + letter + word[at:],
        "other": word[:at] + letter + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[slip]

    assert len(typed) < 4 or set(keys_of(typed)) & set(keys_of(word))
    assert distance(typed, word, 2) <= 1


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_distance_is_the_same_both_ways_and_never_more_than_asked(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert distance(one, other, 1) == min(distance(one, other, 3), 2)


def test_the_nearest_word_is_the_one_with_the_fewest_slips() -> None:
    assert nearest("hoper", ("hopper", "hooper", "grace")) == (1, "hopper")
    assert nearest("lovelca", ("lovelace",)) == (1, "lovelace")
    assert nearest("grace", ("hopper",)) == (2, "")


def test_words_are_folded_and_short_ones_have_no_keys() -> None:
    assert words_of("Zoë Müller", "zoe@post.example") == ("muller", "post", "example")
    assert keys_of("zoe") == ()
