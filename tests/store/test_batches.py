"""A wrong import is taken out as one step (P54): every table as before, and whatever was done since stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.seen import BOOKKEEPING, check, hashes, visible
from tests.store.test_undo import changed
from tests.store.world import START, World, chat, conversation_key, customer, text

from console.domain import edits as e
from console.domain.ids import ConversationId, CustomerId
from console.domain.profile import OriginKind
from console.domain.records import AuthorKind, EventRecord, MailRecord, MessageRecord, OwnerKind, Person, Record

SHEET = OriginKind.SPREADSHEET
ANNA, BORIS = "anna@example.com", "boris@example.com"
US = frozenset({"help@us.example"})

# What the next reading needs to know: which rows to look at again, and which ids mails have named.
WITHOUT = BOOKKEEPING | {"records", "thread_keys"}


@pytest.fixture
def busy(world: World) -> World:
    """Customers of a helpdesk and a former sheet, mails of theirs, a note and a value by hand."""
    world.take(customer("1", ANNA, plan="Pro", company__name="Acme"), customer("2", BORIS), chat("c", "1", "Hello"))
    world.take(customer(ANNA, ANNA, vip="yes", city="Lyon"), source="former.csv", kind=SHEET, batch="former")
    world.take(mail("m1", BORIS, "Invoice"), source="Imported mail", own=US)
    world.do(e.WriteNote(world.owner(BORIS), "n", "kept"))
    world.do(e.SetProperty(world.owner(ANNA), "plan", text("by hand")))
    return world


def mail(key: str, sender: str, subject: str, *references: str, day: int = 0, name: str = "") -> MailRecord:
    at = START + timedelta(days=day)
    message = MessageRecord(
        key,
        at,
        AuthorKind.CUSTOMER,
        Person(sender, name),
        f"About {subject}",
        to=(Person("help@us.example"),),
        subject=subject,
    )
    return MailRecord(f"mail:{key}", message, key, references, subject.lower(), bool(references), key.encode())


def rows(prefix: str, count: int) -> list[Record]:
    return [
        customer(
            f"{prefix}{n}@new.example",
            f"{prefix}{n}@new.example",
            plan=f"p{n}",
            company__name=f"Firm {n % 3}",
            tier="1",
        )
        for n in range(count)
    ]


IMPORTS: dict[str, tuple[str, OriginKind, list[Record]]] = {
    "new customers": ("new.csv", SHEET, rows("n", 25)),
    "known customers": ("new.csv", SHEET, [customer(ANNA, ANNA, plan="Sheet", city="Nice"), customer(BORIS, BORIS, plan="X")]),
    "the former file with other values": ("former.csv", SHEET, [customer(ANNA, ANNA, vip="no", city="Nice", company__name="Bolt")]),
    "a row that joins two customers": ("new.csv", SHEET, [customer("x", ANNA, BORIS, "third@example.com")]),
    "a former row with another address": ("former.csv", SHEET, [customer(ANNA, ANNA, "annas@second.example", vip="yes", city="Lyon")]),
    "events": ("events.csv", SHEET, [EventRecord("e1", "signed in", START, email=ANNA), EventRecord("e2", "left", START, email="new@x.example")]),
    "mails of new customers": ("Imported mail", OriginKind.SOURCE, [mail("m7", "new@x.example", "Hello"), mail("m8", "newer@x.example", "Other")]),
    "mails of known customers": ("Imported mail", OriginKind.SOURCE, [mail("m7", ANNA, "Hello", name="Anna A."), mail("m8", BORIS, "Invoice", "m1", day=1)]),
    "an earlier mail of a known thread": ("Imported mail", OriginKind.SOURCE, [mail("m0", ANNA, "Offer", "m1", day=-3)]),
    "tags for somebody known and somebody new": ("tags.csv", SHEET, [replace(customer(ANNA, ANNA), tags=("vip", "beta")), replace(customer("t@x.example", "t@x.example"), tags=("vip",))]),
    "a company's name for known customers": ("firms.csv", SHEET, [customer(BORIS, BORIS, company__name="Acme", company__size="9")]),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPORTS)
def test_taking_an_import_out_leaves_every_table_as_before(busy: World, name: str) -> None:
    source, kind, records = IMPORTS[name]
    busy.take(source="Imported mail", own=US)
    busy.take(source=source, kind=kind, own=US)
    before, seen = hashes(busy, without=WITHOUT), visible(busy)
    busy.take(*records, source=source, kind=kind, batch="wrong", own=US)
    check(busy)
    after = visible(busy)
    assert after != seen

    taken_out = busy.do(e.UndoImport("wrong"))
    assert busy.is_folded(taken_out), busy.outcome(taken_out).reason

    check(busy)
    assert changed(visible(busy), seen) == {}
    assert hashes(busy, without=WITHOUT) == before

    busy.take(*records, source=source, kind=kind, batch="again", own=US)
    check(busy)
    assert changed(shape(visible(busy)), shape(after)) == {}


def shape(seen: dict[str, object]) -> dict[str, object]:
    """What is seen, without when it was synchronised."""

    def kept(one: dict[str, object]) -> dict[str, object]:
        tags = one.get("tags")
        names = [tag[0] for tag in tags if isinstance(tag, tuple)] if isinstance(tags, list) else tags
        return {k: v for k, v in one.items() if k not in ("properties", "batch_id")} | {"tags": names}

    return {name: kept(one) if isinstance(one, dict) else one for name, one in seen.items()}


def test_edits_made_since_stay_when_an_import_is_taken_out(busy: World) -> None:
    busy.take(*rows("n", 3), customer(ANNA, ANNA, plan="Sheet", tier="2"), source="new.csv", kind=SHEET, batch="wrong")
    busy.take(mail("m7", "mia@x.example", "Hello"), source="Imported mail", batch="mails", own=US)
    newcomer = busy.owner("n0@new.example")
    busy.do(e.WriteNote(newcomer, "n2", "met at the fair"))
    busy.do(e.AddTag(busy.owner("n1@new.example"), "vip"))
    busy.do(e.SetProperty(busy.owner(ANNA), "tier", text("3")))
    talk = busy.rows("SELECT conversation_id FROM messages WHERE key = 'm7'")[0][0]
    busy.do(e.WriteNote(e.Owner(OwnerKind.CONVERSATION, int(str(talk))), "n3", "answered by phone"))

    assert busy.is_folded(busy.do(e.UndoImport("wrong")))
    assert busy.is_folded(busy.do(e.UndoImport("mails")))

    check(busy)
    assert busy.owners("n0@new.example") == {newcomer.id}
    assert "plan" not in busy.shown("n0@new.example")
    assert len(busy.owners("n1@new.example")) == 1
    assert busy.owners("n2@new.example") == set()
    assert busy.shown(ANNA)["tier"] == "3"
    assert busy.rows("SELECT count(*) FROM notes WHERE deleted_at IS NULL") == [(3,)]
    assert busy.rows("SELECT message_count FROM conversations WHERE id = ?", talk) == [(1,)]


def test_a_tag_of_a_teammate_outlives_the_same_tag_of_an_import(busy: World) -> None:
    busy.do(e.AddTag(busy.owner(ANNA), "vip"))
    taken = busy.take(replace(customer(ANNA, ANNA), tags=("vip", "beta")), source="t.csv", kind=SHEET, batch="wrong")
    assert taken.changes_by_property == {"tags": 1}
    again = busy.take(replace(customer(ANNA, ANNA), tags=("vip", "beta")), source="t.csv", kind=SHEET, batch="same")
    assert again.changes_by_property == {}

    assert busy.is_folded(busy.do(e.UndoImport("wrong")))

    check(busy)
    assert busy.rows("SELECT DISTINCT t.name FROM taggings g JOIN tags t ON t.id = g.tag_id") == [("vip",)]


def test_of_three_readings_of_a_file_any_can_be_taken_out_in_any_order(world: World) -> None:
    for number in "123":
        world.take(
            customer(ANNA, ANNA, plan=number, **{f"only{number}": "x"}), source="f.csv", kind=SHEET, batch=number
        )

    assert world.is_folded(world.do(e.UndoImport("2")))
    assert world.shown(ANNA) == {"plan": "3", "only1": "x", "only3": "x"}
    check(world)
    assert world.is_folded(world.do(e.UndoImport("3")))
    assert world.shown(ANNA) == {"plan": "1", "only1": "x"}
    check(world)
    assert world.is_folded(world.do(e.UndoImport("1")))
    assert world.rows("SELECT count(*) FROM claims") == [(0,)]


def test_an_import_is_not_taken_out_twice_nor_while_it_runs(world: World) -> None:
    world.take(customer(ANNA, ANNA, plan="1"), source="f.csv", kind=SHEET, batch="b")
    assert world.is_folded(world.do(e.UndoImport("b")))
    assert not world.is_folded(world.do(e.UndoImport("b")))
    world.take(customer(ANNA, ANNA, plan="1"), source="f.csv", kind=SHEET, batch="b")
    with world.workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE import_batches SET state = 'running'")
    refused = world.outcome(world.do(e.UndoImport("b")))

    assert "still running" in refused.reason
    assert world.shown(ANNA) == {"plan": "1"}


def test_a_merge_by_hand_since_the_import_outlives_it(busy: World) -> None:
    busy.take(*rows("n", 2), source="new.csv", kind=SHEET, batch="wrong")
    busy.do(e.MergeCustomers(CustomerId(busy.customer(ANNA)), CustomerId(busy.customer("n0@new.example"))))
    assert busy.is_folded(busy.do(e.UndoImport("wrong")))

    check(busy)
    assert busy.shown(ANNA)["plan"] == "by hand"
    assert busy.rows("SELECT count(*) FROM customers WHERE merged_into IS NULL") == [(2,)]


def test_a_chat_assigned_to_an_imported_customer_keeps_both(busy: World) -> None:
    busy.take(*rows("n", 2), source="new.csv", kind=SHEET, batch="wrong")
    assigned = busy.customer("n0@new.example")
    busy.do(e.AssignCustomer(ConversationId(conversation_key(busy, "c")), CustomerId(assigned)))
    assert busy.is_folded(busy.do(e.UndoImport("wrong")))

    check(busy)
    assert busy.owners("n0@new.example") == {assigned}
    assert busy.rows("SELECT customer_id FROM conversations WHERE external_id = 'c'") == [(assigned,)]


def test_a_definition_made_by_hand_outlives_an_import(busy: World) -> None:
    from console.domain.values import ValueKind

    busy.do(e.DefineProperty(OwnerKind.CUSTOMER, "colour", ValueKind.STRING))
    busy.take(*rows("n", 2), source="new.csv", kind=SHEET, batch="wrong")
    busy.do(e.UndoImport("wrong"))

    assert busy.rows("SELECT name FROM properties WHERE name IN ('colour', 'tier')") == [("colour",)]
