"""Edits go back to the sources that are chosen for them, and what takes them back goes back as well."""

from __future__ import annotations

from tests.store.sendings import (
    ANNA,
    body_of,
    claimed,
    detail,
    helpdesk,
    row,
    rows,
    sent,
    source_called,
    states,
    talk,
    talk_owner,
    values,
)
from tests.store.world import World, customer, text

from console.domain import edits as e
from console.domain.ids import CustomerId, SourceId
from console.domain.outbox import WriteKind
from console.domain.outbox_words import words_of
from console.domain.records import OwnerKind

PLAN = "property:customer:plan"


def set_plan(world: World, value: str) -> e.Edit:
    return e.SetProperty(world.owner(ANNA), "plan", text(value))


def plan_of(world: World) -> str | None:
    return world.shown(ANNA)["plan"]


def test_a_property_goes_with_what_the_source_had_said(world: World) -> None:
    source = helpdesk(world, PLAN)

    world.do(set_plan(world, "Pro"))

    found = row(world)
    assert (found.kind, found.source, found.target) == (WriteKind.PROPERTY, source, world.owner(ANNA))
    assert (found.body["name"], found.body["value"], found.by) == ("plan", "Pro", "Marta")
    assert found.base is not None
    assert found.base["value"] == "Free"
    assert words_of(found) == "plan of Anna"
    assert sent(world, source).sending.target == "a"


def test_a_property_goes_to_every_chosen_source_that_knows_the_customer(world: World) -> None:
    helpdesk(world, PLAN)
    world.take(customer("A", ANNA, plan="Team"), source="Billing")
    world.take(customer("other", "boris@example.com"), source="Elsewhere")
    for name in ("Billing", "Elsewhere"):
        world.do(e.SetWriteBack(source_called(world, name), PLAN, True))

    world.do(set_plan(world, "Pro"))

    assert sorted(one.source_name for one in rows(world)) == ["Billing", "Helpdesk"]


def test_another_property_stays_here(world: World) -> None:
    helpdesk(world, PLAN)

    world.do(e.SetProperty(world.owner(ANNA), "city", text("Kiel")))

    assert rows(world) == ()


def test_tags_notes_states_and_assignments_go_back(world: World) -> None:
    source = helpdesk(world, "tag", "note", "state", "assignment")
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    world.do(e.RemoveTag(world.owner(ANNA), "vip"))
    world.do(e.WriteNote(talk_owner(world), "n1", "Calls at noon"))
    world.do(e.CloseConversation(talk(world)))
    world.do(e.AssignTeammate(talk(world), "Nadia"))

    told = [sent(world, source).sending for _ in range(5)]

    assert [one.kind.value for one in told] == ["tag", "untag", "note", "state", "assignment"]
    assert [one.target for one in told] == ["a", "a", "chat a", "chat a", "chat a"]
    assert told[2].body == {"text": "Calls at noon", "by": "Marta", "message_key": "n1"}
    assert told[3].body == {"state": "closed", "until": None}
    assert told[3].base == {"was": "open"}
    assert told[4].body == {"teammate": "Nadia"}
    assert len({one.op_id for one in told}) == 5
    assert all(one.by == "Marta" for one in told)


def test_several_fields_of_one_edit_are_one_matter(world: World) -> None:
    helpdesk(world, PLAN, "property:customer:city")
    edits = (set_plan(world, "Pro"), e.SetProperty(world.owner(ANNA), "city", text("Kiel")))

    world.do(e.Several("Change two", edits))

    first, second = rows(world)
    assert detail(world, first.id).matter == (first, second)


def test_an_edit_of_many_goes_back_for_each(world: World) -> None:
    source = helpdesk(world, "tag", PLAN)
    world.take(customer("b", "boris@example.com", plan="Free"))
    keys = (world.customer(ANNA), world.customer("boris@example.com"))

    edit = world.do(e.AddTagToMany(OwnerKind.CUSTOMER, keys, "vip"))
    world.do(e.SetPropertyOfMany(OwnerKind.CUSTOMER, keys, "plan", text("Pro")))

    assert sorted((one.kind.value, one.target_name) for one in rows(world)) == [
        ("property", "Anna"), ("property", "boris@example.com"), ("tag", "Anna"), ("tag", "boris@example.com"),
    ]  # fmt: skip
    world.undo(edit)
    assert states(world) == ["dropped", "dropped", "queued", "queued"]
    assert {sent(world, source).sending.target for _ in range(2)} == {"a", "b"}


def test_what_is_taken_back_while_it_waits_is_dropped(world: World) -> None:
    source = helpdesk(world, PLAN)
    edit = world.do(set_plan(world, "Pro"))

    world.undo(edit)

    assert states(world) == ["dropped"]
    assert claimed(world, source) is None
    world.redo(edit)
    assert states(world) == ["dropped", "queued"]
    world.undo(edit)
    assert states(world) == ["dropped", "dropped"]


def test_what_was_sent_is_told_the_old_value_when_it_is_taken_back(world: World) -> None:
    source = helpdesk(world, PLAN)
    edit = world.do(set_plan(world, "Pro"))
    sent(world, source)

    world.undo(edit)

    assert values(world) == ["Pro", "Free"]
    back = rows(world)[0]
    assert back.base is not None
    assert back.base["value"] == "Pro"
    sent(world, source)
    world.redo(edit)
    assert values(world) == ["Pro", "Free", "Pro"]


def test_the_old_value_by_hand_is_told_where_there_was_one(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Team"))
    sent(world, source)
    edit = world.do(set_plan(world, "Pro"))
    sent(world, source)

    world.undo(edit)

    assert values(world) == ["Team", "Pro", "Team"]
    assert plan_of(world) == "Team"


def test_what_is_being_sent_is_followed_by_the_old_value(world: World) -> None:
    source = helpdesk(world, "tag")
    edit = world.do(e.AddTag(world.owner(ANNA), "vip"))
    assert claimed(world, source)

    world.undo(edit)

    assert [(one.kind.value, one.state.value) for one in sorted(rows(world), key=lambda one: one.id)] == [
        ("tag", "claimed"), ("untag", "queued"),
    ]  # fmt: skip
    assert claimed(world, source) is None  # it waits for the one before


def test_what_a_teammate_dropped_is_not_told_when_the_edit_is_taken_back(world: World) -> None:
    helpdesk(world, PLAN)
    edit = world.do(set_plan(world, "Pro"))
    world.do(e.DropSending(row(world).id))

    world.undo(edit)

    assert states(world) == ["dropped"]


def test_what_was_done_before_it_was_chosen_is_not_told_when_it_is_taken_back(world: World) -> None:
    source = helpdesk(world)
    edit = world.do(set_plan(world, "Pro"))
    world.do(e.SetWriteBack(source, PLAN, True))

    world.undo(edit)

    assert rows(world) == ()


def test_a_value_that_becomes_automatic_again_does_not_go(world: World) -> None:
    helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))

    world.do(e.ReturnToAutomatic(world.owner(ANNA), "plan"))

    assert states(world) == ["dropped"]


def test_masking_is_for_the_console_only_and_removing_empties_the_field(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(e.MaskProperty(world.owner(ANNA), "plan"))
    assert rows(world) == ()

    world.do(e.RemoveProperty(world.owner(ANNA), "plan"))

    assert body_of(sent(world, source))["value"] is None


def test_a_note_that_was_taken_back_in_time_never_goes_and_one_that_went_stays_there(world: World) -> None:
    source = helpdesk(world, "note")
    first = world.do(e.WriteNote(world.owner(ANNA), "n1", "One"))
    world.undo(first)
    assert states(world) == ["dropped"]
    second = world.do(e.WriteNote(world.owner(ANNA), "n2", "Two"))
    sent(world, source)

    undone = world.undo(second)

    assert states(world) == ["dropped", "sent"]
    assert world.outcome(undone).reason == "The note is at the source already and stays there"
    world.redo(second)
    assert states(world) == ["dropped", "sent"]


def test_a_note_that_waits_goes_with_its_last_text(world: World) -> None:
    source = helpdesk(world, "note")
    world.do(e.WriteNote(world.owner(ANNA), "n1", "One"))
    world.do(e.ChangeNote("n1", "Two"))

    assert body_of(sent(world, source))["text"] == "Two"
    world.do(e.ChangeNote("n1", "Three"))
    assert states(world) == ["sent"]


def test_a_deleted_note_that_waits_does_not_go(world: World) -> None:
    helpdesk(world, "note")
    world.do(e.WriteNote(world.owner(ANNA), "n1", "One"))

    world.do(e.DeleteNote("n1"))

    assert states(world) == ["dropped"]


def test_what_waits_stays_with_the_record_when_customers_are_merged(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.take(customer("b", "boris@example.com", plan="Free"))
    world.do(e.SetProperty(world.owner("boris@example.com"), "plan", text("Pro")))
    anna, boris = world.customer(ANNA), world.customer("boris@example.com")
    world.do(e.MergeCustomers(CustomerId(anna), CustomerId(boris)))

    assert sent(world, source).sending.target == "b"


def test_a_mailbox_is_chosen_for_replies_when_it_is_connected(world: World) -> None:
    world.do(e.AddSource(SourceId(4711), "imap", "Post", "{}", ("help@acme.example",)))

    assert world.rows("SELECT what FROM write_backs") == [("reply",)]
