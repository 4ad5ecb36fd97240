"""Expressions as rules: which field a name means, and how its values are compared; and rules as expressions again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import assert_never

from console.domain.expressions import FUNCTIONS, BadExpression, Both, Either, Negated, Node, tree
from console.domain.expressions import Condition as Written
from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, AnyOf, Condition, Measure, Not, Rule, Subject, Verb
from console.domain.segment_tests import LENGTH, test_of
from console.domain.values import ValueKind, ValueProblem

COMPANY = "company."
_SHARED = {
    "name": Subject.NAME,
    "tag": Subject.TAG,
    "own_tag": Subject.OWN_TAG,
    "signed_up": Subject.SIGNED_UP,
    "source": Subject.SOURCE,
    "segment": Subject.SEGMENT,
    "first_seen": Subject.FIRST_SEEN,
    "last_seen": Subject.LAST_SEEN,
    "seen": Subject.LAST_SEEN,
    "last_contacted": Subject.LAST_CONTACTED,
    "last_heard_from": Subject.LAST_HEARD,
    "conversations": Subject.CONVERSATIONS,
    "open_conversations": Subject.OPEN_CONVERSATIONS,
    "channel": Subject.CHANNEL,
    "last_conversation": Subject.LAST_CONVERSATION,
}
FIELDS = {
    OwnerKind.CUSTOMER: {
        **_SHARED, "email": Subject.EMAIL, "is": Subject.FLAG,
    },
    OwnerKind.COMPANY: {**_SHARED, "domain": Subject.DOMAIN, "members": Subject.MEMBERS},
}  # fmt: skip
"""The fields of customers and of companies, by the names by which expressions call them."""

_FUNCTIONS: dict[str, Subject] = dict(
    zip(FUNCTIONS, (Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST), strict=True)
)
_COMPARED = {">": Verb.ABOVE, ">=": Verb.AT_LEAST, "<": Verb.BELOW, "<=": Verb.AT_MOST}
_SIGNS = {verb: sign for sign, verb in _COMPARED.items()}
_LONG_AGO = {"<": Verb.NEWER, "<=": Verb.NEWER, ">": Verb.OLDER, ">=": Verb.OLDER}
_AHEAD = {"<": Verb.SOONER, "<=": Verb.SOONER, ">": Verb.LATER, ">=": Verb.LATER}
_RELATIVE = {Verb.NEWER: "<", Verb.OLDER: ">", Verb.SOONER: "<+", Verb.LATER: ">+"}
_EXACT = (Subject.TAG, Subject.OWN_TAG, Subject.CHANNEL, Subject.FLAG)
_PLAIN = re.compile(r"[^\s\"():<>=!,]+")
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

Definition = tuple[str, ValueKind]
Properties = Mapping[str, Definition]
"""By lower-case name: how a property is written, and its type."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The properties that an expression may name, of customers or companies (``own``) and of customers' companies."""

    owner_kind: OwnerKind
    own: Properties
    of_company: Properties


def rule_of(expression: str, vocabulary: Vocabulary) -> Rule:
    """The rule that an expression writes; everybody for an empty one. Raises BadExpression with a sentence."""
    return _rule(tree(expression), vocabulary)


def _rule(node: Node, vocabulary: Vocabulary) -> Rule:
    match node:
        case Both(parts=parts):
            return AllOf(tuple(_rule(part, vocabulary) for part in parts))
        case Either(parts=parts):
            return AnyOf(tuple(_rule(part, vocabulary) for part in parts))
        case Negated(part=part):
            return Not(_rule(part, vocabulary))
        case Written():
            found = _condition(node, vocabulary)
            return Not(found) if node.is_negated != (node.operator == "!=") else found
        case _:
            assert_never(node)


def _condition(written: Written, vocabulary: Vocabulary) -> Condition:
    """The condition, its values tried out once, so that nonsense is said where it is written."""
    found = _called(written, vocabulary)
    try:
        test_of(found, _NOON, UTC)
    except ValueProblem as problem:
        raise BadExpression(f"{written.name}: {problem}") from problem
    return found


def _called(written: Written, vocabulary: Vocabulary) -> Condition:
    name = written.name.lower()
    if written.arguments:
        return _of_events(written, vocabulary)
    if not name:
        return Condition(Subject.WORDS, Verb.CONTAINS, (written.value,))
    if name == "event":
        if written.operator not in (":", "="):
            raise BadExpression(
                f"“event{written.operator}” says nothing; write it like event:Export or count(Export)>3"
            )
        return Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, ("1",), name=written.value)
    if name == "has":
        return _known(written.value, vocabulary)
    return _compared(written, _field(written.name, vocabulary))


def _of_events(written: Written, vocabulary: Vocabulary) -> Condition:
    """``count("Exported report", 30d)>=3``: the event, and how long ago at most."""
    name, *rest = written.arguments
    if len(rest) > 1 or (rest and not LENGTH.fullmatch(rest[0])):
        raise BadExpression(f"{written.name}(…) takes an event and a length of time, like {written.name}({name}, 30d)")
    subject = _FUNCTIONS[written.name.removeprefix(COMPANY)]
    of_company = written.name.startswith(COMPANY)
    if of_company and vocabulary.owner_kind is not OwnerKind.CUSTOMER:
        raise BadExpression(
            f"“{written.name}(…)” is asked of customers; of companies write {written.name.removeprefix(COMPANY)}(…)"
        )
    window = rest[0] if rest else ""
    return _compared(written, Condition(subject, Verb.IS, name=name, of_company=of_company, window=window))


def _known(name: str, vocabulary: Vocabulary) -> Condition:
    field = _field(name, vocabulary)
    return Condition(field.subject, Verb.KNOWN, name=field.name, kind=field.kind, of_company=field.of_company)


def _field(name: str, vocabulary: Vocabulary) -> Condition:
    """The field or the property of that name, as a condition that asks nothing yet."""
    lowered = name.lower()
    if vocabulary.owner_kind is OwnerKind.CUSTOMER:
        if lowered in ("company", "company_tag"):
            subject = Subject.NAME if lowered == "company" else Subject.OWN_TAG
            return Condition(subject, Verb.IS, of_company=True)
        if lowered.startswith(COMPANY):
            inner = lowered.removeprefix(COMPANY)
            return _one(name, inner, FIELDS[OwnerKind.COMPANY], vocabulary.of_company, of_company=True)
    return _one(name, lowered, FIELDS[vocabulary.owner_kind], vocabulary.own, of_company=False)


def _one(
    name: str, lowered: str, fields: Mapping[str, Subject], properties: Properties, *, of_company: bool
) -> Condition:
    if lowered in fields:
        return Condition(fields[lowered], Verb.IS, of_company=of_company)
    if lowered not in properties:
        there = ", ".join(sorted(fields))
        of_whom = "of companies " if of_company else ""
        raise BadExpression(f"There is no property “{name}”. Besides properties {of_whom}there are {there}")
    written, kind = properties[lowered]
    return Condition(Subject.PROPERTY, Verb.IS, name=written, kind=kind, of_company=of_company)


def _compared(written: Written, field: Condition) -> Condition:
    values = tuple(value.strip() for value in (written.value, *written.more))
    operator = written.operator
    match field.measure:
        case Measure.TEXT:
            verb, values = _text_verb(written, field, values)
        case Measure.TRUTH if operator in (":", "=", "!="):
            verb = Verb.IS
        case Measure.MOMENT if (
            len(values) == 1 and operator in _COMPARED and LENGTH.fullmatch(values[0].removeprefix("+"))
        ):
            verb = (_AHEAD if values[0].startswith("+") else _LONG_AGO)[operator]
            values = (values[0].removeprefix("+"),)
        case Measure.NUMBER | Measure.MOMENT:
            verb, values = _ranged(operator, values)
        case _:
            raise BadExpression(f"“{written.name}” is yes or no; use {written.name}:yes or {written.name}:no")
    if len(values) > 1 and verb not in (Verb.IS, Verb.CONTAINS, Verb.STARTS, Verb.BETWEEN):
        raise BadExpression(f"“{written.name}{operator}” is compared with one value, not with a list")
    if field.measure is Measure.MOMENT and len(values) > 1 and verb is not Verb.BETWEEN:
        raise BadExpression(f"“{written.name}” is compared with one date, or a range like 2026-01-01..2026-01-31")
    return Condition(field.subject, verb, values, field.name, field.kind, field.of_company, field.window)


def _text_verb(written: Written, field: Condition, values: tuple[str, ...]) -> tuple[Verb, tuple[str, ...]]:
    if field.subject is Subject.FLAG and (written.operator not in (":", "=") or not {*values} <= {"role", "shared"}):
        raise BadExpression(f"“is:{written.value}” says nothing; there are is:role and is:shared")
    if written.operator not in (":", "=", "!="):
        raise BadExpression(f"“{written.name}” is no number or date; use {written.name}:… or {written.name}=…")
    if written.operator != ":":
        return Verb.IS, values
    if all(len(value) > 2 and value.startswith("*") and value.endswith("*") for value in values):
        return Verb.CONTAINS, tuple(value[1:-1] for value in values)
    if all(len(value) > 1 and value.endswith("*") for value in values):
        return Verb.STARTS, tuple(value.removesuffix("*") for value in values)
    return (Verb.IS if _is_whole(field) else Verb.CONTAINS), values


def _is_whole(field: Condition) -> bool:
    """Whether ``name:value`` means the whole word, as of tags, rather than a part of it."""
    return field.subject in _EXACT or (field.subject is Subject.PROPERTY and field.kind is ValueKind.CHOICES)


def _ranged(operator: str, values: tuple[str, ...]) -> tuple[Verb, tuple[str, ...]]:
    """``100..500``, ``100..`` and ``..500``, both ends included; else as the sign says."""
    if operator in _COMPARED:
        return _COMPARED[operator], values
    low, dots, high = values[0].partition("..")
    if not dots or len(values) > 1:
        return Verb.IS, values
    if low and high:
        return Verb.BETWEEN, (low, high)
    return (Verb.AT_LEAST, (low,)) if low else (Verb.AT_MOST, (high,))


def text_of(rule: Rule) -> str:
    """The rule as an expression; ``rule_of`` gives a rule of the same meaning back."""
    return _text(rule, is_inner=False)


def _text(rule: Rule, *, is_inner: bool) -> str:
    match rule:
        case AllOf(parts=parts):
            inner = " ".join(_text(part, is_inner=True) for part in parts)
            return f"({inner})" if is_inner and len(parts) != 1 else inner
        case AnyOf(parts=()):
            return "-()"
        case AnyOf(parts=parts):
            inner = " or ".join(_text(part, is_inner=True) for part in parts)
            return f"({inner})" if is_inner and len(parts) != 1 else inner
        case Not(part=Condition() as part):
            return f"-{_written(part)}"
        case Not(part=part):
            inner = _text(part, is_inner=True)
            return f"not {inner}"
        case Condition():
            return _written(rule)
        case _:
            assert_never(rule)


def _written(condition: Condition) -> str:
    name = _name(condition)
    if condition.verb is Verb.KNOWN and condition.subject in _FUNCTIONS.values():
        counted = replace(condition, subject=Subject.EVENT_COUNT, verb=Verb.AT_LEAST, values=("1",))
        return _written(counted)
    if condition.verb is Verb.KNOWN:
        return f"has:{quoted(name)}"
    if condition.subject is Subject.WORDS:
        return f'"{condition.values[0]}"' if condition.values else '""'
    listed = _listed(condition.values)
    called = name if condition.subject in _FUNCTIONS.values() else quoted(name)
    match condition.verb:
        case Verb.CONTAINS if _is_whole(condition) or any(value.endswith("*") for value in condition.values):
            return f"{called}:{_listed([f'*{value}*' for value in condition.values])}"
        case Verb.CONTAINS:
            return f"{called}:{_listed(condition.values)}"
        case Verb.STARTS:
            return f"{called}:{_listed([f'{value}*' for value in condition.values])}"
        case Verb.BETWEEN:
            return f"{called}:{quoted('..'.join(condition.values))}"
        case Verb.NEWER | Verb.OLDER | Verb.SOONER | Verb.LATER:
            return f"{called}{_RELATIVE[condition.verb]}{condition.values[0]}"
        case Verb.IS:
            return f"{called}{':' if condition.subject in _EXACT else '='}{listed}"
        case _:
            return f"{called}{_SIGNS[condition.verb]}{listed}"


def _listed(values: Sequence[str]) -> str:
    in_quotes = [quoted(value) for value in values]
    return in_quotes[0] if len(in_quotes) == 1 else f"({', '.join(in_quotes)})"


def _name(condition: Condition) -> str:
    if condition.subject in _FUNCTIONS.values():
        function = next(name for name, subject in _FUNCTIONS.items() if subject is condition.subject)
        window = f", {condition.window}" if condition.window else ""
        return f"{COMPANY if condition.of_company else ''}{function}({quoted(condition.name)}{window})"
    if condition.of_company and condition.subject is Subject.NAME:
        return "company"
    if condition.of_company and condition.subject is Subject.OWN_TAG:
        return "company_tag"
    fields = FIELDS[OwnerKind.COMPANY if condition.of_company else OwnerKind.CUSTOMER]
    name = condition.name if condition.subject is Subject.PROPERTY else _field_name(condition.subject, fields)
    return f"{COMPANY}{name}" if condition.of_company else name


def _field_name(subject: Subject, first: Mapping[str, Subject]) -> str:
    """What a subject is called: by the fields of one kind of owner, else by any other's."""
    called = (name for names in (first, *FIELDS.values()) for name, one in names.items() if one is subject)
    return next(called, subject.value)


def quoted(text: str) -> str:
    """A name or value as an expression takes it: in quotes where it would be read otherwise."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in ("and", "or", "not") and not text.startswith("-")
    return text if is_plain else f'"{text}"'
