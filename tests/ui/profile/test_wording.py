"""How values, names and times read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from console.domain.values import Money, Value, ValueKind
from console.ui.profile import wording
from console.ui.profile.wording import property_group, property_words

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(params=["en_GB", "de_DE"])
def locale(request: pytest.FixtureRequest):
    """The desktop speaks this language."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def test_numbers_and_amounts_follow_the_locale_to_their_last_digit(locale: str) -> None:
    number = Value(ValueKind.NUMBER, Decimal("-1234567.875"))
    money = Value(ValueKind.MONEY, Money(Decimal("4250.5"), "EUR"))

    if locale == "en_GB":
        assert wording.value_words(number) == "-1,234,567.875"
        assert wording.value_words(money) == "€\u00a04,250.50"
    else:
        assert wording.value_words(number) == "-1.234.567,875"
        assert wording.value_words(money) == "€\u00a04.250,50"


def test_a_number_too_large_for_a_locale_is_written_in_full() -> None:
    huge = Decimal("123456789012345678901234567890")

    assert wording.value_words(Value(ValueKind.NUMBER, huge)) == str(huge)


def test_other_kinds_read_as_people_write_them() -> None:
    assert wording.value_words(Value(ValueKind.BOOLEAN, True)) == "Yes"
    assert wording.value_words(Value(ValueKind.DATE, date(2026, 12, 3))) == "3 Dec 2026"
    assert wording.value_words(Value(ValueKind.CHOICES, ("a", "b"))) == "a, b"
    assert len(wording.value_words(Value(ValueKind.STRING, "x" * 20_000))) == 400


def test_a_name_in_a_sentence_cannot_turn_it_around() -> None:
    assert wording.isolated("evil\u202egnp.exe") == "\u2068evilgnp.exe\u2069"
    assert wording.isolated("\u2069\u2069x") == "\u2068x\u2069"
    assert wording.named("two\nlines \u202e") == "two lines"


def test_names_of_properties_read_as_labels() -> None:
    assert wording.property_words("company.lifetime_value") == "Lifetime value"
    assert wording.property_words("mrr") == "MRR"
    assert wording.property_words("Plan") == "Plan"


def test_moments_are_told_as_one_speaks_of_them() -> None:
    assert wording.since_words(NOW - timedelta(minutes=5), NOW).startswith("today, ")
    assert wording.since_words(NOW - timedelta(days=1), NOW).startswith("yesterday, ")
    assert wording.since_words(NOW - timedelta(days=49), NOW) == "2 Oct 2026"
    assert wording.day_heading(date(2026, 11, 12), date(2026, 11, 20)) == "Thu 12 November"
    assert wording.day_heading(date(2025, 11, 12), date(2026, 11, 20)) == "12 November 2025"


@pytest.mark.parametrize(
    ("name", "words", "group"),
    [
        ("last_seen_ip", "Last seen IP", ""),
        ("location.city", "Location city", "location"),
        ("company.location.country_code", "Location country code", "location"),
        ("company.seats", "Seats", ""),
        ("vat_id", "VAT ID", ""),
        ("is_vip", "Is VIP", ""),
    ],
)
def test_names_of_properties_read_as_words_and_dots_make_groups(name: str, words: str, group: str) -> None:
    assert property_words(name) == words
    assert property_group(name) == group
