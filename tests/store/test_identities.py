"""Who is who: the same address is the same customer, in whatever order records arrive, and what was parted stays apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.conftest import opened
from tests.store.seen import check, hashes, visible
from tests.store.world import START, World, customer

from console.domain import edits as e
from console.domain.address import canonical
from console.domain.ids import CustomerId, IdentityId
from console.domain.profile import OriginKind
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord

ANNA, BORIS = "anna@example.com", "boris@example.com"
ADDRESSES = [
    f"{name}@example.com" for name in ("ann", "ben", "cay", "dan", "Eve", "EVE", "fay+1", "fay", "straße", "strasse")
]

spoken = st.lists(
    st.tuples(
        st.sampled_from(["Helpdesk", "Chat", "Billing"]),
        st.integers(0, 5),
        st.sets(st.sampled_from(ADDRESSES), max_size=3),
    ),
    max_size=9,
    unique_by=lambda one: one[:2],
)


def partition_of(records: Iterable[tuple[str, int, Iterable[str]]]) -> set[frozenset[tuple[str, int]]]:
    """Oracle: records that share an address are one, and so on through others."""
    groups: list[tuple[set[tuple[str, int]], set[str | None]]] = []
    for source, number, addresses in records:
        members, keys = {(source, number)}, {canonical(address) for address in addresses}
        for group in [one for one in groups if one[1] & keys]:
            members |= group[0]
            keys |= group[1]
            groups.remove(group)
        groups.append((members, keys))
    return {frozenset(members) for members, _ in groups}


def found_partition(world: World) -> set[frozenset[tuple[str, int]]]:
    groups: dict[object, set[tuple[str, int]]] = {}
    for owner, source, external_id in world.rows(
        "SELECT i.owner_id, s.name, i.external_id FROM identities i JOIN sources s ON s.id = i.source_id WHERE i.kind = 'customer'"
    ):
        groups.setdefault(owner, set()).add((str(source), int(str(external_id))))
    return {frozenset(group) for group in groups.values()}


def take(world: World, records: Sequence[tuple[str, int, Iterable[str]]], chance: random.Random) -> None:
    """In pages as chance has it: one source to a page, its records in any number."""
    left = list(records)
    chance.shuffle(left)
    while left:
        source = left[0][0]
        page = [one for one in left if one[0] == source][: chance.randint(1, 4)]
        left = [one for one in left if one not in page]
        world.take(*(customer(str(number), *sorted(emails)) for _, number, emails in page), source=source, at=START)


@settings(max_examples=40)
@given(spoken, st.randoms(use_true_random=False))
def test_records_that_share_an_address_are_one_customer_in_any_order(
    empty_workspace: Path, records: list[tuple[str, int, set[str]]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder, opened(empty_workspace, Path(folder) / "workspace") as workspace:
        world = World(workspace)
        take(world, records, chance)

        assert found_partition(world) == partition_of(records)
        check(world)


@settings(max_examples=25)
@given(spoken, st.randoms(use_true_random=False))
def test_what_a_teammate_parted_is_never_joined_by_addresses(
    empty_workspace: Path, records: list[tuple[str, int, set[str]]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder, opened(empty_workspace, Path(folder) / "workspace") as workspace:
        world = World(workspace)
        parted = [("Helpdesk", 100, {"ann@example.com"}), ("Helpdesk", 101, {"ben@example.com"})]
        take(world, parted, chance)
        world.do(
            e.NeverMerge(CustomerId(world.customer("ann@example.com")), CustomerId(world.customer("ben@example.com")))
        )
        take(world, records, chance)
        found, joined = found_partition(world), partition_of([*parted, *records])

        assert not any({("Helpdesk", 100), ("Helpdesk", 101)} <= group for group in found)
        assert all(any(group <= whole for whole in joined) for group in found)
        untouched = [group for group in joined if not group & {("Helpdesk", 100), ("Helpdesk", 101)}]
        assert all(group in found for group in untouched)
        check(world)


def test_an_address_of_several_forms_is_one_and_plus_and_sharp_s_tell_apart(world: World) -> None:
    world.take(
        customer("1", "Anna@EXAMPLE.com"), customer("2", "anna@example.com "), customer("3", "anna+x@example.com")
    )
    world.take(customer("4", "straße@x.example"), customer("5", "strasse@x.example"), customer("6", "a@bücher.example"))
    world.take(customer("7", "a@xn--bcher-kva.example"), source="Chat")

    assert len(world.rows("SELECT 1 FROM customers WHERE merged_into IS NULL")) == 5
    assert world.customer("a@bücher.example") == world.customer("a@XN--BCHER-KVA.example")


def test_empty_and_odd_addresses_join_nobody(world: World) -> None:
    odd = ["", " ", "alice@example.org)bob@example.com", "<anna@example.com>", "anna@example.com,boris@example.com"]
    world.take(*(customer(str(number), address) for number, address in enumerate(odd)), customer("anna", ANNA))

    assert len(world.rows("SELECT 1 FROM customers")) == len(odd) + 1
    check(world)


def test_a_record_that_brings_two_addresses_joins_their_customers_and_nothing_is_lost(world: World) -> None:
    world.take(
        customer("1", ANNA, plan="Pro"), customer("2", BORIS, city="Lyon"), EventRecord("e", "signed in", START, "2")
    )
    world.do(e.WriteNote(world.owner(BORIS), "n", "kept"))
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    world.take(customer("9", ANNA, BORIS), source="Billing")

    assert world.customer(ANNA) == world.customer(BORIS)
    assert world.shown(ANNA) == {"plan": "Pro", "city": "Lyon"}
    assert [row[0] for row in world.rows("SELECT owner_id FROM notes UNION ALL SELECT owner_id FROM taggings UNION ALL SELECT owner_id FROM events")] == [world.customer(ANNA)] * 3  # fmt: skip
    check(world)


def test_a_new_address_at_the_source_keeps_the_customer_and_frees_the_old_address(world: World) -> None:
    world.take(customer("1", ANNA, plan="Pro"))
    anna = world.customer(ANNA)
    world.do(e.WriteNote(world.owner(ANNA), "n", "kept"))
    world.take(customer("1", "anna@new.example", plan="Pro"))
    assert world.customer("anna@new.example") == anna
    assert world.owners(ANNA) == set()

    world.take(customer("7", ANNA, plan="Free"), source="Chat")

    assert world.customer(ANNA) != anna
    assert world.shown(anna) == {"plan": "Pro"}
    assert world.shown(ANNA) == {"plan": "Free"}
    check(world)


def test_a_split_survives_the_next_synchronisation_and_the_next_import(world: World) -> None:
    shared = [customer("1", "team@shop.example", name="Ann"), customer("2", "team@shop.example", name="Ben")]
    world.take(*shared)
    one = world.customer("team@shop.example")
    ((ben,),) = world.rows("SELECT id FROM identities WHERE external_id = '2' AND source_id <> 0")
    split = world.do(e.SplitCustomer(CustomerId(one), (IdentityId(int(str(ben))),), CustomerId(77)))
    assert world.is_folded(split)

    world.take(customer("1", "team@shop.example", name="Ann B."), customer("2", "team@shop.example", name="Ben C."))

    assert world.shown(one)["name"] == "Ann B."
    assert world.shown(77)["name"] == "Ben C."
    check(world)
    assert world.is_folded(world.undo(split))
    assert world.customer("team@shop.example") == one
    assert world.is_folded(world.redo(split))
    sheet = customer("team@shop.example", "team@shop.example", vip="yes")
    world.take(sheet, source="vip.csv", kind=OriginKind.SPREADSHEET)

    assert world.owners("team@shop.example") == {one, 77}
    check(world)


def test_a_merge_survives_the_next_synchronisation(world: World) -> None:
    world.take(customer("1", ANNA, name="Anna"), customer("2", BORIS, name="Boris"))
    world.do(e.MergeCustomers(CustomerId(world.customer(ANNA)), CustomerId(world.customer(BORIS))))
    world.take(customer("1", ANNA, name="Anna B."), customer("2", BORIS, name="Boris B."))
    world.take(customer("x", BORIS), source="Chat")

    assert world.customer(ANNA) == world.customer(BORIS)
    check(world)


said_of_companies = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["", "Acme", "ACME ", "Acme Ltd", "Bolt"]),
        st.sampled_from(["", "acme.example", "bolt.example"]),
    ),
    max_size=8,
)


@settings(max_examples=25)
@given(said_of_companies, st.randoms(use_true_random=False))
def test_company_properties_build_the_same_companies_in_any_order(
    empty_workspace: Path, said: list[tuple[int, str, str]], chance: random.Random
) -> None:
    """The last saying of each customer counts; oracle: one company for each name without case and space, domains for nameless ones."""
    last = {number: (name, domain) for number, name, domain in said}
    with TemporaryDirectory() as folder, opened(empty_workspace, Path(folder) / "workspace") as workspace:
        world = World(workspace)
        records = [_of_company(number, name, domain) for number, (name, domain) in last.items()]
        for record in records:
            if chance.random() < 0.4:
                world.take(_of_company(int(record.external_id), "Other", ""))
        chance.shuffle(records)
        for record in records:
            world.take(record)
        check(world)
        built = world.rows(
            "SELECT group_concat(u.email, ' ') FROM (SELECT company_id, email FROM customers WHERE company_id IS NOT NULL ORDER BY email) u GROUP BY company_id"
        )

        assert {str(row[0]) for row in built} == _companies_of(last)


def _of_company(number: int, name: str, domain: str) -> CustomerRecord:
    return customer(
        str(number),
        f"c{number}@example.com",
        **{k: v for k, v in (("company__name", name), ("company__domain", domain)) if v},
    )


def _companies_of(last: dict[int, tuple[str, str]]) -> set[str]:
    groups: list[tuple[set[int], set[str]]] = []
    for number, (name, domain) in last.items():
        keys = {f"name {name.strip().lower()}"} if name else set()
        keys |= {f"domain {domain}"} if domain else set()
        if not keys:
            continue
        members = {number}
        for group in [one for one in groups if one[1] & keys]:
            members |= group[0]
            keys |= group[1]
            groups.remove(group)
        groups.append((members, keys))
    return {" ".join(sorted(f"c{number}@example.com" for number in members)) for members, _ in groups}


def test_members_who_disagree_about_their_company_are_all_kept_and_the_company_says_for_itself_first(
    world: World,
) -> None:
    world.take(
        customer("1", ANNA, company__name="Acme", company__size="5"),
        customer("2", BORIS, company__name="Acme", company__size="7"),
    )
    ((acme,),) = world.rows("SELECT id FROM companies WHERE name = 'Acme'")
    seen = visible(world)[f"company {acme}"]
    assert isinstance(seen, dict)
    assert seen["count"] == 2
    winner, losers = seen["properties"]["size"][1], seen["properties"]["size"][3]
    assert {winner.content, losers[0][3].content} == {"5", "7"}

    world.take(
        CompanyRecord("acme", "Acme", (), {"size": customer("x", size="6").properties["size"]}), source="Billing"
    )

    assert world.rows("SELECT w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.owner_kind = 'company' AND p.name = 'size'") == [("6",)]  # fmt: skip
    check(world)


def test_the_same_pages_again_change_no_row_of_any_table(world: World) -> None:
    pages = [
        ("Helpdesk", [customer("1", ANNA, plan="Pro", company__name="Acme"), EventRecord("e", "x", START, "1")]),
        ("Billing", [customer("2", ANNA, BORIS, plan="Free"), CompanyRecord("acme", "Acme", ("acme.example",))]),
    ]
    for source, records in pages:
        world.take(*records, source=source)
    before = hashes(world)
    for source, records in pages:
        taken = world.take(*records, source=source)
        assert (taken.new, taken.updated, taken.unchanged) == (0, 0, len(records))

    assert hashes(world) == before


def test_merged_customers_of_two_companies_still_describe_each_their_own(world: World) -> None:
    world.take(customer("1", "a@x.example", company__name="North", company__size="10"))
    world.take(customer("2", "b@x.example", company__name="Harbor", company__size="20"))

    world.do(e.MergeCustomers(_one(world, "a@x.example"), _one(world, "b@x.example")))

    said = """SELECT c.name, w.text FROM companies c JOIN winners w ON w.owner_id = c.id JOIN properties p ON p.id = w.property_id
        WHERE p.name = 'size' ORDER BY 1"""
    assert world.rows(said) == [("Harbor", "20"), ("North", "10")]


def _one(world: World, address: str) -> CustomerId:
    return CustomerId(min(world.owners(address)))
