"""What a removed source brought is taken out in steps, and what was put aside is read once more, by the real sync process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from tests.sync.scripted import START, Desk, Script, pages, people

from console.connectors.contract import Pulling
from console.domain.edits import AddTag, Owner, RemoveSource, RetryQuarantine, SetProperty, Undo, WriteNote
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    OwnerKind,
    Page,
    Person,
    Record,
    Rejected,
)
from console.domain.values import Value, ValueKind
from console.store.health import doctor
from console.store.source_chores import waiting_chores

_EMPTY = ("customers", "companies", "identities", "identity_keys", "claims", "winners", "memberships", "conversations", "messages", "events", "activities", "records", "source_raws", "streams", "coverage", "quarantine", "source_runs", "segments_given", "taggings", "record_counts")  # fmt: skip


def _talk(number: int) -> ConversationRecord:
    said = MessageRecord(
        f"m{number}", START + timedelta(minutes=number), AuthorKind.CUSTOMER, Person(""), f"Help {number}"
    )
    return ConversationRecord(
        f"t{number}", Channel.CHAT, f"Talk {number}", (said,), customer_id=f"c{number}", tags=("given",)
    )


def _everything(count: int) -> tuple[Record, ...]:
    return (
        CompanyRecord("acme", "Acme", ("acme.example",), {"tier": Value(ValueKind.STRING, "gold")}),
        *(
            CustomerRecord(one.external_id, one.emails, one.properties, ("acme",), tags=("given",), segments=("Beta",), source_raw=b"{}")
            for one in people(count)
        ),
        *(_talk(n) for n in range(count)),
        *(EventRecord(f"e{n}", "Logged in", START, customer_id=f"c{n}") for n in range(count)),
    )  # fmt: skip


@pytest.fixture
def script() -> Script:
    return Script(pages(Page("all", _everything(450), "1", (Rejected("x", "No date.", b"{}"),))))


@pytest.fixture
def desk(tmp_path: Path, script: Script) -> Iterator[Desk]:
    made = Desk(tmp_path / "workspace", {"A": script, "B": Script()})
    yield made
    made.workspace.close()


def _owner(desk: Desk, name: str) -> Owner:
    return Owner(OwnerKind.CUSTOMER, int(str(desk.rows("SELECT id FROM customers WHERE name = ?", name)[0][0])))


def test_a_source_that_is_removed_with_everything_leaves_nothing_behind(desk: Desk) -> None:
    desk.run("A")
    assert desk.count("customers") == 450
    desk.keep(RemoveSource(desk.source("A"), is_dropping=True))
    desk.run("B")

    left = {table: count for table in _EMPTY if (count := desk.count(table, f"source_id = {desk.source('A')}" if table in ("source_runs", "streams") else "1"))}  # fmt: skip
    assert left == {}
    assert [one.sentence for one in doctor(desk.workspace) if one.severity.value == "broken"] == []


def test_what_teammates_touched_stays_with_what_makes_sense_of_it(desk: Desk) -> None:
    desk.run("A")
    talk = Owner(
        OwnerKind.CONVERSATION, int(str(desk.rows("SELECT id FROM conversations WHERE subject = 'Talk 3'")[0][0]))
    )
    desk.keep(WriteNote(talk, "n1", "Ask engineering"))
    desk.keep(AddTag(_owner(desk, "Customer 5"), "vip"))
    desk.keep(SetProperty(_owner(desk, "Customer 7"), "plan", Value(ValueKind.STRING, "team")))
    desk.run("B")
    desk.keep(RemoveSource(desk.source("A"), is_dropping=True))
    desk.run("B")

    assert desk.rows("SELECT name FROM customers ORDER BY name") == [("Customer 3",), ("Customer 5",), ("Customer 7",)]
    assert desk.rows("SELECT text FROM messages") == [("Help 3",)]
    assert desk.rows("SELECT text FROM notes") == [("Ask engineering",)]
    assert desk.rows(
        "SELECT t.name FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE g.owner_kind = 'customer'"
    ) == [("vip",)]
    values = "SELECT c.value FROM claims c JOIN properties p ON p.id = c.property_id WHERE p.name = 'plan' AND c.until IS NULL"
    assert desk.rows(values) == [("team",)]
    assert [one.sentence for one in doctor(desk.workspace) if one.severity.value == "broken"] == []


def test_whom_another_source_knows_stays_as_that_one_says(desk: Desk) -> None:
    desk.scripts["B"].pull = pages(Page("people", people(2, plan="free"), "1"))
    desk.run("B")
    desk.run("A")
    desk.keep(RemoveSource(desk.source("A"), is_dropping=True))
    desk.run("B")

    assert desk.rows("SELECT name FROM customers ORDER BY name") == [("Customer 0",), ("Customer 1",)]
    values = "SELECT DISTINCT w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.name = 'plan'"
    assert desk.rows(values) == [("free",)]


def test_taking_the_removal_back_connects_the_source_again_and_it_reads_what_went(desk: Desk, script: Script) -> None:
    desk.run("A")
    seen = {
        table: desk.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in ("winners", "events", "conversations")
    }
    removed = desk.keep(RemoveSource(desk.source("A"), is_dropping=True))
    desk.run("B")
    desk.keep(Undo(removed))
    desk.run("A")

    assert {table: desk.count(table) for table in seen} == {table: len(rows) for table, rows in seen.items()}
    assert [dict(pull.cursor_by_stream) for pull in script.pulls] == [{}, {}]
    assert desk.row("A").held == 450 * 3 + 1


def test_a_removal_that_is_cut_off_goes_on_at_the_next_start(desk: Desk) -> None:
    desk.run("A")
    desk.keep(RemoveSource(desk.source("A"), is_dropping=True))
    process = desk.process(names=frozenset("B"))
    process.writer.fold()
    process.chores.step()
    process.chores.step()
    with desk.workspace.database.read() as connection:
        assert [one.place != "" for one in waiting_chores(connection)] == [True]
    assert 0 < desk.count("records") < 450 * 3 + 1

    desk.run("B")

    assert desk.count("records") == 0
    assert desk.count("customers") == 0


def test_what_was_put_aside_is_mapped_again_from_what_is_kept(tmp_path: Path) -> None:
    def map_again(_settings: Mapping[str, str], stream: str, external_id: str, raw: bytes) -> Page:
        if raw == b"still bad":
            return Page(stream, (), None, (Rejected(external_id, "Still no date.", raw),))
        return Page(stream, people(1))

    bad = (Rejected("c0", "No date.", b"good now"), Rejected("c9", "No date.", b"still bad"))
    desk = Desk(tmp_path / "workspace", {"A": Script(pages(Page("people", (), "1", bad)), map_again=map_again)})
    desk.run("A")
    desk.keep(RetryQuarantine(desk.source("A")))
    desk.process(names=frozenset(("nobody",))).run()

    assert desk.rows("SELECT external_id, reason FROM quarantine") == [("c9", "Still no date.")]
    assert desk.rows("SELECT name FROM customers") == [("Customer 0",)]
    assert desk.rows("SELECT cursor FROM streams") == [("1",)]
    desk.workspace.close()


def test_where_nothing_can_be_mapped_again_the_source_is_asked_from_the_beginning_of_that_stream(
    tmp_path: Path,
) -> None:
    is_mended = False

    def pull(pulling: Pulling) -> Iterator[Page]:
        if "talks" not in pulling.cursor_by_stream:
            yield Page("talks", (_talk(1),), "t1")
        if "people" not in pulling.cursor_by_stream:
            rejected = () if is_mended else (Rejected("c0", "No date.", b"{}"),)
            yield Page("people", people(1) if is_mended else (), "p1", rejected)

    script = Script(pull)
    desk = Desk(tmp_path / "workspace", {"A": script})
    desk.run("A")
    is_mended = True
    desk.keep(RetryQuarantine(desk.source("A")))
    desk.run("A")
    desk.run("A")

    assert desk.count("quarantine") == 0
    assert desk.count("customers", "name = 'Customer 0'") == 1
    assert {"talks": "t1"} in [dict(pull.cursor_by_stream) for pull in script.pulls]
    desk.workspace.close()
