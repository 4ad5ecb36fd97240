"""Asking everybody without asking them everything: of conditions that must all hold, the one that fewest meet comes first.

SQLite knows how many values of a property there are, not how many lie in a range; an index tells that at once. Whoever
meets the rarest condition is then asked the others one by one, instead of looking each of them up for everybody. The index
also tells whose the values are, so that of most of them nothing but a property or two is ever looked at. Where hardly more
meet a second condition, the index gives theirs as well, and only who is in both lists is asked on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Rule, Subject
from console.domain.segment_tests import Moments, Test, Words, test_of
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.segment_asking import Asked, joined
from console.store.segment_sql import clause_of
from console.store.segment_tests import Clause, within

_FEW = 1 / 4
_HARDLY_MORE = 3
"""A list is worth making while it is at most so many times as long as what it is compared with: a look costs three times a line."""
_BY_KEY = frozenset({Subject.PROPERTY, Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST, Subject.OWN_TAG})
_SECOND = 1_000_000
_MOST_WORDS = 64
"""A property with more different texts than that is not asked for by its index."""
_TEXTS = """WITH RECURSIVE v(text, n) AS (SELECT '', 0 UNION ALL SELECT (SELECT w.text FROM winners w
        WHERE w.property_id = ?1 AND w.text > v.text ORDER BY w.text LIMIT 1), n + 1 FROM v WHERE v.text IS NOT NULL LIMIT ?2)
    SELECT text FROM v WHERE n > 0 AND text IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class _Rare:
    """A condition that few meet: how many values can meet it, and which (winners ``w``), as an index finds them."""

    count: int
    part: Rule
    values: Clause


def planned(connection: Connection, rule: Rule, owner_kind: OwnerKind, asked: Asked) -> Clause:
    """The test on all customers (or companies) that the SQL calls ``u``. Raises ValueProblem with a sentence."""
    if not isinstance(rule, AllOf) or len(rule.parts) < 2:
        return clause_of(rule, owner_kind, "u", asked)
    table = "customers" if owner_kind is OwnerKind.CUSTOMER else "companies"
    few = round(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() * _FEW)
    rare = sorted(_rare(connection, rule.parts, owner_kind, asked, few), key=lambda one: one.count)
    if not rare:
        return clause_of(rule, owner_kind, "u", asked)
    return _beginning_with(rare, rule.parts, owner_kind, asked)


def _beginning_with(rare: Sequence[_Rare], parts: Sequence[Rule], owner_kind: OwnerKind, asked: Asked) -> Clause:
    """All parts, asked of those alone whose value of the first one can meet it; of that, whether it does."""
    narrow = Asked(asked.now, asked.zone, is_narrow=True, pretend=asked.pretend)
    first = rare[0]
    known, whole = [], []
    for part in (*(one for one in parts if one is not first.part), first.part):
        (known if _asks_by_key(part) else whole).append(part)
    # Properties first: each is one look, where events are counted.
    known.sort(key=lambda part: not (isinstance(part, Condition) and part.subject is Subject.PROPERTY))
    asking = [clause_of(part, owner_kind, "q", narrow) for part in known]
    if len(rare) > 1 and rare[1].count <= _HARDLY_MORE * first.count:
        listed = rare[1].values
        asking.insert(0, Clause(f"q.id IN (SELECT w.owner_id FROM winners w WHERE {listed.sql})", listed.arguments))
    inner, values = joined(asking, "AND", "1"), first.values
    begun = Clause(
        f"u.id IN (SELECT q.id FROM (SELECT w.owner_id AS id FROM winners w WHERE {values.sql}) q WHERE {inner.sql})",
        (*values.arguments, *inner.arguments),
    )
    return joined([begun, *(clause_of(part, owner_kind, "u", narrow) for part in whole)], "AND", "1")


def _asks_by_key(part: Rule) -> bool:
    """Whether nothing of the customer's own row is asked for."""
    return isinstance(part, Condition) and part.subject in _BY_KEY and not part.of_company


def _rare(
    connection: Connection, parts: Sequence[Rule], owner_kind: OwnerKind, asked: Asked, few: int
) -> Iterator[_Rare]:
    """The conditions that fewer than ``few`` values can meet, as far as an index tells."""
    for part in parts:
        if isinstance(part, Condition) and part.subject is Subject.PROPERTY and not part.of_company:
            key = property_id(owner_kind, part.name)
            values = _values(connection, key, test_of(part, asked.now, asked.zone))
            if values is not None and (count := _counted(connection, values, few)) < few:
                yield _Rare(count, part, values)


def _values(connection: Connection, key: int, test: Test) -> Clause | None:
    """The values of a property that can meet a test; None where an index does not tell."""
    match test:
        case Words():
            texts = _texts(connection, key, test)
            if texts is None:
                return None
            return Clause(f"w.property_id = ? AND w.text IN ({', '.join('?' * len(texts))})", (key, *texts))
        case Moments():
            ranges = (test.moments.scaled(_SECOND), test.days.scaled(_SECOND))
        case _:
            ranges = test
    tests = joined([within("w.number", one) for one in ranges], "OR", "0")
    return Clause(f"w.property_id = ? AND {tests.sql}", (key, *tests.arguments))


def _texts(connection: Connection, key: int, test: Words) -> list[str] | None:
    """Of the texts that there are of a property those that can meet the test; None where there are too many."""
    rows = connection.exec_driver_sql(_TEXTS, (key, _MOST_WORDS + 3)).fetchall()
    return None if len(rows) > _MOST_WORDS else [text for (text,) in rows if any(map(test.holds, _read(text)))]


def _read(text: str) -> Sequence[str]:
    """A text, and the choices that it lists where it does."""
    if not text.startswith("["):
        return (text,)
    try:
        return (text, *map(str, json.loads(text)))
    except ValueError:
        return (text,)


def _counted(connection: Connection, values: Clause, most: int) -> int:
    return connection.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM winners w WHERE {values.sql} LIMIT ?)", (*values.arguments, most)
    ).scalar_one()
