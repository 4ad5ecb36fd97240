"""The preview of a merge, held to the merge: whatever was said of two, the result column is what is shown afterwards."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.store.conftest import opened
from tests.store.test_everything_at_random import empty_files
from tests.store.world import START, World, chat, text

from console.domain import edits as e
from console.domain.comparing import Comparison, PropertyRow, Side, merging, property_rows
from console.domain.profile import ClaimState, OriginKind
from console.domain.profile_view import CompanyProfile, Profile, ShownProperty
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.store.comparing import compare
from console.store.profiles import company, profile

_SAID = ("name", "plan", "mood", "city", "company.plan", "company.tier")


@settings(max_examples=60)
@given(seed=st.integers(0, 1 << 30), kind=st.sampled_from([OwnerKind.CUSTOMER, OwnerKind.COMPANY]))
def test_after_the_merge_the_profile_shows_the_result_column(seed: int, kind: OwnerKind) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, opened(empty_files(), Path(folder) / "workspace") as workspace:
        world = World(workspace)
        _live(world, chance)
        owners = world.rows(f"SELECT id FROM {_table(kind)} WHERE merged_into IS NULL ORDER BY id")
        if len(owners) < 2:
            return
        stays, goes = (e.Owner(kind, int(str(row[0]))) for row in chance.sample(owners, 2))
        found = _compare(world, stays, goes)
        wanted = {name: chance.choice(list(Side)) for name in found.stays.shown if chance.random() < 0.3}
        rows = property_rows(found, wanted)

        made = world.do(merging(found, rows, "Merge two"))

        assert world.is_folded(made), world.outcome(made).reason
        with workspace.database.read() as connection:
            after = (profile if kind is OwnerKind.CUSTOMER else company)(connection, stays.id, now=world.at)
        _same_properties(rows, after.properties)
        _same_totals(found, world, after)
        if isinstance(after, Profile):
            sets = {one.name: set(one.result) for one in found.sets}
            assert set(after.emails) == sets["emails"]
            assert {one.name or one.domain for one in after.companies} == sets["companies"]
            dates = {one.name: one.result for one in found.dates}
            assert (after.first_seen, after.last_seen) == (dates["first seen"], dates["last seen"])


@settings(max_examples=15)
@given(seed=st.integers(0, 1 << 30))
def test_the_other_way_round_it_is_the_same_comparison(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, opened(empty_files(), Path(folder) / "workspace") as workspace:
        world = World(workspace)
        _live(world, chance)
        customers = world.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id")
        if len(customers) < 2:
            return
        one, other = (e.Owner(OwnerKind.CUSTOMER, int(str(row[0]))) for row in chance.sample(customers, 2))

        assert _compare(world, one, other).swapped() == _compare(world, other, one)


def _same_properties(rows: tuple[PropertyRow, ...], after: tuple[ShownProperty, ...]) -> None:
    expected = {
        one.name: (one.result.claim.state, one.result.value)
        for one in rows
        if one.result.claim.state is not ClaimState.REMOVED
    }
    assert {one.name: (one.state, one.value) for one in after} == expected  # fmt: skip


def _same_totals(found: Comparison, world: World, after: Profile | CompanyProfile) -> None:
    totals = {one.name: one.together for one in found.totals}
    column = "customer_id" if isinstance(after, Profile) else "company_id"
    (talks,) = world.rows(f"SELECT count(*) FROM conversations WHERE {column} = ? AND merged_into IS NULL", after.id)
    (events,) = world.rows("SELECT count(*) FROM activities WHERE owner_id = ? AND kind = 3", after.id)
    assert totals["conversations"] + totals["feedback"] == talks[0]
    assert totals["events"] == events[0]
    assert (totals["notes"], totals["tags"]) == (len(after.notes), len(after.tags))
    if isinstance(after, CompanyProfile):
        assert totals["members"] == after.member_count


def _live(world: World, chance: random.Random) -> None:
    """Sources of every rank speak of four customers and two companies, and teammates act on them."""
    for step in range(chance.randint(4, 12)):
        if chance.random() < 0.6:
            _page(world, chance, step)
        else:
            _act(world, chance, step)


def _page(world: World, chance: random.Random, step: int) -> None:
    who = chance.randrange(4)
    said = {name: text(chance.choice("ABC")) for name in chance.sample(_SAID, chance.randint(1, len(_SAID)))}
    firms = (
        CompanyRecord("o1", "Acme", properties={"plan": text(chance.choice("PQ"))}),
        CompanyRecord("o2", "Bolt", domains=("bolt.example",)),
    )
    customer = CustomerRecord(
        str(who),
        (f"{who}{step % 2}@x.example",),
        said,
        tuple(chance.sample(["o1", "o2"], chance.randint(0, 2))),
        None,
        tuple(chance.sample(["vip", "bug"], chance.randint(0, 2))),
    )
    at = START.replace(hour=0)
    told = [chat(f"{step}", str(who), "Hello", at=at), EventRecord(f"e{step}", "paid", at, str(who))]
    kind = chance.choice([OriginKind.SOURCE, OriginKind.PUSH_API, OriginKind.SPREADSHEET])
    world.take(
        *firms, customer, *chance.sample(told, chance.randint(0, 2)), source=f"{kind.value} {who % 2}", kind=kind
    )


def _act(world: World, chance: random.Random, step: int) -> None:
    kind = chance.choice([OwnerKind.CUSTOMER, OwnerKind.COMPANY])
    owners = world.rows(f"SELECT id FROM {_table(kind)} WHERE merged_into IS NULL ORDER BY id")
    if not owners:
        return
    owner = e.Owner(kind, int(str(chance.choice(owners)[0])))
    name = chance.choice(["name", "plan", "mood", "tier"])
    world.do(
        chance.choice([
            e.SetProperty(owner, name, text(chance.choice("ABX"))),
            e.MaskProperty(owner, name),
            e.RemoveProperty(owner, name),
            e.AddTag(owner, chance.choice(["vip", "key"])),
            e.WriteNote(owner, f"n{step}", "Something"),
        ])
    )  # fmt: skip


def _compare(world: World, one: e.Owner, other: e.Owner) -> Comparison:
    with world.workspace.database.read() as connection:
        return compare(connection, one, other)


def _table(kind: OwnerKind) -> str:
    return "customers" if kind is OwnerKind.CUSTOMER else "companies"
