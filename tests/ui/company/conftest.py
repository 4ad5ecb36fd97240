"""The window of a company on a real workspace, with the sync side folding at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.rich import company_called, text
from tests.ui.workspaces import KEY, NOW, Clock, SyncSide

from console.domain.edits import Edit
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    Person,
)
from console.store.workspace import Role, Workspace, create
from console.ui.company.window import CompanyWindow
from console.ui.session import Session

MEMBERS = 60


@dataclass
class Room:
    """The company's window, and all that was submitted in it."""

    qtbot: QtBot
    session: Session
    side: SyncSide
    window: CompanyWindow
    company: int
    submitted: list[Edit] = field(default_factory=list)

    def look(self) -> None:
        """The feed looks once, as it does ten times a second, and what was asked is answered."""
        self.session.feed.look()
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is asked any more."""
        self.qtbot.waitUntil(self.session.background.is_idle)

    def names(self) -> list[str]:
        """The members that are listed, in their order."""
        rows = self.window.members.rows
        found = [rows.row_at(place) for place in range(len(rows.ids()))]
        return [row.name for row in found if row is not None]

    def turn_to(self, company: int) -> CompanyWindow:
        """The window of another company in place of this one."""
        self.window.close()
        self.window.deleteLater()
        self.window = CompanyWindow(self.session, company)
        self.window.show()
        self.settle()
        return self.window


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    """Northpeak's window, open."""
    create(tmp_path / "workspace", KEY)
    clock = Clock()
    side = SyncSide(tmp_path / "workspace", clock)
    _tell(side)
    session = Session(
        Workspace(tmp_path / "workspace", KEY, Role.WINDOW), "Nadia Kovac", now=clock.now, services=side.services()
    )
    company = company_called(session, "Northpeak")
    window = CompanyWindow(session, company)
    made = Room(qtbot, session, side, window, company)
    session.submitted.connect(lambda entry: made.submitted.append(entry.edit))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.settle()
    yield made
    made.window.close()
    made.session.close()
    made.side.workspace.close()


def _tell(side: SyncSide) -> None:
    """Sixty members of whom two disagree; a namesake, a stranger with an address of the company, an empty company."""
    side.take(
        CompanyRecord("np", "Northpeak", ("northpeak.io",), {"plan": text("Pro"), "industry": text("Research")}),
        CompanyRecord("np2", "Northpeak Ltd.", ("northpeak.example",)),
        CompanyRecord("empty", "Empty Rooms", ("empty.example",)),
        *(_member(number) for number in range(MEMBERS)),
        CustomerRecord("stranger", ("zoe@northpeak.io",), {"name": text("Zoe Stray")}),
        CustomerRecord("free", ("someone@gmail.com",), {"name": text("Some One")}),
        *(_login(number, day) for number in range(10) for day in range(number + 1, 60, 7)),
        ConversationRecord(
            "c1",
            Channel.EMAIL,
            "The export fails",
            (
                MessageRecord(
                    "m1", NOW - timedelta(days=3), AuthorKind.CUSTOMER, Person("", "Member 00"), "Please help"
                ),
            ),
            "m0",
        ),
        source="Intercom",
        done=1,
    )


def _member(number: int) -> CustomerRecord:
    said = {
        "name": text(f"Member {number:02}"),
        "company.size": text("10–50" if number < 2 else "120–250"),
        "city": text("Lyon" if number % 2 else "Porto"),
    }
    tags = ("VIP",) if number == 0 else ()
    return CustomerRecord(f"m{number}", (f"m{number:02}@northpeak.io",), said, ("np",), tags=tags)


def _login(number: int, day: int) -> EventRecord:
    return EventRecord(f"e{number}/{day}", "Logged in", NOW - timedelta(days=day, hours=1), customer_id=f"m{number}")
