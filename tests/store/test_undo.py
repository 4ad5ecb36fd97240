"""Undo takes back exactly what an edit did, redo does it again, and what is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.conftest import opened
from tests.store.seen import check, hashes, visible
from tests.store.world import START, World, chat, conversation_key, customer, new_key, text

from console.domain import edits as e
from console.domain.ids import CompanyId, ConversationId, CustomerId, EditId, IdentityId, SourceId
from console.domain.records import EventRecord, OwnerKind
from console.domain.values import ValueKind

ANNA, BORIS, CARLA = "anna@example.com", "boris@example.com", "carla@example.com"


@pytest.fixture(scope="module")
def full_files(tmp_path_factory: pytest.TempPathFactory, empty_workspace: Path) -> tuple[Path, World]:
    """The closed files of a workspace in which something goes on."""
    folder = tmp_path_factory.mktemp("full") / "workspace"
    with opened(empty_workspace, folder) as workspace:
        world = World(workspace)
        fill(world)
    return folder, world


@pytest.fixture
def full(tmp_path: Path, full_files: tuple[Path, World]) -> Iterator[World]:
    """A copy of it, open."""
    files, filled = full_files
    with opened(files, tmp_path / "workspace") as workspace:
        yield World(workspace, filled.at, filled.made)


def fill(world: World) -> None:
    """Three customers in two companies, with chats, tags, notes, events and values by hand."""
    world.take(
        customer("a", ANNA, name="Anna", plan="Pro", company__name="Acme", company__size="5"),
        customer("b", BORIS, name="Boris", plan="Free", company__name="Bolt"),
        customer("c", CARLA, name="Carla"),
        chat("chat a", "a", "Hello"),
        chat("chat b", "b", "Help", "Please"),
        chat("review", None, "Fine"),
        EventRecord("e1", "signed in", START, "a"),
    )
    world.take(customer("A", ANNA, plan="Team"), source="Billing")
    world.do(e.SetProperty(world.owner(BORIS), "plan", text("by hand")))
    world.do(e.AddTag(world.owner(ANNA), "vip"))
    world.do(e.AddTag(world.owner(BORIS), "vip"))
    world.do(e.WriteNote(world.owner(ANNA), "n1", "Likes tea"))
    world.do(e.WriteNote(world.owner(BORIS), "n2", "Calls at noon"))
    world.do(e.WriteNote(talk(world, "chat a"), "n3", "On a chat"))


def talk(world: World, external_id: str) -> e.Owner:
    return e.Owner(OwnerKind.CONVERSATION, conversation_key(world, external_id))


def key(world: World, address: str) -> CustomerId:
    return CustomerId(world.customer(address))


def firm(world: World, name: str) -> e.Owner:
    ((found,),) = world.rows("SELECT id FROM companies WHERE name = ? AND merged_into IS NULL", name)
    return e.Owner(OwnerKind.COMPANY, int(str(found)))


def conversation(world: World, external_id: str) -> ConversationId:
    return ConversationId(conversation_key(world, external_id))


def identity(world: World, external_id: str) -> IdentityId:
    ((found,),) = world.rows("SELECT id FROM identities WHERE external_id = ? AND source_id <> 0", external_id)
    return IdentityId(int(str(found)))


def merged_then_split(world: World) -> e.Edit:
    world.do(e.MergeCustomers(key(world, ANNA), key(world, BORIS)))
    return e.SplitCustomer(key(world, ANNA), (identity(world, "b"),), CustomerId(new_key("customer", "split")))


def split_back(world: World) -> e.Edit:
    boris = key(world, BORIS)
    world.do(e.MergeCustomers(key(world, ANNA), boris))
    return e.SplitCustomer(key(world, ANNA), (identity(world, "b"),), boris)


def masked_then_automatic(world: World) -> e.Edit:
    world.do(e.MaskProperty(world.owner(ANNA), "plan"))
    return e.ReturnToAutomatic(world.owner(ANNA), "plan")


EDITS: dict[str, Callable[[World], e.Edit]] = {
    "set": lambda w: e.SetProperty(w.owner(ANNA), "plan", text("Gold")),
    "set what was set": lambda w: e.SetProperty(w.owner(BORIS), "plan", text("Gold")),
    "set a new property": lambda w: e.SetProperty(w.owner(CARLA), "shoe size", text("41")),
    "set the name": lambda w: e.SetProperty(w.owner(CARLA), "name", text("Karla")),
    "pin": lambda w: e.SetProperty(w.owner(ANNA), "plan", text("Pro"), is_pin=True),
    "set the company's name": lambda w: e.SetProperty(w.owner(CARLA), "company.name", text("Acme")),
    "set another company's name": lambda w: e.SetProperty(w.owner(ANNA), "company.name", text("Bolt")),
    "set a new company's name": lambda w: e.SetProperty(w.owner(ANNA), "company.name", text("Newly")),
    "set on a company": lambda w: e.SetProperty(firm(w, "Acme"), "size", text("9")),
    "mask": lambda w: e.MaskProperty(w.owner(ANNA), "plan"),
    "mask the name": lambda w: e.MaskProperty(w.owner(ANNA), "name"),
    "remove": lambda w: e.RemoveProperty(w.owner(ANNA), "plan"),
    "automatic": lambda w: e.ReturnToAutomatic(w.owner(BORIS), "plan"),
    "automatic after mask": masked_then_automatic,
    "define": lambda w: e.DefineProperty(OwnerKind.CUSTOMER, "plan", ValueKind.CHOICE, ("Pro", "Team"), is_on_top=True),
    "define a new one": lambda w: e.DefineProperty(OwnerKind.CUSTOMER, "colour", ValueKind.STRING),
    "tag": lambda w: e.AddTag(w.owner(CARLA), "new"),
    "tag a chat": lambda w: e.AddTag(talk(w, "chat a"), "bug"),
    "tag a company": lambda w: e.AddTag(firm(w, "Acme"), "key account"),
    "untag": lambda w: e.RemoveTag(w.owner(ANNA), "vip"),
    "note": lambda w: e.WriteNote(w.owner(CARLA), "n9", "New"),
    "note on a company": lambda w: e.WriteNote(firm(w, "Acme"), "n9", "New"),
    "change a note": lambda w: e.ChangeNote("n1", "Likes coffee"),
    "pin a note": lambda w: e.PinNote("n1", True),
    "delete a note": lambda w: e.DeleteNote("n2"),
    "create": lambda w: e.CreateCustomer(CustomerId(new_key("customer", "dora")), "Dora", ("dora@example.com",)),
    "merge": lambda w: e.MergeCustomers(key(w, ANNA), key(w, BORIS)),
    "merge the other way": lambda w: e.MergeCustomers(key(w, BORIS), key(w, ANNA)),
    "split a source off": lambda w: e.SplitCustomer(key(w, ANNA), (identity(w, "A"),), CustomerId(new_key("customer", "x"))),
    "split after a merge": merged_then_split,
    "split back": split_back,
    "never merge": lambda w: e.NeverMerge(key(w, ANNA), key(w, BORIS)),
    "join": lambda w: e.JoinCompany(key(w, CARLA), CompanyId(firm(w, "Acme").id), is_main=True),
    "join another as main": lambda w: e.JoinCompany(key(w, ANNA), CompanyId(firm(w, "Bolt").id), is_main=True),
    "join a new one": lambda w: e.JoinCompany(key(w, CARLA), CompanyId(new_key("company", "n")), "Newly", is_main=True),
    "leave": lambda w: e.LeaveCompany(key(w, ANNA), CompanyId(firm(w, "Acme").id)),
    "assign": lambda w: e.AssignCustomer(conversation(w, "review"), key(w, CARLA)),
    "assign another": lambda w: e.AssignCustomer(conversation(w, "chat a"), key(w, BORIS)),
    "unlink": lambda w: e.UnlinkCustomer(conversation(w, "chat a")),
    "close": lambda w: e.CloseConversation(conversation(w, "chat a")),
    "snooze": lambda w: e.SnoozeConversation(conversation(w, "chat b"), START + timedelta(days=900)),
    "take": lambda w: e.AssignTeammate(conversation(w, "chat b"), "Marta"),
    "priority": lambda w: e.SetPriority(conversation(w, "chat b"), True),
    "read": lambda w: e.MarkRead(conversation(w, "chat b"), True),
    "unread": lambda w: e.MarkRead(conversation(w, "chat b"), False),
    "reply": lambda w: e.QueueReply(conversation(w, "chat b"), "reply-1", "At once"),
    "connect": lambda w: e.AddSource(SourceId(77), "imap", "Post", "{}", ("us@example.com",)),
    "several": lambda w: e.Several("Two tags and a value", (
        e.AddTag(w.owner(CARLA), "x"), e.AddTag(w.owner(CARLA), "y"), e.SetProperty(w.owner(CARLA), "plan", text("Pro")),
    )),
    "create and assign": lambda w: e.Several("Add a customer", (
        e.CreateCustomer(CustomerId(new_key("customer", "eva")), "Eva", ()),
        e.AssignCustomer(conversation(w, "review"), CustomerId(new_key("customer", "eva"))),
    )),
}  # fmt: skip
SHOWN_ELSEWHERE = {"define", "define a new one", "reply", "connect"}  # in dialogs, not on profiles or in the inbox


@pytest.mark.parametrize("name", EDITS)
def test_undo_restores_what_was_seen_and_redo_what_came_after(full: World, name: str) -> None:
    edit = EDITS[name](full)
    before = visible(full)
    done = full.do(edit)
    assert full.is_folded(done), full.outcome(done).reason
    check(full)
    after = visible(full)
    assert (changed(after, before) != {}) is (name not in SHOWN_ELSEWHERE)

    undone = full.undo(done)
    assert full.is_folded(undone), full.outcome(undone).reason
    check(full)
    assert changed(visible(full), before) == {}

    redone = full.redo(done)
    assert full.is_folded(redone), full.outcome(redone).reason
    check(full)
    assert changed(visible(full), after) == {}

    again = full.undo(done)
    assert full.is_folded(again), full.outcome(again).reason
    assert changed(visible(full), before) == {}
    check(full)


def changed(found: dict[str, object], wanted: dict[str, object]) -> dict[str, object]:
    """What differs, as (found, wanted) by what it is about."""
    differing = {name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name)}
    return {name: _narrowed(found.get(name), wanted.get(name)) for name in differing}


def _narrowed(found: object, wanted: object) -> object:
    if isinstance(found, dict) and isinstance(wanted, dict):
        return {k: (found.get(k), wanted.get(k)) for k in found.keys() | wanted.keys() if found.get(k) != wanted.get(k)}
    return (found, wanted)


REFUSED: dict[str, Callable[[World], e.Edit]] = {
    "a customer that is gone": lambda w: e.AddTag(e.Owner(OwnerKind.CUSTOMER, 5), "x"),
    "a conversation that is gone": lambda w: e.CloseConversation(ConversationId(5)),
    "an empty note": lambda w: e.WriteNote(w.owner(ANNA), "n", "  "),
    "a deleted note": lambda w: (w.do(e.DeleteNote("n1")), e.ChangeNote("n1", "x"))[1],
    "a tag that is not there": lambda w: e.RemoveTag(w.owner(CARLA), "vip"),
    "an empty tag": lambda w: e.AddTag(w.owner(CARLA), "   "),
    "a long tag": lambda w: e.AddTag(w.owner(CARLA), "x" * 81),
    "automatic where nothing was said": lambda w: e.ReturnToAutomatic(w.owner(CARLA), "plan"),
    "a property without a name": lambda w: e.SetProperty(w.owner(CARLA), " ", text("x")),
    "a property of a chat": lambda w: e.SetProperty(talk(w, "chat a"), "plan", text("x")),
    "merging one with itself": lambda w: e.MergeCustomers(key(w, ANNA), key(w, ANNA)),
    "splitting everything off": lambda w: e.SplitCustomer(
        key(w, CARLA), tuple(IdentityId(int(str(row[0]))) for row in w.rows("SELECT id FROM identities WHERE owner_id = ?", key(w, CARLA))),
        CustomerId(9)),
    "splitting into itself": lambda w: e.SplitCustomer(key(w, ANNA), (identity(w, "A"),), key(w, ANNA)),
    "splitting another's": lambda w: e.SplitCustomer(key(w, ANNA), (identity(w, "b"),), CustomerId(9)),
    "never merging one with itself": lambda w: e.NeverMerge(key(w, ANNA), key(w, ANNA)),
    "creating a known address": lambda w: e.CreateCustomer(CustomerId(9), "Anna", ("ANNA@example.com",)),
    "creating nobody": lambda w: e.CreateCustomer(CustomerId(9), " ", ()),
    "creating an odd address": lambda w: e.CreateCustomer(CustomerId(9), "X", ("<a@b.example>",)),
    "leaving a company of others": lambda w: e.LeaveCompany(key(w, CARLA), CompanyId(firm(w, "Acme").id)),
    "an empty reply": lambda w: e.QueueReply(conversation(w, "chat a"), "k", " "),
    "undoing nothing": lambda w: e.Undo(EditId("nobody")),
    "redoing what was not undone": lambda w: e.Redo(w.do(e.AddTag(w.owner(CARLA), "x"))),
    "undoing what was refused": lambda w: e.Undo(w.do(e.RemoveTag(w.owner(CARLA), "vip"))),
    "undoing twice": lambda w: e.Undo(twice(w, e.SetProperty(w.owner(CARLA), "plan", text("x")))),
    "undoing a merge twice": lambda w: e.Undo(twice(w, e.MergeCustomers(key(w, ANNA), key(w, BORIS)))),
    "an import that is not there": lambda w: e.UndoImport("nothing"),
    "a source's name again": lambda w: e.AddSource(SourceId(78), "imap", "Helpdesk", "{}"),
    "one bad among several": lambda w: e.Several("Two", (e.AddTag(w.owner(CARLA), "x"), e.RemoveTag(w.owner(CARLA), "y"))),
}  # fmt: skip


def twice(world: World, edit: e.Edit) -> EditId:
    done = world.do(edit)
    world.undo(done)
    return done


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_changes_nothing_and_says_why(full: World, make: Callable[[World], e.Edit]) -> None:
    edit = make(full)
    before = hashes(full)
    refused = full.outcome(full.do(edit))

    assert refused.state.value == "refused"
    assert len(refused.reason) > 20
    assert hashes(full) == before
    check(full)


def test_a_tag_that_comes_back_sticks_where_its_record_is_by_now(world: World) -> None:
    world.take(customer("1", "ann@x.example"), customer("2", "bob@x.example"))
    ann, bob = world.customer("ann@x.example"), world.customer("bob@x.example")
    world.do(e.AddTag(e.Owner(OwnerKind.CUSTOMER, bob), "vip"))
    merged = world.do(e.MergeCustomers(CustomerId(ann), CustomerId(bob)))
    removed = world.do(e.RemoveTag(e.Owner(OwnerKind.CUSTOMER, ann), "vip"))
    world.undo(merged)

    world.undo(removed)

    (owner,) = world.rows("SELECT owner_id FROM taggings")
    assert owner == (bob,)
    check(world)
