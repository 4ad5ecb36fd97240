"""The stream: any page of a long one beside the first page of a short one, and the window while it reads a long thread."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Spent, in_turn, percentile, timed
from bench.places import passing_folder
from PySide6.QtCore import QTimer

from bench import bare, windows
from console.domain.activity import Chip, LineKey, StreamFilter
from console.domain.edits import Owner
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
)
from console.store import activity
from console.store.ingest import take_in
from console.store.source_writes import ensure_source
from console.store.taking import Intake
from console.store.workspace import WORKSPACE_FILE, Role, Workspace, create
from console.ui.services import Services
from console.ui.session import Session
from console.ui.stream.view import StreamView

_TIMES, _REPETITIONS = 20, 7
_LONGEST_THREAD, _LEAST_THREAD = 100_000, 5_000
_MESSAGES_A_PAGE = 500
_GOAL = Goal(2)
_LIMIT_IS = "first page of a customer with about 50 activities"
_FILTERS = {
    "no filter": StreamFilter(),
    "messages": StreamFilter(frozenset([Chip.MESSAGES])),
    "events": StreamFilter(frozenset([Chip.EVENTS])),
    "changes": StreamFilter(frozenset([Chip.CHANGES])),
    "notes, of which there are none": StreamFilter(frozenset([Chip.NOTES])),
}


def run(scale: float) -> Iterator[Figure]:
    """Pages by owner and filter; one step of a source filter that finds nothing; the longest gap while one scrolls."""
    place = folder(scale)
    workspace = Workspace(place, KEY, Role.WINDOW)
    raw = bare.connect(place / WORKSPACE_FILE)
    try:
        yield from _pages(workspace, raw)
    finally:
        raw.close()
        workspace.close()
    yield _thread(max(_LEAST_THREAD, round(_LONGEST_THREAD * scale)))


def _pages(workspace: Workspace, raw: Any) -> Iterator[Figure]:
    short = Owner(OwnerKind.CUSTOMER, _owner(raw, "customers", "ORDER BY abs(count(*) - 50), owner_id"))
    for kind, table in ((OwnerKind.CUSTOMER, "customers"), (OwnerKind.COMPANY, "companies")):
        owner = Owner(kind, _owner(raw, table, "ORDER BY count(*) DESC, owner_id"))
        count = raw.execute("SELECT count(*) FROM activities WHERE owner_id = ?", (owner.id,)).fetchone()[0]
        what = f"{kind.value} with {count:,} activities"
        middle = _key_at(workspace, owner, raw, count // 2)
        for name, wanted in _FILTERS.items():
            yield _page(workspace, owner, short, wanted, middle, f"page in the middle, {name}: {what}")
        yield _page(
            workspace, owner, short, StreamFilter(source_id=-1), middle, f"one step for no source: {what}", None
        )


def _page(
    workspace: Workspace,
    owner: Owner,
    short: Owner,
    wanted: StreamFilter,
    before: LineKey | None,
    what: str,
    goal: Goal | None = _GOAL,
) -> Figure:
    def read(whose: Owner, which: StreamFilter, key: LineKey | None) -> Spent:
        def pages() -> None:
            for _ in range(_TIMES):
                with workspace.database.read() as connection:
                    activity.page(connection, whose, which, key)

        return timed(pages)

    pairs = in_turn(lambda: read(owner, wanted, before), lambda: read(short, StreamFilter(), None), _REPETITIONS)
    return pairs.as_times("stream", what, _LIMIT_IS, goal, times=_TIMES)


def _owner(raw: Any, table: str, order: str) -> int:
    statement = (
        f"SELECT owner_id FROM activities WHERE owner_id IN (SELECT id FROM {table}) GROUP BY owner_id {order} LIMIT 1"
    )
    return raw.execute(statement).fetchone()[0]


def _key_at(workspace: Workspace, owner: Owner, raw: Any, place: int) -> LineKey | None:
    """The line so many activities down."""
    at = raw.execute(
        "SELECT at FROM activities WHERE owner_id = ? ORDER BY at LIMIT 1 OFFSET ?", (owner.id, place)
    ).fetchone()
    until = NOW - timedelta(microseconds=int(NOW.timestamp() * 1_000_000) - at[0])
    with workspace.database.read() as connection:
        lines = activity.page(connection, owner, StreamFilter(), until=until, limit=1).lines
    return lines[0].key if lines else None


def _thread(count: int) -> Figure:
    """One conversation of so many messages, opened and scrolled to its end of memory and on: the longest silence of the window."""
    windows.application()
    with passing_folder() as passing:
        owner = _filled(passing / "workspace", count)
        session = Session(
            Workspace(passing / "workspace", KEY, Role.WINDOW), "Nadia", now=lambda: NOW, services=_services()
        )
        gaps = _gaps(session, owner)
        session.close()
    longest, usual = max(gaps), percentile(gaps, 0.5)
    what = f"longest gap of the window, thread of {count:,} messages read by scrolling"
    return Figure("stream", what, "its median gap", longest, usual, "ms", longest / usual, notes=("at most 100 ms",))


def _gaps(session: Session, owner: int) -> list[float]:
    view, gaps, last = StreamView(session), [], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    windows.shown(view, 600)
    heart = QTimer()
    heart.setInterval(5)
    heart.timeout.connect(beat)
    heart.start()
    view.show_owner(OwnerKind.CUSTOMER, owner)
    until = time.perf_counter() + 6
    while time.perf_counter() < until:
        windows.settle()
        bar = view.list.verticalScrollBar()
        bar.setValue(bar.value() + 240)
    heart.stop()
    windows.end(view)
    return gaps[5:]


def _filled(place: Any, count: int) -> int:
    create(place, KEY)
    workspace = Workspace(place, KEY, Role.SCRIPT)
    person = Person("long@bench.example", "Long")
    with workspace.database.write() as connection:
        key = ensure_source(connection, "intercom", "Bench", 0)
        intake = Intake(key, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Bench", f"source:{key}"))
        take_in(connection, Page("all", (CustomerRecord("u0", (person.address,), {}),)), intake, NOW)
    for start in range(0, count, _MESSAGES_A_PAGE):
        messages = tuple(
            MessageRecord(
                f"m{n}", NOW - timedelta(minutes=count - n), AuthorKind.CUSTOMER, person, f"Message number {n}"
            )
            for n in range(start, min(start + _MESSAGES_A_PAGE, count))
        )
        record = ConversationRecord("t", Channel.CHAT, "A long thread", messages, "u0")
        with workspace.database.write() as connection:
            take_in(connection, Page("all", (record,)), intake, NOW)
    with workspace.database.read() as connection:
        owner = connection.exec_driver_sql("SELECT id FROM customers").scalar_one()
    workspace.close()
    return owner


def _services() -> Services:
    def never(*_: object) -> None:
        raise NotImplementedError

    return Services(never, never, never, never, never, never, never)  # pyright: ignore[reportArgumentType]  # nobody asks here
