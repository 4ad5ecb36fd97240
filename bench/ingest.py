"""Taking in: mails and rows of a CSV file against a plain executemany of the rows they become; and taking them in again."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.generate import KEY, NOW
from bench.measuring import Figure, Goal, Pairs, Spent, in_turn, timed

from bench import arrivals, bare
from console.domain.records import Page
from console.store.ingest import take_in
from console.store.taking import Intake
from console.store.workspace import WORKSPACE_FILE, Role, Workspace

_MAILS, _ROWS = 100_000, 100_000
_LEAST = 60
_REPETITIONS = 3
_MEMBERS, _MEMBERS_A_PAGE = 5_000, 200
_GOAL, _AGAIN, _LARGE = Goal(0.6, is_least=True), Goal(0.33), Goal(1.5)
_EXECUTEMANY = "executemany of the same rows, same indexes, same transactions"
# Written once a page whatever is on it, and no part of what a plain insertion would write.
_NOT_COMPARED = frozenset({"meta", "changes", "streams", "counters"})


@dataclass(frozen=True, slots=True)
class _Stream:
    """Something to take in: its pages, and how they are parsed again from the file."""

    name: str
    unit: str
    pages: Sequence[Page]
    parsed: Callable[[], Sequence[Page]]
    intake: Intake


def run(scale: float) -> Iterator[Figure]:
    """Mail and CSV rows, parsed already, with parsing, and a second time."""
    with tempfile.TemporaryDirectory(prefix="bench-ingest-") as place:
        folder = Path(place)
        mbox = arrivals.write_mbox(folder / "bench.mbox", max(_LEAST, round(_MAILS * scale)))
        table = arrivals.write_csv(folder / "customers.csv", max(_LEAST, round(_ROWS * scale)))
        plan = arrivals.csv_plan(table)
        mails, rows = arrivals.mail_pages(mbox), arrivals.csv_pages(plan)
        for stream in (
            _Stream("mail", "mails/s", mails, lambda: arrivals.mail_pages(mbox), arrivals.MAIL_INTAKE),
            _Stream("CSV rows", "rows/s", rows, lambda: arrivals.csv_pages(plan), arrivals.CSV_INTAKE),
        ):
            yield from _figures(folder, stream)
        yield _large_company(folder)


def _figures(folder: Path, stream: _Stream) -> Iterator[Figure]:
    batches = _rows_of(folder, stream)
    count = arrivals.records_in(stream.pages)
    template, place = folder / "template", folder / "place"
    again: list[Spent] = []

    def ours() -> Spent:
        workspace = _opened(template, place)
        first = timed(lambda: _take(workspace, stream.pages, stream.intake))
        again.append(timed(lambda: _take(workspace, stream.pages, stream.intake)))
        workspace.close()
        return first

    def with_parsing() -> Spent:
        workspace = _opened(template, place)
        spent = timed(lambda: _take(workspace, stream.parsed(), stream.intake))
        workspace.close()
        return spent

    def limit() -> Spent:
        bare.fresh(template, place)
        return timed(lambda: bare.insert(place, batches))

    pairs = in_turn(ours, limit, _REPETITIONS)
    yield pairs.as_rates(
        "ingest", f"{stream.name}: parsed pages taken in", _EXECUTEMANY, _GOAL, count=count, unit=stream.unit
    )
    whole = in_turn(with_parsing, limit, _REPETITIONS)
    yield whole.as_rates(
        "ingest", f"{stream.name}: parsed and taken in", _EXECUTEMANY, None, count=count, unit=stream.unit
    )
    second = Pairs(tuple(again), pairs.ours)
    pages = len(stream.pages)
    yield second.as_times("resync", f"{stream.name}: an unchanged page again", "the first time", _AGAIN, times=pages)


def _large_company(folder: Path) -> Figure:
    """What a page costs must not grow with the company that it is about."""
    workspace = _opened(folder / "template", folder / "place")
    pages = arrivals.company_pages(_MEMBERS, _MEMBERS_A_PAGE)
    # A minute apart, as pages come: what is said last is shown.
    spent = [
        timed(partial(_take, workspace, [page], arrivals.COMPANY_INTAKE, NOW + timedelta(minutes=number)))
        for number, page in enumerate(pages)
    ]
    workspace.close()
    count = len(spent) // 4
    pairs = Pairs(tuple(spent[-count:]), tuple(spent[1 : count + 1]))
    what = f"a page of customers of one company, the last of {_MEMBERS:,} members"
    return pairs.as_times("ingest", what, "the first pages of them", _LARGE)


def _rows_of(folder: Path, stream: _Stream) -> list[bare.Batch]:
    """What the pages become, by the page that brought each row, as it stands at the end."""
    place = folder / "rehearsal"
    workspace = _opened(folder / "template", place)
    seen: dict[str, dict[object, int]] = defaultdict(dict)
    raw = bare.connect(place / WORKSPACE_FILE)
    names = [name for name in bare.tables(raw) if name not in _NOT_COMPARED]
    keys = {name: _key(raw, name) for name in names}
    for number, page in enumerate(stream.pages):
        _take(workspace, [page], stream.intake)
        for name in names:
            for (key,) in raw.execute(f"SELECT {keys[name]} FROM {name}").fetchall():
                seen[name].setdefault(key, number)
    workspace.close()
    rows: list[dict[str, list[tuple[object, ...]]]] = [defaultdict(list) for _ in stream.pages]
    for name in names:
        for key, *columns in raw.execute(f"SELECT {keys[name]}, * FROM {name}").fetchall():
            rows[seen[name][key]][name].append(tuple(columns))
    raw.close()
    return [list(batch.items()) for batch in rows]


def _key(raw: Any, table: str) -> str:
    """What tells the rows of a table apart: their number, or the key in whose order they are stored."""
    made = raw.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()[0]
    if "WITHOUT ROWID" not in made:
        return "rowid"
    rows = raw.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,)).fetchall()
    return " || ' ' || ".join(row[0] for row in rows)


def _opened(template: Path, place: Path) -> Workspace:
    return Workspace(bare.fresh(template, place), KEY, Role.SYNC)


def _take(workspace: Workspace, pages: Sequence[Page], intake: Intake, at: datetime = NOW) -> None:
    for page in pages:
        with workspace.database.write() as connection:
            take_in(connection, page, intake, at)
