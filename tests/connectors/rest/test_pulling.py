"""Pulling by a manifest: every kind of paging ends where the source ends, and nothing is lost or taken twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.connectors.hostile_server import Asked
from tests.connectors.rest.manifests import customers, with_streams
from tests.connectors.rest.pulled import Answering, customer, puller_of, server_of

from console.connectors.errors import SourceError, TemporaryError
from console.domain.records import CustomerRecord

ALL = [customer(number) for number in range(1, 8)]


def ids(records: list[Any]) -> list[str]:
    return [record.external_id for record in records]


def by_page(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    start = (int(query["page"]) - 1) * 3
    return {"items": ALL[start : start + 3], "total": len(ALL), "more": start + 3 < len(ALL)}


def by_offset(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    return {"items": ALL[int(query["start"]) : int(query["start"]) + 3]}


def by_cursor(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    start = int(query.get("after", "0"))
    return {"items": ALL[start : start + 3], "next": str(start + 3) if start + 3 < len(ALL) else None}


def by_body(_path: str, _query: Mapping[str, str], asked: Asked) -> Any:
    start = int(asked.json().get("pagination", {}).get("after", "0"))
    return {"items": ALL[start : start + 3], "next": str(start + 3) if start + 3 < len(ALL) else None}


def by_next(_path: str, query: Mapping[str, str], asked: Asked) -> Any:
    start = int(query.get("from", "0"))
    following = f"http://{asked.headers['host']}/customers?from={start + 3}" if start + 3 < len(ALL) else None
    return {"items": ALL[start : start + 3], "links": {"next": following}}


def by_link(_path: str, query: Mapping[str, str], asked: Asked) -> Any:
    start = int(query.get("from", "0"))
    there = f'<http://{asked.headers["host"]}/customers?from={start + 3}>; rel="next", <http://x/>; rel="last"'
    return 200, ALL[start : start + 3], {"Link": there} if start + 3 < len(ALL) else {}


def by_scroll(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    start = int(query.get("scroll", "0"))
    return {"items": ALL[start : start + 3], "scroll": str(start + 3)}


@pytest.mark.parametrize(
    ("answering", "lines"),
    [
        (by_page, ["records: items", "paging: {kind: page, param: page, size: 3}"]),
        (by_page, ["records: items", "paging: {kind: page, param: page, total: total}"]),
        (by_page, ["records: items", "paging: {kind: page, param: page, more: more}"]),
        (by_page, ["records: items", "paging: {kind: page, param: page}"]),
        (by_offset, ["records: items", "paging: {kind: offset, param: start, size: 3, size_param: limit}"]),
        (by_cursor, ["records: items", "paging: {kind: cursor, param: after, at: next}"]),
        (
            by_body,
            [
                "method: POST",
                "body: {q: all}",
                "records: items",
                "paging: {kind: cursor, in: body, param: pagination.after, at: next}",
            ],
        ),
        (by_next, ["records: items", "paging: {kind: next, at: links.next}"]),
        (by_link, ["paging: {kind: link}"]),
        (by_scroll, ["records: items", "paging: {kind: scroll, param: scroll, at: scroll}"]),
    ],
)
def test_every_kind_of_paging_brings_every_record_once(answering: Answering, lines: list[str]) -> None:
    with server_of(answering) as server:
        records = puller_of(server, with_streams(customers(*lines))).records()

    assert ids(records) == ["1", "2", "3", "4", "5", "6", "7"]
    assert isinstance(records[0], CustomerRecord)
    assert records[0].emails == ("c1@example.com",)


@pytest.mark.parametrize(
    ("answering", "lines"),
    [
        (lambda *_: {"items": ALL, "next": "same"}, "paging: {kind: cursor, param: after, at: next}"),
        (lambda *_: {"items": ALL}, "paging: {kind: page, param: page}"),
        (lambda *_: {"items": ALL, "scroll": "x"}, "paging: {kind: scroll, param: scroll, at: scroll}"),
        (lambda *_: {"items": [], "more": True}, "paging: {kind: page, param: page, more: more}"),
        (lambda _p, query, _a: {"items": [], "next": query.get("after", "") + "x"}, "paging: {kind: cursor, param: after, at: next}"),
        (lambda _p, _q, asked: {"items": ALL, "next": f"http://{asked.headers['host']}/customers"}, "paging: {kind: next, at: next}"),
    ],
)  # fmt: skip
def test_paging_that_would_never_end_is_an_error(answering: Answering, lines: str) -> None:
    with server_of(answering) as server, pytest.raises(SourceError, match="again and again"):
        puller_of(server, with_streams(customers("records: items", lines))).records()

    assert len(server.asked) < 12


def test_a_next_link_to_another_place_gets_nothing() -> None:
    with (
        server_of(lambda *_: {"items": []}) as other,
        server_of(lambda *_: {"items": ALL, "next": f"{other.address}/steal"}) as server,
        pytest.raises(SourceError, match="another place"),
    ):
        puller_of(server, with_streams(customers("records: items", "paging: {kind: next, at: next}"))).records()

    assert other.asked == []


def test_fewer_records_than_the_source_counts_are_an_error_and_the_cursor_stays() -> None:
    lines = [
        "records: items",
        "cursor: {field: updated_at}",
        "paging: {kind: page, param: page, total: total, size: 3}",
    ]
    with server_of(lambda _p, query, _a: {"items": ALL[:2] if query["page"] == "1" else [], "total": 9}) as server:
        puller = puller_of(server, with_streams(customers(*lines)))
        with pytest.raises(TemporaryError, match="there are 9 records, and gave 2"):
            puller.records()

    assert puller.cursors == {}


def test_a_place_without_records_is_no_error_but_another_thing_there_is() -> None:
    with server_of(lambda *_: {"count": 0}) as server:
        assert puller_of(server, with_streams(customers("records: items"))).records() == []
    with server_of(lambda *_: {"items": "none"}) as server, pytest.raises(TemporaryError, match="no list"):
        puller_of(server, with_streams(customers("records: items"))).records()


def test_holes_between_pages_are_passed_over_where_the_manifest_says_so() -> None:
    pages = {"1": ALL[:3], "2": [], "3": ALL[3:]}
    with server_of(lambda _p, query, _a: {"items": pages.get(query["page"], [])}) as server:
        lines = ["records: items", "paging: {kind: page, param: page, holes: 2}"]
        assert len(puller_of(server, with_streams(customers(*lines))).records()) == 7


def test_a_stream_for_each_of_a_list_keeps_a_cursor_for_each() -> None:
    def answering(path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        if path == "/shops":
            return [{"id": "north"}, {"id": "s/../outh"}]
        number = 1 if "north" in path else 2
        since = query.get("since", "")
        return [] if since >= "2026-11-21" else [customer(number, "2026-11-21T10:00:00Z")]

    stream = customers("parent: {path: shops, id: id}", "cursor: {field: updated_at}", "params: {since: '{since}'}")
    with server_of(answering) as server:
        puller = puller_of(server, with_streams(stream.replace("path: customers", "path: 'shops/{parent}/customers'")))
        first = puller.records()
        second = puller.records()

    assert ids(first) == ["1", "2"]
    assert second == []
    assert [one.target.partition("?")[0] for one in server.asked[1:3]] == [
        "/shops/north/customers",
        "/shops/s%2F..%2Fouth/customers",
    ]
    assert "north" in puller.cursors["customers"]


def test_a_record_that_lists_leave_half_is_asked_for_whole() -> None:
    def answering(path: str, _query: Mapping[str, str], _asked: Asked) -> Any:
        if path == "/customers":
            return [{"id": 1, "updated_at": 0}, {"id": 2, "updated_at": 0}]
        return (404, {}) if path.endswith("2") else {"customer": customer(1)}

    with server_of(answering) as server:
        records = puller_of(
            server, with_streams(customers("detail: {path: 'customers/{id}', records: customer}"))
        ).records()

    assert ids(records) == ["1"]
    assert records[0].emails == ("c1@example.com",)  # pyright: ignore[reportAttributeAccessIssue]  a customer, as just asked


def test_a_finished_snapshot_tells_what_is_gone_and_a_broken_one_tells_nothing() -> None:
    kept = [ALL]
    with server_of(lambda *_: (200, kept[0]) if kept[0] is not None else (500, {})) as server:
        puller = puller_of(
            server, with_streams(customers("snapshot: true")), known={"customer:3", "customer:9", "conversation:9"}
        )
        assert ids(puller.records())[-1] == "customer:9"

        kept[0] = None
        gone = []
        with pytest.raises(TemporaryError):
            gone += [record for page in puller.pages() for record in page.records]

    assert gone == []


def test_a_snapshot_with_a_record_that_cannot_be_read_deletes_nothing() -> None:
    with server_of(lambda *_: [*ALL, {"id": None}]) as server:
        records = puller_of(server, with_streams(customers("snapshot: true")), known={"customer:9"}).records()

    assert ids(records) == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_stream_that_is_not_wanted_is_not_asked_for() -> None:
    with server_of(lambda *_: ALL) as server:
        puller = puller_of(server, with_streams(customers()), streams_off=frozenset({"customers"}))
        assert puller.records() == []

    assert server.asked == []


def test_a_search_that_is_capped_is_asked_in_spans_of_time_until_all_is_there() -> None:
    times = [f"2026-11-{day:02}T{hour:02}:00:00Z" for day in range(1, 11) for hour in range(24)]
    many = [customer(number, at) for number, at in enumerate(times)]

    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        found = [one for one in many if query["from"] <= one["updated_at"] < query["to"]]
        return {"total": len(found), "items": found[:50]}

    stream = customers(
        "records: items",
        "cursor: {field: updated_at}",
        "params: {from: '{since}', to: '{until}'}",
        "window: {cap: 50, total: total, first: '2026-01-01'}",
    )
    with server_of(answering) as server:
        puller = puller_of(server, with_streams(stream))
        assert sorted(ids(puller.records()), key=int) == [str(number) for number in range(240)]
        assert ids(puller.records()) == ["239"]


def test_more_records_of_one_moment_than_a_capped_search_gives_are_an_error_and_not_silently_lost() -> None:
    stream = customers(
        "records: items",
        "cursor: {field: updated_at}",
        "params: {from: '{since}', to: '{until}'}",
        "window: {cap: 5, total: total}",
    )
    with (
        server_of(lambda *_: {"total": 9, "items": ALL[:5]}) as server,
        pytest.raises(SourceError, match="one moment"),
    ):
        puller_of(server, with_streams(stream)).records()


def test_a_cursor_that_was_lost_finds_what_was_deleted_meanwhile_and_a_usual_pull_takes_nothing_for_deleted() -> None:
    world = list(ALL)

    def answering(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        return [one for one in world if one["updated_at"] > query.get("since", "")]

    lines = ["snapshot: true", "cursor: {field: updated_at}", "params: {since: '{since}'}"]
    with server_of(answering) as server:
        puller = puller_of(server, with_streams(customers(*lines)))
        puller.known = {f"customer:{one}" for one in ids(puller.records())}
        del world[2]
        assert puller.records() == []

        puller.cursors.clear()
        assert ids(puller.records()) == ["1", "2", "4", "5", "6", "7", "customer:3"]
