"""As of a moment: pages and edits in any order, and every customer is shown as they were after each of them."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings
from tests.store.conftest import opened
from tests.store.test_everything_at_random import empty_files
from tests.store.test_segments import PRO, VIP, define
from tests.store.world import World, chat, customer, new_key, text

from console.domain import edits as e
from console.domain.ids import CompanyId, ConversationId, CustomerId, EditId, IdentityId
from console.domain.profile_view import Profile
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord, OwnerKind
from console.store.profiles import profile, profile_at

# What nothing remembers (see ``profile_at``) and what is only a name for the same thing.
_LEFT_OUT = {"conversations", "companies", "tags", "notes", "events", "as_of", "merged_into", "emails", "is_role", "is_shared", "first_seen", "last_seen", "location", "merged_from"}  # fmt: skip
Shown = dict[str, Any]


def shown(one: Profile) -> Shown:
    """A profile as far as it must be the same: seconds are the grain of first and last seen."""
    found: Shown = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in _LEFT_OUT}
    found["properties"] = {
        p.name: (p.state, p.value, p.winner.origin, {c.id for c in p.losers}) for p in one.properties
    }
    found["identities"] = {(i.id, i.source_name, i.is_home) for i in one.identities}
    found["emails"] = set(one.emails)
    # Who is named where two records bear the same tag is a matter of taste.
    found["tags"] = {tag.name for tag in one.tags}
    found["notes"] = [(n.id, n.text, n.author, n.at, n.edited_by, n.edited_at, n.is_pinned) for n in one.notes]
    found["companies"] = {company.id for company in one.companies}
    found["conversations"] = {(talk.id, talk.message_count, talk.last_at) for talk in one.conversations}
    found["events"] = {(event.name, event.count, event.first_at, event.last_at, event.weekly) for event in one.events}
    found["seen"] = [at and at.replace(microsecond=0) for at in (one.first_seen, one.last_seen)]
    found["merged_from"] = {card.id for card in one.merged_from}
    return found


class Story:
    """A workspace in which things happen, and what was shown of everybody after each of them."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.done: list[EditId] = []
        self.pictures: list[tuple[datetime, dict[int, Shown]]] = []
        self.page()  # a rule can only speak of properties that there are
        define(world, PRO, "Pro people", "plan=pro")
        define(world, VIP, "Important", "tag:vip OR tag:bug")

    def go_on(self) -> None:
        """One thing happens, and a picture is taken."""
        chance = self.chance
        if chance.random() < 0.35 or not self.customers():
            self.page()
        elif self.done and chance.random() < 0.2:
            self.world.undo(self.done.pop(chance.randrange(len(self.done))))
        else:
            edit = self.edit()
            made = self.world.do(edit)
            if self.world.is_folded(made):
                self.done.append(made)
        self.take_picture()

    def take_picture(self) -> None:
        with self.world.workspace.database.read() as connection:
            shown_by_id = {key: shown(profile(connection, key, now=self.world.at)) for key in self.customers()}
        self.pictures.append((self.world.at, shown_by_id))

    def customers(self) -> list[int]:
        """The living ones."""
        rows = self.world.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id")
        return [int(str(row[0])) for row in rows]

    def identities(self) -> set[int]:
        """Those that there are; the home of a customer that an undone split had made is gone."""
        return {int(str(row[0])) for row in self.world.rows("SELECT id FROM identities")}

    def page(self) -> None:
        chance, at = self.chance, self.world.later()
        number, source = chance.randint(0, 3), chance.choice(["Helpdesk", "Chat"])
        who = CustomerRecord(
            str(number),
            (f"{'abcd'[number]}{source[0]}@x.example",),
            {"name": text(chance.choice("ABC")), "plan": text(chance.choice(["Pro", "Free"]))},
            (chance.choice(["o1", "o2"]),) if chance.random() < 0.7 else (),
            at,
            tuple(chance.sample(["vip", "bug"], chance.randint(0, 2))),
            tuple(chance.sample(["Big", "Small"], chance.randint(0, 2))),
        )
        firms = CompanyRecord("o1", "Acme"), CompanyRecord("o2", "Bolt")
        made = self.world.made * 1000 + len(self.pictures)
        talk = chat(f"{source} {made}", str(number), "Hello", at=at)
        event = EventRecord(f"e{made}", chance.choice(["seen", "paid"]), at, str(number))
        records = [*firms, who, *chance.sample([talk, event], chance.randint(0, 2))]
        self.world.take(*records, source=source)

    def edit(self) -> e.Edit:
        chance, rows = self.chance, self.world.rows
        who, other = CustomerId(chance.choice(self.customers())), CustomerId(chance.choice(self.customers()))
        person, fresh = e.Owner(OwnerKind.CUSTOMER, who), f"{self.world.made}"
        note = str(chance.choice([row[0] for row in rows("SELECT id FROM notes ORDER BY id")] or ["none"]))
        mine = rows("SELECT id FROM identities WHERE owner_id = ? AND source_id <> 0 ORDER BY id", who)
        leaving = tuple(IdentityId(int(str(row[0]))) for row in mine[: max(1, len(mine) // 2)])
        firms = [CompanyId(int(str(row[0]))) for row in rows("SELECT id FROM companies ORDER BY id")]
        talks = [ConversationId(int(str(row[0]))) for row in rows("SELECT id FROM conversations ORDER BY id")]
        makers: list[Callable[[], e.Edit]] = [
            lambda: e.SetProperty(person, chance.choice(["plan", "mood", "name"]), text(chance.choice(["X", "Y"]))),
            lambda: e.MaskProperty(person, "plan"),
            lambda: e.ReturnToAutomatic(person, "plan"),
            lambda: e.AddTag(person, chance.choice(["vip", "bug"])),
            lambda: e.RemoveTag(person, chance.choice(["vip", "bug"])),
            lambda: e.WriteNote(person, f"n{fresh}", f"Note {fresh}"),
            lambda: e.ChangeNote(note, f"Changed {fresh}"),
            lambda: e.PinNote(note, chance.random() < 0.5),
            lambda: e.DeleteNote(note),
            lambda: e.MergeCustomers(who, other),
            lambda: e.SplitCustomer(who, leaving, CustomerId(new_key("customer", "s", fresh))),
        ]
        if firms:
            makers += [
                lambda: e.JoinCompany(who, chance.choice(firms)),
                lambda: e.LeaveCompany(who, chance.choice(firms)),
            ]
        if talks:
            makers += [
                lambda: e.AssignCustomer(chance.choice(talks), who),
                lambda: e.UnlinkCustomer(chance.choice(talks)),
            ]
        return chance.choice(makers)()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_everybody_is_shown_as_they_were_after_each_page_and_each_edit(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(empty_files(), Path(folder) / "workspace") as workspace:
        story = Story(World(workspace), random.Random(seed))
        for _ in range(18):
            story.go_on()

        # A customer that an undone split had made is nobody any more, and nobody can ask for them.
        known = {int(str(row[0])) for row in story.world.rows("SELECT id FROM customers")}
        with workspace.database.read() as connection:
            for at, shown_by_id in story.pictures:
                for key, was in ((key, was) for key, was in shown_by_id.items() if key in known):
                    now = shown(profile_at(connection, key, at))
                    for part, living in (("identities", story.identities()), ("merged_from", known)):
                        was[part] = {one for one in was[part] if (one[0] if part == "identities" else one) in living}
                    assert {name: now[name] for name in was if now[name] != was[name]} == {
                        name: was[name] for name in was if now[name] != was[name]
                    }, (key, at)


def test_a_tag_is_there_from_the_moment_it_was_stuck_on_until_it_was_taken_off(tmp_path: Path) -> None:
    with opened(empty_files(), tmp_path / "workspace") as workspace:
        world = World(workspace)
        world.take(customer("1", "ann@x.example", name="Ann"))
        ann = world.customer("ann@x.example")
        before = world.at
        world.do(e.AddTag(e.Owner(OwnerKind.CUSTOMER, CustomerId(ann)), "vip"))
        during = world.at
        world.do(e.RemoveTag(e.Owner(OwnerKind.CUSTOMER, CustomerId(ann)), "vip"))
        with workspace.database.read() as connection:
            tags = [[tag.name for tag in profile_at(connection, ann, at).tags] for at in (before, during, world.at)]
    assert tags == [[], ["vip"], []]
