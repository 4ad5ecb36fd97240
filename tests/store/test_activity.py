"""The stream of a customer or a company: every kind of line, in one order, whatever the pages and filters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.store.conftest import opened
from tests.store.streams import ADA, BEN, everything, read, survey
from tests.store.world import START, World, chat, customer, text

from console.domain import edits as e
from console.domain.activity import (
    CHIP_OF,
    Arrived,
    Changed,
    Chip,
    Line,
    LineKey,
    LineKind,
    Noted,
    StreamFilter,
    Tagged,
)
from console.domain.activity_text import words_of
from console.domain.edits import Owner
from console.domain.records import (
    CompanyRecord,
    CustomerRecord,
    EventRecord,
    OwnerKind,
)
from console.domain.search_query import spans, terms
from console.store import activity, activity_search, search
from console.store.activity_counts import counts, sources_of
from console.store.connection import Arguments, Connection, Result


@pytest.fixture(scope="module")
def full(empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A company of two with something of every kind, many of them at one and the same moment."""
    with opened(empty_workspace, tmp_path_factory.mktemp("full") / "workspace") as workspace:
        world = World(workspace)
        firm = CompanyRecord("c1", "North", ("north.example",))
        ada = CustomerRecord("u1", (ADA,), {"name": text("Ada"), "plan": text("pro")}, ("c1",))
        ben = CustomerRecord("u2", (BEN,), {"name": text("Ben")}, ("c1",))
        world.take(firm, ada, ben, survey("s1", 9))
        talks = [chat(f"t{n}", "u1" if n % 3 else "u2", "hello wide world", f"number {n}", at=START) for n in range(9)]
        events = [
            EventRecord(
                f"e{n}",
                "Logged in" if n % 2 else "Exported report",
                START + timedelta(minutes=n // 4),
                "u1" if n % 4 else "u2",
            )
            for n in range(30)
        ]
        world.take(*talks, *events)
        world.take(customer("v1", ADA, plan="team"), source="Billing")
        world.take(customer("v1", ADA, plan="enterprise"), source="Billing")
        for edit in (
            e.AddTag(world.owner(ADA), "vip"),
            e.AddTag(world.owner(ADA), "beta"),
            e.RemoveTag(world.owner(ADA), "beta"),
            e.SetProperty(world.owner(ADA), "plan", text("gold")),
            e.WriteNote(world.owner(ADA), "n1", "Prefers a wide world"),
            e.WriteNote(company(world), "n2", "Renews in May"),
            e.AddTag(company(world), "key"),
        ):
            world.do(edit)
        while search.index(workspace, 10_000):
            pass
        yield world


def company(world: World) -> Owner:
    ((key,),) = world.rows("SELECT id FROM companies WHERE merged_into IS NULL")
    return Owner(OwnerKind.COMPANY, int(str(key)))


OWNERS = some.sampled_from(["customer", "company"])
FILTERS = some.sampled_from(
    [
        StreamFilter(),
        *(StreamFilter(frozenset([chip])) for chip in Chip),
        StreamFilter(frozenset([Chip.NOTES, Chip.EVENTS])),
    ]
)


def owner_of(world: World, which: str) -> Owner:
    return company(world) if which == "company" else world.owner(ADA)


@given(which=OWNERS, wanted=FILTERS, sizes=some.lists(some.integers(1, 12), min_size=1, max_size=6))
def test_pages_of_any_size_are_the_whole_with_nothing_lost_and_nothing_twice(
    full: World, which: str, wanted: StreamFilter, sizes: list[int]
) -> None:
    owner = owner_of(full, which)
    whole = everything(full, owner, wanted)
    assert everything(full, owner, wanted, sizes) == whole
    keys = [line.key for line in whole]
    assert keys == sorted(set(keys), reverse=True)


@given(which=OWNERS, wanted=FILTERS, place=some.floats(0, 0.999), size=some.integers(1, 9))
def test_reading_upwards_from_any_line_gives_what_stands_above_it(
    full: World, which: str, wanted: StreamFilter, place: float, size: int
) -> None:
    owner = owner_of(full, which)
    whole = everything(full, owner, wanted)
    if not whole:
        return
    start = int(place * len(whole))
    above: list[Line] = []
    key: LineKey | None = whole[start].key
    with full.workspace.database.read() as connection:
        while key is not None:
            page = activity.page_after(connection, owner, wanted, key, limit=size)
            above, key = [*page.lines, *above], page.following
    assert above == whole[:start]


@given(which=OWNERS)
def test_the_chips_part_the_stream_and_their_counts_are_its_lines(full: World, which: str) -> None:
    owner = owner_of(full, which)
    whole = everything(full, owner)
    with full.workspace.database.read() as connection:
        counted = counts(connection, owner)
    for chip in Chip:
        mine = [line for line in whole if CHIP_OF[line.key.kind] is chip]
        assert everything(full, owner, StreamFilter(frozenset([chip]))) == mine
        assert counted[chip] == len(mine)


@given(
    which=OWNERS,
    words=some.sampled_from(
        ["hello", "wide world", "number 4", "export", "vip", "gold", "prefers", "logged", "nowhere", "hel", "renews"]
    ),
    wanted=FILTERS,
    size=some.integers(1, 7),
)
def test_a_search_finds_exactly_the_lines_that_hold_the_words(
    full: World, which: str, words: str, wanted: StreamFilter, size: int
) -> None:
    owner = owner_of(full, which)
    found = everything(full, owner, StreamFilter(wanted.chips, words=words), [size])
    expected = [
        line.key
        for line in everything(full, owner, wanted)
        if all(spans(words_of(line), [term]) for term in terms(words))
    ]
    assert [line.key for line in found] == expected


@given(which=OWNERS, typed=some.text(max_size=40) | some.text(alphabet='"*()^:-+AND OR NEAR{}', max_size=12))
def test_whatever_is_typed_is_a_question_and_never_an_error(full: World, which: str, typed: str) -> None:
    page = read(full, owner_of(full, which), StreamFilter(words=typed))
    assert len(page.lines) <= activity.PAGE


@pytest.mark.parametrize("chunks", [1, 3, 100])
def test_a_search_through_long_streams_step_by_step_finds_the_same(
    full: World, monkeypatch: pytest.MonkeyPatch, chunks: int
) -> None:
    """With steps so short that the ways of frequent words are taken, which small workspaces never need."""
    for which in ("customer", "company"):
        owner = owner_of(full, which)
        whole = everything(full, owner, StreamFilter(words="world"))
        exported = everything(full, owner, StreamFilter(words="exported"))
        with monkeypatch.context() as short:
            for name, length in (("_FEW_HITS", 2), ("_CHUNK", 2), ("_CHUNKS", chunks), ("LOOKED_AT", 3)):
                short.setattr(activity_search, name, length)
            assert everything(full, owner, StreamFilter(words="world"), [3]) == whole
            assert everything(full, owner, StreamFilter(words="exported"), [2]) == exported


def test_no_page_of_a_long_stream_sorts_it_or_runs_through_it(full: World) -> None:
    owner, key = company(full), everything(full, company(full))[5].key
    with full.workspace.database.read() as connection, full.workspace.search.read() as index:
        for wanted in (StreamFilter(), StreamFilter(frozenset([Chip.EVENTS])), StreamFilter(source_id=1)):
            noting = Noting(connection.raw)
            activity.page(noting, owner, wanted, key, index=index)
            activity.page_after(noting, owner, wanted, key, index=index)
            for statement, arguments in noting.noted:
                if "activities" in statement or "FROM claims c" in statement:
                    steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", arguments).fetchall()
                    # What an overruled value was is looked up for each change: few rows, sorted by rank.
                    plan = [row[3] for row in steps if row[1] == 0]
                    assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN a")], (
                        statement,
                        plan,
                    )


class Noting(Connection):
    """A connection that writes down what it is asked."""

    __slots__ = ("noted",)

    def __init__(self, raw: object) -> None:
        super().__init__(raw)
        self.noted: list[tuple[str, Arguments | list[object]]] = []

    def exec_driver_sql(self, statement: str, arguments: Arguments | list[object] = ()) -> Result:
        self.noted.append((statement, arguments))
        return super().exec_driver_sql(statement, arguments)


def test_one_source_alone_is_what_it_said_itself(full: World) -> None:
    owner = full.owner(ADA)
    with full.workspace.database.read() as connection:
        sources = dict(sources_of(connection, owner))
    (billing,) = [key for key, name in sources.items() if name == "Billing"]
    (helpdesk,) = [key for key, name in sources.items() if name == "Helpdesk"]
    found = everything(full, owner, StreamFilter(source_id=billing), [2])
    assert [(type(line.what), line.source) for line in found] == [(Changed, "Billing"), (Arrived, "Billing")]
    many = everything(full, owner, StreamFilter(source_id=helpdesk), [7])
    assert {line.source for line in many} == {"Helpdesk"}
    assert many == [line for line in everything(full, owner) if line.source == "Helpdesk"]


def test_nothing_later_than_the_day_is_in_the_stream_of_that_day(full: World) -> None:
    owner = full.owner(ADA)
    whole = everything(full, owner)
    until = whole[len(whole) // 2].at
    assert list(read(full, owner, until=until, limit=10_000).lines) == [line for line in whole if line.at <= until]
    with full.workspace.database.read() as connection:
        assert sum(counts(connection, owner, until=until).values()) == len([line for line in whole if line.at <= until])


def test_a_company_has_each_activity_of_its_members_once_and_its_own_notes(full: World) -> None:
    lines = everything(full, company(full))
    keys = [line.key for line in lines]
    for address in (ADA, BEN):
        members = [one.key for one in everything(full, full.owner(address)) if one.key.kind <= LineKind.EVENT]
        assert set(members) <= set(keys)
        assert len(members) == len([line for line in lines if line.customer_id == full.customer(address)])
    assert [line.what.text for line in lines if isinstance(line.what, Noted)] == ["Renews in May"]
    assert [line.what.tag for line in lines if isinstance(line.what, Tagged)] == ["key"]
