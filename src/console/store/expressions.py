"""Filter expressions as SQL: each condition a test on a row, values compared by their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from console.domain.expressions import BadExpression, Condition, conditions
from console.domain.records import OwnerKind
from console.domain.values import ValueKind, ValueProblem, as_number, parse, stored
from console.store.connection import Connection
from console.store.moments import micros

_NUMERIC = frozenset({ValueKind.NUMBER, ValueKind.MONEY, ValueKind.BOOLEAN, ValueKind.DATE, ValueKind.DATETIME})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a WHERE, and its arguments."""

    sql: str
    arguments: tuple[object, ...]


_Builtin = Callable[[Condition], Clause]


def clauses_of(connection: Connection, owner_kind: OwnerKind, row: str, expression: str) -> tuple[Clause, ...]:
    """The conditions of an expression as clauses on the customers (or companies) that the SQL calls ``row``.

    Names are those of ``FIELDS`` or of properties. Raises BadExpression with a sentence.
    """
    fields = _customer_fields(row) if owner_kind is OwnerKind.CUSTOMER else _company_fields(row)
    found = []
    for condition in conditions(expression):
        field = fields.get(condition.name.lower())
        test = field(condition) if field else _property(connection, owner_kind, row, condition, tuple(fields))
        found.append(Clause(f"NOT ({test.sql})", test.arguments) if condition.is_negated else test)
    return tuple(found)


def _customer_fields(row: str) -> Mapping[str, _Builtin]:
    company = f"coalesce((SELECT o.name FROM companies o WHERE o.id = {row}.company_id), '')"
    in_company = f"{row}.company_id IN (SELECT o.id FROM companies o WHERE instr(lower(o.name), lower(?)))"
    source = f"""EXISTS (SELECT 1 FROM identities i JOIN sources s ON s.id = i.source_id
        WHERE i.owner_id = {row}.id AND {{test}})"""
    segment = f"""EXISTS (SELECT 1 FROM identities i JOIN segments_given s ON s.identity_id = i.id
        WHERE i.owner_id = {row}.id AND {{test}})"""
    email = f"""EXISTS (SELECT 1 FROM identities i JOIN identity_keys k ON k.identity_id = i.id
        WHERE i.owner_id = {row}.id AND k.kind = 'customer' AND {{test}})"""
    return {
        "": lambda c: Clause(
            f"(instr(lower({row}.name), lower(?)) OR instr(lower({row}.email), lower(?)) OR {in_company})",
            (c.value,) * 3,
        ),
        "name": lambda c: _text(f"{row}.name", c),
        "email": lambda c: _text("k.key", c, email),
        "company": lambda c: _text(company, c),
        "segment": lambda c: _text("s.name", c, segment),
        "source": lambda c: _text("s.name", c, source),
        "conversations": lambda c: _count(f"{row}.conversation_count", c),
        "is": lambda c: _flag(row, c),
        **_shared_fields(row, "customer"),
    }


def _company_fields(row: str) -> Mapping[str, _Builtin]:
    return {
        "": lambda c: Clause(
            f"(instr(lower({row}.name), lower(?)) OR instr(lower({row}.domain), lower(?)))", (c.value,) * 2
        ),
        "name": lambda c: _text(f"{row}.name", c),
        "domain": lambda c: _text(f"{row}.domain", c),
        "members": lambda c: _count(f"{row}.member_count", c),
        **_shared_fields(row, "company"),
    }


def _shared_fields(row: str, kind: str) -> Mapping[str, _Builtin]:
    tagged = f"""EXISTS (SELECT 1 FROM taggings t JOIN tags g ON g.id = t.tag_id
        WHERE t.owner_id = {row}.id AND t.owner_kind = '{kind}' AND {{test}})"""
    has = f"""EXISTS (SELECT 1 FROM winners w JOIN properties p ON p.id = w.property_id
        WHERE w.owner_id = {row}.id AND w.text IS NOT NULL AND p.name = ?)"""
    fields: dict[str, _Builtin] = {
        "tag": lambda c: _text("g.name", Condition(c.name, "=" if c.operator == ":" else c.operator, c.value), tagged),
        "has": lambda c: Clause(has, (c.value,)),
        "last_seen": lambda c: _time(f"{row}.last_seen", c),
        "seen": lambda c: _time(f"{row}.last_seen", c),
    }
    if kind == "customer":
        fields["first_seen"] = lambda c: _time(f"{row}.first_seen", c)
    return fields


def _text(column: str, condition: Condition, around: str = "{test}") -> Clause:
    """``:`` holds, ``=`` is, whatever the case of ASCII letters; ``!=`` of a list means none of it is."""
    match condition.operator:
        case ":":
            test = f"instr(lower({column}), lower(?)) > 0"
        case "=" | "!=":
            test = f"lower({column}) = lower(?)"
        case _:
            raise BadExpression(f"“{condition.name}” is text; use {condition.name}:… or {condition.name}=…")
    whole = around.format(test=test)
    return Clause(f"NOT ({whole})" if condition.operator == "!=" else whole, (condition.value,))


def _flag(row: str, condition: Condition) -> Clause:
    column = {"role": "is_role", "shared": "is_shared"}.get(condition.value)
    if column is None or condition.operator not in (":", "="):
        raise BadExpression(f"“is:{condition.value}” says nothing; there are is:role and is:shared")
    return Clause(f"{row}.{column}", ())


def _count(column: str, condition: Condition) -> Clause:
    if not condition.value.isascii() or not condition.value.isdecimal() or len(condition.value) > 15:
        raise BadExpression(f"“{condition.value}” is not a count; write it like {condition.name}>3")
    operator = "=" if condition.operator == ":" else condition.operator
    return Clause(f"{column} {operator} ?", (int(condition.value),))


def _time(column: str, condition: Condition) -> Clause:
    """A day means all of it: later than a day begins with the next one."""
    try:
        value = parse(ValueKind.DATE if len(condition.value) <= 10 else ValueKind.DATETIME, condition.value).content
    except ValueProblem as problem:
        raise BadExpression(f"{condition.name}: {problem}") from problem
    begin = value if isinstance(value, datetime) else _midnight(value)
    end = begin + (timedelta(microseconds=1) if isinstance(value, datetime) else _DAY)
    first, behind = micros(begin), micros(end)
    match condition.operator:
        case ">":
            return Clause(f"{column} >= ?", (behind,))
        case ">=":
            return Clause(f"{column} >= ?", (first,))
        case "<":
            return Clause(f"{column} < ?", (first,))
        case "<=":
            return Clause(f"{column} < ?", (behind,))
        case "!=":
            return Clause(f"NOT ({column} >= ? AND {column} < ?)", (first, behind))
        case _:
            return Clause(f"({column} >= ? AND {column} < ?)", (first, behind))


def _midnight(day: object) -> datetime:
    assert isinstance(day, date)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _property(
    connection: Connection, owner_kind: OwnerKind, row: str, condition: Condition, fields: tuple[str, ...]
) -> Clause:
    found = connection.exec_driver_sql(
        "SELECT id, kind, name FROM properties WHERE owner_kind = ? AND lower(name) = lower(?) ORDER BY name <> ?",
        (owner_kind.value, condition.name, condition.name),
    ).first()
    if found is None:
        there = ", ".join(field for field in sorted(fields) if field)
        raise BadExpression(f"There is no property “{condition.name}”. Besides properties there are {there}")
    key, kind = found[0], ValueKind(found[1])
    if condition.operator == ":" and kind not in _NUMERIC:
        return _winner(row, key, "instr(lower(w.text), lower(?)) > 0", condition.value)
    try:
        value = parse(kind, condition.value)
    except ValueProblem as problem:
        raise BadExpression(f"{condition.name}: {problem}") from problem
    operator = {":": "=", "!=": "="}.get(condition.operator, condition.operator)
    if kind in _NUMERIC:
        test = _winner(row, key, f"w.number {operator} ?", as_number(value))
    elif operator != "=":
        raise BadExpression(f"“{condition.name}” is no number or date; use {condition.name}:… or {condition.name}=…")
    elif kind is ValueKind.CHOICES:
        test = _winner(row, key, "EXISTS (SELECT 1 FROM json_each(w.text) WHERE value = ?)", condition.value)
    else:
        test = _winner(row, key, "w.text = ?", stored(value))
    return Clause(f"NOT {test.sql}", test.arguments) if condition.operator == "!=" else test


def _winner(row: str, key: int, test: str, value: object) -> Clause:
    """What is shown is compared: typed columns, since SQLite sorts any text above any number."""
    return Clause(f"{row}.id IN (SELECT w.owner_id FROM winners w WHERE w.property_id = ? AND {test})", (key, value))
