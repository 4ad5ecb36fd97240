"""Reading: profiles against their own bare statements, and the search against its bare match."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bench.generate import KEY, NOW, folder, vocabulary
from bench.measuring import Figure, Goal, Spent, in_turn, percentile, timed

from bench import bare
from console.domain.search import HitKind
from console.domain.search_query import terms
from console.store import profiles, search
from console.store.connection import Connection, Result
from console.store.workspace import SEARCH_FILE, WORKSPACE_FILE, Role, Workspace

_PROFILES, _REPETITIONS = 60, 5
_NEWEST, _EACH = 50, 30
_TEACHER = "profile"
Statement = tuple[str, Any]


def run(scale: float) -> Iterator[Figure]:
    """Profiles of customers as they come, of the one with too many activities, and the newest hits of words of all kinds."""
    place = folder(scale)
    workspace = Workspace(place, KEY, Role.WINDOW)
    raw = bare.connect(place / WORKSPACE_FILE)
    try:
        some, busiest = _customers(raw)
        yield _profiles(workspace, raw, some, "profile of a customer")
        yield _profiles(workspace, raw, [busiest] * 10, "profile of the busiest customer")
        raw_search = bare.connect(place / SEARCH_FILE)
        yield from _searches(workspace, raw, raw_search)
        yield from _many(workspace, raw, raw_search)
        raw_search.close()
    finally:
        raw.close()
        workspace.close()


def _customers(raw: Any) -> tuple[list[int], int]:
    rows = raw.execute("SELECT id FROM customers ORDER BY conversation_count DESC, id").fetchall()
    keys = [row[0] for row in rows]
    return random.Random(_TEACHER).sample(keys, min(_PROFILES, len(keys))), keys[0]


def _profiles(workspace: Workspace, raw: Any, customers: Sequence[int], what: str) -> Figure:
    def read(customer: int) -> None:
        with workspace.database.read() as connection:
            profiles.profile(connection, customer, now=NOW)

    statements = _statements_of(workspace, customers)

    def ours() -> Spent:
        return timed(lambda: [read(customer) for customer in customers])

    def limit() -> Spent:
        return timed(lambda: [raw.execute(*statement).fetchall() for statement in statements])

    pairs = in_turn(ours, limit, _REPETITIONS)
    title = f"its {len(statements) / len(customers):.0f} statements with bare sqlcipher3"
    return pairs.as_times("profile", what, title, Goal(3), times=len(customers))


class _Noting(Connection):
    """A connection that writes down what it is asked."""

    __slots__ = ("noted",)

    def __init__(self, raw: Any) -> None:
        super().__init__(raw)
        self.noted: list[Statement] = []

    def exec_driver_sql(self, statement: str, arguments: Any = ()) -> Result:
        self.noted.append((statement, arguments))
        return super().exec_driver_sql(statement, arguments)


def _statements_of(workspace: Workspace, customers: Iterable[int]) -> list[Statement]:
    """The statements that reading these profiles makes."""
    with workspace.database.read() as connection:
        noting = _Noting(connection.raw)
        for customer in customers:
            profiles.profile(noting, customer, now=NOW)
    return noting.noted


def _searches(workspace: Workspace, raw: Any, raw_search: Any) -> Iterator[Figure]:
    """The newest hits with snippets beside the bare match and its rows; the limit knows nothing of conversations."""
    for what, query in (("frequent", "mi"), ("two frequent", "ka lo"), ("rare", _rare(raw_search)), ("prefix", "ka k")):
        expression = search.match_expression(terms(query))

        def ours(query: str = query) -> Spent:
            return timed(lambda: search.search(workspace, query, _NEWEST, [HitKind.MESSAGE]))

        def limit(expression: str = expression) -> Spent:
            return timed(lambda: _matching(raw, raw_search, expression))

        ours()
        limit()
        pairs = in_turn(ours, limit, _REPETITIONS)
        title = f"newest {_NEWEST} with snippets: {what} word"
        yield pairs.as_times("search", title, "bare FTS5 match and its rows, no snippets", None)


def _many(workspace: Workspace, raw: Any, raw_search: Any) -> Iterator[Figure]:
    """Queries of every class, each with words of its own: the usual one and the slowest of a hundred."""
    queries = list(_queries(random.Random("queries")))
    spent: dict[str, tuple[list[float], list[float]]] = {kind: ([], []) for kind, _ in queries}
    for kind, query in queries:
        expression = search.match_expression(terms(query))
        ours, limit = spent[kind]
        ours.append(timed(lambda query=query: search.search(workspace, query, _NEWEST, [HitKind.MESSAGE])).cpu)
        limit.append(timed(lambda expression=expression: _matching(raw, raw_search, expression)).cpu)
    everything = [[one for kind in spent.values() for one in kind[side]] for side in (0, 1)]
    slowest = max(spent, key=lambda kind: percentile(spent[kind][0], 0.99))
    for what, (ours, limit), share in (
        (f"{len(queries)} queries of {len(spent)} classes, p50", everything, 0.5),
        (f"slowest class ({slowest}), p50", spent[slowest], 0.5),
        (f"slowest class ({slowest}), p99", spent[slowest], 0.99),
    ):
        a, b = percentile(ours, share), percentile(limit, share)
        yield Figure(
            "search", f"{what}, of cpu", "bare FTS5 match and its rows, no snippets", a * 1e3, b * 1e3, "ms", a / b
        )


def _queries(rng: random.Random) -> Iterator[tuple[str, str]]:
    words = vocabulary()[0]
    for _ in range(_EACH):
        often, middling, seldom = rng.choice(words[:40]), rng.choice(words[300:2_000]), rng.choice(words[20_000:60_000])
        yield "frequent", f"{often} "
        yield "middling", f"{middling} "
        yield "rare", f"{seldom} "
        yield "two frequent", f"{often} {rng.choice(words[:40])} "
        yield "two middling", f"{middling} {rng.choice(words[300:2_000])} "
        yield "two letters", middling[:2]
        yield "three letters", middling[:3]
        yield "word and two letters", f"{often} {middling[:2]}"
        yield "phrase", f'"{often} {rng.choice(words[:40])}"'


def _matching(raw: Any, raw_search: Any, expression: str) -> list[Any]:
    found = raw_search.execute(
        "SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC LIMIT ?", (expression, _NEWEST)
    ).fetchall()
    keys = json.dumps([row[0] for row in found])
    return raw.execute("SELECT * FROM messages WHERE id IN (SELECT value FROM json_each(?))", (keys,)).fetchall()


def _rare(raw: Any) -> str:
    """A word that few messages hold: the last one of a sample of the index's own."""
    raw.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, message_words, row)")
    rows = raw.execute("SELECT term FROM temp.vocabulary WHERE doc <= 2 AND length(term) > 5 LIMIT 1").fetchall()
    return rows[0][0] if rows else "nothing"
