"""What is said of a source: how far it reaches, how it stands, how a run ended, how long it still takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo

from console.domain.sources import ReasonRow, RunRow, RunState, SourceRow, SourceState, StreamRow

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_MINUTE, _HOUR = 60, 3_600
_MOST_REASONS = 3


def coverage_line(source: SourceRow, zone: tzinfo) -> str:
    """How far back what we hold is whole, and what the source does not give; empty where nothing was read yet.

    “Complete since 3 May 2024. Events older than 90 days are not given by this source.”
    """
    streams = [one for one in source.streams if not one.is_off]
    told = [one for one in streams if one.coverage is not None]
    remarks = dict.fromkeys(one.coverage.remark.strip() for one in told if one.coverage and one.coverage.remark.strip())
    said = [_since(told, zone)] if told else []
    unread = [one for one in streams if one.coverage is None and one.synced_at is not None]
    if told and unread:
        said.append(f"Still being read: {', '.join(_named(one.stream) for one in unread)}.")
    if (until := _missing_since(source, zone)) and told:
        said.append(until)
    return " ".join((*said, *(_closed(remark) for remark in remarks)))


def stream_coverage(stream: StreamRow, zone: tzinfo) -> str:
    """How far back one stream is whole, with its remark; empty where that is not known."""
    if stream.coverage is None:
        return ""
    remark = stream.coverage.remark.strip()
    return " ".join((_since([stream], zone), *([_closed(remark)] if remark else [])))


def state_words(source: SourceRow, clock: Callable[[datetime], str]) -> str:
    """How a source stands, in a word or two; ``clock`` says a moment as a time of day: “Rate limit until 14:32”."""
    if source.is_paused:
        return "Paused"
    match source.state:
        case SourceState.NEEDS_SOMEBODY:
            return "Needs you"
        case SourceState.SYNCING:
            return "Syncing"
        case SourceState.WAITING:
            return f"Waiting until {clock(source.next_at)}" if source.next_at else "Waiting"
        case _:
            return "Up to date" if source.synced_at else "Not read yet"


def outcome_words(run: RunRow) -> str:
    """How a run ended: “Done after 2 waits”, “Failed: the server did not answer.”"""
    match run.state:
        case RunState.RUNNING:
            return "Running"
        case RunState.DONE:
            return f"Done after {_counted(run.waits, 'wait')}" if run.waits else "Done"
        case RunState.STOPPED:
            return "Stopped"
        case RunState.INTERRUPTED:
            return "Interrupted; the next run went on from there"
        case RunState.WAITING:
            return f"Put off: {run.problem}"
        case _:
            return f"Failed: {run.problem}"


def reasons_line(reasons: Iterable[ReasonRow]) -> str:
    """Why records were put aside, the most frequent reasons first: “2 × unknown attachment type, 1 × no date”."""
    rows = list(reasons)
    shown = ", ".join(f"{row.count} × {row.reason.rstrip('.')}" for row in rows[:_MOST_REASONS])
    return f"{shown} and more" if len(rows) > _MOST_REASONS else shown


def time_left(seconds: float) -> str:
    """How long it still takes, as people say it: “1 min 37 s left”."""
    whole = max(1, round(seconds))
    if whole < _MINUTE:
        return f"{whole} s left"
    if whole < 10 * _MINUTE:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s left"
    if whole < _HOUR:
        return f"{round(whole / _MINUTE)} min left"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min left"


def day(at: datetime, zone: tzinfo) -> str:
    """A day as it is written: 3 May 2024."""
    local = at.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def _since(streams: list[StreamRow], zone: tzinfo) -> str:
    """What is limited says so in its remark; the date is that of everything else."""
    whole = [one.coverage for one in streams if one.coverage and not one.coverage.remark.strip()]
    starts = [one.since for one in whole or [one.coverage for one in streams if one.coverage] if one.since is not None]
    return f"Complete since {day(max(starts), zone)}." if starts else "Complete from the beginning."


def _missing_since(source: SourceRow, zone: tzinfo) -> str:
    if source.state != SourceState.NEEDS_SOMEBODY and not source.is_paused:
        return ""
    return f"Nothing since {day(source.synced_at, zone)} was read." if source.synced_at else ""


def _named(stream: str) -> str:
    return stream.replace("_", " ")


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
