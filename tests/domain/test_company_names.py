"""When two names may be those of one company."""

from __future__ import annotations

import pytest

from console.domain.company_names import bare_name, is_slip


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Müller & Co. GmbH", "muller"),
        ("Northpeak Analytics, Inc.", "northpeak analytics"),
        ("ACME", "acme"),
        ("Co", "co"),
        ("A.B.C. Ltd", "abc"),
        ("Zahnrad & Söhne", "zahnrad sohne"),
        ("中村商店", "中村商店"),
        ("", ""),
    ],
)
def test_legal_forms_marks_accents_and_case_tell_nothing(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("northpeak", "nortpeak", True),
        ("northpeak", "northpeaks", True),
        ("northpeak", "northpaek", True),
        ("northpeak", "morthpeak", True),
        ("northpeak", "northpeak", False),
        ("northpeak", "southpeak", False),
        ("acme", "acne", False),
        ("abcde", "abcdefg", False),
    ],
)
def test_a_slip_is_one_letter_in_a_name_that_is_long_enough(first: str, second: str, is_one: bool) -> None:
    assert is_slip(first, second) is is_one
    assert is_slip(second, first) is is_one
