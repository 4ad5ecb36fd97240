"""Real workspaces for window tests: a few conversations taken in through the store, edits folded in this process."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from console.connectors.errors import SourceError
from console.connectors.kinds.registry import CONNECTORS, settings_of
from console.connectors.table_guess import guess
from console.domain.importing import ImportKind, ImportPlan, LayoutChoice
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    MessageRecord,
    Page,
    Person,
)
from console.domain.source_settings import ours, theirs
from console.domain.values import Value, ValueKind
from console.store.backups import back_up
from console.store.errors import StoreError
from console.store.fold import fold_pending
from console.store.ingest import take_in
from console.store.source_writes import ensure_source
from console.store.taking import Intake
from console.store.workspace import Role, Workspace, create
from console.system.geography import zone_at
from console.ui.services import PreparedSource, Services, SourceCheck, SourceDraft
from console.ui.session import Session
from console.wiring import dossiers

KEY = bytes(range(32))
NOW = datetime(2026, 11, 20, 11, 8, tzinfo=UTC)
NAMES = ("Ariana Delacroix", "Tomás Herrera", "Priya Raman", "Jonas Weiß", "Mei-Ling Chou", "Samuel Okafor")
SUBJECTS = (
    "CSV export drops custom fields",
    "Cannot invite teammates",
    "Too many clicks",
    "Wrong VAT",
    "Feedback",
    "Retries",
)
CHANNELS = (Channel.EMAIL, Channel.CHAT, Channel.SURVEY, Channel.EMAIL, Channel.REVIEW, Channel.CALL)


class Clock:
    """The present moment of a test; it stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        """The moment."""
        return self.at


class SyncSide:
    """What the sync process does, done at once in this process: folds, and notes what it was told."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.workspace = Workspace(folder, KEY, Role.SYNC)
        self.clock = clock
        self.commands: list[Mapping[str, object]] = []
        self.secrets: dict[int, str] = {}
        self.plan: ImportPlan | None = None
        self.is_reading_files = False
        self.check = SourceCheck(is_good=True, sentence="Signed in", folders=("INBOX", "Sent", "Trash"))

    def poke(self, command: Mapping[str, object]) -> None:
        """Folds whatever waits; every command is noted."""
        self.commands.append(command)
        fold_pending(self.workspace, self.clock.now)

    def services(self) -> Services:
        """These, as a window gets them."""
        return Services(
            self.poke, self._guess, self._check, self.secrets.__setitem__, zone_at, self._write_dossier, self._back_up,
            lambda: tuple(sorted((one.kind for one in CONNECTORS.values()), key=lambda kind: kind.title)), self._prepare,
        )  # fmt: skip

    def _prepare(self, draft: SourceDraft) -> PreparedSource:
        """As the asked process does it, in this one."""
        given = dict(draft.settings)
        try:
            settings, own = settings_of(draft.kind, theirs(given))
        except SourceError as error:
            raise StoreError(str(error)) from error
        return PreparedSource(json.dumps({**settings, **ours(given)}), own)

    def _write_dossier(self, customer: int, target: str, by: str) -> None:
        """As the asked process does it, in this one."""
        with self.workspace.database.read() as connection:
            dossiers.write(connection, customer, Path(target), by=by, at=self.clock.now())

    def _back_up(self) -> str:
        return str(back_up(self.workspace, KEY, self.clock.now()))

    def take(self, *records: object, source: str = "Mail", channel_kind: str = "imap", done: int = 0) -> None:
        """Takes records in as a page of a source."""
        with self.workspace.database.write() as connection:
            key = ensure_source(connection, channel_kind, source, 0)
            origin = Origin(OriginKind.SOURCE, source, f"source:{key}")
            intake = Intake(key, Rank.INTEGRATION, origin)
            take_in(connection, Page("all", tuple(records), done=done), intake, self.clock.now())  # pyright: ignore[reportArgumentType]  # records of any kind

    def _guess(self, paths: tuple[str, ...], kind: ImportKind | None, choice: LayoutChoice) -> ImportPlan:
        if self.is_reading_files:
            try:
                return replace(guess(paths[0], kind.value if kind else None, choice), paths=paths)
            except SourceError as error:
                raise StoreError(str(error)) from error
        if self.plan is None:
            raise ValueError("These files hold nothing that can be imported")
        return self.plan

    def _check(self, draft: SourceDraft) -> SourceCheck:
        return self.check


def conversation(number: int, *, minutes: int = 0, text: str = "", closed: bool | None = None) -> ConversationRecord:
    """A conversation of one customer's message, `minutes` before now; the later the number the older."""
    at = NOW - timedelta(minutes=minutes or 2 + number * 37)
    name = NAMES[number % len(NAMES)]
    person = Person(f"person{number}@example.com", name)
    message = MessageRecord(f"m{number}", at, AuthorKind.CUSTOMER, person, text or f"Message number {number}")
    return ConversationRecord(
        f"c{number}",
        CHANNELS[number % len(CHANNELS)],
        SUBJECTS[number % len(SUBJECTS)] + ("" if number < len(SUBJECTS) else f" {number}"),
        (message,),
        customer_id=f"p{number}",
        is_closed=closed,
        tags=("VIP", "export") if number == 0 else (),
    )


def customer(number: int) -> CustomerRecord:
    """The customer of the conversation with the same number, at one of two companies."""
    name = Value(ValueKind.STRING, NAMES[number % len(NAMES)])
    return CustomerRecord(
        f"p{number}", (f"person{number}@example.com",), {"name": name}, (f"o{number % 2}",), NOW - timedelta(days=9)
    )


def fill(side: SyncSide, count: int) -> None:
    """Takes in `count` conversations with their customers and companies."""
    companies = (CompanyRecord("o0", "Northpeak Analytics"), CompanyRecord("o1", "Cobalto"))
    customers = [customer(number) for number in range(count)]
    conversations = [conversation(number) for number in range(count)]
    side.take(*companies, *customers, *conversations)


@cache
def _template(count: int) -> Path:
    """A closed workspace with so many conversations, made once: migrations take longer than most tests."""
    folder = Path(tempfile.mkdtemp(prefix="console-template-")) / "workspace"
    create(folder, KEY)
    side = SyncSide(folder, Clock())
    fill(side, count)
    side.workspace.close()
    return folder


def made(folder: Path, count: int = 6) -> tuple[Session, SyncSide]:
    """A session on a workspace with some conversations, and the side that writes it; both must be closed."""
    shutil.copytree(_template(count), folder)
    clock = Clock()
    side = SyncSide(folder, clock)
    session = Session(Workspace(folder, KEY, Role.WINDOW), "Nadia", now=clock.now, services=side.services())
    return session, side
