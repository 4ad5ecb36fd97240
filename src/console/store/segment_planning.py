"""Asking everybody without asking them everything: of conditions that must all hold, the one that fewest meet comes first.

SQLite knows how many values of a property there are, not how many lie in a range; an index tells that at once. Whoever
meets the rarest condition is then asked the others one by one, instead of looking each of them up for everybody. The index
also tells whose the values are, so that of most of them nothing but a property or two is ever looked at.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Rule, Subject
from console.domain.segment_tests import Moments, Range, Words, test_of
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.segment_asking import Asked, joined
from console.store.segment_sql import clause_of
from console.store.segment_tests import Clause, within

_FEW = 1 / 3
_BY_KEY = frozenset({Subject.PROPERTY, Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST, Subject.OWN_TAG})
_SECOND = 1_000_000


def planned(connection: Connection, rule: Rule, owner_kind: OwnerKind, asked: Asked) -> Clause:
    """The test on all customers (or companies) that the SQL calls ``u``. Raises ValueProblem with a sentence."""
    if not isinstance(rule, AllOf) or len(rule.parts) < 2:
        return clause_of(rule, owner_kind, "u", asked)
    table = "customers" if owner_kind is OwnerKind.CUSTOMER else "companies"
    everybody = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    least, first = round(everybody * _FEW), None
    for place, part in enumerate(rule.parts):
        count = _met_by(connection, part, owner_kind, asked)
        if count is not None and count < least:
            least, first = count, place
    if first is None:
        return clause_of(rule, owner_kind, "u", asked)
    return _beginning_with(rule.parts[first], rule.parts, owner_kind, asked)


def _beginning_with(first: Rule, parts: Sequence[Rule], owner_kind: OwnerKind, asked: Asked) -> Clause:
    """All parts, asked of those alone whose value of the first one lies in the range; of that, whether its kind fits too."""
    narrow = Asked(asked.now, asked.zone, is_narrow=True, pretend=asked.pretend)
    known, whole = [], []
    for part in (*(one for one in parts if one is not first), first):
        (known if _asks_by_key(part) else whole).append(part)
    # Properties first: each is one look, where events are counted.
    known.sort(key=lambda part: not (isinstance(part, Condition) and part.subject is Subject.PROPERTY))
    values = _values_of(first, owner_kind, asked)
    inner = joined([clause_of(part, owner_kind, "q", narrow) for part in known], "AND", "1")
    begun = Clause(
        f"u.id IN (SELECT q.id FROM (SELECT w.owner_id AS id FROM winners w WHERE {values.sql}) q WHERE {inner.sql})",
        (*values.arguments, *inner.arguments),
    )
    return joined([begun, *(clause_of(part, owner_kind, "u", narrow) for part in whole)], "AND", "1")


def _asks_by_key(part: Rule) -> bool:
    """Whether nothing of the customer's own row is asked for."""
    return isinstance(part, Condition) and part.subject in _BY_KEY and not part.of_company


def _values_of(part: Rule, owner_kind: OwnerKind, asked: Asked) -> Clause:
    ranges = _ranges(part, asked) or ()
    tests = joined([within("w.number", one) for one in ranges], "OR", "0")
    assert isinstance(part, Condition)
    return Clause(f"w.property_id = ? AND {tests.sql}", (property_id(owner_kind, part.name), *tests.arguments))


def _ranges(part: Rule, asked: Asked) -> Sequence[Range] | None:
    """Where the numbers lie that can meet it; None where an index does not tell."""
    if not isinstance(part, Condition) or part.subject is not Subject.PROPERTY or part.of_company:
        return None
    test = test_of(part, asked.now, asked.zone)
    match test:
        case Words():
            return None
        case Moments():
            return (test.moments.scaled(_SECOND), test.days.scaled(_SECOND))
        case _:
            return test


def _met_by(connection: Connection, part: Rule, owner_kind: OwnerKind, asked: Asked) -> int | None:
    """How many values of a property lie in the range that is asked for; None where an index does not tell."""
    ranges = _ranges(part, asked)
    if ranges is None or not isinstance(part, Condition):
        return None
    key = property_id(owner_kind, part.name)
    return sum(_within(connection, key, one) for one in ranges)


def _within(connection: Connection, key: int, one: Range) -> int:
    test = within("w.number", one)
    return connection.exec_driver_sql(
        f"SELECT count(*) FROM winners w WHERE w.property_id = ? AND {test.sql}", (key, *test.arguments)
    ).scalar_one()
