"""A segment's rule as SQL: who of everybody, or of some, belongs. A hypothesis test holds it to ``domain.segments.holds``.

Two forms of one meaning: *wide* looks the values of everybody up at once, *narrow* asks each owner by their key, which is
right where only a few are asked. Nothing is ever NULL, so that NOT means not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import assert_never

from console.domain.customer_figures import SIGNED_UP
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, AnyOf, Condition, Not, Rule, Subject
from console.domain.segment_tests import Test, ago, instant, test_of
from console.store.claims import property_id
from console.store.segment_tests import Clause, amount, negated, of_column, of_scalar, property_test, text_test

_MOST_COUNTED = 1 << 40


@dataclass(frozen=True, slots=True)
class Pretend:
    """A tag that is thought to stick on somebody (``is_there``), or to be taken off, while the database says otherwise."""

    owner_kind: OwnerKind
    owner_id: int
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
class _Rows:
    """Rows of a table that belong to owners: where they lie, whose they are, and which text they bear."""

    source: str
    owner: str
    where: str
    column: str
    arguments: tuple[object, ...] = ()
    source_arguments: tuple[object, ...] = ()


def clause_of(rule: Rule, owner_kind: OwnerKind, row: str, asked: Asked) -> Clause:
    """The test on the customers (or companies) that the SQL calls ``row`` (``u``). Raises ValueProblem with a sentence.

    The names a, c, e, g, i, j, k, m, n, o, p, s, t, v and w are the clause's own.
    """
    match rule:
        case Condition():
            return _condition(rule, owner_kind, row, asked)
        case AllOf(parts=parts):
            return _joined([clause_of(part, owner_kind, row, asked) for part in parts], "AND", "1")
        case AnyOf(parts=parts):
            return _joined([clause_of(part, owner_kind, row, asked) for part in parts], "OR", "0")
        case Not(part=part):
            return negated(clause_of(part, owner_kind, row, asked))
        case _:
            assert_never(rule)


def _joined(clauses: Sequence[Clause], word: str, empty: str) -> Clause:
    if not clauses:
        return Clause(empty)
    sql = f" {word} ".join(clause.sql for clause in clauses)
    return Clause(f"({sql})", tuple(argument for clause in clauses for argument in clause.arguments))


def _condition(condition: Condition, owner_kind: OwnerKind, row: str, asked: Asked) -> Clause:
    if condition.of_company:
        return _of_company(condition, row, asked)
    test = test_of(condition, asked.now, asked.zone)
    if condition.subject is Subject.PROPERTY:
        return _of_property(owner_kind, condition.name, row, test, asked)
    return _BUILDERS[condition.subject](_About(condition, owner_kind, row, test, asked))


@dataclass(frozen=True, slots=True)
class _About:
    condition: Condition
    owner_kind: OwnerKind
    row: str
    test: Test
    asked: Asked

    @property
    def is_company(self) -> bool:
        return self.owner_kind is OwnerKind.COMPANY


def _among(rows: _Rows, row: str, test: Clause, asked: Asked) -> Clause:
    """Whether some of the rows are this owner's and pass the test."""
    arguments = (*rows.source_arguments, *rows.arguments, *test.arguments)
    if asked.is_narrow:
        return Clause(
            f"EXISTS (SELECT 1 FROM {rows.source} WHERE {rows.owner} = {row}.id AND {rows.where} AND {test.sql})",
            arguments,
        )
    return Clause(f"{row}.id IN (SELECT {rows.owner} FROM {rows.source} WHERE {rows.where} AND {test.sql})", arguments)


def _of_company(condition: Condition, row: str, asked: Asked) -> Clause:
    """Any company of the customer; where there is none, what the customer says of it (``company.plan``)."""
    inner = _condition(replace(condition, of_company=False), OwnerKind.COMPANY, "o", asked)
    if asked.is_narrow:
        sql = f"""EXISTS (SELECT 1 FROM memberships m JOIN companies o ON o.id = m.company_id
            WHERE m.customer_id = {row}.id AND m.until IS NULL AND o.merged_into IS NULL AND {inner.sql})"""
    else:
        sql = f"""{row}.id IN (SELECT m.customer_id FROM memberships m WHERE m.until IS NULL
            AND m.company_id IN (SELECT o.id FROM companies o WHERE o.merged_into IS NULL AND {inner.sql}))"""
    found = Clause(sql, inner.arguments)
    if condition.subject is not Subject.PROPERTY:
        return found
    said = replace(condition, of_company=False, name=f"company.{condition.name}")
    own = _condition(said, OwnerKind.CUSTOMER, row, asked)
    alone = Clause(
        f"""NOT EXISTS (SELECT 1 FROM memberships m JOIN companies o ON o.id = m.company_id
            WHERE m.customer_id = {row}.id AND m.until IS NULL AND o.merged_into IS NULL)"""
    )
    return _joined([found, _joined([own, alone], "AND", "1")], "OR", "0")


def _of_property(owner_kind: OwnerKind, name: str, row: str, test: Test, asked: Asked) -> Clause:
    rows = _Rows("winners w", "w.owner_id", "w.property_id = ?", "w.text", (property_id(owner_kind, name),))
    return _among(rows, row, property_test(test), asked)


def _text(about: _About, *places: _Rows) -> Clause:
    found = [_among(rows, about.row, text_test(rows.column, about.test), about.asked) for rows in places]
    return _joined(found, "OR", "0")


def _names(about: _About) -> Clause:
    return text_test(f"{about.row}.{'domain' if about.condition.subject is Subject.DOMAIN else 'name'}", about.test)


def _words(about: _About) -> Clause:
    """Somewhere in the name, an address or the name of a company."""
    own = text_test(f"{about.row}.name", about.test)
    if about.is_company:
        return _joined([own, text_test(f"{about.row}.domain", about.test)], "OR", "0")
    company = Condition(Subject.NAME, about.condition.verb, about.condition.values, of_company=True)
    return _joined([own, _text(about, _EMAILS), _of_company(company, about.row, about.asked)], "OR", "0")


def _own_tags(about: _About) -> Clause:
    return _text(about, _tags(about.owner_kind, about.asked.pretend))


def _tags(owner_kind: OwnerKind, pretend: Pretend | None) -> _Rows:
    source, arguments = "taggings t JOIN tags g ON g.id = t.tag_id", ()
    if pretend is None:
        return _Rows(source, "t.owner_id", "t.owner_kind = ?", "g.name", (owner_kind.value,))
    arguments = (pretend.owner_id, pretend.owner_kind.value, pretend.tag)
    every = f"SELECT t.owner_id, t.owner_kind, g.name FROM {source}"
    if pretend.is_there:
        source = f"({every} UNION ALL SELECT ?, ?, ?) p"
    else:
        source = f"({every} WHERE NOT (t.owner_id = ? AND t.owner_kind = ? AND g.name = ?)) p"
    return _Rows(source, "p.owner_id", "p.owner_kind = ?", "p.name", (owner_kind.value,), arguments)


def _all_tags(about: _About) -> Clause:
    """A tag of the company reaches its members while it sticks: it is looked up, never copied."""
    own = _own_tags(about)
    if about.is_company:
        return own
    company = replace(about.condition, subject=Subject.OWN_TAG, of_company=True)
    return _joined([own, _of_company(company, about.row, about.asked)], "OR", "0")


def _sources(about: _About) -> Clause:
    where, kind = "i.kind = ?", (about.owner_kind.value,)
    return _text(about, _Rows("identities i JOIN sources s ON s.id = i.source_id", "i.owner_id", where, "s.name", kind))


def _segments(about: _About) -> Clause:
    ours = "segment_spans p JOIN segments s ON s.id = p.segment_id"
    return _text(
        about,
        _Rows("identities i JOIN segments_given s ON s.identity_id = i.id", "i.owner_id", "i.kind = ?", "s.name", (about.owner_kind.value,)),
        _Rows(ours, "p.owner_id", "p.until IS NULL AND s.owner_kind = ?", "s.name", (about.owner_kind.value,)),
    )  # fmt: skip


def _flags(about: _About) -> Clause:
    if about.is_company:
        return Clause("0")
    named = (("role", "is_role"), ("shared", "is_shared"))
    return _joined(
        [
            _joined([Clause(f"{about.row}.{column} = 1"), text_test(f"'{name}'", about.test)], "AND", "1")
            for name, column in named
        ],
        "OR",
        "0",
    )


def _channels(about: _About) -> Clause:
    owner = f"c.{about.owner_kind.value}_id"
    return _text(about, _Rows("conversations c", owner, f"{owner} IS NOT NULL AND c.merged_into IS NULL", "c.channel"))


def _column(about: _About) -> Clause:
    name = {Subject.FIRST_SEEN: "first_seen", Subject.LAST_SEEN: "last_seen", Subject.MEMBERS: "member_count"}.get(
        about.condition.subject, "conversation_count"
    )
    return of_column(f"{about.row}.{name}", about.test)


def _first_seen(about: _About) -> Clause:
    if not about.is_company:
        return _column(about)
    sql = f"""(SELECT min(n.first_seen) FROM memberships m JOIN customers n ON n.id = m.customer_id
        WHERE m.company_id = {about.row}.id AND m.until IS NULL)"""
    return of_scalar(Clause(sql), about.test)


def _conversations(about: _About) -> Clause:
    return _column(about) if not about.is_company else _talks(about, "count(*)", "")


def _talks(about: _About, what: str, where: str) -> Clause:
    sql = f"""(SELECT {what} FROM conversations c WHERE c.{about.owner_kind.value}_id = {about.row}.id
        AND c.merged_into IS NULL{where})"""
    return of_scalar(Clause(sql), about.test)


def _signed_up(about: _About) -> Clause:
    """The first of the properties that say so; a day begins at midnight UTC."""
    keys = [property_id(about.owner_kind, name) for name in SIGNED_UP]
    each = f"""(SELECT CAST(w.number AS INTEGER) * 1000000 FROM winners w WHERE w.owner_id = {about.row}.id AND w.property_id = ?
        AND w.kind IN ('date', 'datetime') AND w.text IS NOT NULL)"""
    exact = of_scalar(Clause(f"coalesce({', '.join([each] * len(keys))})", tuple(keys)), about.test)
    some = _Rows("winners w", "w.owner_id", f"w.property_id IN ({', '.join('?' * len(keys))})", "w.text", tuple(keys))
    # Few have a date in the range: the others are not asked which of the properties it is that counts.
    return _joined([_among(some, about.row, amount("w.number", about.test), about.asked), exact], "AND", "1")


def _spoken(about: _About) -> Clause:
    by = "teammate" if about.condition.subject is Subject.LAST_CONTACTED else "customer"
    sql = f"""(SELECT a.at FROM activities a JOIN messages m ON m.id = a.ref WHERE a.owner_id = {about.row}.id AND a.kind IN (1, 2)
        AND m.author_kind = '{by}' ORDER BY a.at DESC, a.kind DESC, a.ref DESC LIMIT 1)"""
    return of_scalar(Clause(sql), about.test)


def _events(about: _About) -> Clause:
    """Events are asked owner by owner: their index begins with the owner."""
    condition, asked = about.condition, about.asked
    source, at = (
        (f"activities a JOIN events e ON e.id = a.ref WHERE a.owner_id = {about.row}.id AND a.kind = 3", "a.at")
        if about.is_company
        else (f"events e WHERE e.owner_id = {about.row}.id", "e.at")
    )
    where, arguments = f"{source} AND e.name = ?", (condition.name,)
    if condition.window:
        where, arguments = (
            f"{where} AND {at} >= ?",
            (condition.name, instant(ago(asked.now, condition.window, asked.zone))),
        )
    if condition.subject is Subject.EVENT_COUNT:
        counted = f"(SELECT count(*) FROM (SELECT 1 FROM {where} LIMIT {_enough(about.test)}))"
        return of_scalar(Clause(counted, arguments), about.test)
    least = "min" if condition.subject is Subject.EVENT_FIRST else "max"
    return of_scalar(Clause(f"(SELECT {least}({at}) FROM {where})", arguments), about.test)


def _enough(test: Test) -> int:
    """So many are counted: one more than any end of the range tells as much as all of them."""
    ends = [end for one in test for end in (one.low, one.high) if end is not None] if isinstance(test, tuple) else []
    return int(min(max([*ends, 0]) + 2, _MOST_COUNTED)) if ends else 1


_EMAILS = _Rows(
    "identities i JOIN identity_keys k ON k.identity_id = i.id", "i.owner_id", "k.kind = 'customer'", "k.key"
)
_BUILDERS: Mapping[Subject, Callable[[_About], Clause]] = {
    Subject.WORDS: _words,
    Subject.NAME: _names,
    Subject.DOMAIN: _names,
    Subject.EMAIL: lambda about: _text(about, _EMAILS),
    Subject.TAG: _all_tags,
    Subject.OWN_TAG: _own_tags,
    Subject.SOURCE: _sources,
    Subject.SEGMENT: _segments,
    Subject.FLAG: _flags,
    Subject.CHANNEL: _channels,
    Subject.EVENT_COUNT: _events,
    Subject.EVENT_FIRST: _events,
    Subject.EVENT_LAST: _events,
    Subject.FIRST_SEEN: _first_seen,
    Subject.LAST_SEEN: _column,
    Subject.MEMBERS: _column,
    Subject.SIGNED_UP: _signed_up,
    Subject.LAST_CONTACTED: _spoken,
    Subject.LAST_HEARD: _spoken,
    Subject.CONVERSATIONS: _conversations,
    Subject.OPEN_CONVERSATIONS: lambda about: _talks(about, "count(*)", " AND c.state = 'open'"),
    Subject.LAST_CONVERSATION: lambda about: _talks(about, "max(c.last_at)", ""),
}
