"""How much is taken in at once: as much as its time allows, and less while a teammate makes edits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.edits import AddTag, Entry, Owner
from console.domain.ids import new_edit_id
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import CustomerRecord, OwnerKind, Page
from console.store.source_writes import ensure_source
from console.store.taking import Intake
from console.store.workspace import Role, Workspace, create
from console.sync.work import PageWork, Task
from console.sync.writer import Writer

_KEY = bytes(range(32))
_NOW = datetime(2026, 11, 20, 11, 8, tzinfo=UTC)


@dataclass
class _Clock:
    """A monotonic clock on which every look takes so long."""

    step: float
    at: float = 100.0

    def seconds(self) -> float:
        self.at += self.step
        return self.at


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace, as the sync process holds it."""
    create(tmp_path / "workspace", _KEY)
    made = Workspace(tmp_path / "workspace", _KEY, Role.SCRIPT)
    yield made
    made.close()


def _parts_of_a_page(writer: Writer, workspace: Workspace, page: int) -> int:
    with workspace.database.write() as connection:
        source = ensure_source(connection, "intercom", "Mail", 0)
    intake = Intake(source, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Mail", f"source:{source}"))
    records = tuple(CustomerRecord(f"{page}-{number}") for number in range(250))
    writer.put(PageWork(Task("sync", "Mail"), Page("customers", records, f"cursor {page}"), intake, _NOW))
    count = 0
    while writer.is_behind():
        writer.take_one(0)
        count += 1
    return count


def _edit(workspace: Workspace) -> None:
    entry = Entry(new_edit_id(_NOW, os.urandom(10)), _NOW, "Nadia", AddTag(Owner(OwnerKind.CUSTOMER, 1), "VIP"))
    workspace.journal.append(entry)


def _customers(workspace: Workspace) -> int:
    with workspace.database.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM records").scalar_one()


def test_parts_that_take_long_become_smaller_and_larger_again(workspace: Workspace) -> None:
    clock = _Clock(0.0001)
    writer = Writer(workspace, lambda: _NOW, clock.seconds, lambda _: None)

    assert _parts_of_a_page(writer, workspace, 1) == 3
    clock.step = 0.4
    assert _parts_of_a_page(writer, workspace, 2) > 10
    clock.step = 0.0001
    _parts_of_a_page(writer, workspace, 3)
    assert _parts_of_a_page(writer, workspace, 4) == 3
    assert _customers(workspace) == 4 * 250


def test_after_an_edit_parts_are_short_for_a_while(workspace: Workspace) -> None:
    clock = _Clock(0.05)
    writer = Writer(workspace, lambda: _NOW, clock.seconds, lambda _: None)

    assert _parts_of_a_page(writer, workspace, 1) == 3
    _edit(workspace)
    assert writer.fold() == 1
    assert _parts_of_a_page(writer, workspace, 2) > 5
    clock.at += 60
    _parts_of_a_page(writer, workspace, 3)
    assert _parts_of_a_page(writer, workspace, 4) == 3
