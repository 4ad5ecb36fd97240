"""Tests on one value as SQL: words and ranges, as ``domain.segment_tests`` says them. Never NULL, so that NOT means not."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.segment_rules import Verb
from console.domain.segment_tests import Moments, Range, Test, Words

_SECOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a WHERE, and its arguments."""

    sql: str
    arguments: tuple[object, ...] = ()


def negated(clause: Clause) -> Clause:
    """Not so."""
    return Clause(f"NOT {clause.sql}" if clause.sql.startswith("(") else f"NOT ({clause.sql})", clause.arguments)


def text_test(column: str, test: Test) -> Clause:
    """Whether a text passes; a number is asked nothing that a text would answer."""
    if not isinstance(test, Words):
        return Clause("0")
    marks = ", ".join("?" * len(test.words))
    match test.verb:
        case Verb.KNOWN:
            return Clause(f"coalesce({column}, '') <> ''")
        case Verb.CONTAINS:
            parts = " OR ".join(f"instr(lower({column}), ?) > 0" for _ in test.words)
            return Clause(f"coalesce({parts}, 0)", test.words)
        case Verb.STARTS:
            parts = " OR ".join(f"substr(lower({column}), 1, length(?)) = ?" for _ in test.words)
            return Clause(f"coalesce({parts}, 0)", tuple(word for word in test.words for _ in range(2)))
        case _:
            return Clause(f"coalesce(lower({column}) IN ({marks}), 0)", test.words)


def of_column(column: str, test: Test) -> Clause:
    """Whether a number passes that stands in a column, where one is there."""
    if isinstance(test, Words):
        return Clause(f"coalesce({column} <> 0, 0)" if test.verb is Verb.KNOWN else "0")
    inner = amount(column, test)
    return Clause(f"({column} IS NOT NULL AND {inner.sql})", inner.arguments)


def of_scalar(scalar: Clause, test: Test) -> Clause:
    """Whether a number passes that a query works out, once."""
    inner = of_column("v", test)
    return Clause(f"(SELECT {inner.sql} FROM (SELECT {scalar.sql} AS v))", (*inner.arguments, *scalar.arguments))


def amount(column: str, test: Test) -> Clause:
    """Whether a number that is there lies in one of the ranges; moments and days are in seconds on winners (``w``)."""
    match test:
        case Words():
            return Clause(f"{column} IS NOT NULL")
        case Moments():
            return within(column, test.moments if not column.endswith("w.number") else test.moments.scaled(_SECOND))
        case _:
            clauses = [within(column, one) for one in test]
            sql = " OR ".join(clause.sql for clause in clauses)
            return Clause(f"({sql})", tuple(argument for clause in clauses for argument in clause.arguments))


def property_test(test: Test, number: str = "w.number") -> Clause:
    """Whether a winner (``w``) passes. Typed columns are compared, since SQLite sorts any text above any number.

    ``number`` is ``+w.number`` where the index of numbers is not to be used.
    """
    match test:
        case Words():
            one, each = text_test("w.text", test), text_test("j.value", test)
            return Clause(
                f"""CASE w.kind WHEN 'choices' THEN w.text IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(w.text) j
                    WHERE {each.sql}) ELSE {one.sql} END""",
                (*each.arguments, *one.arguments),
            )
        case Moments():
            days, moments = (within(number, one.scaled(_SECOND)) for one in (test.days, test.moments))
            return Clause(
                f"(w.number IS NOT NULL AND ((w.kind = 'date' AND {days.sql}) OR (w.kind = 'datetime' AND {moments.sql})))",
                (*days.arguments, *moments.arguments),
            )
        case _:
            clauses = [_amount(number, one) for one in test]
            sql = " OR ".join(clause.sql for clause in clauses)
            kinds = "w.number IS NOT NULL AND w.kind IN ('number', 'money', 'boolean')"
            return Clause(f"({kinds} AND ({sql}))", tuple(argument for one in clauses for argument in one.arguments))


def _amount(number: str, wanted: Range) -> Clause:
    inside = within(number, wanted)
    if not wanted.currency:
        return inside
    return Clause(
        f"({inside.sql} AND w.kind = 'money' AND substr(w.text, -4) = ?)", (*inside.arguments, f" {wanted.currency}")
    )


def within(column: str, wanted: Range) -> Clause:
    """Whether a number that is there lies in a range."""
    parts, arguments = [], []
    if wanted.low is not None:
        parts.append(f"{column} {'>=' if wanted.has_low else '>'} ?")
        arguments.append(wanted.low)
    if wanted.high is not None:
        parts.append(f"{column} {'<=' if wanted.has_high else '<'} ?")
        arguments.append(wanted.high)
    return Clause(f"({' AND '.join(parts) or '1'})", tuple(arguments))
