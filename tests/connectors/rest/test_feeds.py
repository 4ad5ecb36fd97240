"""Feeds with ways of their own: the newest first, so many pages at most, pages in the path, a list of words, read whole at times."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.connectors.hostile_server import Asked
from tests.connectors.rest.manifests import customers, with_streams
from tests.connectors.rest.pulled import customer, puller_of, server_of

from console.connectors.errors import SourceError
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import one_of
from console.connectors.rest.reading import manifest_of
from console.domain.records import CustomerRecord


def at(minute: int) -> str:
    return (datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


MANY = [customer(number, at(number)) for number in range(1, 21)]


def newest_first(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    start = (int(query["page"]) - 1) * 5
    return {"items": list(reversed(MANY))[start : start + 5]}


def test_the_newest_first_are_read_until_they_are_known() -> None:
    lines = [
        "records: items",
        "paging: {kind: page, param: page}",
        "cursor: {field: updated_at, order: descending, look_back: 2m}",
    ]
    with server_of(newest_first) as server:
        puller = puller_of(server, with_streams(customers(*lines)))
        first = puller.records()
        asked = len(server.asked)
        again = [one.external_id for one in puller.records()]

    assert len(first) == 20
    assert again == ["20", "19", "18"]
    assert len(server.asked) - asked == 1


def test_a_source_that_does_not_tell_of_every_change_is_read_whole_from_time_to_time() -> None:
    line = "cursor: {field: updated_at, order: descending, whole_every: 1d}"
    with server_of(newest_first) as server:
        puller = puller_of(server, with_streams(customers("records: items", "paging: {kind: page, param: page}", line)))
        puller.records()
        soon = len(puller.records())
        standing = json.loads(puller.cursors["customers"])
        standing[""]["whole_at"] = (datetime.now(UTC) - timedelta(days=2)).isoformat()
        puller.cursors["customers"] = json.dumps(standing)

        assert soon == 1
        assert len(puller.records()) == 20
        assert len(puller.records()) == 1


def capped(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
    """Three pages of three; for a fourth there is an error, as vendors do."""
    page = int(query["page"])
    if page > 3:
        return 400, {"message": "page too high"}
    found = [one for one in MANY if one["updated_at"] >= query.get("since", "")]
    return {"items": found[(page - 1) * 3 : page * 3]}


CAPPED = [
    "records: items",
    'params: {since: "{since}"}',
    "paging: {kind: page, param: page, most: 3}",
    "cursor: {field: updated_at, order: ascending}",
]


def test_where_a_source_gives_so_many_pages_it_is_asked_on_from_the_last_time() -> None:
    with server_of(capped) as server:
        found = puller_of(server, with_streams(customers(*CAPPED))).records()

    assert {one.external_id for one in found} == {str(number) for number in range(1, 21)}


def test_more_records_of_one_moment_than_are_given_are_an_error_and_no_loop() -> None:
    def same(_path: str, query: Mapping[str, str], _asked: Asked) -> Any:
        start = (int(query["page"]) - 1) * 3
        return {"items": [customer(number, at(1)) for number in range(100)][start : start + 3]}

    with server_of(same) as server, pytest.raises(SourceError, match="more records of one moment"):
        puller_of(server, with_streams(customers(*CAPPED))).records()

    assert len(server.asked) <= 7


def test_pages_in_the_path_and_words_of_the_settings() -> None:
    def answer(path: str, _query: Mapping[str, str], _asked: Asked) -> Any:
        country, page = path.strip("/").split("/")
        return {"items": [customer(int(page) + (10 if country == "de" else 0))] if page in "12" else []}

    stream = customers("records: items", "paging: {kind: page, in: path}", 'parent: {each: "{countries}"}')
    manifest = with_streams(stream.replace("path: customers", "path: '{parent}/{page}'"))
    manifest = manifest.replace(
        "fields:\n", "fields:\n  - {name: countries, label: Countries, default: 'us, de, us'}\n"
    )
    with server_of(answer) as server:
        found = puller_of(server, manifest).records()

    assert [one.external_id for one in found] == ["1", "2", "11", "12"]


def test_what_is_picked_of_each_of_several_things() -> None:
    text = with_streams("""
  - name: people
    path: people
    map:
      as: customer
      id: id
      emails: {path: mails.*, address: true, only: first}
      properties:
        last: {path: link, split: "/", only: last}
        phones: {each: handles, where: {path: kind, is: phone}, of: value, between: ", "}
      all_of: {path: fields, name: key, value: value, without: [secret]}
""")
    raw = {
        "id": 1, "mails": [None, "no address", "A@Example.com", "b@example.com"], "link": "https://x/contacts/c9",
        "handles": [{"kind": "phone", "value": "1"}, {"kind": "mail", "value": "m"}, {"kind": "phone", "value": "2"}],
        "fields": [{"key": "plan", "value": "pro"}, {"key": "secret", "value": "x"}, {"key": "", "value": "y"}],
    }  # fmt: skip
    with server_of(lambda *_: [raw]) as server:
        found = puller_of(server, text).records()[0]

    assert isinstance(found, CustomerRecord)
    assert found.emails == ("a@example.com",)
    assert {name: value.content for name, value in found.properties.items()} == {
        "last": "c9", "phones": "1, 2", "plan": "pro",
    }  # fmt: skip
    picked = manifest_of(text).streams[0].maps[0].properties["last"]
    assert one_of(picked, Scope({"link": ""})) is None
