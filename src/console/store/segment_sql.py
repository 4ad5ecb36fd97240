"""A segment's rule as SQL: who of everybody, or of some, belongs. A hypothesis test holds it to ``domain.segments.holds``.

Two forms of one meaning: *wide* looks the values of everybody up at once, *narrow* asks each owner by their key, which is
right where only a few are asked. Nothing is ever NULL, so that NOT means not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import assert_never

from console.domain.records import OwnerKind
from console.domain.segment_rules import BUILT_IN, AllOf, AnyOf, Condition, Not, Rule, Subject, Verb
from console.domain.segment_tests import Test, Words, test_of
from console.store import segment_numbers as numbers
from console.store.claims import property_id
from console.store.dialect import IN_LIST
from console.store.segment_asking import About, Asked, Pretend, Rows, among, joined
from console.store.segment_tests import Clause, negated, property_test, text_test


def clause_of(rule: Rule, owner_kind: OwnerKind, row: str, asked: Asked) -> Clause:
    """The test on the customers (or companies) that the SQL calls ``row`` (``u``). Raises ValueProblem with a sentence.

    The names a, c, e, g, i, j, k, m, n, o, p, s, t, v and w are the clause's own.
    """
    match rule:
        case Condition():
            return _condition(rule, owner_kind, row, asked)
        case AllOf(parts=parts):
            return joined([clause_of(part, owner_kind, row, asked) for part in parts], "AND", "1")
        case AnyOf(parts=parts):
            return joined([clause_of(part, owner_kind, row, asked) for part in parts], "OR", "0")
        case Not(part=part):
            return negated(clause_of(part, owner_kind, row, asked))
        case _:
            assert_never(rule)


def _condition(condition: Condition, owner_kind: OwnerKind, row: str, asked: Asked) -> Clause:
    if condition.of_company:
        return _of_company(condition, row, asked)
    test = test_of(condition, asked.now, asked.zone)
    if condition.subject is Subject.PROPERTY:
        return _of_property(owner_kind, condition.name, row, test, asked)
    return _BUILDERS[condition.subject](About(condition, owner_kind, row, test, asked))


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
    return joined([found, joined([own, alone], "AND", "1")], "OR", "0")


def _of_property(owner_kind: OwnerKind, name: str, row: str, test: Test, asked: Asked) -> Clause:
    rows = Rows("winners w", "w.owner_id", "w.property_id = ?", "w.text", (property_id(owner_kind, name),))
    return among(rows, row, property_test(test, numbers.of_winner(asked)), asked)


def _text(about: About, *places: Rows) -> Clause:
    found = [among(rows, about.row, text_test(rows.column, about.test), about.asked) for rows in places]
    return joined(found, "OR", "0")


def _names(about: About) -> Clause:
    return text_test(f"{about.row}.{'domain' if about.condition.subject is Subject.DOMAIN else 'name'}", about.test)


def _words(about: About) -> Clause:
    """Somewhere in the name, an address or the name of a company."""
    own = text_test(f"{about.row}.name", about.test)
    if about.is_company:
        return joined([own, text_test(f"{about.row}.domain", about.test)], "OR", "0")
    company = Condition(Subject.NAME, about.condition.verb, about.condition.values, of_company=True)
    return joined([own, _text(about, _EMAILS), _of_company(company, about.row, about.asked)], "OR", "0")


def _own_tags(about: About) -> Clause:
    return _text(about, _tags(about.owner_kind, about.asked.pretend))


def _tags(owner_kind: OwnerKind, pretend: Pretend | None) -> Rows:
    source, arguments = "taggings t JOIN tags g ON g.id = t.tag_id", ()
    if pretend is None:
        return Rows(source, "t.owner_id", "t.owner_kind = ?", "g.name", (owner_kind.value,))
    arguments = (pretend.owner_kind.value, pretend.tag, pretend.owners)
    every = f"SELECT t.owner_id, t.owner_kind, g.name FROM {source}"
    if pretend.is_there:
        source = f"({every} UNION ALL SELECT value, ?, ? FROM json_each(?)) p"
    else:
        source = f"({every} WHERE NOT (t.owner_kind = ? AND g.name = ? AND t.owner_id IN {IN_LIST})) p"
    return Rows(source, "p.owner_id", "p.owner_kind = ?", "p.name", (owner_kind.value,), arguments)


def _all_tags(about: About) -> Clause:
    """A tag of the company reaches its members while it sticks: it is looked up, never copied."""
    own = _own_tags(about)
    if about.is_company:
        return own
    company = replace(about.condition, subject=Subject.OWN_TAG, of_company=True)
    return joined([own, _of_company(company, about.row, about.asked)], "OR", "0")


def _sources(about: About) -> Clause:
    where, kind = "i.kind = ?", (about.owner_kind.value,)
    return _text(about, Rows("identities i JOIN sources s ON s.id = i.source_id", "i.owner_id", where, "s.name", kind))


def _segments(about: About) -> Clause:
    """Given by a source, one of ours as it is kept, or built in, which is a matter of dates."""
    ours = "segment_spans p JOIN segments s ON s.id = p.segment_id"
    kept = _text(
        about,
        Rows("identities i JOIN segments_given s ON s.identity_id = i.id", "i.owner_id", "i.kind = ?", "s.name", (about.owner_kind.value,)),
        Rows(ours, "p.owner_id", "p.until IS NULL AND s.owner_kind = ?", "s.name", (about.owner_kind.value,)),
    )  # fmt: skip
    test = about.test
    if not isinstance(test, Words) or test.verb is Verb.KNOWN:
        return kept
    built_in = [
        clause_of(rule, about.owner_kind, about.row, about.asked) for name, rule in BUILT_IN.items() if test.holds(name)
    ]
    return joined([kept, *built_in], "OR", "0")


def _flags(about: About) -> Clause:
    if about.is_company:
        return Clause("0")
    named = (("role", "is_role"), ("shared", "is_shared"))
    return joined(
        [
            joined([Clause(f"{about.row}.{column} = 1"), text_test(f"'{name}'", about.test)], "AND", "1")
            for name, column in named
        ],
        "OR",
        "0",
    )


def _channels(about: About) -> Clause:
    owner = f"c.{about.owner_kind.value}_id"
    return _text(about, Rows("conversations c", owner, f"{owner} IS NOT NULL AND c.merged_into IS NULL", "c.channel"))


_EMAILS = Rows(
    "identities i JOIN identity_keys k ON k.identity_id = i.id", "i.owner_id", "k.kind = 'customer'", "k.key"
)
_BUILDERS: Mapping[Subject, Callable[[About], Clause]] = {
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
    Subject.EVENT_COUNT: numbers.events,
    Subject.EVENT_FIRST: numbers.events,
    Subject.EVENT_LAST: numbers.events,
    Subject.FIRST_SEEN: numbers.first_seen,
    Subject.LAST_SEEN: numbers.column,
    Subject.MEMBERS: numbers.column,
    Subject.SIGNED_UP: numbers.signed_up,
    Subject.LAST_CONTACTED: numbers.spoken,
    Subject.LAST_HEARD: numbers.spoken,
    Subject.CONVERSATIONS: numbers.conversations,
    Subject.OPEN_CONVERSATIONS: lambda about: numbers.talks(about, "count(*)", " AND c.state = 'open'"),
    Subject.LAST_CONVERSATION: lambda about: numbers.talks(about, "max(c.last_at)", ""),
}
