"""What a clause of a segment's rule depends on, and rows of tables that belong to owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from console.domain.records import OwnerKind
from console.domain.segment_rules import Condition
from console.domain.segment_tests import Test
from console.store.segment_tests import Clause


@dataclass(frozen=True, slots=True)
class Pretend:
    """A tag that is thought to stick on some (``is_there``), or to be taken off, while the database says otherwise.

    ``owners`` is a list for SQL.
    """

    owner_kind: OwnerKind
    owners: str
    tag: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What else a clause depends on: the moment (aware UTC) and time zone, whether few are asked, and what is pretended."""

    now: datetime
    zone: tzinfo
    is_narrow: bool = False
    pretend: Pretend | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table that belong to owners: where they lie, whose they are, and which text they bear."""

    source: str
    owner: str
    where: str
    column: str
    arguments: tuple[object, ...] = ()
    source_arguments: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    condition: Condition
    owner_kind: OwnerKind
    row: str
    test: Test
    asked: Asked

    @property
    def is_company(self) -> bool:
        return self.owner_kind is OwnerKind.COMPANY


def joined(clauses: Sequence[Clause], word: str, empty: str) -> Clause:
    if not clauses:
        return Clause(empty)
    sql = f" {word} ".join(clause.sql for clause in clauses)
    return Clause(f"({sql})", tuple(argument for clause in clauses for argument in clause.arguments))


def among(rows: Rows, row: str, test: Clause, asked: Asked) -> Clause:
    """Whether some of the rows are this owner's and pass the test."""
    arguments = (*rows.source_arguments, *rows.arguments, *test.arguments)
    if asked.is_narrow:
        return Clause(
            f"EXISTS (SELECT 1 FROM {rows.source} WHERE {rows.owner} = {row}.id AND {rows.where} AND {test.sql})",
            arguments,
        )
    return Clause(f"{row}.id IN (SELECT {rows.owner} FROM {rows.source} WHERE {rows.where} AND {test.sql})", arguments)
