"""Asking everybody without asking them everything: of conditions that must all hold, the one that fewest meet comes first.

SQLite knows how many values of a property there are, not how many lie in a range; an index tells that at once. Whoever
meets the rarest condition is then asked the others one by one, instead of looking each of them up for everybody.
"""

from __future__ import annotations

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Rule, Subject
from console.domain.segment_tests import Moments, Range, Words, test_of
from console.store.claims import property_id
from console.store.connection import Connection
from console.store.segment_asking import Asked, joined
from console.store.segment_sql import clause_of
from console.store.segment_tests import Clause, within

_FEW = 1 / 3
_SECOND = 1_000_000


def planned(connection: Connection, rule: Rule, owner_kind: OwnerKind, asked: Asked) -> Clause:
    """The test on all customers (or companies) that the SQL calls ``u``. Raises ValueProblem with a sentence."""
    if not isinstance(rule, AllOf) or len(rule.parts) < 2:
        return clause_of(rule, owner_kind, "u", asked)
    table = "customers" if owner_kind is OwnerKind.CUSTOMER else "companies"
    everybody = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
    least, first = round(everybody * _FEW), None
    for place, part in enumerate(rule.parts):
        count = _met_by(connection, part, owner_kind, asked, least)
        if count is not None and count < least:
            least, first = count, place
    if first is None:
        return clause_of(rule, owner_kind, "u", asked)
    narrow = Asked(asked.now, asked.zone, is_narrow=True, pretend=asked.pretend)
    rest = [clause_of(part, owner_kind, "u", narrow) for place, part in enumerate(rule.parts) if place != first]
    return joined([clause_of(rule.parts[first], owner_kind, "u", asked), *rest], "AND", "1")


def _met_by(connection: Connection, part: Rule, owner_kind: OwnerKind, asked: Asked, most: int) -> int | None:
    """How many values of a property lie in the range that is asked for, counted up to ``most``; None where an index does not tell."""
    if not isinstance(part, Condition) or part.subject is not Subject.PROPERTY or part.of_company:
        return None
    test = test_of(part, asked.now, asked.zone)
    match test:
        case Words():
            return None
        case Moments():
            ranges = (test.moments.scaled(_SECOND), test.days.scaled(_SECOND))
        case _:
            ranges = test
    key = property_id(owner_kind, part.name)
    return sum(_within(connection, key, one, most) for one in ranges)


def _within(connection: Connection, key: int, one: Range, most: int) -> int:
    test = within("w.number", one)
    return connection.exec_driver_sql(
        f"SELECT count(*) FROM (SELECT 1 FROM winners w WHERE w.property_id = ? AND {test.sql} LIMIT ?)",
        (key, *test.arguments, most),
    ).scalar_one()
