"""Whatever sources say and teammates do, in any order, everything derived stays right."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from tests.store.world import World, chat, customer, new_key, text

from console.domain.edits import (
    AddTag,
    AssignCustomer,
    MaskProperty,
    MergeCustomers,
    Owner,
    Redo,
    RemoveProperty,
    ReturnToAutomatic,
    SetProperty,
    SplitCustomer,
    Undo,
    UnlinkCustomer,
)
from console.domain.health import Severity
from console.domain.ids import ConversationId, CustomerId, EditId, IdentityId
from console.domain.profile import OriginKind
from console.domain.records import OwnerKind, Record
from console.store import search
from console.store.health import doctor
from console.store.workspace import Workspace

_STEPS = 30


@pytest.mark.parametrize("seed", range(5))
def test_after_any_sequence_of_pages_and_edits_the_check_up_finds_nothing(workspace: Workspace, seed: int) -> None:
    team = _Team(World(workspace), random.Random(seed))
    team.say("Helpdesk")

    for _ in range(_STEPS):
        team.act()
    while search.index(workspace, 20):
        pass

    found = [one for one in doctor(workspace) if one.severity is not Severity.FINE and one.check != "last backup"]
    assert [f"{one.check}: {one.sentence}" for one in found] == []


class _Team:
    """Two sources, two spreadsheets and a teammate who do something at random."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self._world, self._chance = world, chance
        self._made: list[EditId] = []
        self._step = 0

    def act(self) -> None:
        self._step += 1
        acts: tuple[Callable[[], None], ...] = (
            lambda: self.say(self._chance.choice(("Helpdesk", "CRM"))),
            lambda: self.say(self._chance.choice(("a.csv", "b.csv")), OriginKind.SPREADSHEET),
            self._edit,
            self._edit,
            self._split,
            self._take_back,
        )
        self._chance.choice(acts)()

    def say(self, source: str, kind: OriginKind = OriginKind.SOURCE) -> None:
        batch = f"batch {self._step}" if kind is OriginKind.SPREADSHEET else None
        self._world.take(*self._records(), source=source, kind=kind, batch=batch)

    def _records(self) -> list[Record]:
        chance = self._chance
        people: list[Record] = []
        for _ in range(chance.randint(1, 4)):
            emails = {f"p{chance.randint(1, 9)}@x.example" for _ in range(chance.randint(0, 2))}
            said = {"name": f"N{chance.randint(1, 5)}", "plan": chance.choice("abc")}
            company = {"company__name": chance.choice(("North", "South")), "company__plan": chance.choice("xy")}
            people.append(
                customer(
                    str(chance.randint(1, 9)), *sorted(emails), **(said | (company if chance.random() < 0.5 else {}))
                )
            )
        return [*people, chat(f"c{chance.randint(1, 9)}", chance.choice((None, "1", "2")), "hello", "again")]

    def _edit(self) -> None:
        owner, chance = self._customer(), self._chance
        about = Owner(OwnerKind.CUSTOMER, owner)
        self._made.append(
            self._world.do(
                chance.choice(
                    (
                        MergeCustomers(owner, self._customer()),
                        AssignCustomer(self._conversation(), owner),
                        UnlinkCustomer(self._conversation()),
                        SetProperty(about, chance.choice(("plan", "company.plan", "name")), text(chance.choice("pqr"))),
                        MaskProperty(about, "plan"),
                        RemoveProperty(about, "plan"),
                        ReturnToAutomatic(about, "plan"),
                        AddTag(about, "vip"),
                    )
                )
            )
        )

    def _split(self) -> None:
        owner = self._customer()
        found = self._world.rows("SELECT id FROM identities WHERE owner_id = ? AND source_id <> 0 ORDER BY id", owner)
        if len(found) > 1:
            leaving = (IdentityId(int(str(found[0][0]))),)
            into = CustomerId(new_key("customer", str(self._step)))
            self._made.append(self._world.do(SplitCustomer(owner, leaving, into)))

    def _take_back(self) -> None:
        if self._made:
            self._world.do(self._chance.choice((Undo, Redo))(self._chance.choice(self._made)))

    def _customer(self) -> CustomerId:
        rows = self._world.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id")
        return CustomerId(int(str(self._chance.choice(rows)[0])))

    def _conversation(self) -> ConversationId:
        rows = self._world.rows("SELECT id FROM conversations ORDER BY id")
        return ConversationId(int(str(self._chance.choice(rows)[0])))
