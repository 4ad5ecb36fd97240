"""What was taken in and folded for real reads as it should, and the check-up finds nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.store.world import START, World, chat, conversation_key, customer

from console.domain.edits import AddTag, AssignCustomer, CloseConversation, MergeCustomers, Owner, WriteNote
from console.domain.health import Severity
from console.domain.ids import ConversationId, CustomerId
from console.domain.inbox import ConversationState, InboxFilter
from console.domain.profile import OriginKind
from console.domain.records import AttachmentRecord, AuthorKind, MailRecord, MessageRecord, OwnerKind, Person
from console.store import conversations, directory, inbox, profiles, search
from console.store.exports import export
from console.store.health import doctor
from console.store.workspace import Workspace


def test_threads_that_a_later_mail_joins_leave_every_count_right(workspace: Workspace) -> None:
    world = World(workspace)
    world.take(_mail("1", "ada@north.example", "Lamp"), _mail("2", "bo@south.example", "Chair", minutes=1))
    world.take(_mail("3", "cy@west.example", "Both", ("1", "2"), minutes=2))

    with workspace.database.read() as connection:
        rows = inbox.rows(connection, InboxFilter(), None, 10)
        turns = conversations.turns(connection, rows[0].id, None, 10)

    assert [row.customer_name for row in rows] == ["ada@north.example"]
    assert [turn.author_address for turn in turns] == ["ada@north.example", "bo@south.example", "cy@west.example"]
    assert turns[0].recipients == (Person("us@x.example", "Us"), Person("them@x.example", ""))
    assert [part.name for part in turns[0].attachments] == ["note.txt"]
    assert _broken(workspace) == []


def test_a_day_of_work_reads_as_it_was_done(workspace: Workspace, tmp_path: Path) -> None:
    world = World(workspace)
    world.take(
        customer("1", "ada@north.example", name="Ada", company__name="North peak", plan="free"),
        customer("2", "bo@south.example", name="Bo"),
        chat("c1", "1", "the lamp is broken"),
        chat("c2", None, "anonymous praise"),
    )
    world.take(customer("9", "ada@north.example", plan="pro"), source="book.csv", kind=OriginKind.SPREADSHEET)
    lamp, praise = conversation_key(world, "c1"), conversation_key(world, "c2")
    world.do(AddTag(Owner(OwnerKind.CONVERSATION, lamp), "urgent"))
    world.do(WriteNote(world.owner("ada@north.example"), "n1", "prefers mornings"))
    world.do(AssignCustomer(ConversationId(praise), CustomerId(world.customer("bo@south.example"))))
    world.do(CloseConversation(ConversationId(lamp)))
    ada, bo = world.customer("ada@north.example"), world.customer("bo@south.example")
    world.do(MergeCustomers(CustomerId(ada), CustomerId(bo)))
    while search.index(workspace, 50):
        pass

    with workspace.database.read() as connection:
        closed = inbox.rows(connection, InboxFilter(ConversationState.CLOSED, tag="urgent"), None, 5)
        profile = profiles.profile(connection, bo)
        found = directory.list_customers(connection, 'plan=pro company:"north peak"', 5)
        company = profiles.company(connection, profiles.company_called(connection, "North peak"))

    assert [row.id for row in closed] == [lamp]
    assert (profile.id, profile.conversation_count, [note.text for note in profile.notes]) == (
        ada,
        2,
        ["prefers mornings"],
    )
    plan = next(one for one in profile.properties if one.name == "plan")
    assert (plan.winner.origin.kind, [one.origin.name for one in plan.losers]) == (OriginKind.SPREADSHEET, ["Helpdesk"])
    assert [one.id for one in profile.merged_from] == [bo]
    assert [row.id for row in found] == [ada]
    assert [one.id for one in company.members] == [ada]
    kinds = {word: [hit.kind.value for hit in search.search(workspace, word, 5)] for word in ("praise", "morn", "peak")}
    assert kinds == {"praise": ["message"], "morn": ["note"], "peak": ["customer", "company"]}
    assert _broken(workspace) == []
    assert export(workspace, tmp_path / "out")["messages"] == 2


def _mail(key: str, address: str, subject: str, references: tuple[str, ...] = (), minutes: int = 0) -> MailRecord:
    message = MessageRecord(
        f"mail:{key}",
        START + timedelta(minutes=minutes),
        AuthorKind.CUSTOMER,
        Person(address, "", address),
        f"about {subject}",
        to=(Person("us@x.example", "Us"),),
        cc=(Person("them@x.example"),),
        attachments=(AttachmentRecord("note.txt", "text/plain", b"note"),) if key == "1" else (),
        subject=subject,
    )
    return MailRecord(f"INBOX/1/{key}", message, key, references, subject.lower(), bool(references), b"raw")


def _broken(workspace: Workspace) -> list[str]:
    return [f"{one.check}: {one.sentence}" for one in doctor(workspace) if one.severity is Severity.BROKEN]
