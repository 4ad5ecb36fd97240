"""Both sides changed the same thing: whose value stays is a teammate's to say, field by field."""

from __future__ import annotations

from tests.store.sendings import (
    ANNA,
    detail,
    helpdesk,
    sent,
    states,
    talk,
)
from tests.store.world import World, text

from console.domain import edits as e
from console.domain.outbox import SendingState, Settled
from console.domain.outcomes import OutcomeState

PLAN = "property:customer:plan"


def set_plan(world: World, value: str) -> e.Edit:
    return e.SetProperty(world.owner(ANNA), "plan", text(value))


def plan_of(world: World) -> str | None:
    return world.shown(ANNA)["plan"]


def test_a_conflict_shows_both_values_and_ours_goes_again_over_theirs(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"plan": "Team", "version": "v2"})).id
    (field,) = detail(world, key).conflicts
    assert (field.field, field.mine, field.theirs, field.before) == ("plan", "Pro", "Team", "Free")

    world.do(e.ResolveConflict(mine=(key,)))

    again = sent(world, source).sending
    assert again.base is not None
    assert (again.body["value"], again.base["value"], again.base["version"]) == ("Pro", "Team", "v2")


def test_taking_theirs_over_shows_their_value_and_can_be_taken_back(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"plan": "Team"})).id

    edit = world.do(e.ResolveConflict(theirs=(key,)))

    assert (plan_of(world), states(world)) == ("Team", ["dropped"])
    world.undo(edit)
    assert (plan_of(world), states(world)) == ("Pro", ["conflict"])


def test_a_conflict_about_a_state_takes_theirs_over(world: World) -> None:
    source = helpdesk(world, "state")
    world.do(e.CloseConversation(talk(world)))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"state": "open"})).id

    world.do(e.ResolveConflict(theirs=(key,)))

    assert world.rows("SELECT state FROM conversations") == [("open",)]


def test_both_sides_agreeing_is_no_conflict(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))

    sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"plan": "Pro"}))

    assert states(world) == ["sent"]


def test_tags_merge_by_themselves(world: World) -> None:
    source = helpdesk(world, "tag")
    world.do(e.AddTag(world.owner(ANNA), "vip"))

    sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"tags": ["beta"]}))

    assert states(world) == ["queued"]
    sent(world, source)
    assert states(world) == ["sent"]


def test_a_conflict_is_resolved_once(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"plan": "Team"})).id
    world.do(e.ResolveConflict(mine=(key,)))

    for edit in (e.ResolveConflict(theirs=(key,)), e.ResolveConflict()):
        assert world.outcome(world.do(edit)).state is OutcomeState.REFUSED
    assert states(world) == ["queued"]


def test_a_field_that_the_source_emptied_is_empty_here_when_theirs_is_taken(world: World) -> None:
    source = helpdesk(world, PLAN)
    world.do(set_plan(world, "Pro"))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"plan": ""})).id
    assert detail(world, key).conflicts[0].theirs == ""

    world.do(e.ResolveConflict(theirs=(key,)))

    assert "plan" not in world.shown(ANNA)


def test_what_the_source_did_not_tell_is_left_to_its_next_sync(world: World) -> None:
    source = helpdesk(world, PLAN, "state")
    world.do(set_plan(world, "Pro"))
    key = sent(world, source, Settled(SendingState.CONFLICT, "Changed.")).id
    world.do(e.CloseConversation(talk(world)))
    state = sent(world, source, Settled(SendingState.CONFLICT, "Changed.", theirs={"state": "on hold"})).id

    world.do(e.ResolveConflict(theirs=(key, state)))

    assert plan_of(world) == "Free"
    assert world.rows("SELECT state FROM conversations") == [("closed",)]
