"""A workspace in which sources speak and teammates act, a minute apart, and what can be seen of it afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.address import canonical
from console.domain.edits import Edit, Entry, Owner, Redo, Undo
from console.domain.ids import EditId, stable_id
from console.domain.outcomes import Outcome
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    CustomerRecord,
    MessageRecord,
    OwnerKind,
    Page,
    Person,
    Record,
)
from console.domain.values import Value, ValueKind, stored
from console.store.connection import Connection
from console.store.fold import fold_pending
from console.store.ingest import take_in
from console.store.moments import micros
from console.store.outcomes import outcome
from console.store.profiles import profile
from console.store.source_writes import ensure_source
from console.store.taking import Intake, Taken
from console.store.workspace import Workspace

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
RANKS = {OriginKind.SPREADSHEET: Rank.BY_HAND, OriginKind.PUSH_API: Rank.PUSH_API, OriginKind.SOURCE: Rank.INTEGRATION}
ME = "Marta"


@dataclass(slots=True)
class World:
    """One workspace (Role.SCRIPT) with a clock of its own. ``at`` is aware UTC; every act takes a minute."""

    workspace: Workspace
    at: datetime = START
    made: int = 0
    intakes: dict[tuple[str, str | None], Intake] = field(default_factory=dict)

    def later(self, minutes: int = 1) -> datetime:
        self.at += timedelta(minutes=minutes)
        return self.at

    def take(
        self,
        *records: Record,
        source: str = "Helpdesk",
        kind: OriginKind = OriginKind.SOURCE,
        batch: str | None = None,
        at: datetime | None = None,
        own: frozenset[str] = frozenset(),
    ) -> Taken:
        """One page of a source, an API or a spreadsheet."""
        now = at or self.later()
        with self.workspace.database.write() as connection:
            intake = self.intake(connection, source, kind, batch, own)
            return take_in(connection, Page("all", records, str(now)), intake, now)

    def intake(
        self, connection: Connection, source: str, kind: OriginKind, batch: str | None, own: frozenset[str]
    ) -> Intake:
        """Spreadsheets are one source with a voice for each file, as the sync process has it."""
        is_sheet = kind is OriginKind.SPREADSHEET
        key = ensure_source(connection, kind.value, "Spreadsheets" if is_sheet else source, 0, own)
        if batch:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO import_batches (id, kind, name, plan, state, started_at) VALUES (?, '', '', '', 'done', ?)",
                (batch, micros(self.at)),
            )
            connection.exec_driver_sql(
                "UPDATE import_batches SET state = 'done', undone_at = NULL WHERE id = ?", (batch,)
            )
        origin = Origin(kind, source, f"spreadsheet:{source}" if is_sheet else f"source:{key}")
        return Intake(key, RANKS[kind], origin, own, batch, is_partial=is_sheet)

    def append(self, edit: Edit, by: str = ME) -> EditId:
        """An edit in the journal, not folded yet."""
        self.made += 1
        entry = Entry(EditId(str(uuid.UUID(int=self.made))), self.later(), by, edit)
        self.workspace.journal.append(entry)
        return entry.id

    def do(self, edit: Edit, by: str = ME) -> EditId:
        """An edit, folded at once."""
        made = self.append(edit, by)
        fold_pending(self.workspace, self.later)
        return made

    def undo(self, edit_id: EditId) -> EditId:
        return self.do(Undo(edit_id))

    def redo(self, edit_id: EditId) -> EditId:
        return self.do(Redo(edit_id))

    def outcome(self, edit_id: EditId) -> Outcome:
        with self.workspace.database.read() as connection:
            found = outcome(connection, edit_id)
        assert found is not None
        return found

    def is_folded(self, edit_id: EditId) -> bool:
        return self.outcome(edit_id).state.value == "folded"

    def rows(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        with self.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement, tuple(arguments)).fetchall()]

    def owners(self, address: str) -> set[int]:
        """The customers who have an address."""
        found = self.rows(
            "SELECT DISTINCT i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id"
            " WHERE k.kind = 'customer' AND k.key = ?",
            canonical(address),
        )
        return {int(str(row[0])) for row in found}

    def customer(self, address: str) -> int:
        (owner,) = self.owners(address)
        return owner

    def owner(self, address: str) -> Owner:
        return Owner(OwnerKind.CUSTOMER, self.customer(address))

    def shown(self, customer: int | str) -> dict[str, str | None]:
        """What the profile shows, by property; None where it is masked."""
        key = self.customer(customer) if isinstance(customer, str) else customer
        with self.workspace.database.read() as connection:
            found = profile(connection, key, now=self.at)
        return {one.name: None if one.value is None else stored(one.value) for one in found.properties}


def text(value: str) -> Value:
    return Value(ValueKind.STRING, value)


def customer(external_id: str, *emails: str, **properties: str) -> CustomerRecord:
    """A customer of a source; ``company__name`` says ``company.name``."""
    said = {name.replace("__", "."): text(value) for name, value in properties.items()}
    return CustomerRecord(external_id, emails, said)


def chat(external_id: str, customer_id: str | None, *texts: str, at: datetime = START) -> ConversationRecord:
    """A chat in which a customer of the same source says some things."""
    messages = tuple(
        MessageRecord(
            f"{external_id}/{n}", at + timedelta(minutes=n), AuthorKind.CUSTOMER, Person("", "Somebody"), said
        )
        for n, said in enumerate(texts)
    )
    return ConversationRecord(external_id, Channel.CHAT, f"Chat {external_id}", messages, customer_id)


def conversation_key(world: World, external_id: str, source: str = "Helpdesk") -> int:
    (key,) = world.rows(
        "SELECT c.id FROM conversations c JOIN sources s ON s.id = c.source_id WHERE c.external_id = ? AND s.name = ?",
        external_id,
        source,
    )
    return int(str(key[0]))


def new_key(kind: str, *words: str) -> int:
    """A key for a customer or a company made by hand."""
    return stable_id(kind, "made by hand", *words)


def names(rows: Iterable[tuple[object, ...]]) -> set[str]:
    return {str(row[0]) for row in rows}
