"""The stream: its order, how lines fold, and that neither depends on pages, zones or clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from console.domain.activity import CHIP_OF, Happened, Line, LineKey, LineKind, Noted, Said, StreamFilter, Tagged
from console.domain.activity_folding import MOST_FOLDED, Entry, bars, folded
from console.domain.activity_text import words_of
from console.domain.ids import ConversationId
from console.domain.inbox import ConversationState
from console.domain.records import AuthorKind, Channel

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
ZONES = [None, UTC, ZoneInfo("Europe/Paris"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Kiritimati")]


def event(name: str, at: datetime, ref: int = 1) -> Line:
    return Line(LineKey(at, LineKind.EVENT, ref), Happened(name))


def message(conversation: int, at: datetime, ref: int = 1) -> Line:
    said = Said(
        ConversationId(conversation),
        Channel.CHAT,
        "Subject",
        ConversationState.OPEN,
        3,
        AuthorKind.CUSTOMER,
        "Ada",
        "Hi",
    )
    return Line(LineKey(at, LineKind.MESSAGE, ref), said)


def note(at: datetime, ref: str = "n") -> Line:
    return Line(LineKey(at, LineKind.NOTE, ref), Noted(ref, "A note", "Marta", False, False))


moments = some.integers(0, 16 * 24 * 60).map(
    lambda minutes: datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=minutes)
)
keyed = some.one_of(
    some.builds(event, some.sampled_from(["Logged in", "Exported"]), moments, some.integers(1, 5)),
    some.builds(message, some.integers(1, 2), moments, some.integers(1, 5)),
    some.builds(note, moments, some.sampled_from(["a", "b"])),
)
streams = some.lists(keyed, max_size=60, unique_by=lambda line: line.key).map(
    lambda lines: sorted(lines, key=lambda line: line.key, reverse=True)
)


@given(streams, some.lists(some.integers(1, 20), min_size=1, max_size=30), some.sampled_from(ZONES))
def test_pages_of_any_size_fold_to_what_the_whole_folds_to(lines: list[Line], sizes: list[int], zone: ZoneInfo) -> None:
    entries: tuple[Entry, ...] = ()
    begin, turn = 0, 0
    while begin < len(lines):
        end = begin + sizes[turn % len(sizes)]
        entries = folded(lines[begin:end], zone, entries)
        begin, turn = end, turn + 1
    assert entries == folded(lines, zone)


@given(streams, some.sampled_from(ZONES))
def test_folding_loses_nothing_doubles_nothing_and_reorders_nothing_in_any_zone(
    lines: list[Line], zone: ZoneInfo
) -> None:
    entries = folded(lines, zone)
    assert [line for entry in entries for line in entry.lines] == lines
    assert all(entry.count <= MOST_FOLDED for entry in entries)
    keys = [entry.newest.key for entry in entries]
    assert keys == sorted(keys, reverse=True)


def test_events_of_one_name_fold_within_a_week_and_not_over_another_line() -> None:
    lines = [event("Logged in", NOON - timedelta(hours=hour), 9) for hour in range(3)]
    assert [entry.count for entry in folded(lines, UTC)] == [3]
    between = [lines[0], note(NOON - timedelta(minutes=30)), *lines[1:]]
    assert [entry.count for entry in folded(between, UTC)] == [1, 1, 2]
    sunday_and_monday = [event("Logged in", datetime(2026, 11, day, 12, tzinfo=UTC)) for day in (16, 15)]
    assert [entry.count for entry in folded(sunday_and_monday, UTC)] == [1, 1]


def test_messages_of_one_conversation_fold_within_a_day() -> None:
    lines = [message(1, NOON, 2), message(1, NOON - timedelta(hours=1), 1), message(2, NOON - timedelta(hours=2))]
    assert [entry.count for entry in folded(lines, UTC)] == [2, 1]
    over_midnight = [
        message(1, datetime(2026, 11, 18, 0, 10, tzinfo=UTC)),
        message(1, datetime(2026, 11, 17, 23, 50, tzinfo=UTC)),
    ]
    assert [entry.count for entry in folded(over_midnight, UTC)] == [1, 1]
    assert [entry.count for entry in folded(over_midnight, ZoneInfo("Europe/Paris"))] == [2]


def test_a_machine_that_logs_in_all_day_folds_into_bounded_entries() -> None:
    lines = [event("Logged in", NOON - timedelta(seconds=second), second) for second in range(250)]
    assert [entry.count for entry in folded(lines, UTC)] == [100, 100, 50]


def test_notes_stand_alone_and_tags_by_one_hand_fold() -> None:
    assert [entry.count for entry in folded([note(NOON, "b"), note(NOON, "a")], UTC)] == [1, 1]
    tags = [
        Line(LineKey(NOON, LineKind.TAG, ref), Tagged("vip", ref == 2, by))
        for ref, by in ((3, "Ben"), (2, "Ben"), (1, ""))
    ]
    assert [entry.count for entry in folded(tags, UTC)] == [2, 1]


def test_what_comes_from_the_future_is_flagged_and_stands_on_top() -> None:
    ahead, now = event("Logged in", NOON + timedelta(days=3), 1), event("Logged in", NOON, 2)
    assert ahead.is_ahead(NOON)
    assert not now.is_ahead(NOON)
    assert sorted([now.key, ahead.key], reverse=True) == [ahead.key, now.key]


def test_the_chart_of_a_run_counts_its_days_also_over_a_change_of_the_clocks() -> None:
    paris = ZoneInfo("Europe/Paris")
    at = [
        datetime(2026, 10, day, hour, tzinfo=paris).astimezone(UTC)
        for day, hour in ((25, 23), (25, 1), (24, 12), (23, 9))
    ]
    (entry,) = folded([event("Logged in", moment, 1) for moment in at], paris)
    assert bars(entry, paris) == (1, 1, 2)
    assert bars(Entry(entry.lines[:1]), paris) == ()


def test_every_kind_of_line_belongs_to_a_chip_and_no_chip_is_every_chip() -> None:
    assert set(CHIP_OF) == set(LineKind)
    assert all(StreamFilter().wants(kind) for kind in LineKind)
    assert not StreamFilter().is_narrow
    assert StreamFilter(words=" x ").is_narrow


def test_one_finds_a_line_by_what_it_says() -> None:
    assert words_of(event("Logged in", NOON)) == "Logged in"
    assert words_of(replace(note(NOON), customer_name="Ada")) == "A note Marta Ada"
