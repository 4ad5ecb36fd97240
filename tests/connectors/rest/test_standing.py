"""Where a stream continues: never back, never beyond now, and never past what a source counts by the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.hostile_server import Asked
from tests.connectors.rest.manifests import customers, with_streams
from tests.connectors.rest.pulled import customer, puller_of, server_of

from console.connectors.errors import TemporaryError
from console.connectors.rest.manifest import Cursor
from console.connectors.rest.standing import Standing, since_of, standings_of, text_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MOMENTS = st.integers(631_152_000, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.lists(MOMENTS, max_size=20))
def test_a_cursor_never_goes_back_and_never_beyond_now(moments: list[datetime]) -> None:
    standing = Standing()
    for moment in moments:
        moved = standing.seen(moment, NOW)
        assert moved.at is not None
        assert standing.at is None or moved.at >= standing.at
        assert moved.at <= NOW
        standing = moved


@given(st.dictionaries(st.text(max_size=5), st.builds(Standing, st.none() | MOMENTS, st.none() | st.text(min_size=1))))
def test_a_cursor_is_read_as_it_was_written(standings: dict[str, Standing]) -> None:
    written = text_of(standings)

    assert standings_of(written) == {name: one for name, one in standings.items() if one != Standing()}
    assert written is None or written.strip()


@given(st.text(max_size=30))
def test_any_text_at_all_is_some_cursor(text: str) -> None:
    assert isinstance(standings_of(text), dict)


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"]
)
@given(at=MOMENTS, minutes=st.integers(0, 3_000))
def test_what_changes_later_is_asked_for_where_a_source_counts_days_of_any_zone(
    zone: str, at: datetime, minutes: int
) -> None:
    """The source compares calendar days of its own zone, and gives only days after the one that is named."""
    cursor = Cursor(granularity=timedelta(days=1), is_exclusive=True)
    since = since_of(cursor, Standing(at))
    changed = at + timedelta(minutes=minutes)
    assert since is not None

    assert changed.astimezone(ZoneInfo(zone)).date() > since.astimezone(ZoneInfo(zone)).date()


def test_a_change_of_the_same_day_arrives_and_what_is_known_does_not_come_twice() -> None:
    world = [customer(1, "2026-11-20T09:00:00Z"), customer(2, "2026-11-20T10:00:00Z")]

    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        return [one for one in world if one["updated_at"][:10] > query.get("since", "")]

    stream = customers(
        "cursor: {field: updated_at, form: date, granularity: day, exclusive: true}", "params: {since: '{since}'}"
    )
    with server_of(answering) as server:
        puller = puller_of(server, with_streams(stream))
        assert len(puller.records()) == 2
        world[0] = customer(1, "2026-11-20T10:00:01Z", name="Changed the same day")

        assert [one.external_id for one in puller.records()] == ["1", "2"]
        world[0] = customer(1, "2026-11-20T10:00:01Z")
        assert [one.external_id for one in puller.records()] == ["1"]


def test_a_record_from_the_future_hides_nothing_that_changes_until_then() -> None:
    world = [customer(1, "2043-10-11T00:00:00Z")]

    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        return [one for one in world if one["updated_at"] >= query.get("since", "")]

    with server_of(answering) as server:
        puller = puller_of(server, with_streams(customers("cursor: {field: updated_at}", "params: {since: '{since}'}")))
        puller.records()
        later = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        world.append(customer(2, later))

        assert "2" in [one.external_id for one in puller.records()]


def tokens(forgotten: list[str]) -> Any:
    """Like Zendesk's export: the last page has no next cursor, and an old one may no longer be known."""

    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        token = query.get("cursor", "")
        if token and token in forgotten:
            return 410, {"error": "gone"}
        start = int(token or query["start"])
        found = [customer(number) for number in range(start + 1, 4)][:2]
        return {"items": found, "after": str(start + len(found)) if found else None, "over": start + len(found) >= 3}

    return answering


STREAM = customers(
    "records: items",
    "cursor: {token: after}",
    "params: {cursor: '{token}'}",
    "first_params: {start: 0}",
    "paging: {kind: cursor, param: cursor, at: after, end: over}",
)


def test_an_empty_token_never_replaces_one() -> None:
    with server_of(tokens([])) as server:
        puller = puller_of(server, with_streams(STREAM))
        assert len(puller.records()) == 3
        kept = dict(puller.cursors)
        assert puller.records() == []

    assert puller.cursors == kept
    assert '"3"' in kept["customers"]


def test_a_token_that_the_source_forgot_brings_everything_again() -> None:
    forgotten: list[str] = []
    with server_of(tokens(forgotten)) as server:
        puller = puller_of(server, with_streams(STREAM))
        puller.records()
        forgotten.append("3")

        assert len(puller.records()) == 3


def test_a_source_that_forgets_everything_at_once_is_not_asked_for_ever() -> None:
    with server_of(lambda *_: (410, {})) as server:
        puller = puller_of(server, with_streams(STREAM), cursors={"customers": '{"": {"token": "9"}}'})
        with pytest.raises((TemporaryError, Exception), match="refused"):
            puller.records()

    assert len(server.asked) == 2


def test_newest_first_moves_the_cursor_only_when_all_was_read() -> None:
    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        if query["page"] == "3":
            return 500, {}
        return {"items": [customer(9 - int(query["page"]), f"2026-11-{20 - int(query['page'])}T10:00:00Z")]}

    lines = ["records: items", "paging: {kind: page, param: page}", "cursor: {field: updated_at%s}"]
    for order, is_moved in (("", False), (", order: ascending", True)):
        with server_of(answering) as server:
            text = with_streams(customers(*lines[:2], lines[2] % order))
            puller = puller_of(server, text)
            with pytest.raises(TemporaryError):
                puller.records()

        assert bool(puller.cursors) is is_moved
