"""What is said of a source, sentence by sentence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from console.domain.ids import SourceId
from console.domain.records import Coverage
from console.domain.source_words import (
    coverage_line,
    outcome_words,
    reasons_line,
    state_words,
    stream_coverage,
    time_left,
)
from console.domain.sources import ReasonRow, RunRow, SourceRow, StreamRow

MAY = datetime(2024, 5, 3, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 14, 32, tzinfo=UTC)
EVENTS = Coverage(NOW - timedelta(days=90), "Events older than 90 days are not given by this source.")


def _stream(name: str, coverage: Coverage | None, *, is_off: bool = False) -> StreamRow:
    return StreamRow(name, 1, 1, NOW, 1, NOW, coverage, is_off)


def _source(*streams: StreamRow, state: str = "ready", problem: str = "", is_paused: bool = False) -> SourceRow:
    return SourceRow(SourceId(1), "intercom", "Intercom", state, problem, NOW, is_paused, {}, streams, {}, None, NOW)


def _run(state: str, waits: int = 0, problem: str = "") -> RunRow:
    return RunRow(1, NOW, NOW, state, problem, 1, 2, 3, 4, 5, 6, waits)


def test_the_coverage_line_names_the_day_and_what_is_not_given() -> None:
    source = _source(_stream("conversations", Coverage(MAY)), _stream("events", EVENTS))

    assert (
        coverage_line(source, UTC)
        == "Complete since 3 May 2024. Events older than 90 days are not given by this source."
    )


def test_the_latest_beginning_among_the_whole_streams_counts() -> None:
    source = _source(
        _stream("people", Coverage(None)),
        _stream("talks", Coverage(MAY)),
        _stream("old", Coverage(MAY - timedelta(days=400))),
    )

    assert coverage_line(source, UTC) == "Complete since 3 May 2024."


def test_a_source_that_is_whole_says_so_and_one_that_was_never_read_says_nothing() -> None:
    assert coverage_line(_source(_stream("people", Coverage(None))), UTC) == "Complete from the beginning."
    assert coverage_line(_source(), UTC) == ""
    assert coverage_line(_source(_stream("people", None)), UTC) == ""


def test_streams_on_their_first_way_are_named_and_those_that_are_off_are_not() -> None:
    source = _source(
        _stream("people", Coverage(None)), _stream("event_summaries", None), _stream("tags", EVENTS, is_off=True)
    )

    assert coverage_line(source, UTC) == "Complete from the beginning. Still being read: event summaries."


def test_a_source_that_rests_says_since_when_nothing_was_read() -> None:
    source = _source(_stream("people", Coverage(MAY)), state="needs you", problem="The token was revoked.")

    assert coverage_line(source, UTC) == "Complete since 3 May 2024. Nothing since 21 November 2026 was read."


def test_days_are_those_of_the_teammates_time_zone() -> None:
    late = Coverage(datetime(2024, 5, 2, 23, 30, tzinfo=UTC))

    assert stream_coverage(_stream("people", late), timezone(timedelta(hours=2))) == "Complete since 3 May 2024."


@pytest.mark.parametrize(
    ("state", "is_paused", "words"),
    [
        ("ready", False, "Up to date"),
        ("syncing", False, "Syncing"),
        ("waiting", False, "Waiting until 14:32"),
        ("needs you", False, "Needs you"),
        ("ready", True, "Paused"),
    ],
)
def test_how_a_source_stands_is_a_word_or_two(state: str, is_paused: bool, words: str) -> None:
    assert state_words(_source(state=state, is_paused=is_paused), lambda at: f"{at:%H:%M}") == words


def test_a_run_says_how_it_ended() -> None:
    assert outcome_words(_run("done")) == "Done"
    assert outcome_words(_run("done", waits=2)) == "Done after 2 waits"
    assert outcome_words(_run("done", waits=1)) == "Done after 1 wait"
    assert outcome_words(_run("needs you", problem="The token was revoked.")) == "Failed: The token was revoked."
    assert outcome_words(_run("interrupted")) == "Interrupted; the next run went on from there"
    assert _run("done").read == 11


def test_reasons_are_counted_and_only_the_first_three_are_named() -> None:
    assert reasons_line([ReasonRow("No date.", 2), ReasonRow("Bad", 1)]) == "2 × No date, 1 × Bad"
    assert reasons_line([ReasonRow(str(n), 1) for n in range(4)]) == "1 × 0, 1 × 1, 1 × 2 and more"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s left"), (37, "37 s left"), (97, "1 min 37 s left"), (1_500, "25 min left"), (7_500, "2 h 5 min left")],
)
def test_the_time_left_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert time_left(seconds) == words
