"""Segments as they live: who joins and leaves by edits, pages, companies and time; and what a tag would do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.store.world import START, World, chat, customer, text

from console.domain import edits as e
from console.domain.expressions import BadExpression
from console.domain.ids import CustomerId, stable_id
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.domain.segment_rules import AllOf, Condition, Subject, Verb, rule_to_json
from console.domain.segment_text import text_of
from console.domain.segments import built_in
from console.store import segments
from console.store.expressions import read_rule
from console.store.moments import micros
from console.store.profiles import profile
from console.store.segment_effects import effect_of_tag, effects_of_tag
from console.store.segment_membership import kept_segments, settle

PRO, VIP = stable_id("segment", "pro"), stable_id("segment", "vip")


def define(world: World, key: int, name: str, expression: str, kind: OwnerKind = OwnerKind.CUSTOMER) -> e.EditId:
    with world.workspace.database.read() as connection:
        rule = read_rule(connection, kind, expression)
    return world.do(e.DefineSegment(key, name, kind, rule_to_json(rule)))


def inside(world: World, key: int) -> set[str]:
    """The names of those who are in a segment."""
    rows = world.rows(
        """SELECT coalesce(u.name, o.name) FROM segment_spans p LEFT JOIN customers u ON u.id = p.owner_id
           LEFT JOIN companies o ON o.id = p.owner_id WHERE p.segment_id = ? AND p.until IS NULL""",
        key,
    )
    assert len(rows) == len(set(rows)), "somebody counts twice"
    return {str(row[0]) for row in rows}


@pytest.fixture
def two(world: World) -> World:
    """Ann and Ben of Acme, Ben of Bolt as well, Cay of nowhere."""
    world.take(
        CompanyRecord("a", "Acme", ("acme.example",)),
        CompanyRecord("b", "Bolt", ("bolt.example",)),
        CustomerRecord("1", ("ann@acme.example",), {"name": text("Ann"), "plan": text("Pro")}, ("a",)),
        CustomerRecord("2", ("ben@acme.example",), {"name": text("Ben"), "plan": text("Free")}, ("a", "b")),
        customer("3", "cay@x.example", name="Cay", plan="Pro"),
    )
    return world


def company(world: World, name: str) -> e.Owner:
    ((key,),) = world.rows("SELECT id FROM companies WHERE name = ?", name)
    return e.Owner(OwnerKind.COMPANY, int(str(key)))


def test_whoever_meets_the_rule_joins_and_leaves_with_the_page_that_changes_it(two: World) -> None:
    define(two, PRO, "Pro people", "plan=pro")
    assert inside(two, PRO) == {"Ann", "Cay"}

    two.take(
        customer("3", "cay@x.example", name="Cay", plan="Free"), customer("4", "dan@x.example", name="Dan", plan="Pro")
    )

    assert inside(two, PRO) == {"Ann", "Dan"}
    with two.workspace.database.read() as connection:
        (span,) = segments.spans_of_owner(connection, two.customer("cay@x.example"))
        assert span.until is not None
        assert (span.segment_name, span.owner_name) == ("Pro people", "Cay")
        assert span.since < span.until
        assert profile(connection, two.customer("ann@acme.example")).segments == ("Pro people",)
        assert profile(connection, two.customer("ann@acme.example")).segments_by_rule == ("Pro people",)


def test_an_edit_and_its_undo_move_members(two: World) -> None:
    define(two, PRO, "Pro people", "plan=pro")

    edit = two.do(e.SetProperty(two.owner("ben@acme.example"), "plan", text("pro")))
    assert inside(two, PRO) == {"Ann", "Ben", "Cay"}

    two.undo(edit)
    assert inside(two, PRO) == {"Ann", "Cay"}


def test_a_company_tag_reaches_members_and_leaves_with_the_tag_and_one_of_two_companies_counts_once(two: World) -> None:
    define(two, VIP, "Key accounts", "tag:key")
    assert inside(two, VIP) == set()

    first = two.do(e.AddTag(company(two, "Acme"), "key"))
    assert inside(two, VIP) == {"Ann", "Ben"}

    two.do(e.AddTag(company(two, "Bolt"), "key"))
    assert inside(two, VIP) == {"Ann", "Ben"}

    two.undo(first)
    assert inside(two, VIP) == {"Ben"}
    two.do(e.RemoveTag(company(two, "Bolt"), "key"))
    assert inside(two, VIP) == set()
    assert two.rows("SELECT count(*) FROM taggings WHERE owner_kind = 'customer'") == [(0,)]


def test_what_is_shown_of_a_company_reaches_all_its_members_whoever_said_it(two: World) -> None:
    said = {"name": text("Ann"), "company.size": text("4")}
    two.take(CustomerRecord("1", ("ann@acme.example",), said, ("a",)))
    define(two, VIP, "Large", "company.size=5")
    assert inside(two, VIP) == set()

    two.take(CustomerRecord("1", ("ann@acme.example",), said | {"company.size": text("5")}, ("a",)))

    assert inside(two, VIP) == {"Ann", "Ben"}


def test_leaving_the_company_leaves_its_segments(two: World) -> None:
    define(two, VIP, "Of Acme", 'company:"acme"')
    assert inside(two, VIP) == {"Ann", "Ben"}

    two.take(CustomerRecord("2", ("ben@acme.example",), {"name": text("Ben")}, ("b",)))

    assert inside(two, VIP) == {"Ann"}


def test_a_merged_customer_is_in_it_once_and_a_split_brings_both_back(two: World) -> None:
    define(two, PRO, "Pro people", "plan=pro")
    ann, cay = two.customer("ann@acme.example"), two.customer("cay@x.example")

    merged = two.do(e.MergeCustomers(CustomerId(ann), CustomerId(cay)))
    assert len(two.rows("SELECT 1 FROM segment_spans WHERE until IS NULL")) == 1

    two.undo(merged)
    assert inside(two, PRO) == {"Ann", "Cay"}


def test_time_alone_lets_people_leave(two: World) -> None:
    define(two, PRO, "Here lately", "last_seen<30d")
    two.take(chat("c", "1", "Hello", at=START), EventRecord("e", "Logged in", START - timedelta(days=29), "3"))
    assert inside(two, PRO) == {"Ann", "Cay"}

    with two.workspace.database.write() as connection:
        (kept,) = kept_segments(connection)
        moved = settle(connection, kept, micros(START + timedelta(days=2)))

    assert moved == 1
    assert inside(two, PRO) == {"Ann"}


def test_a_segment_is_changed_removed_and_brought_back(two: World) -> None:
    define(two, PRO, "Pro people", "plan=pro")
    define(two, PRO, "Free people", "plan=free")
    assert inside(two, PRO) == {"Ben"}

    removed = two.do(e.RemoveSegment(PRO))
    assert inside(two, PRO) == set()
    with two.workspace.database.read() as connection:
        assert segments.our_segments(connection) == ()

    two.undo(removed)
    with two.workspace.database.read() as connection:
        (back,) = segments.our_segments(connection)
        assert (back.name, text_of(back.rule), back.made_by) == ("Free people", "plan=free", "Marta")
    assert inside(two, PRO) == {"Ben"}


@pytest.mark.parametrize(
    ("name", "rule", "reason"),
    [
        ("Active", "plan=pro", "built in"),
        ("pro PEOPLE", "plan=pro", "already"),
        (" ", "plan=pro", "1 to 120"),
        ("Other", 'segment="Pro people"', "segment of yours"),
    ],
)
def test_a_segment_that_makes_no_sense_is_refused_in_words(two: World, name: str, rule: str, reason: str) -> None:
    define(two, PRO, "Pro people", "plan=pro")

    refused = define(two, VIP, name, rule)

    assert not two.is_folded(refused)
    assert reason in two.outcome(refused).reason


def test_a_rule_that_cannot_be_read_is_refused(two: World) -> None:
    wrong = Condition(Subject.LAST_SEEN, Verb.NEWER, ("soon",))
    for body in ("{}", "[]", "no JSON", rule_to_json(AllOf((wrong,)))):
        refused = two.do(e.DefineSegment(VIP, "Broken", OwnerKind.CUSTOMER, body))
        assert not two.is_folded(refused)
    with two.workspace.database.read() as connection, pytest.raises(BadExpression):
        read_rule(connection, OwnerKind.CUSTOMER, "last_seen<soon")


def test_a_segment_of_companies(two: World) -> None:
    define(two, VIP, "Large ones", "members>1 or tag:big", OwnerKind.COMPANY)
    assert inside(two, VIP) == {"Acme"}

    two.do(e.AddTag(company(two, "Bolt"), "big"))
    assert inside(two, VIP) == {"Acme", "Bolt"}


def test_what_a_tag_would_do_is_known_before_it_is_done(two: World) -> None:
    define(two, VIP, "Key people", "tag:key plan=pro")
    define(two, PRO, "Small fry", "-tag:key")
    define(two, stable_id("segment", "c"), "Key companies", "tag:key", OwnerKind.COMPANY)
    acme = company(two, "Acme")

    with two.workspace.database.read() as connection:
        of_company = effect_of_tag(connection, acme, "key")
        of_cay = effect_of_tag(connection, two.owner("cay@x.example"), "key")
        of_nothing = effect_of_tag(connection, two.owner("cay@x.example"), "other")

    assert [(one.name, one.owner_kind.value, one.joined, one.left) for one in of_company] == [
        ("Key people", "customer", 1, 0), ("Small fry", "customer", 0, 2), ("Key companies", "company", 1, 0),
    ]  # fmt: skip
    assert [(one.name, one.joined, one.left) for one in of_cay] == [("Key people", 1, 0), ("Small fry", 0, 1)]
    assert of_nothing == ()

    two.do(e.AddTag(acme, "key"))
    assert inside(two, VIP) == {"Ann"}
    assert inside(two, PRO) == {"Cay"}
    with two.workspace.database.read() as connection:
        back = effect_of_tag(connection, acme, "key", is_added=False)
    assert [(one.name, one.joined, one.left) for one in back] == [
        ("Key people", 0, 1), ("Small fry", 2, 0), ("Key companies", 0, 1),
    ]  # fmt: skip


def standing(world: World) -> dict[int, set[int]]:
    """Who is in which segment."""
    rows = world.rows("SELECT segment_id, owner_id FROM segment_spans WHERE until IS NULL")
    return {segment: {owner for one, owner in rows if one == segment} for segment in (VIP, PRO)}


@pytest.mark.parametrize("extra", [0, 30])
def test_what_a_tag_on_many_would_do_is_what_it_does(two: World, extra: int) -> None:
    """Also where they are so many that everybody is asked at once."""
    two.take(*(customer(f"more{place}", f"more{place}@x.example") for place in range(extra)))
    define(two, VIP, "Key people", "tag:key plan=pro")
    define(two, PRO, "Small fry", "-tag:key")
    keys = [row[0] for row in two.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id")]
    companies = [company(two, name).id for name in ("Acme", "Bolt")]

    with two.workspace.database.read() as connection:
        of_all = effects_of_tag(connection, OwnerKind.CUSTOMER, keys, "key")
        of_companies = effects_of_tag(connection, OwnerKind.COMPANY, companies, "key")
        of_nobody = effects_of_tag(connection, OwnerKind.CUSTOMER, (), "key")
    before = standing(two)
    assert of_nobody == ()
    told = {one.segment: (one.joined, one.left) for one in of_companies}
    members = two.rows("SELECT count(DISTINCT customer_id) FROM memberships WHERE until IS NULL")[0][0]
    assert told[PRO] == (0, members)

    two.do(e.AddTagToMany(OwnerKind.CUSTOMER, tuple(keys), "key"))
    counted = {one.segment: (one.joined, one.left) for one in of_all}
    after = standing(two)
    moved = {
        segment: (len(after[segment] - before[segment]), len(before[segment] - after[segment])) for segment in after
    }
    assert moved == counted
    assert counted[PRO] == (0, len(keys))
    with two.workspace.database.read() as connection:
        back = effects_of_tag(connection, OwnerKind.CUSTOMER, keys, "key", is_added=False)
    assert {one.segment: (one.left, one.joined) for one in back} == counted


def test_the_built_in_ones_are_counted_over_everybody(two: World) -> None:
    for days, name in ((1, "1"), (45, "2"), (61, "3")):
        two.take(EventRecord(f"e{name}", "Logged in", START - timedelta(days=days), name))
    with two.workspace.database.read() as connection:
        found = {
            one.name: [m.name for m in segments.members(connection, one.owner_kind, one.rule, 9, now=START)]
            for one in built_in()
        }

    assert found == {"New": [], "Active": ["Ann"], "Slipping away": ["Ben"], "Away": ["Cay"]}


def test_undoing_everything_leaves_nobody_inside(two: World) -> None:
    before = two.rows("SELECT * FROM segments")
    edit = define(two, PRO, "Pro people", "plan=pro")
    two.undo(edit)
    assert two.rows("SELECT * FROM segments") == before
    assert inside(two, PRO) == set()
