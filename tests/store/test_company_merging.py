"""Merge, split and "never merge" of companies: links move with their members, come back with undo, survive every re-import."""

from __future__ import annotations

from tests.store.world import World, chat, new_key, text

from console.domain import edits as e
from console.domain.ids import CompanyId, IdentityId
from console.domain.records import CompanyRecord, CustomerRecord, OwnerKind, Record


def firm(external_id: str, name: str, *domains: str, **properties: str) -> CompanyRecord:
    return CompanyRecord(external_id, name, domains, {key: text(value) for key, value in properties.items()})


def member(external_id: str, email: str, *firms: str) -> CustomerRecord:
    return CustomerRecord(external_id, (email,), {"name": text(external_id)}, firms)


def two_firms() -> tuple[Record, ...]:
    return (
        firm("f1", "Acme", "acme.example", plan="Pro"),
        firm("f2", "Acme GmbH", "acme.test", plan="Free"),
        member("ann", "ann@acme.example", "f1"),
        member("ben", "ben@acme.test", "f2"),
        member("cay", "cay@acme.test", "f2", "f1"),
        chat("c1", "ben", "Hello", "Anybody?"),
    )


def company(world: World, name: str) -> CompanyId:
    ((key,),) = world.rows("SELECT id FROM companies WHERE name = ? AND merged_into IS NULL", name)
    return CompanyId(int(str(key)))


def members(world: World, key: int) -> set[str]:
    rows = world.rows(
        "SELECT DISTINCT u.name FROM memberships m JOIN customers u ON u.id = m.customer_id"
        " WHERE m.company_id = ? AND m.until IS NULL",
        key,
    )
    return {str(row[0]) for row in rows}


def main_company(world: World, address: str) -> int:
    ((key,),) = world.rows("SELECT company_id FROM customers WHERE id = ?", world.customer(address))
    return int(str(key))


def activity_count(world: World, key: int) -> int:
    ((count,),) = world.rows("SELECT count(*) FROM activities WHERE owner_id = ?", key)
    return int(str(count))


def everything(world: World) -> list[object]:
    """What a merge may change, as it stands."""
    return [
        world.rows("SELECT id, owner_id, is_placed FROM identities ORDER BY id"),
        world.rows("SELECT id, customer_id, company_id, until FROM memberships ORDER BY id"),
        world.rows("SELECT id, name, domain, merged_into, member_count, last_seen FROM companies ORDER BY id"),
        world.rows("SELECT id, company_id FROM customers ORDER BY id"),
        world.rows("SELECT id, company_id FROM conversations ORDER BY id"),
        world.rows("SELECT owner_id, at, kind, ref, customer_id FROM activities ORDER BY 1, 2, 3, 4"),
        world.rows("SELECT owner_id, property_id, text FROM winners ORDER BY 1, 2"),
        world.rows("SELECT first_id, second_id FROM aparts ORDER BY 1, 2"),
        world.rows("SELECT owner_id, text FROM notes ORDER BY 1, 2"),
        world.rows("SELECT tag_id, owner_id FROM taggings ORDER BY 1, 2"),
    ]


def identities(world: World, key: int, external_id: str) -> tuple[IdentityId, ...]:
    rows = world.rows("SELECT id FROM identities WHERE owner_id = ? AND external_id = ?", key, external_id)
    return tuple(IdentityId(int(str(row[0]))) for row in rows)


def test_a_merged_company_has_the_members_activities_notes_and_tags_of_both(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    world.do(e.WriteNote(e.Owner(OwnerKind.COMPANY, other), "n1", "Pays late"))
    world.do(e.AddTag(e.Owner(OwnerKind.COMPANY, other), "key"))

    world.do(e.MergeCompanies(acme, other))

    assert members(world, acme) == {"ann", "ben", "cay"}
    assert members(world, other) == set()
    assert world.rows("SELECT member_count FROM companies WHERE id = ?", acme) == [(3,)]
    assert main_company(world, "ben@acme.test") == acme
    assert activity_count(world, acme) == 2
    assert world.rows("SELECT owner_id FROM notes") == [(acme,)]
    assert world.rows("SELECT owner_id FROM taggings") == [(acme,)]
    assert world.rows("SELECT merged_into, name FROM companies WHERE id = ?", other) == [(acme, "Acme GmbH")]
    assert world.rows("SELECT DISTINCT company_id FROM conversations") == [(acme,)]


def test_undo_of_a_merge_brings_both_back_as_they_were_and_redo_merges_again(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    before = everything(world)
    merged = world.do(e.MergeCompanies(acme, other))
    after = everything(world)

    world.undo(merged)
    undone = everything(world)
    world.redo(merged)

    assert undone == before
    assert everything(world) == after


def test_a_merge_survives_a_re_import_and_a_new_member_goes_to_the_one_that_stays(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    world.do(e.MergeCompanies(acme, other))

    world.take(*two_firms(), member("dan", "dan@acme.test", "f2"))

    assert members(world, acme) == {"ann", "ben", "cay", "dan"}


def test_a_split_company_takes_its_members_along_and_is_never_joined_again_by_its_keys(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    world.do(e.MergeCompanies(acme, other))
    into = CompanyId(new_key("company", "split"))

    done = world.do(e.SplitCompany(acme, identities(world, acme, "f2"), into))
    world.take(firm("g1", "Acme GmbH", "acme.test", "acme.example"), source="Billing")

    assert world.is_folded(done)
    assert members(world, acme) == {"ann", "cay"}
    assert members(world, into) == {"ben", "cay"}
    owners = {
        key for (key,) in world.rows("SELECT DISTINCT owner_id FROM identities WHERE external_id IN ('f1', 'f2')")
    }
    assert owners == {acme, into}
    assert world.rows("SELECT count(*) FROM aparts") == [(1,)]


def test_undo_of_a_split_leaves_one_company_with_everybody(world: World) -> None:
    world.take(*two_firms())
    acme = company(world, "Acme")
    world.do(e.MergeCompanies(acme, company(world, "Acme GmbH")))
    before = everything(world)
    split = world.do(e.SplitCompany(acme, identities(world, acme, "f2"), CompanyId(new_key("company", "split"))))

    world.undo(split)

    assert everything(world) == before


def test_companies_that_were_said_to_be_two_stay_two_when_a_source_shows_one_domain(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    world.do(e.NeverMergeCompanies(acme, other))

    world.take(firm("f2", "Acme GmbH", "acme.test", "acme.example", plan="Free"))

    assert company(world, "Acme GmbH") == other
    assert members(world, other) == {"ben", "cay"}


def test_a_company_cannot_be_merged_with_itself_nor_split_into_nothing(world: World) -> None:
    world.take(*two_firms())
    acme = company(world, "Acme")

    merged = world.do(e.MergeCompanies(acme, acme))
    split = world.do(e.SplitCompany(acme, (), CompanyId(new_key("company", "nobody"))))

    assert world.outcome(merged).reason == "They are one company already"
    assert "Something has to stay" in world.outcome(split).reason


def test_a_customer_of_both_companies_counts_once_after_the_merge(world: World) -> None:
    world.take(*two_firms())
    acme, other = company(world, "Acme"), company(world, "Acme GmbH")
    assert world.rows("SELECT sum(member_count) FROM companies") == [(4,)]

    world.do(e.MergeCompanies(acme, other))

    assert world.rows("SELECT sum(member_count) FROM companies WHERE merged_into IS NULL") == [(3,)]
