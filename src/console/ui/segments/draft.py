"""A rule while it is edited: groups and lines with keys of their own, of which some may not be finished yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count

from console.domain.segment_rules import AllOf, AnyOf, Condition, Not, Rule
from console.domain.segment_tests import ago, test_of
from console.domain.values import ValueProblem

_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_keys = count(1)


class Mode(StrEnum):
    """How many parts of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    NOT_ALL = "not all"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule. ``condition`` None: nothing is chosen yet."""

    key: int
    condition: Condition | None = None
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Some rules of which so many must hold."""

    key: int
    mode: Mode
    parts: tuple[Part, ...] = ()


Part = Line | Group


def new_line(condition: Condition | None = None, *, is_negated: bool = False) -> Line:
    """A line with a key that no other has."""
    return Line(next(_keys), condition, is_negated)


def new_group(mode: Mode = Mode.ALL, parts: tuple[Part, ...] = ()) -> Group:
    """A group with a key that no other has."""
    return Group(next(_keys), mode, parts)


def draft_of(rule: Rule) -> Group:
    """The rule as it is edited: a group, whatever it is."""
    found = _part(rule)
    return found if isinstance(found, Group) else new_group(Mode.ALL, (found,))


def _part(rule: Rule) -> Part:
    match rule:
        case Condition():
            return new_line(rule)
        case Not(part=Condition() as inner):
            return new_line(inner, is_negated=True)
        case Not(part=Not(part=inner)):
            return _part(inner)
        case Not(part=AllOf(parts=parts)):
            return new_group(Mode.NOT_ALL, tuple(map(_part, parts)))
        case Not(part=AnyOf(parts=parts)):
            return new_group(Mode.NONE, tuple(map(_part, parts)))
        case AllOf(parts=parts):
            return new_group(Mode.ALL, tuple(map(_part, parts)))
        case AnyOf(parts=parts):
            return new_group(Mode.ANY, tuple(map(_part, parts)))
    raise TypeError(f"{type(rule)} is no rule")


def rule_of(group: Group) -> Rule:
    """The rule that the finished lines make; groups without any are left out."""
    return _rule(group) or AllOf(())


def _rule(part: Part) -> Rule | None:
    if isinstance(part, Line):
        if problem_of(part) or part.condition is None:
            return None
        return Not(part.condition) if part.is_negated else part.condition
    parts = tuple(rule for rule in map(_rule, part.parts) if rule is not None)
    if not parts:
        return None
    match part.mode:
        case Mode.ALL:
            return AllOf(parts)
        case Mode.ANY:
            return AnyOf(parts)
        case Mode.NONE:
            return Not(AnyOf(parts))
        case Mode.NOT_ALL:
            return Not(AllOf(parts))


def problem_of(line: Line) -> str:
    """Why a line is not finished; empty where it is."""
    if line.condition is None:
        return "Choose what the rule is about"
    try:
        test_of(line.condition, _NOON, UTC)
        if line.condition.window:
            ago(_NOON, line.condition.window, UTC)
    except ValueProblem as problem:
        return str(problem)
    return ""


def lines_of(group: Group) -> Iterator[Line]:
    """Every line, in reading order."""
    for part in group.parts:
        if isinstance(part, Line):
            yield part
        else:
            yield from lines_of(part)


def unfinished(group: Group) -> tuple[Line, ...]:
    """The lines that do not count yet."""
    return tuple(line for line in lines_of(group) if problem_of(line))


def finished(group: Group) -> tuple[Line, ...]:
    """The lines that count, in the order of the conditions of ``rule_of``."""
    return tuple(line for line in lines_of(group) if not problem_of(line))


def put(group: Group, part: Part) -> Group:
    """The same with the part of that key replaced."""
    return _mapped(group, lambda one: part if one.key == part.key else one)


def set_mode(group: Group, key: int, mode: Mode) -> Group:
    """The same with another mode of the group of that key."""
    return _mapped(group, lambda one: replace(one, mode=mode) if isinstance(one, Group) and one.key == key else one)


def add(group: Group, into: int, part: Part, *, after: int | None = None) -> Group:
    """The same with a part more in the group ``into``: behind ``after``, else at the end."""

    def grown(one: Part) -> Part:
        if not isinstance(one, Group) or one.key != into:
            return one
        places = [place for place, inner in enumerate(one.parts, 1) if inner.key == after]
        place = places[0] if places else len(one.parts)
        return replace(one, parts=(*one.parts[:place], part, *one.parts[place:]))

    return _mapped(group, grown)


def remove(group: Group, key: int) -> Group:
    """The same without the part of that key."""

    def shrunk(one: Part) -> Part:
        if not isinstance(one, Group):
            return one
        return replace(one, parts=tuple(inner for inner in one.parts if inner.key != key))

    return _mapped(group, shrunk)


def move(group: Group, key: int, step: int) -> Group:
    """The same with a part one place up (-1) or down (1): past its neighbour, and out of its group at the ends."""
    home = group_of(group, key)
    if home is None:
        return group
    place = next(n for n, part in enumerate(home.parts) if part.key == key)
    moved, to = home.parts[place], place + step
    if 0 <= to < len(home.parts):
        parts = list(home.parts)
        parts[place], parts[to] = parts[to], parts[place]
        return put(group, replace(home, parts=tuple(parts)))
    outer = group_of(group, home.key)
    if outer is None:
        return group
    without = remove(group, key)
    beside = next(n for n, part in enumerate(outer.parts) if part.key == home.key)
    after = home.key if step > 0 else outer.parts[beside - 1].key if beside else None
    if after is not None:
        return add(without, outer.key, moved, after=after)
    first = group_of(without, home.key)
    return without if first is None else put(without, replace(first, parts=(moved, *first.parts)))


def group_of(group: Group, key: int) -> Group | None:
    """The group in which a part stands."""
    if any(part.key == key for part in group.parts):
        return group
    inner = (group_of(part, key) for part in group.parts if isinstance(part, Group))
    return next((found for found in inner if found is not None), None)


def _mapped(group: Group, change: Callable[[Part], Part]) -> Group:
    changed = change(group)
    if not isinstance(changed, Group):
        return group
    parts = tuple(_mapped(part, change) if isinstance(part, Group) else change(part) for part in changed.parts)
    return replace(changed, parts=parts)
