"""Edits of many: what everybody gets, who is counted as gone, and one undo that leaves what is newer."""

from __future__ import annotations

from tests.store.world import World, customer

from console.domain import edits as e
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.records import OwnerKind
from console.domain.values import Value, ValueKind
from console.store.outcomes import remarked

CUSTOMER = OwnerKind.CUSTOMER
PRO, FREE = Value(ValueKind.STRING, "pro"), Value(ValueKind.STRING, "free")
TAGGED = "SELECT owner_id FROM taggings g JOIN tags t ON t.id = g.tag_id WHERE t.name = ? ORDER BY owner_id"
SHOWN = "SELECT w.text FROM winners w JOIN properties p ON p.id = w.property_id WHERE p.name = ? AND w.owner_id = ?"


def people(world: World, count: int) -> tuple[int, ...]:
    world.take(*(customer(f"u{number}", f"u{number}@x.example", name=f"Customer {number}") for number in range(count)))
    return tuple(row[0] for row in world.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id"))


def tagged(world: World, tag: str) -> set[int]:
    return {row[0] for row in world.rows(TAGGED, tag)}


def shown(world: World, owner: int, name: str = "plan") -> str | None:
    found = world.rows(SHOWN, name, owner)
    return found[0][0] if found else None


def test_a_tag_for_many_is_one_edit_with_one_undo_and_one_redo(world: World) -> None:
    everybody = people(world, 2_300)
    world.do(e.AddTag(Owner(CUSTOMER, everybody[0]), "vip"))

    edit = world.do(e.AddTagToMany(CUSTOMER, everybody, " vip "))
    assert tagged(world, "vip") == set(everybody)

    undone = world.undo(edit)
    assert tagged(world, "vip") == {everybody[0]}
    assert world.is_folded(undone)
    world.redo(edit)
    assert tagged(world, "vip") == set(everybody)
    world.undo(edit)
    assert tagged(world, "vip") == {everybody[0]}


def test_who_is_gone_is_counted_and_who_was_merged_is_followed(world: World) -> None:
    first, second, third = people(world, 3)
    world.do(e.MergeCustomers(CustomerId(first), CustomerId(second)))

    edit = world.do(e.AddTagToMany(CUSTOMER, (second, third, 5), "vip"))

    assert tagged(world, "vip") == {first, third}
    with world.workspace.database.read() as connection:
        told = [(one.edit, one.reason) for one in remarked(connection, 0)]
    assert told == [(edit, "Done for 2; 1 is gone since")]
    assert not world.is_folded(world.do(e.AddTagToMany(CUSTOMER, (5, 6), "vip")))
    assert "already" in world.outcome(world.do(e.AddTagToMany(CUSTOMER, (first, third), "vip"))).reason
    assert not world.is_folded(world.do(e.AddTagToMany(CUSTOMER, (first,), " ")))


def test_a_tag_is_taken_off_many_and_undo_sticks_it_on_again_where_it_was(world: World) -> None:
    first, second, third = people(world, 3)
    world.do(e.AddTagToMany(CUSTOMER, (first, second), "vip"))

    edit = world.do(e.RemoveTagFromMany(CUSTOMER, (first, second, third), "vip"))
    assert tagged(world, "vip") == set()
    world.do(e.MergeCustomers(CustomerId(third), CustomerId(second)))
    world.undo(edit)

    assert tagged(world, "vip") == {first, third}
    assert not world.is_folded(world.do(e.RemoveTagFromMany(CUSTOMER, (second,), "nonsense")))


def test_a_property_is_said_of_many_and_undo_leaves_what_was_said_of_one_since(world: World) -> None:
    first, second, third = people(world, 3)
    world.do(e.SetProperty(Owner(CUSTOMER, first), "plan", FREE))

    edit = world.do(e.SetPropertyOfMany(CUSTOMER, (first, second, third), "plan", PRO))
    assert [shown(world, one) for one in (first, second, third)] == ["pro", "pro", "pro"]
    world.do(e.SetProperty(Owner(CUSTOMER, third), "plan", Value(ValueKind.STRING, "gold")))

    world.undo(edit)
    assert [shown(world, one) for one in (first, second, third)] == ["free", None, "gold"]
    world.redo(edit)
    assert [shown(world, one) for one in (first, second)] == ["pro", "pro"]


def test_a_property_is_taken_off_many_and_comes_back(world: World) -> None:
    first, second = people(world, 2)
    world.do(e.SetPropertyOfMany(CUSTOMER, (first, second), "owner", Value(ValueKind.STRING, "Marta")))

    edit = world.do(e.RemovePropertyOfMany(CUSTOMER, (first, second), "owner"))
    assert (shown(world, first, "owner"), shown(world, second, "owner")) == (None, None)
    world.undo(edit)
    assert (shown(world, first, "owner"), shown(world, second, "owner")) == ("Marta", "Marta")


def test_a_company_said_of_many_is_built_and_gone_again_with_the_undo(world: World) -> None:
    first, second = people(world, 2)
    said = Value(ValueKind.STRING, "North Peak")

    edit = world.do(e.SetPropertyOfMany(CUSTOMER, (first, second), "company.name", said))
    members = "SELECT member_count FROM companies WHERE name = 'North Peak' AND merged_into IS NULL"
    assert world.rows(members) == [(2,)]
    assert world.rows("SELECT count(*) FROM customers WHERE company_id IS NOT NULL") == [(2,)]
    world.undo(edit)

    assert world.rows("SELECT count(*) FROM customers WHERE company_id IS NOT NULL") == [(0,)]


def test_segments_follow_what_many_were_tagged_with(world: World) -> None:
    first, second = people(world, 2)
    rule = '{"about":"tag","verb":"is","values":["vip"]}'
    world.do(e.DefineSegment(7, "Important", CUSTOMER, rule))
    now = "SELECT owner_id FROM segment_spans WHERE until IS NULL ORDER BY owner_id"

    edit = world.do(e.AddTagToMany(CUSTOMER, (first, second), "vip"))
    assert [row[0] for row in world.rows(now)] == sorted((first, second))
    world.undo(edit)
    assert world.rows(now) == []


def test_companies_are_tagged_as_well_but_conversations_are_not(world: World) -> None:
    first, _ = people(world, 2)
    world.do(e.SetProperty(Owner(CUSTOMER, first), "company.name", Value(ValueKind.STRING, "North Peak")))
    company = world.rows("SELECT id FROM companies")[0][0]

    world.do(e.AddTagToMany(OwnerKind.COMPANY, (company,), "partner"))

    assert tagged(world, "partner") == {company}
    assert not world.is_folded(world.do(e.AddTagToMany(OwnerKind.CONVERSATION, (1,), "x")))
