"""Large workspaces for the benchmarks: the same for the same scale, made once and kept in ``bench/cache``.

Scale 1 is 100,000 customers, 10,000 companies, 1,000,000 conversations with about 4,000,000 messages, and 1,000,000 events; one
customer has 50,000 activities and more (10,000 at least, at any scale). Words follow Zipf and Mandelbrot (200,000 of them, s = 1.1), lengths are lognormal, about 260
bytes a message.

From half of that on it is ``_COPIES`` populations side by side, a fifth each: one is taken in, the others are made of it in SQL
(``bench/multiply.py`` says what repeats), and their busiest customers and companies merged.

    python -m bench.generate --scale 0.02
"""

from __future__ import annotations

import argparse
import functools
import itertools
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import (
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    Page,
    Person,
    Record,
)
from console.domain.values import Money, Value, ValueKind
from console.store import search
from console.store.ingest import take_in
from console.store.migrating import HEADS
from console.store.moments import micros
from console.store.source_writes import ensure_source
from console.store.taking import Intake
from console.store.workspace import Role, Workspace, create

CACHE = Path(__file__).parent / "cache"
# Of no use to anybody: these workspaces hold random words.
KEY = bytes(range(32))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
REACH = timedelta(days=3 * 365)
RECORDS_A_PAGE = 500
WORDS = 200_000
HEAVY = 0
_FORMAT = 2
_SYLLABLES = "ka lo mi ren tas vo du shi pe ral no gen tu bel fo zar hin que wit jo".split()  # noqa: SIM905  # a list of twenty is harder to read
_CHANNELS = (Channel.CHAT, Channel.CHAT, Channel.EMAIL, Channel.EMAIL, Channel.EMAIL, Channel.SURVEY, Channel.CALL)
_EVENTS = ("Logged in", "Logged in", "Logged in", "Exported report", "Created dashboard", "Invited teammate")
_PLANS = ("Free", "Starter", "Growth", "Pro", "Enterprise")
_HEAVY_SHARE, _LEAST_OF_HEAVY = 0.025, 10_000
_INDEX_ROWS = 20_000
_COPIES, _MULTIPLIED_FROM = 5, 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything there is at one scale."""

    companies: int
    customers: int
    conversations: int
    events: int


def counts(scale: float) -> Counts:
    """What ``scale`` comes to; at least a few of everything."""
    return Counts(
        max(10, round(10_000 * scale)),
        max(100, round(100_000 * scale)),
        max(200, round(1_000_000 * scale)),
        max(200, round(1_000_000 * scale)),
    )


def pages(scale: float) -> Iterator[Page]:
    """All pages, in the order in which a source would give them: companies, customers, conversations, events."""
    size = counts(scale)
    yield from _paged("companies", (_company(number) for number in range(size.companies)), size.companies)
    yield from _paged("customers", (_customer(number, size) for number in range(size.customers)), size.customers)
    talks = (_conversation(number, size) for number in range(size.conversations))
    yield from _paged("conversations", talks, size.conversations)
    yield from _paged("events", (_event(number, size) for number in range(size.events)), size.events)
    more = more_events(size)
    yield from _paged("more events", (_more(number, more) for number in range(more)), more)


def more_events(size: Counts) -> int:
    """How many events the one customer with too many has besides, so that there are enough of them at a small scale."""
    return max(0, _LEAST_OF_HEAVY - round(size.conversations * _HEAVY_SHARE * 4))


def folder(scale: float) -> Path:
    """The folder of the workspace of that scale, opened with ``KEY``; built where it is not there yet.

    It is moved to its place when it is whole, so that a build that was stopped leaves nothing half made. One whose tables
    are of an older version moves there as well and is brought up to date.
    """
    name = f"scale-{scale:g}-format-{_FORMAT}-"
    place = CACHE / f"{name}{HEADS['workspace']}"
    older = sorted(one for one in CACHE.glob(f"{name}w*") if one.suffix != ".unfinished" and one < place)
    if older and not place.exists():
        older[-1].rename(place)
    if not place.exists():
        unfinished = place.with_name(f"{place.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        if scale < _MULTIPLIED_FROM:
            fill(unfinished, scale)
        else:
            from bench.multiply import multiply  # Imported here: it has the key from this module.

            multiply(folder(scale / _COPIES), unfinished, _COPIES, KEY, f"u{HEAVY}", NOW)
        unfinished.rename(place)
    create(place, KEY)
    shutil.rmtree(place / "backups", ignore_errors=True)
    _index(place)
    return place


def _index(place: Path) -> None:
    """Bring the index up to date, which an older version may have made; nothing where it is."""
    workspace = Workspace(place, KEY, Role.SCRIPT)
    try:
        while search.index(workspace, _INDEX_ROWS):
            pass
    finally:
        workspace.close()


def fill(place: Path, scale: float) -> None:
    """Make a workspace in ``place`` and take everything in, index included."""
    create(place, KEY)
    workspace = Workspace(place, KEY, Role.SCRIPT)
    try:
        with workspace.database.write() as connection:
            key = ensure_source(connection, "intercom", "Bench", micros(NOW))
        intake = Intake(key, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Bench", f"source:{key}"))
        for page in pages(scale):
            with workspace.database.write() as connection:
                take_in(connection, page, intake, NOW)
        while search.index(workspace, _INDEX_ROWS):
            pass
    finally:
        workspace.close()


def text(rng: random.Random, typical_words: float) -> str:
    """Words as frequent as in a language, lognormal in number around ``typical_words``."""
    words, weights = vocabulary()
    count = max(1, min(2_000, int(typical_words * rng.lognormvariate(0, 0.7))))
    return " ".join(rng.choices(words, cum_weights=weights, k=count))


@functools.cache
def vocabulary() -> tuple[list[str], list[float]]:
    """The words, the most frequent and shortest first, with their weights added up."""
    lengths = itertools.count(1)
    spelled = ("".join(parts) for length in lengths for parts in itertools.product(_SYLLABLES, repeat=length))
    words = list(itertools.islice(spelled, WORDS))
    return words, list(itertools.accumulate(1 / (rank + 2.7) ** 1.1 for rank in range(WORDS)))


def _paged(stream: str, records: Iterator[Record], total: int) -> Iterator[Page]:
    done = 0
    while part := tuple(itertools.islice(records, RECORDS_A_PAGE)):
        done += len(part)
        yield Page(stream, part, f"{done:09}", is_last=done == total, done=done, total=total)


def _company(number: int) -> CompanyRecord:
    rng = random.Random(f"company {number}")
    properties = {
        "industry": Value(ValueKind.CHOICE, rng.choice(("Retail", "Software", "Finance", "Health", "Travel"))),
        "size": Value(ValueKind.NUMBER, Decimal(int(rng.paretovariate(1.1)))),
    }
    return CompanyRecord(f"c{number}", f"Company {text(rng, 2)} {number}", (f"c{number}.example",), properties)


def _customer(number: int, size: Counts) -> CustomerRecord:
    rng = random.Random(f"customer {number}")
    company = int(size.companies * rng.random() ** 2)
    properties = {
        "name": Value(ValueKind.STRING, f"{text(rng, 1).title()[:40]} {number}"),
        "plan": Value(ValueKind.CHOICE, rng.choice(_PLANS)),
        "mrr": Value(ValueKind.MONEY, Money(Decimal(rng.randrange(0, 900)), "EUR")),
        "sessions": Value(ValueKind.NUMBER, Decimal(rng.randrange(1_000))),
        "nps": Value(ValueKind.NUMBER, Decimal(rng.randrange(11))),
        "signed_up_at": Value(ValueKind.DATETIME, NOW - rng.random() * REACH),
        "newsletter": Value(ValueKind.BOOLEAN, rng.random() < 0.5),
        "location.city": Value(ValueKind.STRING, rng.choice(("Lyon", "Hamburg", "Porto", "Osaka", "Leeds"))),
    }
    return CustomerRecord(f"u{number}", (f"u{number}@c{company}.example",), properties, (f"c{company}",), NOW)


def _conversation(number: int, size: Counts) -> ConversationRecord:
    rng = random.Random(f"conversation {number}")
    customer = _whose(rng, size)
    at = NOW - REACH + REACH * ((number + rng.random()) / size.conversations)
    count = 1 + min(300, int(rng.expovariate(1 / 3.5)))
    messages = []
    for position in range(count):
        is_customer = position % 2 == 0
        author = (
            Person(f"u{customer}@bench.example", f"Customer {customer}") if is_customer else Person("", "Nadia Kovac")
        )
        kind = AuthorKind.CUSTOMER if is_customer else AuthorKind.TEAMMATE
        spoken_at = min(at + timedelta(minutes=11 * position), NOW)
        messages.append(
            MessageRecord(f"bench:{number}:{position}", spoken_at, kind, author, text(rng, 30), is_read=True)
        )
    return ConversationRecord(
        f"t{number}", rng.choice(_CHANNELS), text(rng, 5), tuple(messages), f"u{customer}", is_closed=number % 40 != 0
    )


def _event(number: int, size: Counts) -> EventRecord:
    rng = random.Random(f"event {number}")
    at = NOW - REACH + REACH * ((number + rng.random()) / size.events)
    metadata = {"rows": Value(ValueKind.NUMBER, Decimal(rng.randrange(10_000)))}
    return EventRecord(f"e{number}", rng.choice(_EVENTS), at, customer_id=f"u{_whose(rng, size)}", metadata=metadata)


def _more(number: int, count: int) -> EventRecord:
    rng = random.Random(f"more {number}")
    at = NOW - REACH + REACH * ((number + rng.random()) / count)
    return EventRecord(f"m{number}", rng.choice(_EVENTS), at, customer_id=f"u{HEAVY}")


def _whose(rng: random.Random, size: Counts) -> int:
    """A few do most; every fortieth conversation and event is that of the one customer with too many."""
    return HEAVY if rng.random() < _HEAVY_SHARE else int(size.customers * rng.random() ** 2.2)


def main() -> None:
    """Build the workspace of one scale and say where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=0.02, help="0.02 for a smoke test, 0.2 daily, 1 for a release")
    print(folder(parser.parse_args().scale))


if __name__ == "__main__":
    main()
