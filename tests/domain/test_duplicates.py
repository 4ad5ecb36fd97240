"""Which two customers may be one: reasons that count, and keys by which they are found."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from console.domain.duplicates import Described, Likeness, digits_of, keys_of, likenesses, suggestion
from console.domain.ids import CustomerId


def one(key: int, name: str = "", *emails: str, phone: str = "", company: int = 0) -> Described:
    return Described(CustomerId(key), name, emails, (phone,) if phone else (), company)


ARIANA = one(1, "Ariana Delacroix", "ariana@northpeak.io", phone="+33 4 72 00 00 18", company=7)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (one(2, "A. Delacroix", phone="04.72.00.00.18"), "Same phone number, similar name"),
        (one(2, "Ariana Delacroix", company=7), "Same company, same name"),
        (one(2, "ARIANA DELACROIX", "a.delacroix@northpeak.io"), "Addresses at the same domain, same name"),
        (one(2, "", "ariana+news@northpeak.io"), "Same mailbox with another ending"),
        (one(2, "Ariana Delacroix", "ariana@gmail.com"), "Same beginning of the address, same name"),
        (one(2, "Somebody Else", phone="0472000018"), "Same phone number"),
    ],
)
def test_what_speaks_for_it_is_said_in_a_sentence(other: Described, reason: str) -> None:
    found = suggestion(ARIANA, other)
    assert found is not None
    assert (found.first, found.second, found.reason) == (1, 2, reason)


@pytest.mark.parametrize(
    "other",
    [
        one(2, "Ariana Delacroix", "ari@gmail.com"),
        one(2, "Antoine Delacroix", "antoine@northpeak.io", company=7),
        one(2, "Ariana", "ari@northpeak.io", company=7),
        one(2, "", "support@northpeak.io"),
        one(2, "", phone="18"),
        one(2),
    ],
)
def test_a_name_a_domain_or_a_desk_alone_says_nothing(other: Described) -> None:
    assert suggestion(ARIANA, other) is None


def test_everybody_at_a_free_mail_domain_is_not_one() -> None:
    assert likenesses(one(1, "Ann Lee", "ann@gmail.com"), one(2, "Ann Lee", "lee@gmail.com")) == ()


def test_dots_are_nothing_in_one_mailbox_at_gmail_only() -> None:
    assert likenesses(one(1, "", "a.lee@gmail.com"), one(2, "", "alee+x@gmail.com")) == (Likeness.PLUS_ADDRESS,)
    assert likenesses(one(1, "", "a.lee@north.io"), one(2, "", "alee@north.io")) == ()


def test_an_extension_is_not_part_of_the_number() -> None:
    assert digits_of("+1 (415) 555-0100 ext. 12") == digits_of("415 555 0100") == "155550100"


NAMES = st.sampled_from(["Ann Lee", "A. Lee", "Anna Lee", "Bo Lee", "Ann", "", "Ánn Lée", "李 小龙"])
EMAILS = st.lists(st.sampled_from(["ann@x.io", "ann+1@x.io", "lee@x.io", "ann@gmail.com", "help@x.io"]), max_size=2)
PHONES = st.sampled_from(["", "+33 4 72 00 00 18", "0472000018", "12"])
PEOPLE = st.builds(
    lambda key, name, emails, phone, company: one(key, name, *emails, phone=phone, company=company),
    st.integers(1, 9), NAMES, EMAILS, PHONES, st.integers(0, 2),
)  # fmt: skip


@given(PEOPLE, PEOPLE)
def test_whoever_may_be_one_shares_a_key_and_it_does_not_matter_who_is_asked_first(a: Described, b: Described) -> None:
    assert likenesses(a, b) == likenesses(b, a)
    assert suggestion(a, b) == suggestion(b, a)
    if likenesses(a, b):
        assert keys_of(a) & keys_of(b)
