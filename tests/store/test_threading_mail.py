"""Which mails are one conversation does not depend on the order or the pages in which they arrive."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.conftest import opened
from tests.store.seen import check, hashes
from tests.store.test_batches import US, mail
from tests.store.world import START, World

from console.domain import edits as e
from console.domain.ids import ConversationId
from console.domain.records import MailRecord, OwnerKind

PEOPLE = ["ann@x.example", "ben@x.example", "cay@x.example"]

mails = st.lists(
    st.builds(
        lambda number, sender, subject, named, day: mail(
            f"m{number}", sender, subject, *sorted(f"m{n}" for n in named if n != number), day=day
        ),
        st.integers(0, 11),
        st.sampled_from(PEOPLE),
        st.sampled_from(["Offer", "Invoice", ""]),
        st.sets(st.integers(0, 13), max_size=2),
        st.integers(0, 90),
    ),
    max_size=12,
    unique_by=lambda one: one.external_id,
)


def take(world: World, found: list[MailRecord], chance: random.Random) -> None:
    left = list(found)
    chance.shuffle(left)
    while left:
        size = chance.randint(1, 5)
        world.take(*left[:size], source="Mailbox", own=US, at=START + timedelta(days=100))
        left = left[size:]


def threads(world: World) -> dict[frozenset[str], tuple[object, ...]]:
    """The conversations by the mails in them, with what their rows show."""
    rows = world.rows(
        """SELECT group_concat(m.key, ' '), c.subject, u.email, c.first_at, c.last_at, c.message_count, c.unread_count FROM messages m
           JOIN conversations c ON c.id = m.conversation_id LEFT JOIN customers u ON u.id = c.customer_id GROUP BY c.id"""
    )
    return {frozenset(str(keys).split()): tuple(rest) for keys, *rest in rows}


@settings(max_examples=30)
@given(mails, st.integers(0, 2**32))
def test_mails_in_another_order_are_the_same_conversations(
    empty_workspace: Path, found: list[MailRecord], seed: int
) -> None:
    chance, seen = random.Random(seed), []
    with TemporaryDirectory() as folder:
        for number in range(2):
            with opened(empty_workspace, Path(folder) / str(number)) as workspace:
                world = World(workspace)
                take(world, found, chance)
                check(world)
                seen.append(threads(world))
                before = hashes(world)
                take(world, found, chance)
                assert hashes(world) == before
    assert seen[0] == seen[1]
    assert sum(len(keys) for keys in seen[0]) == len(found)


def test_a_late_mail_joins_two_conversations_and_nothing_of_either_is_lost(world: World) -> None:
    world.take(mail("m1", PEOPLE[0], "Offer"), mail("m2", PEOPLE[1], "Invoice", day=1), source="Mailbox", own=US)
    talks = [int(str(row[0])) for row in world.rows("SELECT conversation_id FROM messages ORDER BY key")]
    world.do(e.CloseConversation(ConversationId(talks[0])))
    for number, talk in enumerate(talks):
        world.do(e.WriteNote(e.Owner(OwnerKind.CONVERSATION, talk), f"n{number}", "kept"))
        world.do(e.AddTag(e.Owner(OwnerKind.CONVERSATION, talk), f"tag {number}"))
    world.do(e.AssignTeammate(ConversationId(talks[1]), "Marta"))

    world.take(mail("m3", PEOPLE[0], "Re: both", "m1", "m2", day=2), source="Mailbox", own=US)

    check(world)
    assert [set(keys) for keys in threads(world)] == [{"m1", "m2", "m3"}]
    living = world.rows("SELECT id, state, assignee, message_count FROM conversations WHERE merged_into IS NULL")
    assert living == [(talks[0], "open", "Marta", 3)]
    assert world.rows("SELECT DISTINCT owner_id FROM notes UNION SELECT owner_id FROM taggings") == [(talks[0],)]

    after = world.do(e.AddTag(e.Owner(OwnerKind.CONVERSATION, talks[1]), "by its former key"))
    assert world.is_folded(after)
    assert world.rows("SELECT count(*) FROM taggings WHERE owner_id = ?", talks[0]) == [(3,)]


def test_a_mail_without_a_subject_joins_nobody_and_our_own_address_joins_nobody(world: World) -> None:
    world.take(
        mail("m1", PEOPLE[0], ""), mail("m2", PEOPLE[0], ""), mail("m3", PEOPLE[1], "Hello"), source="Mailbox", own=US
    )
    world.take(mail("m4", PEOPLE[2], "Hello", day=3), source="Mailbox", own=US)

    assert sorted(len(keys) for keys in threads(world)) == [1, 1, 1, 1]
