"""The page of the outbox on a real workspace: edits go out to two sources, and the sources have answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.rich import ARIANA, company_called, conversation_called, customer_called, made_rich, text
from tests.ui.workspaces import SyncSide

from console.domain.channels import Owner, OwnerKind
from console.domain.edits import (
    AddTag,
    Edit,
    QueueReply,
    SetProperty,
    SetWriteBack,
    Several,
    WriteNote,
)
from console.domain.ids import SourceId
from console.domain.outbox import Sending, SendingState, Settled
from console.domain.outbox_rows import OutboxRow
from console.domain.values import Value, ValueKind
from console.store.outbox import outbox
from console.store.outbox_sending import claim, not_found, settle
from console.ui.outbox.matters import Matter
from console.ui.outbox.page import OutboxPage
from console.ui.session import Session

_THEIRS = {"persona": "Head of operations", "phone": "+33 6 12 40 77 02"}


@dataclass
class Posts:
    """The page, and what happened before it was opened: a conflict of two fields, a tag that was refused, a reply that nobody
    can tell of, one that waits, a note that went."""

    page: OutboxPage
    session: Session
    side: SyncSide
    qtbot: QtBot
    customer: Owner
    submitted: list[Edit]

    def look(self) -> None:
        """The feed looks, and the page has read what is new."""
        self.session.feed.look()
        self.qtbot.waitUntil(self.session.background.is_idle, timeout=5_000)

    def matter(self, *states: SendingState) -> Matter:
        """The first one in such a state."""
        listed = self.page.listed
        assert listed is not None
        return next(one for one in listed.all() if one.first.state in states)

    def look_at(self, state: SendingState) -> Matter:
        """Chooses the first one in such a state, and waits until it is shown whole."""
        found = self.matter(state)
        self.page.groups.choose(found.key)
        self.qtbot.waitUntil(lambda: self._shown() == found.key, timeout=5_000)
        return found

    def done(self) -> list[Edit]:
        """What was submitted last, newest first."""
        return self.submitted[::-1]

    def rows(self) -> dict[int, OutboxRow]:
        """The outbox as it stands in the store."""
        found = self.session.read(lambda connection: outbox(connection, now=self.session.now()))
        return {row.id: row for row in found}

    def _shown(self) -> int | None:
        detail = self.page.detail.detail
        return None if detail is None else detail.row.id


@pytest.fixture
def posts(tmp_path: Path, qtbot: QtBot) -> Iterator[Posts]:
    """The page with one sending of each kind."""
    session, side = made_rich(tmp_path / "workspace")
    customer = Owner(OwnerKind.CUSTOMER, customer_called(session, ARIANA))
    _work(session, customer)
    _answers(side, _source(session, "Intercom"), _by_intercom)
    _answers(side, _source(session, "Mail"), lambda _: Settled(SendingState.UNKNOWN, "No answer came"), most=1)
    submitted: list[Edit] = []
    session.submitted.connect(lambda entry: submitted.append(entry.edit))
    page = OutboxPage(session)
    qtbot.addWidget(page)
    page.resize(1180, 820)
    page.show()
    qtbot.waitUntil(lambda: page.listed is not None and session.background.is_idle(), timeout=5_000)
    yield Posts(page, session, side, qtbot, customer, submitted)
    page.close()
    session.close()
    side.workspace.close()


def _source(session: Session, name: str) -> SourceId:
    statement = "SELECT id FROM sources WHERE name = ?"
    return SourceId(session.read(lambda connection: connection.exec_driver_sql(statement, (name,)).scalar_one()))


def _work(session: Session, customer: Owner) -> None:
    intercom, mail = _source(session, "Intercom"), _source(session, "Mail")
    for what in ("note", "tag", "property:customer:persona", "property:customer:phone"):
        session.submit(SetWriteBack(intercom, what, is_on=True))
    session.submit(SetWriteBack(mail, "reply", is_on=True))
    company = Owner(OwnerKind.COMPANY, company_called(session, "Northpeak Analytics"))
    conversation = conversation_called(session, "CSV export drops custom fields")
    phone = Value(ValueKind.PHONE, "+33 4 72 55 01 18")
    three = (SetProperty(customer, "persona", text("Operations lead")), SetProperty(customer, "phone", phone))
    session.submit(Several("Two properties", (*three, AddTag(customer, "VIP"))))
    session.submit(AddTag(company, "vip-2027"))
    session.submit(WriteNote(company, "n1", "They renew in December"))
    session.submit(QueueReply(conversation, "r1", "The fix is out."))
    session.submit(QueueReply(conversation, "r2", "Does it work?"))


def _by_intercom(sending: Sending) -> Settled:
    name = str(sending.body.get("name", ""))
    if name:
        return Settled(SendingState.CONFLICT, theirs={"value": _THEIRS[name]})
    if sending.body.get("tag") == "vip-2027":
        return Settled(SendingState.REFUSED, "Tag limit of 250 reached for this workspace.")
    return Settled(SendingState.SENT, receipt="1")


def _answers(side: SyncSide, source: SourceId, answer: Callable[[Sending], Settled], most: int = 9) -> None:
    now = side.clock.now() + timedelta(seconds=30)
    with side.workspace.database.write() as connection:
        for _ in range(most):
            one = claim(connection, source, now)
            if one is None:
                return
            settle(connection, one.id, answer(one.sending), now)
            not_found(connection, one.id, now, now)
