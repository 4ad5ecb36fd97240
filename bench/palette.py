"""The palette's search: one keystroke's question over every kind of thing, beside the exact search for the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.generate import KEY, NOW, folder
from bench.measuring import Figure, Goal, Spent, in_turn, percentile, timed

from console.domain.search import HitKind
from console.store import search
from console.store.connection import Connection
from console.store.palette import look_up
from console.store.workspace import Role, Workspace

_MOST, _REPETITIONS, _TYPED_TIMES = 20, 5, 3
_GOAL = 3


def run(scale: float) -> Iterator[Figure]:
    """Words, names with a slip, conditions alone and with words, and letters at the beginning of a word."""
    workspace = Workspace(folder(scale), KEY, Role.WINDOW)
    try:
        with workspace.database.read() as connection:
            name, address = _somebody(connection)
        longest = max(name.split(), key=len)
        swapped = f"{longest[:2]}{longest[3]}{longest[2]}{longest[4:]}" if len(longest) > 4 else f"{longest}x"
        for what, text in (
            ("name", name),
            ("name with two letters swapped", swapped),
            ("name with a letter too many", f"{longest[:3]}x{longest[3:]}"),
            ("address", address),
            ("one letter", "k"),
            ("two frequent words", "ka lo"),
            ("condition alone", "plan:enterprise"),
            ("condition and a word", "plan:enterprise mi"),
            ("range and a condition", "mrr:100..200 last_seen<90d"),
            ("rare condition and a word", f"email:{address} mi"),
        ):
            yield _beside(workspace, what, text)
        yield from _keystrokes(
            workspace, (name.lower(), swapped, address, "ka lo mi", "plan:enterprise mi", "mrr>300 ren")
        )
    finally:
        workspace.close()


def _beside(workspace: Workspace, what: str, text: str) -> Figure:
    words = " ".join(part for part in text.split() if ":" not in part and "<" not in part) or "ka"

    def ours() -> Spent:
        return timed(lambda: look_up(workspace, text, tuple(HitKind), _MOST, now=NOW))

    def limit() -> Spent:
        return timed(lambda: search.search(workspace, words, _MOST))

    ours()
    limit()
    return in_turn(ours, limit, _REPETITIONS).as_times("palette", what, "exact search of four kinds", Goal(_GOAL))


def _keystrokes(workspace: Workspace, texts: Sequence[str]) -> Iterator[Figure]:
    """Texts typed letter by letter, each letter asked: the usual one and the slowest of a hundred, beside those of the exact search."""
    typed = [text[:end] for text in texts for end in range(1, len(text) + 1)]
    ours, limit = [], []
    for _ in range(_TYPED_TIMES):
        for text in typed:
            ours.append(timed(lambda text=text: look_up(workspace, text, tuple(HitKind), _MOST, now=NOW)))
            limit.append(timed(lambda text=text: search.search(workspace, text, _MOST)))
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        a, b = (percentile([one.cpu for one in spent], share) for spent in (ours, limit))
        what = f"{len(typed)} keystrokes, {name}, of cpu"
        yield Figure("palette", what, "the same of the exact search", a * 1e3, b * 1e3, "ms", a / b)


def _somebody(connection: Connection) -> tuple[str, str]:
    """The name and the address of a customer with a long name."""
    row = connection.exec_driver_sql(
        "SELECT name, email FROM customers ORDER BY length(name) DESC, id LIMIT 1"
    ).fetchall()[0]
    return row[0], row[1]
