"""Pages of three sources, every kind of edit, undo and imports, in any order: nothing is lost and every rule holds (P40, P41)."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.store.conftest import KEY, opened
from tests.store.seen import check, hashes, visible
from tests.store.test_batches import US, mail
from tests.store.test_undo import changed
from tests.store.world import START, World, chat, customer, new_key, text

from console.domain import edits as e
from console.domain.ids import CompanyId, ConversationId, CustomerId, EditId, IdentityId
from console.domain.profile import OriginKind
from console.domain.records import CompanyRecord, EventRecord, OwnerKind, Record
from console.store.workspace import create

PEOPLE = [f"{name}@x.example" for name in ("ann", "ben", "cay", "dan", "eve")]
PLANS, FIRMS = ["Pro", "Free"], ["Acme", "Bolt"]


@cache
def empty_files() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="console-empty-")) / "workspace"
    create(folder, KEY)
    return folder


class Everything(RuleBasedStateMachine):
    """One workspace; ``chance`` fills in what a rule leaves open."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.context = opened(empty_files(), Path(self.folder.name) / "workspace")
        self.world = World(self.context.__enter__())
        self.done: list[EditId] = []
        self.batches: list[str] = []
        self.kept: tuple[int, ...] = (0, 0)
        self.erased: set[str] = set()
        self.page("Helpdesk", random.Random(0))

    def teardown(self) -> None:
        if hasattr(self, "context"):
            self.context.__exit__(None, None, None)
            self.folder.cleanup()

    @rule(source=st.sampled_from(["Helpdesk", "Chat"]), seed=st.integers(0, 10**6))
    def source_speaks(self, source: str, seed: int) -> None:
        self.page(source, random.Random(seed))

    @rule(seed=st.integers(0, 10**6))
    def mail_arrives(self, seed: int) -> None:
        chance = random.Random(seed)
        number = chance.randint(0, 9)
        named = [f"m{chance.randint(0, 9)}"] if chance.random() < 0.6 else []
        found = mail(f"m{number}", chance.choice(PEOPLE), chance.choice(["Offer", "Invoice"]), *named, day=number)
        self.world.take(found, source="Mailbox", own=US)

    @rule(seed=st.integers(0, 10**6))
    def sheet_is_imported(self, seed: int) -> None:
        chance, batch = random.Random(seed), f"batch {self.world.later():%H%M%S %j}"
        rows = [self.person(chance, address) for address in chance.sample(PEOPLE, 2)]
        self.world.take(*rows, source=chance.choice(["a.csv", "b.csv"]), kind=OriginKind.SPREADSHEET, batch=batch)
        self.batches.append(batch)

    @precondition(lambda self: self.batches)
    @rule(seed=st.integers(0, 10**6))
    def import_is_taken_out(self, seed: int) -> None:
        batch = self.batches.pop(random.Random(seed).randrange(len(self.batches)))
        assert self.world.is_folded(self.world.do(e.UndoImport(batch)))
        self.kept = (0, *self.kept[1:])
        self.done.clear()

    @rule(seed=st.integers(0, 10**9))
    def teammate_acts_undoes_and_redoes(self, seed: int) -> None:
        chance = random.Random(seed)
        edit = self.edit(chance)
        before, tables = visible(self.world), hashes(self.world)
        done = self.world.do(edit)
        if not self.world.is_folded(done):
            assert hashes(self.world) == tables, self.world.outcome(done).reason
            return
        after = visible(self.world)
        undone = self.world.undo(done)
        if not self.world.is_folded(undone):
            assert "changed nothing" in self.world.outcome(undone).reason, (edit, self.world.outcome(undone).reason)
            return
        assert changed(visible(self.world), before) == {}, edit
        if chance.random() < 0.8:
            assert self.world.is_folded(self.world.redo(done)), edit
            assert changed(visible(self.world), after) == {}, edit
            self.done.append(done)

    @precondition(lambda self: self.done)
    @rule(seed=st.integers(0, 10**6))
    def older_edit_is_undone(self, seed: int) -> None:
        tables = hashes(self.world)
        undone = self.world.undo(self.done.pop(random.Random(seed).randrange(len(self.done))))
        if not self.world.is_folded(undone):
            assert hashes(self.world) == tables

    @rule(seed=st.integers(0, 10**6))
    def somebody_is_erased(self, seed: int) -> None:
        living = self.world.rows("SELECT id FROM customers WHERE merged_into IS NULL ORDER BY id")
        talks = self.world.rows("SELECT DISTINCT customer_id FROM conversations WHERE customer_id IS NOT NULL")
        chance = random.Random(seed)
        who = int(str(chance.choice(living)[0]))
        # Somebody who says something has to be left for the other rules.
        if len(living) < 4 or {int(str(row[0])) for row in talks} <= {who} or chance.random() < 0.5:
            return
        addresses = self.world.rows(
            "SELECT k.key FROM identity_keys k JOIN identities i ON i.id = k.identity_id WHERE i.owner_id = ? AND k.kind = 'customer'",
            who,
        )
        assert self.world.is_folded(self.world.do(e.EraseCustomer(CustomerId(who))))
        self.erased |= {str(row[0]) for row in addresses}
        self.kept, self.done = (0, 0), []
        assert self.world.rows("SELECT 1 FROM customers WHERE id = ?", who) == []

    @invariant()
    def nobody_comes_back(self) -> None:
        """But by hand: "created" lets an address in again, and none of those is among the sources'."""
        for address in getattr(self, "erased", ()):
            assert self.world.owners(address) == set(), address

    @invariant()
    def nothing_is_broken_or_lost(self) -> None:
        if not hasattr(self, "world"):
            return
        check(self.world)
        ((claims, messages),) = self.world.rows("SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM messages)")
        found = (int(str(claims)), int(str(messages)))
        assert all(now >= once for now, once in zip(found, self.kept, strict=True))
        self.kept = found

    def page(self, source: str, chance: random.Random) -> None:
        records: list[Record] = [self.person(chance, str(number)) for number in chance.sample(range(4), 2)]
        number = chance.randint(0, 3)
        records.append(chat(f"{source} {number}", str(chance.randint(0, 3)), *["Hello"] * chance.randint(1, 3)))
        records += [
            CompanyRecord(f"f{chance.randint(0, 2)}", chance.choice(FIRMS), (f"d{chance.randint(0, 2)}.example",))
        ]
        records.append(EventRecord(f"e{number}", "seen", START, str(chance.randint(0, 3))))
        self.world.take(*records, source=source)

    def person(self, chance: random.Random, external_id: str) -> Record:
        emails = {external_id} if "@" in external_id else set(chance.sample(PEOPLE, chance.choice([0, 1, 1, 1, 2])))
        said = {
            "plan": chance.choice(PLANS),
            "name": chance.choice("ABC"),
            "company__name": chance.choice(FIRMS),
            "company__size": "5",
        }
        return customer(external_id, *sorted(emails), **{name: said[name] for name in chance.sample(sorted(said), 2)})

    def edit(self, chance: random.Random) -> e.Edit:
        who, other = CustomerId(self.any(chance, "customers")), CustomerId(self.any(chance, "customers"))
        talk = ConversationId(self.any(chance, "conversations"))
        owner = chance.choice([e.Owner(OwnerKind.CUSTOMER, who), e.Owner(OwnerKind.CONVERSATION, talk)])
        person = e.Owner(OwnerKind.CUSTOMER, who)
        name = chance.choice(["plan", "name", "company.name", "company.size", "mood"])
        fresh, tag = f"{self.world.made}", chance.choice(["vip", "bug"])
        notes = [str(row[0]) for row in self.world.rows("SELECT id FROM notes ORDER BY id")] or ["none"]
        identities = [
            int(str(row[0])) for row in self.world.rows("SELECT id FROM identities WHERE owner_id = ? ORDER BY id", who)
        ]
        firms = [
            int(str(row[0]))
            for row in self.world.rows("SELECT id FROM companies WHERE merged_into IS NULL ORDER BY id")
        ]
        firm = CompanyId(chance.choice([*firms, new_key("company", fresh)]))
        makers: list[Callable[[], e.Edit]] = [
            lambda: e.SetProperty(person, name, text(chance.choice(["Acme", "Gold"]))),
            lambda: e.MaskProperty(person, name),
            lambda: e.RemoveProperty(person, name),
            lambda: e.ReturnToAutomatic(person, name),
            lambda: e.AddTag(owner, tag),
            lambda: e.RemoveTag(owner, tag),
            lambda: e.WriteNote(owner, f"n{fresh}", "A note"),
            lambda: e.ChangeNote(chance.choice(notes), f"Changed {fresh}"),
            lambda: e.PinNote(chance.choice(notes), chance.random() < 0.5),
            lambda: e.DeleteNote(chance.choice(notes)),
            lambda: e.CreateCustomer(CustomerId(new_key("customer", fresh)), "New", (f"new{fresh}@x.example",)),
            lambda: e.MergeCustomers(who, other),
            lambda: e.SplitCustomer(
                who, (IdentityId(chance.choice(identities or [0])),), CustomerId(new_key("customer", "s", fresh))
            ),
            lambda: e.NeverMerge(who, other),
            lambda: e.JoinCompany(who, firm, "Made by hand", chance.random() < 0.5),
            lambda: e.LeaveCompany(who, firm),
            *self.of_company(chance, firm, firms),
            *self.of_conversation(chance, talk, who),
            lambda: e.Several("Two", (e.AddTag(person, "x"), e.SetProperty(person, "mood", text("good")))),
        ]
        return chance.choice(makers)()

    def of_company(self, chance: random.Random, firm: CompanyId, firms: list[int]) -> list[Callable[[], e.Edit]]:
        other, owner = CompanyId(chance.choice([*firms, firm])), e.Owner(OwnerKind.COMPANY, firm)
        rows = self.world.rows("SELECT id FROM identities WHERE owner_id = ? ORDER BY id", firm)
        leaving = IdentityId(int(str(chance.choice(rows)[0])) if rows else 0)
        into = CompanyId(chance.choice([new_key("company", "s", str(self.world.made)), other]))
        return [
            lambda: e.MergeCompanies(firm, other),
            lambda: e.SplitCompany(firm, (leaving,), into),
            lambda: e.NeverMergeCompanies(firm, other),
            lambda: e.AddTag(owner, "key"),
            lambda: e.WriteNote(owner, f"f{self.world.made}", "About a company"),
        ]

    def of_conversation(
        self, chance: random.Random, talk: ConversationId, who: CustomerId
    ) -> list[Callable[[], e.Edit]]:
        return [
            lambda: e.AssignCustomer(talk, who),
            lambda: e.UnlinkCustomer(talk),
            lambda: e.CloseConversation(talk),
            lambda: e.ReopenConversation(talk),
            lambda: e.SnoozeConversation(talk, START + timedelta(days=999)),
            lambda: e.MarkRead(talk, chance.random() < 0.5),
        ]

    def any(self, chance: random.Random, table: str) -> int:
        rows = self.world.rows(f"SELECT id FROM {table} ORDER BY merged_into IS NOT NULL, id")
        return int(str(chance.choice(rows)[0]))


TestEverything = Everything.TestCase
TestEverything.settings = settings(max_examples=12, stateful_step_count=25)
