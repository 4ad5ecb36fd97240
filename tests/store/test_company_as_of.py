"""As of a moment: pages and edits in any order, and every company is shown as it was after each of them."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import example, given, settings
from tests.store.conftest import opened
from tests.store.test_as_of_at_random import Story
from tests.store.test_everything_at_random import empty_files
from tests.store.world import World, new_key, text

from console.domain import edits as e
from console.domain.company_figures import CompanySessions, Fact, Voices
from console.domain.company_members import MemberOrder, MemberRow
from console.domain.ids import CompanyId, IdentityId
from console.domain.profile_view import CompanyProfile
from console.domain.records import CustomerRecord, EventRecord, OwnerKind
from console.domain.values import stored
from console.store.company_facts import facts_of, sessions_of_company, voices_of
from console.store.company_members import member_ids, member_rows
from console.store.company_past import company_at, sessions_of_company_then
from console.store.company_segments import segments_of_company
from console.store.company_usage import CompanyUsage, usage_of
from console.store.company_usage_past import usage_then
from console.store.connection import Connection
from console.store.member_rows_past import member_rows_then
from console.store.profiles import company

Shown = dict[str, Any]


def shown(
    one: CompanyProfile,
    facts: dict[str, Fact],
    voices: dict[str, tuple[Voices, ...]],
    segments: tuple[str, ...],
    usage: CompanyUsage,
    sessions: CompanySessions | None,
    rows: tuple[MemberRow, ...],
) -> Shown:
    """A company as far as it must be the same."""
    seen = usage.last_seen
    return {
        "id": one.id,
        "names": (one.name, one.domain),
        "properties": {
            p.name: (p.state, p.value, p.winner.origin, {c.id for c in p.losers}, {m.claim.id for m in p.members})
            for p in one.properties
        },
        "facts": facts,
        "voices": {name: {(stored(v.value), v.members) for v in found} for name, found in voices.items()},
        "tags": {tag.name for tag in one.tags},
        "notes": [(n.id, n.text, n.author, n.at, n.edited_by, n.is_pinned) for n in one.notes],
        "members": ({card.id for card in one.members}, one.member_count),
        "conversations": {(talk.id, talk.message_count, talk.last_at) for talk in one.conversations},
        "identities": {(i.id, i.source_name, i.is_home) for i in one.identities},
        "segments": segments,
        "usage": (usage.health.state, usage.weeks, usage.recent, usage.before, usage.members, usage.quiet),
        "seen": seen and (seen.at, seen.how),
        "sessions": sessions,
        "rows": {row.id: (row.place, row.last_seen, row.sessions, row.weeks, set(row.tags)) for row in rows},
    }


def now(connection: Connection, key: int, at: datetime) -> Shown:
    facts = facts_of(connection, key)
    usage = usage_of(connection, key, now=at, zone=UTC)
    found = member_ids(connection, key, MemberOrder.NAME)
    rows = member_rows(connection, found, at, UTC, counts_sessions=usage.counts_sessions)
    return shown(
        company(connection, key, now=at), facts, voices_of(connection, key), segments_of_company(connection, key),
        usage, sessions_of_company(connection, key, facts), tuple(rows.values()),
    )  # fmt: skip


def then(connection: Connection, key: int, at: datetime) -> Shown:
    found = company_at(connection, key, at)
    usage = usage_then(connection, found, UTC)
    rows = member_rows_then(connection, found.members, UTC, counts_sessions=usage.counts_sessions)
    sessions = sessions_of_company_then(connection, found)
    return shown(found.profile, found.facts, found.voices, found.segments, usage, sessions, rows)


class CompanyStory(Story):
    """Things happen to companies as well, and pictures are taken of them."""

    def take_picture(self) -> None:
        with self.world.workspace.database.read() as connection:
            self.pictures.append(
                (self.world.at, {key: now(connection, key, self.world.at) for key in self.companies()})
            )

    def companies(self) -> list[int]:
        """The living ones."""
        rows = self.world.rows("SELECT id FROM companies WHERE merged_into IS NULL ORDER BY id")
        return [int(str(row[0])) for row in rows]

    def page(self) -> None:
        super().page()
        chance, at = self.chance, self.world.later()
        number, made = chance.randint(0, 3), self.world.made * 1000 + len(self.pictures)
        said = {
            "name": text("Zoe"),
            "company.size": text(chance.choice(["10", "20"])),
            "city": text(chance.choice("PQ")),
        }
        if chance.random() < 0.3:
            said["company.name"] = text(chance.choice(["Acme", "Corp"]))
        who = CustomerRecord(f"z{number}", (f"z{number}@x.example",), said)
        self.world.take(who, EventRecord(f"l{made}", "Logged in", at, f"z{number}"), source="Product")

    def edit(self) -> e.Edit:
        chance, firms = self.chance, self.companies()
        if not firms or chance.random() < 0.4:
            return super().edit()
        one, other = CompanyId(chance.choice(firms)), CompanyId(chance.choice(firms))
        about, fresh = e.Owner(OwnerKind.COMPANY, one), f"{self.world.made}"
        mine = self.world.rows("SELECT id FROM identities WHERE owner_id = ? AND source_id <> 0 ORDER BY id", one)
        leaving = tuple(IdentityId(int(str(row[0]))) for row in mine[:1])
        return chance.choice(
            [
                e.SetProperty(about, chance.choice(["size", "plan", "name"]), text(chance.choice(["X", "Y"]))),
                e.MaskProperty(about, "size"),
                e.AddTag(about, "vip"),
                e.RemoveTag(about, "vip"),
                e.WriteNote(about, f"c{fresh}", f"Note {fresh}"),
                e.MergeCompanies(one, other),
                e.SplitCompany(one, leaving, CompanyId(new_key("company", "s", fresh))),
            ]
        )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
@example(seed=887815)  # a note's change is taken back after the note itself was
def test_companies_are_shown_as_they_were_after_each_page_and_each_edit(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(empty_files(), Path(folder) / "workspace") as workspace:
        story = CompanyStory(World(workspace), random.Random(seed))
        for _ in range(14):
            story.go_on()

        known = {int(str(row[0])) for row in story.world.rows("SELECT id FROM companies")}
        # A customer that an undone split had made is nobody any more: they count, but have no row.
        living, people = story.identities(), {int(str(r[0])) for r in story.world.rows("SELECT id FROM customers")}
        with workspace.database.read() as connection:
            for at, shown_by_id in story.pictures:
                for key, was in ((key, was) for key, was in shown_by_id.items() if key in known):
                    found = then(connection, key, at)
                    was["identities"] = {one for one in was["identities"] if one[0] in living}
                    was["members"] = (was["members"][0] & people, was["members"][1])
                    was["rows"] = {one: row for one, row in was["rows"].items() if one in people}
                    other = {name: found[name] for name in was if found[name] != was[name]}
                    assert other == {name: was[name] for name in other}, (key, at)


def test_as_of_now_is_now(tmp_path: Path) -> None:
    with opened(empty_files(), tmp_path / "workspace") as workspace:
        story = CompanyStory(World(workspace), random.Random(7))
        for _ in range(30):
            story.go_on()
        with workspace.database.read() as connection:
            for key in story.companies():
                assert then(connection, key, story.world.at) == now(connection, key, story.world.at)
