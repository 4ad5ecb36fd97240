"""The states of a company against Intercom's definitions (facts: semantics §1.1), across time zones and daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from console.domain.company_health import (
    NOT_ENOUGH,
    HealthState,
    LastSeen,
    SeenBy,
    Trend,
    Usage,
    health_of,
    heat,
    windows,
)
from console.domain.records import OwnerKind
from console.domain.segment_facts import Facts
from console.domain.segment_rules import Subject
from console.domain.segments import built_in, holds

BERLIN, AUCKLAND, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland"), ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def usage(
    seen: datetime | None,
    since: datetime | date | None = None,
    *,
    recent: int = 0,
    before: int = 0,
    members: int = 1,
    quiet: int = 0,
    is_measured: bool = True,
) -> Usage:
    last = LastSeen(seen, SeenBy.LOGIN, "Priya") if seen else None
    return Usage(last, since, recent, before, members, quiet, is_measured)


@pytest.mark.parametrize(
    ("seen_ago", "state"),
    [
        (timedelta(0), HealthState.ACTIVE),
        (timedelta(days=29, hours=23), HealthState.ACTIVE),
        (timedelta(days=30), HealthState.ACTIVE),
        (timedelta(days=30, seconds=1), HealthState.SLIPPING),
        (timedelta(days=60), HealthState.SLIPPING),
        (timedelta(days=60, seconds=1), HealthState.AWAY),
        (timedelta(days=900), HealthState.AWAY),
        (timedelta(hours=-3), HealthState.ACTIVE),
        (None, HealthState.UNKNOWN),
    ],
)
def test_the_state_follows_last_seen(seen_ago: timedelta | None, state: HealthState) -> None:
    seen = None if seen_ago is None else NOW - seen_ago

    assert health_of(usage(seen), NOW, UTC).state is state


@pytest.mark.parametrize(
    ("zone", "now", "seen", "state"),
    [
        # The clocks went back on 25 October: thirty days by the wall are an hour longer.
        (BERLIN, "2026-11-20 12:00", "2026-10-21 12:00", HealthState.ACTIVE),
        (BERLIN, "2026-11-20 12:00", "2026-10-21 11:59", HealthState.SLIPPING),
        # They went forward on 29 March: thirty days are an hour shorter.
        (BERLIN, "2026-04-20 12:00", "2026-03-21 12:00", HealthState.ACTIVE),
        (BERLIN, "2026-04-20 12:00", "2026-03-21 11:59", HealthState.SLIPPING),
        (NEW_YORK, "2026-12-01 08:00", "2026-10-02 08:00", HealthState.SLIPPING),
        (NEW_YORK, "2026-12-01 08:00", "2026-10-02 07:59", HealthState.AWAY),
        (AUCKLAND, "2026-10-20 01:00", "2026-09-20 01:00", HealthState.ACTIVE),
        (AUCKLAND, "2026-10-20 01:00", "2026-09-20 00:59", HealthState.SLIPPING),
    ],
)
def test_days_are_days_of_the_wall_clock_across_daylight_saving(
    zone: ZoneInfo, now: str, seen: str, state: HealthState
) -> None:
    at, last = (datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC) for text in (now, seen))

    assert health_of(usage(last), at, zone).state is state


@pytest.mark.parametrize(
    ("since", "state"),
    [
        (NOW - timedelta(hours=23), HealthState.NEW),
        (NOW - timedelta(days=1), HealthState.NEW),
        (NOW - timedelta(days=1, seconds=1), HealthState.AWAY),
        (NOW + timedelta(days=3), HealthState.AWAY),
        (date(2026, 11, 20), HealthState.NEW),
        (date(2026, 11, 19), HealthState.NEW),
        (date(2026, 11, 18), HealthState.AWAY),
        (date(2026, 11, 21), HealthState.AWAY),
    ],
)
def test_who_signed_up_in_the_last_day_is_new_whenever_seen(since: datetime | date, state: HealthState) -> None:
    assert health_of(usage(NOW - timedelta(days=99), since), NOW, UTC).state is state


def test_a_day_of_signing_up_is_a_day_where_the_team_is() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)  # in Auckland it is the 21st, one o'clock at night

    assert health_of(usage(None, date(2026, 11, 21)), now, AUCKLAND).state is HealthState.NEW
    assert health_of(usage(None, date(2026, 11, 21)), now, NEW_YORK).state is HealthState.UNKNOWN


@pytest.mark.parametrize(
    ("recent", "before", "trend", "change"),
    [
        (38, 100, Trend.DECLINING, -62),
        (75, 100, Trend.DECLINING, -25),
        (76, 100, Trend.STEADY, -24),
        (124, 100, Trend.STEADY, 24),
        (125, 100, Trend.RISING, 25),
        (0, 8, Trend.DECLINING, -100),
        (900, 7, Trend.UNKNOWN, None),
        (0, 0, Trend.UNKNOWN, None),
    ],
)
def test_the_trend_stands_beside_the_state_and_never_changes_it(
    recent: int, before: int, trend: Trend, change: int | None
) -> None:
    found = health_of(usage(NOW - timedelta(hours=2), recent=recent, before=before), NOW, UTC)

    assert (found.state, found.trend, found.change) == (HealthState.ACTIVE, trend, change)


def test_the_evidence_names_who_when_and_how_much() -> None:
    seen = NOW - timedelta(days=41, hours=2)

    found = health_of(usage(seen, recent=38, before=100, members=14, quiet=9), NOW, UTC)

    assert found.evidence == (
        "last login by Priya, 41 days ago; sessions −62\u202f% against the 4 weeks before; "
        "9 of 14 members not seen for 14 days"
    )
    assert found.since == seen + timedelta(days=30)


def test_mails_alone_tell_nothing_of_use_and_are_never_called_active() -> None:
    last = LastSeen(NOW - timedelta(days=3), SeenBy.MESSAGE, "Ada")

    found = health_of(Usage(last, None, 0, 0, 1, 0, is_measured=False), NOW, UTC)

    assert found.state is HealthState.UNKNOWN
    assert found.trend is Trend.UNKNOWN
    assert found.evidence == f"{NOT_ENOUGH}: no source tells of logins; last message by Ada, 3 days ago"


@settings(max_examples=200)
@given(
    minutes=st.integers(26_000_000, 31_000_000),
    seconds=st.integers(-3600, 90 * 86_400),
    zone=st.sampled_from([BERLIN, AUCKLAND, NEW_YORK, ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC")]),
)
def test_a_company_is_in_the_built_in_segment_of_its_state(minutes: int, seconds: int, zone: ZoneInfo) -> None:
    at = EPOCH + timedelta(minutes=minutes)
    seen = at - timedelta(seconds=seconds)
    facts = Facts(OwnerKind.COMPANY, 1, numbers={Subject.LAST_SEEN: (seen - EPOCH) // timedelta(microseconds=1)})

    found = health_of(usage(seen), at, zone)

    within = {one.name.lower() for one in built_in(OwnerKind.COMPANY) if holds(one.rule, facts, at, zone)}
    assert within == {found.state.value}


def test_the_heat_map_puts_a_session_on_its_local_day() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=BERLIN)  # Thursday in Berlin, Friday in Auckland
    times = [((late - EPOCH) // timedelta(minutes=15), 3)]

    assert heat(times, NOW, BERLIN)[-1] == (0, 0, 0, 3, 0, 0, 0)
    assert heat(times, NOW, AUCKLAND)[-1] == (0, 0, 0, 0, 3, 0, 0)


def test_the_heat_map_holds_every_session_of_26_weeks_across_daylight_saving() -> None:
    begin = windows(NOW, BERLIN)[2]
    hours = int((NOW - begin) / timedelta(hours=1))
    times = [((begin + timedelta(hours=n) - EPOCH) // timedelta(minutes=15), 1) for n in range(hours)]

    weeks = heat(times, NOW, BERLIN)

    assert len(weeks) == 26
    assert sum(map(sum, weeks)) == hours
    assert [day for week in weeks for day in week if day not in (0, 24)] == [25, 13]  # the longer day, and today
