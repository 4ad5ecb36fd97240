"""The stream of another day tells what the profile of that day tells: of the records that belonged to the owner then."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.store.streams import read
from tests.store.world import START, World, chat, customer

from console.domain import edits as e
from console.domain.activity import Chip, Happened, Said, StreamFilter
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.store.activity_counts import counts
from console.store.profiles import profile_at


def told(world: World, owner: Owner, then: datetime, words: str = "") -> tuple[list[str], list[str]]:
    """The names of events and the subjects of messages until a moment; and their numbers are those of the chips."""
    page = read(world, owner, StreamFilter(words=words), until=then, limit=1_000)
    events = [one.what.name for one in page.lines if isinstance(one.what, Happened)]
    said = [one.what.excerpt for one in page.lines if isinstance(one.what, Said)]
    if not words:
        with world.workspace.database.read() as connection:
            found = counts(connection, owner, until=then)
        assert (found[Chip.EVENTS], found[Chip.MESSAGES]) == (len(events), len(said))
    return sorted(events), sorted(said)


def test_the_stream_of_a_day_before_a_merge_tells_one_of_the_two(world: World) -> None:
    world.take(
        customer("1", "ada@x.example", name="Ada"),
        customer("2", "bea@x.example", name="Bea"),
        EventRecord("e1", "Logged in", START, "1"),
        EventRecord("e2", "Exported", START, "2"),
        chat("t1", "1", "Ada asks"),
        chat("t2", "2", "Bea asks"),
    )
    ada, bea = (world.owner(f"{name}@x.example") for name in ("ada", "bea"))
    before = world.at + timedelta(seconds=1)
    world.at += timedelta(minutes=5)
    world.do(e.MergeCustomers(CustomerId(ada.id), CustomerId(bea.id)))
    after = world.at + timedelta(hours=1)

    assert told(world, ada, after) == (["Exported", "Logged in"], ["Ada asks", "Bea asks"])
    assert told(world, ada, before) == (["Logged in"], ["Ada asks"])
    with world.workspace.database.read() as connection:
        then = profile_at(connection, ada.id, before)
    assert [(one.name, one.count) for one in then.events] == [("Logged in", 1)]


def test_the_stream_of_a_company_is_that_of_its_members_of_then(world: World) -> None:
    world.take(
        CompanyRecord("c1", "North", ("north.example",)),
        CustomerRecord("1", ("ada@x.example",), {}, ("c1",)),
        CustomerRecord("2", ("bea@x.example",), {}, ()),
        EventRecord("e1", "Logged in", START, "1"),
        EventRecord("e2", "Exported", START, "2"),
    )
    (row,) = world.rows("SELECT id FROM companies WHERE name = 'North'")
    north, before = Owner(OwnerKind.COMPANY, row[0]), world.at + timedelta(seconds=1)
    world.at += timedelta(minutes=5)
    world.take(CustomerRecord("1", ("ada@x.example",), {}, ()), CustomerRecord("2", ("bea@x.example",), {}, ("c1",)))
    after = world.at + timedelta(hours=1)

    assert told(world, north, before)[0] == ["Logged in"]
    assert "Exported" in told(world, north, after)[0]
    assert "Exported" not in told(world, north, before)[0]


def test_what_happened_before_its_record_came_is_told_by_the_stream_and_counted_alike(world: World) -> None:
    then = START - timedelta(days=3)
    world.take(
        customer("1", "ada@x.example", name="Ada"), EventRecord("e1", "Logged in", START - timedelta(days=5), "1")
    )
    ada = world.owner("ada@x.example")

    assert told(world, ada, then)[0] == ["Logged in"]
    with world.workspace.database.read() as connection:
        profile = profile_at(connection, CustomerId(ada.id), then)
    assert [(one.name, one.count) for one in profile.events] == [("Logged in", 1)]
