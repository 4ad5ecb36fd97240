"""Segments of one customer: definitions on tables of cases across time zones and clock changes, explanations, words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.expressions import BadExpression
from console.domain.records import OwnerKind
from console.domain.segment_facts import Facts, Shown
from console.domain.segment_rules import AllOf, AnyOf, BadRule, Condition, Not, Subject, Verb, rule_from_json
from console.domain.segment_tests import ago, instant
from console.domain.segment_text import Vocabulary, rule_of, text_of
from console.domain.segment_words import found_words, line_of, sentence
from console.domain.segments import Part, built_in, explain, holds
from console.domain.values import ValueKind, ValueProblem

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BERLIN, SAO_PAULO, AUCKLAND = (ZoneInfo(name) for name in ("Europe/Berlin", "America/Sao_Paulo", "Pacific/Auckland"))
WORDS = Vocabulary(
    OwnerKind.CUSTOMER,
    {"plan": ("plan", ValueKind.STRING), "mrr": ("MRR", ValueKind.MONEY), "renewal": ("renewal", ValueKind.DATE),
     "beta": ("beta", ValueKind.BOOLEAN), "paid_at": ("paid_at", ValueKind.DATETIME)},
    {"plan": ("plan", ValueKind.STRING), "size": ("size", ValueKind.NUMBER)},
)  # fmt: skip


def seen(at: datetime | None, signed_up: datetime | None = None) -> Facts:
    numbers = {Subject.LAST_SEEN: at, Subject.SIGNED_UP: signed_up}
    return Facts(OwnerKind.CUSTOMER, 1, numbers={subject: instant(one) for subject, one in numbers.items() if one})


def names(facts: Facts, now: datetime = NOW, zone: ZoneInfo = BERLIN) -> list[str]:
    return [one.name for one in built_in() if holds(one.rule, facts, now, zone)]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW, ["Active"]),
        (NOW + timedelta(minutes=5), ["Active"]),  # a clock that is fast
        # Thirty days before 20 November Berlin still had summer time: the same time of day is an hour earlier in UTC.
        (NOW - timedelta(days=30, hours=1), ["Active"]),
        (NOW - timedelta(days=30, hours=1, seconds=1), ["Slipping away"]),
        (NOW - timedelta(days=60), ["Slipping away"]),
        (NOW - timedelta(days=60, hours=1), ["Slipping away"]),
        (NOW - timedelta(days=60, hours=1, seconds=1), ["Away"]),
        (None, []),
    ],
)
def test_active_slipping_away_and_away_as_intercom_defines_them(at: datetime | None, expected: list[str]) -> None:
    assert names(seen(at)) == expected


def test_new_is_who_signed_up_in_the_last_day() -> None:
    assert names(seen(None, NOW - timedelta(hours=24))) == ["New"]
    assert names(seen(None, NOW - timedelta(hours=24, seconds=1))) == []


@given(hours=st.integers(0, 100 * 24), minutes=st.integers(0, 59), zone=st.sampled_from([BERLIN, SAO_PAULO, AUCKLAND]))
def test_whoever_was_seen_is_in_exactly_one_of_them(hours: int, minutes: int, zone: ZoneInfo) -> None:
    assert len(names(seen(NOW - timedelta(hours=hours, minutes=minutes)), zone=zone)) == 1


@pytest.mark.parametrize(
    ("now", "length", "zone", "expected"),
    [
        ("2026-03-30T00:30+02:00", "1d", BERLIN, "2026-03-29T00:30+01:00"),  # the night before, an hour was left out
        ("2026-03-30T02:30+02:00", "1d", BERLIN, "2026-03-29T02:30+01:00"),  # which never struck in Berlin
        ("2026-10-26T02:30+01:00", "1d", BERLIN, "2026-10-25T02:30+02:00"),  # which struck twice: the first time
        ("2026-03-29T12:00+02:00", "24h", BERLIN, "2026-03-28T11:00+01:00"),
        ("2026-03-31T12:00+00:00", "1mo", SAO_PAULO, "2026-02-28T12:00+00:00"),
        ("2024-02-29T12:00+00:00", "1y", BERLIN, "2023-02-28T12:00+00:00"),
        ("2026-04-06T12:00+12:00", "2w", AUCKLAND, "2026-03-23T12:00+13:00"),
    ],
)
def test_so_long_ago_is_the_same_time_of_day_there(now: str, length: str, zone: ZoneInfo, expected: str) -> None:
    assert ago(datetime.fromisoformat(now), length, zone) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("expression", "at", "zone", "expected"),
    [
        ("last_seen=2026-11-20", "2026-11-19T11:00Z", AUCKLAND, True),  # midnight in Auckland
        ("last_seen=2026-11-20", "2026-11-19T10:59:59Z", AUCKLAND, False),
        ("last_seen=2026-11-20", "2026-11-20T10:59:59Z", AUCKLAND, True),
        ("last_seen>2026-03-29", "2026-03-29T22:00Z", BERLIN, True),  # a day of 23 hours
        ("last_seen>2026-03-29", "2026-03-29T21:59Z", BERLIN, False),
        ("last_seen=2026-10-25", "2026-10-25T22:59Z", BERLIN, True),  # a day of 25 hours
        ("last_seen:today", "2026-11-20T00:00Z", SAO_PAULO, False),
        ("last_seen:yesterday", "2026-11-20T00:00Z", SAO_PAULO, True),
        ("last_seen:2026-11-01..2026-11-20", "2026-11-20T22:59Z", BERLIN, True),
        ("last_seen:2026-11-01..2026-11-20", "2026-11-20T23:00Z", BERLIN, False),
        ("last_seen<=2026-11-01", "2026-11-01T22:59Z", BERLIN, True),
    ],
)
def test_a_day_is_a_day_of_the_teammates_calendar(expression: str, at: str, zone: ZoneInfo, expected: bool) -> None:
    facts = seen(datetime.fromisoformat(at))
    assert holds(rule_of(expression, WORDS), facts, NOW, zone) is expected


@pytest.mark.parametrize(
    ("expression", "day", "expected"),
    [
        ("renewal<+30d", "2026-12-20", True),
        ("renewal<+30d", "2026-12-21", False),
        ("renewal<+30d", "2026-11-19", False),
        ("renewal>+30d", "2026-12-21", True),
        ("renewal<30d", "2026-10-21", True),
        ("renewal<30d", "2026-10-20", False),
        ("renewal<30d", "2026-11-21", False),
        ("renewal>30d", "2026-10-20", True),
        ("renewal:today", "2026-11-20", True),
        ("renewal>2026-11-20", "2026-11-21", True),
    ],
)
def test_days_without_a_time_are_compared_as_days_in_any_time_zone(expression: str, day: str, expected: bool) -> None:
    number = datetime.fromisoformat(f"{day}T00:00Z").timestamp()
    facts = Facts(OwnerKind.CUSTOMER, 1, properties={"renewal": Shown(ValueKind.DATE, day, number)})
    for zone in (BERLIN, SAO_PAULO):
        assert holds(rule_of(expression, WORDS), facts, NOW, zone) is expected


def test_or_binds_weaker_than_and_and_brackets_say_otherwise() -> None:
    pro, beta, mrr = (rule_of(part, WORDS) for part in ("plan=pro", "beta:yes", "mrr>300"))
    assert rule_of("plan=pro beta:yes or mrr>300", WORDS) == AnyOf((AllOf((pro, beta)), mrr))
    assert rule_of("plan=pro and (beta:yes or mrr>300)", WORDS) == AllOf((pro, AnyOf((beta, mrr))))
    assert rule_of("not plan=pro -beta:yes plan!=pro", WORDS) == AllOf((Not(pro), Not(beta), Not(pro)))
    assert rule_of('"or"', WORDS) == Condition(Subject.WORDS, Verb.CONTAINS, ("or",))


@pytest.mark.parametrize(
    "expression",
    ["(plan=pro", "plan=pro)", "plan=pro or", "or plan=pro", "not", "and", "plan=pro and", "count(Export", "count(Export)",
     "count(Export, soon)>3", "last_seen<99999y", "last_seen:soon", "plan>pro", "beta>yes", "has:nothing", "mrr:a..b", "nosuch=1",
     "company.nosuch=1", "plan=(a, b", "mrr>(1, 2)", "last_seen:(today, yesterday)", "is:blue", "(" * 30 + "a" + ")" * 30],
)  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(expression: str) -> None:
    with pytest.raises(BadExpression, match=r"\w+ \w+"):
        rule_of(expression, WORDS)


@pytest.mark.parametrize(
    "expression",
    ["plan=pro", "plan=(pro, enterprise)", "-tag:vip", "count(Export, 30d)>=3", 'first("Exported report")<2026-01-01', "company_tag:vip",
     "company.size:5..50", "last_seen<30d -last_seen<7d", "plan=pro (tag:vip or MRR>300)", "not (plan=pro or has:MRR)", "company:acme*",
     "renewal<+30d", "company.count(Export)>3", '"north peak"'],
)  # fmt: skip
def test_a_rule_is_written_as_it_was_read(expression: str) -> None:
    assert text_of(rule_of(expression, WORDS)) == expression


def test_an_explanation_says_what_holds_what_blocks_and_what_need_not_hold() -> None:
    rule = rule_of("plan=enterprise tag:(renewal, vip) count(Exported, 30d)>=3 (last_seen>14d or mrr<6)", WORDS)
    facts = Facts(
        OwnerKind.CUSTOMER, 1, "Jonas", {Subject.OWN_TAG: ()}, {Subject.LAST_SEEN: instant(NOW - timedelta(days=21))},
        {"plan": Shown(ValueKind.STRING, "Enterprise", None)}, {"Exported": (instant(NOW - timedelta(days=1)),)},
    )  # fmt: skip

    found = explain(rule, facts, NOW, BERLIN)

    assert not found.holds
    told = [(line_of(line), found_words(line, NOW, BERLIN), line.part.value) for line in found.lines]
    assert told == [
        ("plan is enterprise", "Enterprise", "holds"),
        ("tag is renewal or vip", "no tag", "blocks"),
        ("Exported at least 3 times in 30 days", "once", "blocks"),
        ("any of these 2", "1 of 2", "holds"),
    ]
    assert [(line_of(line), line.part) for line in found.lines[3].lines] == [
        ("last seen more than 14 days ago", Part.HOLDS), ("MRR is less than 6", Part.NOT_NEEDED),
    ]  # fmt: skip


def test_a_denied_condition_blocks_where_it_holds() -> None:
    facts = Facts(OwnerKind.CUSTOMER, 1, texts={Subject.OWN_TAG: ("vip",)})
    found = explain(rule_of("-tag:vip", WORDS), facts, NOW, BERLIN)
    assert (found.holds, found.part, line_of(found), found_words(found, NOW, BERLIN)) == (
        False,
        Part.BLOCKS,
        "tag is not vip",
        "vip",
    )


def test_every_condition_reads_as_a_sentence() -> None:
    said = {
        "plan:pro": "plan contains pro",
        "plan!=pro": "plan is not pro",
        "-has:plan": "plan is not known",
        "last_seen<30d": "last seen less than 30 days ago",
        "-last_seen<30d": "last seen not in the last 30 days",
        "renewal<+1mo": "renewal within the next 1 month",
        "company.size:5..50": "company size is between 5 and 50",
        "event:Export": "Export ever",
        "-event:Export": "Export never",
        "company_tag:vip": "company tag is vip",
        "paid_at>=2026-01-01": "paid_at on or after 2026-01-01",
    }
    assert {expression: sentence(rule_of(expression, WORDS)) for expression in said} == said


def test_what_is_no_rule_is_told_apart_from_one() -> None:
    for text in ("", "[]", "{}", '{"all": 3}', '{"about": "plan"}', '{"not": ' * 30 + "{}" + "}" * 30):
        with pytest.raises(BadRule):
            rule_from_json(text)
    with pytest.raises(ValueProblem):
        holds(Condition(Subject.LAST_SEEN, Verb.NEWER, ("soon",)), seen(NOW), NOW, BERLIN)
