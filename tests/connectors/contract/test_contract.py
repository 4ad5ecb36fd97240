"""What every connector keeps to, each invariant one test, all connectors the same (docs/connectors.md)."""

from __future__ import annotations

import logging
import random
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.connectors.contract.answers import AnswerSet, Served, answer_sets
from tests.connectors.contract.shown import shown
from tests.connectors.hostile_server import send, send_json
from tests.connectors.rest.pulled import Puller
from tests.store.conftest import KEY, opened
from tests.store.seen import check, hashes
from tests.store.world import World

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds.registry import CONNECTORS
from console.domain.profile import OriginKind
from console.domain.records import Page
from console.store.ingest import take_in
from console.store.workspace import create

# Sources that do not speak HTTP, and where the same promises are tested for them.
OTHERWISE = {
    "imap": "tests/connectors/kinds/test_imap.py, tests/stories/test_mail_sync.py",
    "folder": "tests/connectors/kinds/test_folder.py",
}

EVERY = sorted(answer_sets(), key=lambda one: one.kind)
every_connector = pytest.mark.parametrize("answers", EVERY, ids=[one.kind for one in EVERY])


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contract") / "workspace"
    create(folder, KEY)
    return folder


@contextmanager
def workspace_of(empty: Path, folder: Path) -> Iterator[World]:
    with opened(empty, folder) as workspace:
        yield World(workspace)


def take(world: World, pages: Iterable[Page]) -> None:
    """Page and cursor in one transaction each, as the writer of the sync process does."""
    for page in pages:
        with world.workspace.database.write() as connection:
            intake = world.intake(connection, "Contract", OriginKind.SOURCE, None, frozenset())
            take_in(connection, page, intake, world.later())


def pulled(answers: AnswerSet) -> list[Page]:
    with Served(answers) as served:
        return list(served.puller().pages())


def seen_after(empty: Path, folder: Path, pages: Sequence[Page]) -> object:
    with workspace_of(empty, folder) as world:
        take(world, pages)
        check(world)
        return shown(world)


def test_every_connector_has_its_answer_set_or_is_tested_elsewhere() -> None:
    without = sorted(set(CONNECTORS) - {one.kind for one in EVERY} - set(OTHERWISE))

    assert not without, f"put an answer set for {', '.join(without)} into tests/connectors/contract/sets"


@every_connector
def test_a_pull_brings_everything_and_says_of_each_stream_when_it_was_whole(answers: AnswerSet) -> None:
    pages = pulled(answers)

    assert sum(len(page.records) for page in pages) == answers.records > 0
    assert not [page.rejected for page in pages if page.rejected]
    streams = {page.stream for page in pages}
    named = {stream.name for stream in CONNECTORS[answers.kind].kind.streams}
    assert not named or streams <= named
    for stream in streams:
        last = [page.is_last for page in pages if page.stream == stream]
        assert last[-1] is True
        assert last.count(True) == 1


@every_connector
def test_to_pull_again_changes_nothing(answers: AnswerSet, empty: Path, tmp_path: Path) -> None:
    with Served(answers) as served, workspace_of(empty, tmp_path / "one") as world:
        puller = served.puller()
        take(world, list(puller.pages()))
        before = hashes(world)
        again = list(puller.pages())
        take(world, again)

        assert hashes(world) == before
        check(world)


@every_connector
def test_pages_in_any_order_and_twice_show_the_same(answers: AnswerSet, empty: Path, tmp_path: Path) -> None:
    pages = pulled(answers)
    expected = seen_after(empty, tmp_path / "in order", pages)
    folders = iter(range(1_000))

    @settings(max_examples=5)
    @given(st.randoms(use_true_random=False))
    def shuffled(chance: random.Random) -> None:
        mixed = [*pages, *chance.sample(pages, k=len(pages) // 2)]
        chance.shuffle(mixed)
        assert seen_after(empty, tmp_path / str(next(folders)), mixed) == expected

    shuffled()


@every_connector
@pytest.mark.parametrize("junk", [None, "", "null", "{}", "[1]", '{"": {"at": 5}}', "\0", "0", '{"": {"at": "never"}}'])
def test_a_cursor_that_was_lost_or_cannot_be_read_brings_everything_again(answers: AnswerSet, junk: str | None) -> None:
    with Served(answers) as served:
        puller = served.puller()
        whole = len(puller.records())
        puller.cursors = {} if junk is None else dict.fromkeys(puller.cursors, junk)

        assert len(puller.records()) == whole


@every_connector
def test_a_cursor_is_never_taken_back_or_emptied(answers: AnswerSet) -> None:
    with Served(answers) as served:
        puller = served.puller()
        first = list(puller.pages())
        kept = dict(puller.cursors)
        second = list(puller.pages())

    assert all(page.cursor is None or page.cursor.strip() not in ("", "null", "{}") for page in (*first, *second))
    assert set(puller.cursors) == set(kept)


def refuse(connection: socket.socket) -> None:
    send_json(connection, {"error": "expired"}, 401)


def break_down(connection: socket.socket) -> None:
    send_json(connection, {}, 500)


def hang_up(connection: socket.socket) -> None:
    connection.close()


def show_a_page(connection: socket.socket) -> None:
    send(connection, b"<!DOCTYPE html><title>Sign in</title>", Content_Type="text/html")


def cut_off(connection: socket.socket) -> None:
    send(connection, b'{"results": [{"id": 1}, {"id"')


def say_no_number(connection: socket.socket) -> None:
    send(connection, b'{"results": [], "total": NaN}')


@every_connector
@pytest.mark.parametrize("fault", [refuse, break_down, hang_up, show_a_page, cut_off, say_no_number])
def test_a_fault_in_the_middle_loses_nothing_and_is_continued(
    answers: AnswerSet, fault: Callable[[socket.socket], None], empty: Path, tmp_path: Path
) -> None:
    with Served(answers) as served, workspace_of(empty, tmp_path / "broken") as world:
        expected = seen_after(empty, tmp_path / "whole", list(served.puller().pages()))
        before = len(served.server.asked)
        third = min(3, before)

        def from_the_third(number: int, connection: socket.socket) -> bool:
            if number >= before + third:
                fault(connection)
            return number >= before + third

        served.fault = from_the_third
        puller = served.puller()
        with pytest.raises((SourceError, TemporaryError)) as failed:
            take(world, puller.pages())
        asked = len(served.server.asked) - before
        served.fault = lambda _number, _connection: False
        take(world, list(puller.pages()))

        assert shown(world) == expected
        check(world)
    assert isinstance(failed.value, SourceError) is (fault is refuse)
    assert asked <= third + 2
    assert answers.secret not in str(failed.value)


@every_connector
def test_too_many_requests_only_take_longer(answers: AnswerSet) -> None:
    def once(number: int, connection: socket.socket) -> bool:
        if number == 2:
            send_json(connection, {}, 429, Retry_After="1")
        return number == 2

    with Served(answers, once) as served:
        puller = served.puller()

        assert len(puller.records()) == answers.records
    if len(served.server.asked) > 1:
        assert puller.waits
    assert puller.requests == len(served.server.asked)


@every_connector
def test_stop_ends_a_pull_in_peace(answers: AnswerSet) -> None:
    with Served(answers) as served:
        puller = served.puller()
        brought = 0
        for _page in puller.pages():
            brought += 1
            puller.stop.set()
            asked = len(served.server.asked)

        assert brought <= 2
        assert len(served.server.asked) <= asked + 1


@every_connector
def test_a_stream_that_is_not_wanted_is_not_brought(answers: AnswerSet) -> None:
    with Served(answers) as served:
        whole = served.puller()
        streams = sorted({page.stream for page in whole.pages()})
        some = served.puller()
        some.streams_off = frozenset(streams[:1])

        assert {page.stream for page in some.pages()} == set(streams[1:])


@every_connector
def test_the_credential_travels_in_headers_only_and_is_written_nowhere(
    answers: AnswerSet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Served(answers) as served:
        puller: Puller = served.puller()
        pages = list(puller.pages())

    assert not [one.target for one in served.server.asked if answers.secret in one.target]
    assert answers.secret not in caplog.text + repr(pages) + repr(puller.cursors)


BAD = [
    None,
    "only words",
    [],
    {},
    {"id": None},
    {"id": {"nested": 1}, "email": 5},
    {"id": "\ud800", "name": "\0"},
    {"id": True},
    {"id": "x" * 10_000},
    {"id": 7_000, "email": {"a": 1}, "name": ["x", {"y": 2}], "updated_at": "never", "activity": "never"},
]


@pytest.mark.parametrize("answers", [one for one in EVERY if one.poisoned], ids=lambda one: one.kind)
@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_one_bad_record_of_five_hundred_is_put_aside_and_the_others_go_in(
    answers: AnswerSet, bad: object, empty: Path, tmp_path: Path
) -> None:
    assert answers.poisoned is not None
    with Served(answers, answer=answers.poisoned(bad)) as served:
        pages = list(served.puller().pages())

    rejected = [one for page in pages for one in page.rejected]
    assert sum(len(page.records) for page in pages) == 499
    assert len(rejected) == 1
    assert rejected[0].reason
    with workspace_of(empty, tmp_path / "poisoned") as world:
        take(world, pages)
        assert world.rows("SELECT count(*) FROM quarantine") == [(1,)]
        check(world)
