"""What a rule can be about and how it can be compared, as the editor offers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QCoreApplication

from console.domain.records import OwnerKind
from console.domain.segment_rules import Condition, Measure, Subject, Verb
from console.domain.values import ValueKind
from console.ui.profile.wording import property_words

translate = QCoreApplication.translate
Shape = Literal["words", "number", "two numbers", "length", "day", "two days", "times", "none"]
_EVENTS = (Subject.EVENT_COUNT, Subject.EVENT_FIRST, Subject.EVENT_LAST)


@dataclass(frozen=True, slots=True)
class Known:
    """What the workspace knows of: properties by name with their kinds, and words to complete with."""

    properties: tuple[tuple[str, ValueKind], ...] = ()
    company_properties: tuple[tuple[str, ValueKind], ...] = ()
    events: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a rule can be about; ``template`` asks nothing yet."""

    words: str
    template: Condition


@dataclass(frozen=True, slots=True)
class About:
    """The first column: a kind of fields."""

    words: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The third column: how, and what is typed for it. ``subject``: of an event, what of it is meant."""

    words: str
    verb: Verb
    shape: Shape
    is_negated: bool = False
    subject: Subject | None = None
    values: tuple[str, ...] = ()


def abouts(owner_kind: OwnerKind, known: Known) -> tuple[About, ...]:
    """The first column and the second one of each."""
    is_customer = owner_kind is OwnerKind.CUSTOMER
    own = known.properties if is_customer else known.company_properties
    found = [About(translate("Segments", "Property"), _properties(own, of_company=False))]
    if is_customer:
        found.append(
            About(
                translate("Segments", "Company"),
                (*_company_fields(), *_properties(known.company_properties, of_company=True)),
            )
        )
    found += [
        About(translate("Segments", "Tag"), _tags(is_customer=is_customer)),
        About(translate("Segments", "Event"), tuple(Field(name, Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, name=name)) for name in known.events)),
        About(translate("Segments", "Date"), _dates()),
        About(translate("Segments", "Conversation"), _conversations()),
        About(translate("Segments", "Source"), (_field(translate("Segments", "known to"), Subject.SOURCE),)),
        About(translate("Segments", "Segment"), (_field(translate("Segments", "given by a source"), Subject.SEGMENT),)),
        About(translate("Segments", "Text"), _texts(is_customer=is_customer)),
    ]  # fmt: skip
    return tuple(one for one in found if one.fields)


def about_of(condition: Condition, offered: Sequence[About]) -> tuple[int, int] | None:
    """Where the columns offer this condition, None where they do not."""
    wanted = _plain(condition)
    for place, about in enumerate(offered):
        for inner, field in enumerate(about.fields):
            if _plain(field.template) == wanted:
                return place, inner
    return None


def ways(condition: Condition) -> tuple[Compared, ...]:
    """The third column for a field."""
    if condition.subject in _EVENTS:
        return _event_ways()
    if condition.subject in (Subject.TAG, Subject.OWN_TAG, Subject.SOURCE, Subject.SEGMENT, Subject.CHANNEL):
        return _set_ways()
    match condition.measure if condition.verb is not Verb.KNOWN else replace(condition, verb=Verb.IS).measure:
        case Measure.NUMBER:
            return _number_ways(is_known=condition.subject is Subject.PROPERTY)
        case Measure.MOMENT:
            return _moment_ways(is_ahead=condition.subject is Subject.PROPERTY)
        case Measure.TRUTH:
            return _truth_ways()
        case Measure.TEXT:
            return _text_ways(is_open=condition.subject is not Subject.WORDS)


def way_of(condition: Condition, offered: Sequence[Compared], *, is_negated: bool) -> int:
    """Which way compares as the condition does; the first where none does."""

    def fits(way: Compared) -> bool:
        same = way.verb is condition.verb and way.is_negated is is_negated
        return same and (way.subject in (None, condition.subject)) and way.values in ((), condition.values)

    return next((place for place, way in enumerate(offered) if fits(way)), 0)


def _plain(condition: Condition) -> Condition:
    subject = Subject.EVENT_COUNT if condition.subject in _EVENTS else condition.subject
    return Condition(subject, Verb.IS, (), condition.name, condition.kind, condition.of_company)


def _field(words: str, subject: Subject, *, of_company: bool = False) -> Field:
    return Field(words, Condition(subject, Verb.IS, of_company=of_company))


def _properties(known: Sequence[tuple[str, ValueKind]], *, of_company: bool) -> tuple[Field, ...]:
    return tuple(
        Field(property_words(name), Condition(Subject.PROPERTY, Verb.IS, (), name, kind, of_company))
        for name, kind in known
    )


def _company_fields() -> tuple[Field, ...]:
    return (
        _field(translate("Segments", "name"), Subject.NAME, of_company=True),
        _field(translate("Segments", "domain"), Subject.DOMAIN, of_company=True),
        _field(translate("Segments", "members"), Subject.MEMBERS, of_company=True),
        _field(translate("Segments", "last seen"), Subject.LAST_SEEN, of_company=True),
    )


def _tags(*, is_customer: bool) -> tuple[Field, ...]:
    if not is_customer:
        return (_field(translate("Segments", "of the company"), Subject.TAG),)
    return (
        _field(translate("Segments", "own or company's"), Subject.TAG),
        _field(translate("Segments", "own"), Subject.OWN_TAG),
        _field(translate("Segments", "of the company"), Subject.OWN_TAG, of_company=True),
    )


def _dates() -> tuple[Field, ...]:
    return (
        _field(translate("Segments", "last seen"), Subject.LAST_SEEN),
        _field(translate("Segments", "first seen"), Subject.FIRST_SEEN),
        _field(translate("Segments", "signed up"), Subject.SIGNED_UP),
        _field(translate("Segments", "last contacted"), Subject.LAST_CONTACTED),
        _field(translate("Segments", "last heard from"), Subject.LAST_HEARD),
        _field(translate("Segments", "last conversation"), Subject.LAST_CONVERSATION),
    )


def _conversations() -> tuple[Field, ...]:
    return (
        _field(translate("Segments", "how many"), Subject.CONVERSATIONS),
        _field(translate("Segments", "how many open"), Subject.OPEN_CONVERSATIONS),
        _field(translate("Segments", "channel"), Subject.CHANNEL),
    )


def _texts(*, is_customer: bool) -> tuple[Field, ...]:
    name = _field(translate("Segments", "name"), Subject.NAME)
    if not is_customer:
        return (
            name,
            _field(translate("Segments", "domain"), Subject.DOMAIN),
            _field(translate("Segments", "members"), Subject.MEMBERS),
        )
    anywhere = Field(translate("Segments", "anywhere"), Condition(Subject.WORDS, Verb.CONTAINS))
    flag = _field(translate("Segments", "address is"), Subject.FLAG)
    return name, _field(translate("Segments", "e-mail"), Subject.EMAIL), anywhere, flag


def _text_ways(*, is_open: bool) -> tuple[Compared, ...]:
    contains = Compared(translate("Segments", "contains"), Verb.CONTAINS, "words")
    if not is_open:
        return contains, replace(contains, words=translate("Segments", "does not contain"), is_negated=True)
    return (
        Compared(translate("Segments", "is"), Verb.IS, "words"),
        Compared(translate("Segments", "is not"), Verb.IS, "words", is_negated=True),
        contains,
        Compared(translate("Segments", "does not contain"), Verb.CONTAINS, "words", is_negated=True),
        Compared(translate("Segments", "starts with"), Verb.STARTS, "words"),
        *_known_ways(),
    )


def _known_ways() -> tuple[Compared, ...]:
    return (
        Compared(translate("Segments", "is known"), Verb.KNOWN, "none"),
        Compared(translate("Segments", "is not known"), Verb.KNOWN, "none", is_negated=True),
    )


def _set_ways() -> tuple[Compared, ...]:
    return (
        Compared(translate("Segments", "is any of"), Verb.IS, "words"),
        Compared(translate("Segments", "is none of"), Verb.IS, "words", is_negated=True),
        Compared(translate("Segments", "contains"), Verb.CONTAINS, "words"),
        Compared(translate("Segments", "is there"), Verb.KNOWN, "none"),
        Compared(translate("Segments", "is not there"), Verb.KNOWN, "none", is_negated=True),
    )


def _number_ways(*, is_known: bool) -> tuple[Compared, ...]:
    return (
        Compared(translate("Segments", "is at least"), Verb.AT_LEAST, "number"),
        Compared(translate("Segments", "is at most"), Verb.AT_MOST, "number"),
        Compared(translate("Segments", "is more than"), Verb.ABOVE, "number"),
        Compared(translate("Segments", "is less than"), Verb.BELOW, "number"),
        Compared(translate("Segments", "is"), Verb.IS, "number"),
        Compared(translate("Segments", "is not"), Verb.IS, "number", is_negated=True),
        Compared(translate("Segments", "is between"), Verb.BETWEEN, "two numbers"),
        *(_known_ways() if is_known else ()),
    )


def _moment_ways(*, is_ahead: bool) -> tuple[Compared, ...]:
    ahead = (
        Compared(translate("Segments", "within the next"), Verb.SOONER, "length"),
        Compared(translate("Segments", "later than in"), Verb.LATER, "length"),
    )
    return (
        Compared(translate("Segments", "less than"), Verb.NEWER, "length"),
        Compared(translate("Segments", "more than"), Verb.OLDER, "length"),
        Compared(translate("Segments", "not in the last"), Verb.NEWER, "length", is_negated=True),
        *(ahead if is_ahead else ()),
        Compared(translate("Segments", "on"), Verb.IS, "day"),
        Compared(translate("Segments", "before"), Verb.BELOW, "day"),
        Compared(translate("Segments", "after"), Verb.ABOVE, "day"),
        Compared(translate("Segments", "between"), Verb.BETWEEN, "two days"),
        *_known_ways(),
    )


def _truth_ways() -> tuple[Compared, ...]:
    return (
        Compared(translate("Segments", "is yes"), Verb.IS, "none", values=("yes",)),
        Compared(translate("Segments", "is no"), Verb.IS, "none", values=("no",)),
        *_known_ways(),
    )


def _event_ways() -> tuple[Compared, ...]:
    counted, last, first = Subject.EVENT_COUNT, Subject.EVENT_LAST, Subject.EVENT_FIRST
    return (
        Compared(translate("Segments", "at least"), Verb.AT_LEAST, "times", subject=counted),
        Compared(translate("Segments", "at most"), Verb.AT_MOST, "times", subject=counted),
        Compared(translate("Segments", "exactly"), Verb.IS, "times", subject=counted),
        Compared(translate("Segments", "never"), Verb.KNOWN, "none", is_negated=True, subject=counted),
        Compared(translate("Segments", "last less than"), Verb.NEWER, "length", subject=last),
        Compared(translate("Segments", "last more than"), Verb.OLDER, "length", subject=last),
        Compared(translate("Segments", "first less than"), Verb.NEWER, "length", subject=first),
        Compared(translate("Segments", "first more than"), Verb.OLDER, "length", subject=first),
    )
