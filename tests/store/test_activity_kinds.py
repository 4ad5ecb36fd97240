"""The stream's lines: what each kind says, of whom and by whom."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.store.streams import ADA, BEN, everything, said, survey
from tests.store.world import START, World, chat, conversation_key, customer, text

from console.domain import edits as e
from console.domain.activity import (
    Arrived,
    Changed,
    Chip,
    Happened,
    Linked,
    LinkKind,
    Moved,
    Noted,
    Rated,
    Said,
    StreamFilter,
    Tagged,
    Waiting,
)
from console.domain.activity_text import words_of
from console.domain.ids import ConversationId, CustomerId, IdentityId
from console.domain.profile import ClaimState
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    Person,
)
from console.domain.scores import Scale, Score
from console.domain.values import Value, ValueKind
from console.store import search
from console.store.activity_counts import counts


def test_a_survey_has_its_score_and_an_event_its_typed_facts(world: World) -> None:
    facts = {
        "rows": Value(ValueKind.NUMBER, Decimal(1200)),
        "report": Value(ValueKind.LINK, "https://north.example/r"),
        "at": Value(ValueKind.DATETIME, datetime(2026, 1, 1, tzinfo=UTC)),
    }
    world.take(
        customer("u1", ADA, name="Ada"),
        survey("s1", 9),
        EventRecord("e1", "Exported report", START, "u1", metadata=facts),
    )
    (rated,) = said(world, world.owner(ADA), Rated)
    assert isinstance(rated, Rated)
    assert rated.score == Score(Scale.NPS, 9)
    assert said(world, world.owner(ADA), Happened) == [Happened("Exported report", tuple(facts.items()))]


def test_a_first_visit_is_one_line_and_later_values_are_changes_from_old_to_new(world: World) -> None:
    world.take(customer("u1", ADA, name="Ada", plan="pro"))
    world.take(customer("u1", ADA, name="Ada", plan="team"))
    world.do(e.SetProperty(world.owner(ADA), "plan", text("gold")))
    world.do(e.MaskProperty(world.owner(ADA), "plan"))
    world.do(e.ReturnToAutomatic(world.owner(ADA), "plan"))
    found = said(world, world.owner(ADA), Changed, Arrived)
    assert found[-1] == Arrived("Helpdesk", "u1", 2)
    changes = [
        (one.old and one.old.content, one.new and one.new.content, one.state)
        for one in found
        if isinstance(one, Changed)
    ]
    assert changes == [
        (None, "team", ClaimState.VALUE),
        ("gold", None, ClaimState.MASKED),
        ("team", "gold", ClaimState.VALUE),
        ("pro", "team", ClaimState.VALUE),
    ]


def test_a_merge_and_a_split_are_told_on_both_sides_and_keep_every_line(world: World) -> None:
    world.take(customer("u1", ADA, name="Ada"), chat("t1", "u1", "one"))
    world.take(customer("v1", BEN, name="Ben"), chat("t2", "v1", "two"), source="Other")
    ada, ben = world.owner(ADA), world.owner(BEN)
    before = {line.key for owner in (ada, ben) for line in everything(world, owner)}
    world.do(e.MergeCustomers(CustomerId(ada.id), CustomerId(ben.id)))
    merged = everything(world, ada)
    assert before < {line.key for line in merged}
    (linked,) = [line.what for line in merged if isinstance(line.what, Linked)]
    assert (linked.kind, linked.is_arrival, linked.other_name, linked.record_count, linked.by) == (
        LinkKind.MERGED, True, "Ben", 1, "Marta",
    )  # fmt: skip
    ((identity,),) = world.rows("SELECT id FROM identities WHERE external_id = 'v1'")
    world.do(e.SplitCustomer(CustomerId(ada.id), (IdentityId(int(str(identity))),), CustomerId(ben.id)))
    kinds = {(one.kind, one.is_arrival) for one in said(world, ben, Linked) if isinstance(one, Linked)}
    assert kinds >= {(LinkKind.MERGED, False), (LinkKind.SPLIT, True)}
    assert (LinkKind.SPLIT, False) in {
        (one.kind, one.is_arrival) for one in said(world, ada, Linked) if isinstance(one, Linked)
    }


def test_tags_segments_notes_and_waiting_answers_say_by_whom(world: World) -> None:
    world.take(CustomerRecord("u1", (ADA,), {}, segments=("Power users",)), chat("t1", "u1", "help"))
    world.take(CustomerRecord("u1", (ADA,), {}))
    ada = world.owner(ADA)
    world.do(e.AddTag(ada, "vip"), "Ben")
    world.do(e.RemoveTag(ada, "vip"), "Cleo")
    world.do(e.WriteNote(ada, "n1", "Likes short answers"))
    assert said(world, ada, Tagged) == [Tagged("vip", False, "Cleo"), Tagged("vip", True, "Ben")]
    assert said(world, ada, Moved) == [Moved("Power users", False, "Helpdesk"), Moved("Power users", True, "Helpdesk")]
    assert said(world, ada, Noted) == [Noted("n1", "Likes short answers", "Marta", False, False)]
    key = conversation_key(world, "t1")
    world.do(e.QueueReply(ConversationId(key), "k1", "On it"))
    (waiting,) = said(world, ada, Waiting)
    assert isinstance(waiting, Waiting)
    assert (waiting.conversation_id, waiting.text, waiting.by) == (key, "On it", "Marta")


def test_an_undone_value_is_told_there_and_back(world: World) -> None:
    world.take(customer("u1", ADA, name="Ada", plan="pro"))
    world.undo(world.do(e.SetProperty(world.owner(ADA), "plan", text("gold"))))
    changes = [one for one in said(world, world.owner(ADA), Changed) if isinstance(one, Changed)]
    assert [(one.old and one.old.content, one.new and one.new.content) for one in changes] == [
        ("gold", "pro"),
        ("pro", "gold"),
    ]


def test_messages_of_one_second_are_all_found_however_many(world: World) -> None:
    texts = [f"crowded {n}" for n in range(300)]
    messages = tuple(
        MessageRecord(f"m{n}", START, AuthorKind.CUSTOMER, Person("", "Ada"), words) for n, words in enumerate(texts)
    )
    world.take(customer("u1", ADA), ConversationRecord("t1", Channel.CHAT, "Many", messages, "u1"))
    while search.index(world.workspace, 10_000):
        pass
    found = everything(world, world.owner(ADA), StreamFilter(words="crowded"), [17])
    assert len(found) == len({line.key for line in found}) == 300
    assert len(said(world, world.owner(ADA), Said)) == 300


def test_a_number_that_changes_at_every_sync_is_told_whole_page_by_page(world: World) -> None:
    """Nearly all claims end because another begins: looking through them must not lose the one that ended for good."""
    plans = [f"plan {n}" for n in range(120)]
    for plan in plans:
        world.take(customer("u1", ADA, name="Ada", plan=plan))
    world.take(customer("u1", ADA, name="Ada"))
    whole = everything(world, world.owner(ADA))
    changes = [line.what.new and line.what.new.content for line in whole if isinstance(line.what, Changed)]
    assert changes == [None, *reversed(plans[1:])]
    assert everything(world, world.owner(ADA), sizes=[3]) == whole
    assert everything(world, world.owner(ADA), StreamFilter(words="plan 7"), [4]) == [
        line for line in whole if isinstance(line.what, Changed) and "plan 7" in words_of(line)
    ]


def test_a_company_joined_later_or_left_is_a_line_and_one_of_the_first_visit_is_not(world: World) -> None:
    world.take(CompanyRecord("c1", "North"), CustomerRecord("u1", (ADA,), {"name": text("Ada")}, ("c1",)))
    ada = world.owner(ADA)
    assert said(world, ada, Linked) == []
    world.take(CompanyRecord("c2", "South"), CustomerRecord("u1", (ADA,), {"name": text("Ada")}, ("c2",)))
    lines = [one for one in said(world, ada, Linked) if isinstance(one, Linked)]
    assert {(one.kind, one.is_arrival, one.other_name) for one in lines} == {
        (LinkKind.MEMBER, True, "South"), (LinkKind.MEMBER, False, "North"),
    }  # fmt: skip
    with world.workspace.database.read() as connection:
        assert counts(connection, ada)[Chip.CHANGES] == len(everything(world, ada))
    assert everything(world, ada, sizes=[1]) == everything(world, ada)
