"""The sample in a real workspace: every page is taken in, every edit of its team is folded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.connectors.kinds.sample.edits import sample_draft, sample_edits
from console.connectors.kinds.sample.sources import SampleSource, sample_sources
from console.domain.edits import Entry
from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.domain.profile import Origin, OriginKind
from console.store.connection import Connection
from console.store.fold import fold_pending
from console.store.ingest import take_in
from console.store.moments import micros
from console.store.source_writes import ensure_source, source_id
from console.store.taking import Intake
from console.store.workspace import Role, Workspace, create

NOW = datetime(2026, 11, 21, 11, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Keys:
    """The workspace's keys by what sources call things."""

    connection: Connection
    kind_by_source: dict[str, str]

    def customer_of(self, email: str, /) -> CustomerId:
        question = """SELECT DISTINCT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
            WHERE k.kind = 'customer' AND k.key = ?"""
        return CustomerId(self.connection.exec_driver_sql(question, (email,)).scalar_one())

    def company_of(self, source: str, external_id: str, /) -> CompanyId:
        question = "SELECT owner_id FROM identities WHERE kind = 'company' AND source_id = ? AND external_id = ?"
        return CompanyId(self.connection.exec_driver_sql(question, (self._source(source), external_id)).scalar_one())

    def conversation_of(self, source: str, external_id: str, /) -> ConversationId:
        mail = """SELECT m.conversation_id FROM records r JOIN messages m ON m.id = r.target_id
            WHERE r.source_id = ? AND r.external_id = ? AND r.kind = 'MailRecord'"""
        found = self.connection.exec_driver_sql(mail, (self._source(source), external_id)).scalar()
        whole = "SELECT id FROM conversations WHERE source_id = ? AND external_id = ?"
        return ConversationId(
            found or self.connection.exec_driver_sql(whole, (self._source(source), external_id)).scalar_one()
        )

    def _source(self, name: str) -> int:
        return source_id(self.kind_by_source[name], name)


@pytest.fixture(scope="module")
def entries(filled: Workspace) -> tuple[Entry, ...]:
    """The edits, once all pages are in."""
    with filled.database.read() as connection:
        return sample_edits(NOW, _keys(connection))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that holds all pages of the sample."""
    folder: Path = tmp_path_factory.mktemp("sample") / "workspace"
    key = os.urandom(32)
    create(folder, key)
    workspace = Workspace(folder, key, Role.SCRIPT)
    for source in sample_sources(NOW):
        for at, page in source.dated_pages():
            with workspace.database.write() as connection:
                take_in(connection, page, _intake(connection, source, at), at)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def folded(filled: Workspace, entries: tuple[Entry, ...]) -> Workspace:
    """The same workspace with every edit folded."""
    for entry in entries:
        filled.journal.append(entry)
    fold_pending(filled, lambda: NOW)
    return filled


def test_three_hundred_customers_and_sixty_companies_come_of_it(filled: Workspace) -> None:
    assert _one(filled, "SELECT count(*) FROM customers") == 300
    assert _one(filled, "SELECT count(*) FROM companies") == 60


def test_no_edit_is_refused_and_their_keys_are_the_same_every_time(
    folded: Workspace, entries: tuple[Entry, ...]
) -> None:
    with folded.database.read() as connection:
        again = sample_edits(NOW, _keys(connection))

    assert _one(folded, "SELECT count(*) FROM edit_outcomes WHERE state <> 'folded'") == 0
    assert len({entry.id for entry in entries}) == len(entries)
    assert [entry.id for entry in again] == [entry.id for entry in entries]
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at <= NOW


def test_the_inbox_has_some_of_each_state(folded: Workspace) -> None:
    mails = dict(_rows(folded, "SELECT state, count(*) FROM conversations WHERE channel = 'email' GROUP BY state"))

    assert 15 <= mails["open"] <= 40
    assert mails["snoozed"] == 7
    assert mails["closed"] > 200
    assert _one(folded, "SELECT count(*) FROM conversations WHERE is_priority") >= 2
    assert _one(folded, "SELECT count(*) FROM outbox WHERE state = 'queued'") == 2


def test_the_first_hero_is_as_in_the_picture(folded: Workspace) -> None:
    shown = dict(
        _rows(
            folded,
            """SELECT p.name, w.text || '|' || c.origin_name FROM winners w JOIN properties p ON p.id = w.property_id
            JOIN claims c ON c.id = w.claim_id JOIN customers k ON k.id = w.owner_id WHERE k.email = 'ariana@northpeak.io'""",
        )
    )

    assert shown["plan"] == "Enterprise|billing-sync"
    assert shown["mrr"] == "4250 EUR|billing-sync"
    assert shown["persona"] == "Operations lead|Clara Duval"
    assert shown["purchases"] == "17|customers-november.xlsx"
    assert shown["phone"] == "+33 4 72 00 00 18|Typeform"
    assert shown["company.size"] == "120–250|Intercom"
    newest = _rows(folded, "SELECT subject, preview, unread_count FROM conversations ORDER BY last_at DESC LIMIT 1")[0]
    assert tuple(newest) == (
        "CSV export drops custom fields",
        "Perfect, that saves my afternoon. One more thing: is there a way to schedule it?",
        1,
    )


def test_one_merge_is_wrong_and_waits_to_be_split(folded: Workspace) -> None:
    companies = _rows(
        folded,
        """SELECT DISTINCT m.company_id FROM memberships m JOIN customers k ON k.id = m.customer_id
        WHERE k.email IN ('maria.lopez@casalopez.example', 'mlopez@azulejo.example') AND k.merged_into IS NULL""",
    )

    assert len(companies) == 2


def test_the_draft_stands_in_the_first_hero_s_conversation(folded: Workspace) -> None:
    with folded.database.read() as connection:
        conversation, text = sample_draft(NOW, _keys(connection))

    assert (
        _one(folded, f"SELECT subject FROM conversations WHERE id = {conversation}") == "CSV export drops custom fields"
    )
    assert text.startswith("Yes")


def _keys(connection: Connection) -> Keys:
    return Keys(connection, {source.name: source.kind for source in sample_sources(NOW)})


def _intake(connection: Connection, source: SampleSource, at: datetime) -> Intake:
    key = ensure_source(connection, source.kind, source.name, micros(at), source.own_addresses)
    origin = Origin(source.origin_kind, source.name, f"source:{key}")
    is_sheet = source.origin_kind is OriginKind.SPREADSHEET
    return Intake(key, source.rank, origin, frozenset(source.own_addresses), is_partial=is_sheet)


def _one(workspace: Workspace, question: str) -> Any:
    with workspace.database.read() as connection:
        return connection.exec_driver_sql(question).scalar_one()


def _rows(workspace: Workspace, question: str) -> list[tuple[Any, ...]]:
    with workspace.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question).fetchall()]
