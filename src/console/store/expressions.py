"""Filter expressions as SQL: the rule that an expression writes, as a test on a row (``store.segment_sql``)."""

from __future__ import annotations

from datetime import datetime

from console.domain.customer_flags import OWNER
from console.domain.expressions import BadExpression
from console.domain.records import OwnerKind
from console.domain.segment_rules import Rule
from console.domain.segment_text import COMPANY, Properties, Vocabulary, rule_of
from console.domain.values import ValueKind, ValueProblem
from console.store.connection import Connection
from console.store.own_clock import time_of, zone_of
from console.store.segment_asking import Asked
from console.store.segment_sql import clause_of
from console.store.segment_tests import Clause


def vocabulary(connection: Connection, owner_kind: OwnerKind) -> Vocabulary:
    """The properties that expressions on customers or companies may name; of two that differ in case, the first one."""
    own = _properties(connection, owner_kind)
    of_company = _properties(connection, OwnerKind.COMPANY) if owner_kind is OwnerKind.CUSTOMER else {}
    if owner_kind is OwnerKind.CUSTOMER:
        said = {name.removeprefix(COMPANY): one for name, one in own.items() if name.startswith(COMPANY)}
        twins = {name: (written[len(COMPANY) :], kind) for name, (written, kind) in said.items()}
        of_company = {**twins, **of_company}
    return Vocabulary(owner_kind, own, of_company)


def read_rule(connection: Connection, owner_kind: OwnerKind, expression: str) -> Rule:
    """The rule that an expression writes. Raises BadExpression with a sentence."""
    return rule_of(expression, vocabulary(connection, owner_kind))


def clauses_of(
    connection: Connection, owner_kind: OwnerKind, row: str, expression: str, now: datetime | None = None
) -> tuple[Clause, ...]:
    """An expression as clauses on the customers (or companies) that the SQL calls ``row``; none for an empty one.

    Raises BadExpression with a sentence.
    """
    if not expression.strip():
        return ()
    asked = Asked(time_of(connection, now), zone_of(connection))
    try:
        return (clause_of(read_rule(connection, owner_kind, expression), owner_kind, row, asked),)
    except ValueProblem as problem:
        raise BadExpression(str(problem)) from problem


def _properties(connection: Connection, owner_kind: OwnerKind) -> Properties:
    rows = connection.exec_driver_sql(
        "SELECT name, kind FROM properties WHERE owner_kind = ? ORDER BY name DESC", (owner_kind.value,)
    ).fetchall()
    # Who looks after somebody can be asked before anybody was given to anyone.
    return {OWNER: (OWNER, ValueKind.STRING), **{row.name.lower(): (row.name, ValueKind(row.kind)) for row in rows}}
