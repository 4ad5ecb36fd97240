"""Customers and companies whose names or addresses are nearly what was typed, found by the keys of nearly equal words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.search import Hit, HitKind
from console.domain.search_query import Term, fold
from console.domain.spelling import SHORTEST, keys_of, nearest, slips_allowed, words_of
from console.store.connection import Connection
from console.store.dialect import listed
from console.store.search import OWNERS, SCOPES, owner_hit
from console.store.segment_tests import Clause

_LOOKED_AT = 300
_NEAR = """SELECT s.rowid FROM spelling_words s CROSS JOIN owner_rows r ON r.id = s.rowid
WHERE s.spelling_words MATCH ? AND r.scope = ? LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Near:
    """Who is nearly called so, the nearest first; ``spelled``: the words as the nearest one writes them."""

    hits: tuple[Hit, ...] = ()
    spelled: str = ""


def owners_nearly_called(
    index: Connection, connection: Connection, kind: HitKind, wanted: Sequence[Term], clause: Clause, limit: int
) -> Near:
    """The customers (or companies) of whom every word is nearly part of a name or an address."""
    typed = [fold(word) for term in wanted for word in term.words]
    guessed = [word for word in typed if len(word) >= SHORTEST]
    if not guessed:
        return Near()
    expression = " AND ".join(f"({' OR '.join(map(_quoted, keys_of(word)))})" for word in guessed)
    found = index.exec_driver_sql(_NEAR, (expression, SCOPES[kind], _LOOKED_AT)).fetchall()
    rows = connection.exec_driver_sql(
        f"{OWNERS[kind]} AND {clause.sql}", (listed(row[0] for row in found), *clause.arguments)
    ).fetchall()
    ranked: list[tuple[int, int, Hit, str]] = []
    for row in rows:
        near = _near(typed, words_of(row.title, row.email, row.company), fold(f"{row.title} {row.email} {row.company}"))
        if near is not None:
            slips, spelled = near
            ranked.append(
                (slips, -(row.last_seen or 0), owner_hit(row, kind, (), _as_terms(spelled)), " ".join(spelled))
            )
    ranked.sort(key=lambda one: one[:2])
    return Near(tuple(one[2] for one in ranked[:limit]), ranked[0][3] if ranked else "")


def _near(typed: Sequence[str], words: Sequence[str], whole: str) -> tuple[int, tuple[str, ...]] | None:
    """How many slips in all, and the words that were meant; None where a word has nothing near it."""
    slips, spelled = 0, []
    for word in typed:
        if slips_allowed(word) == 0:
            if word not in whole:
                return None
            spelled.append(word)
            continue
        far, meant = nearest(word, words)
        if not meant:
            return None
        slips += far
        spelled.append(meant)
    return slips, tuple(spelled)


def _quoted(key: str) -> str:
    return f'"{key}"'


def _as_terms(spelled: Sequence[str]) -> tuple[Term, ...]:
    return tuple(Term((word,), is_prefix=True) for word in spelled)
