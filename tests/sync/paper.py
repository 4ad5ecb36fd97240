"""A source on paper: what it was told, and how it answers, word for word as a test wants it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.store.world import chat, customer

from console.connectors.contract import Connector, Found, Pulling, Speaking, wait_quietly
from console.domain.edits import AddSource, Edit, Entry, QueueReply, SetWriteBack
from console.domain.ids import ConversationId, EditId, SourceId, new_edit_id
from console.domain.outbox import Sending, SendingState, Settled, WriteKind
from console.domain.records import Page
from console.domain.source_kinds import SourceKind
from console.store import workspace as files
from console.store.fold import fold_pending
from console.store.source_writes import source_id
from console.store.workspace import Role, Workspace
from console.sync.process import SyncProcess
from console.sync.writer import Progress
from console.system import clock

START = datetime(2026, 11, 21, 12, tzinfo=UTC)
SENT = Settled(SendingState.SENT, receipt="r1")
Answer = Settled | Exception | Callable[[], Settled]


@dataclass(slots=True)
class Paper:
    """The other end. ``answers`` are given in order, then everything is taken. ``knows``: what a look finds."""

    told: list[Sending] = field(default_factory=list)
    looked_for: list[Sending] = field(default_factory=list)
    answers: deque[Answer] = field(default_factory=deque)
    knows: set[str] = field(default_factory=set)
    pulls: int = 0

    def connector(self) -> Connector:
        kind = SourceKind(
            "paper", "Paper", "", "file-text", writes=tuple(one.value for one in WriteKind if one != "note")
        )
        return Connector(
            kind,
            lambda given: (dict(given), ()),
            lambda *_: Found(""),
            self.pull,
            wait_quietly,
            3_600.0,
            self.push,
            self.probe,
        )

    def pull(self, _pulling: Pulling) -> Iterator[Page]:
        self.pulls += 1
        yield Page("all", (customer("a", "anna@example.com", name="Anna"), chat("chat a", "a", "Hello")), "1")

    def push(self, _speaking: Speaking, sending: Sending) -> Settled:
        self.told.append(sending)
        answer = self.answers.popleft() if self.answers else SENT
        if isinstance(answer, Exception):
            raise answer
        settled = answer if isinstance(answer, Settled) else answer()
        if settled.state is SendingState.SENT:
            self.knows.add(sending.op_id)
        return settled

    def probe(self, _speaking: Speaking, sending: Sending) -> Settled | None:
        self.looked_for.append(sending)
        return SENT if sending.op_id in self.knows else None


class Office:
    """A workspace with one paper source, an hour's clock, and the sync process run once whenever it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.key, self.at, self.paper, self.said = os.urandom(32), START, Paper(), list[Progress]()
        files.create(folder, self.key)
        self.workspace = Workspace(folder, self.key, Role.SCRIPT)
        self.source = source_id("paper", "Desk")
        self.keep(AddSource(self.source, "paper", "Desk", '{"where": "here"}'))
        self.run()

    def now(self) -> datetime:
        return self.at

    def keep(self, edit: Edit) -> EditId:
        """An edit, folded when the process runs next, made an hour after the one before."""
        self.at += timedelta(hours=1)
        entry = Entry(new_edit_id(self.at, os.urandom(10)), self.at, "Nadia", edit)
        self.workspace.journal.append(entry)
        return entry.id

    def choose(self, *what: str) -> None:
        for one in what:
            self.keep(SetWriteBack(SourceId(self.source), one, True))

    def reply(self, text: str) -> EditId:
        """A reply whose few seconds of undo are over."""
        made = self.keep(QueueReply(self.talk(), f"k{len(text)}{text}", text))
        self.at += timedelta(minutes=1)
        return made

    def fold(self) -> None:
        fold_pending(self.workspace, self.now)

    def process(self) -> SyncProcess:
        return SyncProcess(
            self.workspace, lambda _source: "secret", self.now, clock.monotonic, clock.wait, self.said.append,
            once=True, connectors={"paper": self.paper.connector()},
        )  # fmt: skip

    def run(self) -> None:
        self.process().run()

    def talk(self) -> ConversationId:
        return ConversationId(int(str(self.rows("SELECT id FROM conversations")[0][0])))

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with self.workspace.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(statement).fetchall()]

    def states(self) -> list[str]:
        return [str(row[0]) for row in self.rows("SELECT state FROM outbox ORDER BY id")]

    def texts(self) -> list[object]:
        return [one.body.get("text", one.body.get("state")) for one in self.paper.told]
