"""Values of all kinds: what is stored comes back, what people type is read, and a problem is a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.values import (
    Money,
    Value,
    ValueKind,
    ValueProblem,
    as_number,
    parse,
    plain,
    restored,
    sort_text,
    stored,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20)
FIRST, LAST = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001  # hypothesis takes bare bounds
moments = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
CONTENTS = {
    ValueKind.STRING: words,
    ValueKind.NUMBER: decimals,
    ValueKind.BOOLEAN: st.booleans(),
    ValueKind.DATE: st.dates(),
    ValueKind.DATETIME: moments,
    ValueKind.MONEY: st.builds(Money, decimals, st.sampled_from(["EUR", "USD", "JPY"])),
    ValueKind.LINK: words.map("https://x.example/".__add__),
    ValueKind.EMAIL: st.just("anna@example.com"),
    ValueKind.PHONE: st.just("+33 4 72 00 00 18"),
    ValueKind.CHOICE: words,
    ValueKind.CHOICES: st.sets(words, max_size=4).map(lambda found: tuple(sorted(found))),
}
values = st.one_of(*(st.builds(Value, st.just(kind), contents) for kind, contents in CONTENTS.items()))

READ = [
    (ValueKind.STRING, "  Pro plan ", "Pro plan"),
    (ValueKind.NUMBER, "1200", Decimal(1200)),
    (ValueKind.NUMBER, "1,200.50", Decimal("1200.50")),
    (ValueKind.NUMBER, "1 200", Decimal(1200)),
    (ValueKind.NUMBER, "1'200", Decimal(1200)),
    (ValueKind.NUMBER, "-3e2", Decimal(-300)),
    (ValueKind.BOOLEAN, "Yes", True),
    (ValueKind.BOOLEAN, "ja", True),
    (ValueKind.BOOLEAN, "0", False),
    (ValueKind.BOOLEAN, "NON", False),
    (ValueKind.DATE, "2026-12-31", date(2026, 12, 31)),
    (ValueKind.DATE, "31.12.2026", date(2026, 12, 31)),
    (ValueKind.DATETIME, "2026-12-31 14:30", datetime(2026, 12, 31, 14, 30, tzinfo=UTC)),
    (ValueKind.DATETIME, "2026-12-31T14:30:00+02:00", datetime(2026, 12, 31, 12, 30, tzinfo=UTC)),
    (ValueKind.MONEY, "€ 4,250.00", Money(Decimal("4250.00"), "EUR")),
    (ValueKind.MONEY, "380 USD", Money(Decimal(380), "USD")),
    (ValueKind.MONEY, "$12.5", Money(Decimal("12.5"), "USD")),
    (ValueKind.MONEY, "12", Money(Decimal(12), "EUR")),
    (ValueKind.LINK, "example.com/a", "https://example.com/a"),
    (ValueKind.EMAIL, " Anna@Example.com ", "Anna@Example.com"),
    (ValueKind.PHONE, "+33 4 72 00 00 18", "+33 4 72 00 00 18"),
    (ValueKind.CHOICE, "Gold", "Gold"),
    (ValueKind.CHOICES, "b, a; b", ("a", "b")),
]
UNREADABLE = [
    (ValueKind.STRING, ""),
    (ValueKind.STRING, "x" * 20_001),
    (ValueKind.NUMBER, "twelve"),
    (ValueKind.NUMBER, "1.2.3"),
    (ValueKind.NUMBER, "9" * 40),
    (ValueKind.NUMBER, "NaN"),
    (ValueKind.NUMBER, "Infinity"),
    (ValueKind.NUMBER, "1e9999"),
    (ValueKind.BOOLEAN, "perhaps"),
    (ValueKind.DATE, "2026-02-30"),
    (ValueKind.DATE, "12/31/2026"),
    (ValueKind.DATETIME, "yesterday"),
    (ValueKind.DATETIME, "0001-01-01T00:00:00+10:00"),
    (ValueKind.MONEY, "a lot"),
    (ValueKind.LINK, "javascript:alert(1)"),
    (ValueKind.LINK, "file:///etc/passwd"),
    (ValueKind.LINK, "no link"),
    (ValueKind.EMAIL, "anna"),
    (ValueKind.PHONE, "call me"),
]


@given(values)
def test_what_is_stored_comes_back(value: Value) -> None:
    assert restored(value.kind, stored(value)) == value


@given(values, values)
def test_equal_values_are_stored_alike_and_different_ones_apart(one: Value, other: Value) -> None:
    assert (sort_text(one) == sort_text(other)) == (one == other)


@given(values)
def test_every_value_reads_as_text_and_only_quantities_as_numbers(value: Value) -> None:
    quantities = {ValueKind.NUMBER, ValueKind.BOOLEAN, ValueKind.DATE, ValueKind.DATETIME, ValueKind.MONEY}

    assert isinstance(plain(value), str)
    assert (as_number(value) is not None) == (value.kind in quantities)


@pytest.mark.parametrize(("kind", "text", "content"), READ)
def test_what_people_type_is_read(kind: ValueKind, text: str, content: object) -> None:
    assert parse(kind, text) == Value(kind, content)  # pyright: ignore[reportArgumentType]  # the list above pairs them


@pytest.mark.parametrize(("kind", "text"), UNREADABLE)
def test_a_problem_is_a_sentence(kind: ValueKind, text: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        parse(kind, text)

    sentence = str(caught.value)
    assert 15 < len(sentence) < 160
    assert sentence[0].isupper() or sentence[0] == "“"
    assert "Traceback" not in sentence
    assert "Decimal" not in sentence


@given(st.sampled_from(list(ValueKind)), st.text(max_size=60), st.booleans())
def test_any_text_becomes_a_value_or_a_sentence(kind: ValueKind, text: str, decimal_comma: bool) -> None:
    try:
        value = parse(kind, text, decimal_comma=decimal_comma)
    except ValueProblem:
        return

    assert value.kind is kind
    assert restored(kind, stored(value)) == value


def test_a_comma_for_decimals_is_read_where_it_is_said() -> None:
    assert parse(ValueKind.NUMBER, "1.200,50", decimal_comma=True).content == Decimal("1200.50")
    assert parse(ValueKind.MONEY, "1.200,50 €", decimal_comma=True).content == Money(Decimal("1200.50"), "EUR")


@given(moments, st.integers(-12, 14))
def test_a_time_with_an_offset_is_the_same_moment(moment: datetime, hours: int) -> None:
    if not timedelta(days=2) < moment - datetime(1, 1, 1, tzinfo=UTC) < timedelta(days=365 * 9990):
        return
    shifted = (moment + timedelta(hours=hours)).replace(tzinfo=None).isoformat()
    sign = "-" if hours < 0 else "+"

    assert parse(ValueKind.DATETIME, f"{shifted}{sign}{abs(hours):02}:00").content == moment
