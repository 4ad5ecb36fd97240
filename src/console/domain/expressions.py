"""Filter expressions: the one language of ``list … --filter``, segments, the directory and the search box.

Grammar, parts separated by spaces; side by side they must all hold:

* ``ada`` or ``"north peak"``: the words stand somewhere in the name, an address or the company.
* ``name:ada``: the value holds the text; ``plan=pro``, ``plan!=pro``: it is this; ``mrr>300``, ``>=``, ``<``, ``<=``:
  numbers, amounts, dates and times compared as such. Names and values with spaces stand in quotes.
* ``plan=(pro, "enterprise plus")``: one of these.
* ``count("Exported report", 30d)>=3``, ``first(…)``, ``last(…)``: of events; ``company.count(…)``: of all members.
* ``-part`` or ``not part``: not so; ``part and part``, ``part or part``, ``( … )``; ``and`` binds closer than ``or``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

OPERATORS = (">=", "<=", "!=", "=", ">", "<", ":")
FUNCTIONS = ("count", "first", "last")
_LONGEST = 2_000
_MOST = 30
_DEEPEST = 20
_WORD = re.compile(r'"([^"]*)"|([^\s":<>=!()]+)')
_OPERATOR = re.compile(r"\s*(>=|<=|!=|=|>|<)\s*|(:)")
_VALUE = re.compile(r'"([^"]*)"|([^\s"()]+)')
_LISTED = re.compile(r'\s*(?:"([^"]*)"|([^\s"(),][^"(),]*))\s*(,|\))')
_JOINER = re.compile(r"(and|or|not)(?=[\s()]|$)", re.IGNORECASE)
_SPACES = re.compile(r"\s*")
_QUOTED = re.compile(r"“([^”]+)”")
_CONDITION = re.compile(r"(?:>=|<=|!=|[=<>:])(?:\"[^\"]*\"|[^\s()]*)")


class BadExpression(ValueError):
    """The text is no filter; the message is a sentence that says where and what would do.

    ``at``: where reading stopped, None where the text can be read but makes no sense.
    """

    at: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: ``name operator value``; a bare word has no name and the operator ``:``.

    ``more``: the other values of a list, any of which will do. ``arguments``: of a function, whose name is ``name``.
    """

    name: str
    operator: str
    value: str
    is_negated: bool = False
    more: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts hold; of none, everything does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The part does not hold."""

    part: Node


Node = Condition | Both | Either | Negated


def tree(expression: str) -> Node:
    """What an expression says, with its brackets; ``Both(())`` for an empty one. Raises BadExpression."""
    if len(expression) > _LONGEST:
        raise BadExpression(f"The filter is longer than {_LONGEST:,} characters; leave something out")
    reader = _Reader(expression)
    try:
        found = reader.either()
        if reader.at < len(expression):
            raise BadExpression("There is a closing bracket too many; take it out, or put it in quotes")
        if reader.count > _MOST:
            raise BadExpression(f"The filter has more than {_MOST} conditions; leave something out")
    except BadExpression as error:
        error.at = reader.at
        raise
    return found


def fault_in(expression: str, error: BadExpression) -> tuple[int, int]:
    """(where it begins, how long it is): the part of the text that an error is about, the whole of it where nobody can tell."""
    if error.at is not None:
        # What is wrong stands where reading stopped, or, at the end, just before it.
        begin = error.at if expression[error.at :].strip() else max(expression.rstrip().rfind(" ") + 1, 0)
        rest = expression[begin:]
        return begin, len(rest.split(" ", 1)[0]) or len(rest)
    for words in _QUOTED.findall(str(error)) or [str(error).partition(":")[0]]:
        begin = expression.lower().find(words.lower())
        if words and begin >= 0:
            rest = _CONDITION.match(expression, begin + len(words))
            return begin, len(words) + (len(rest[0]) if rest else 0)
    return 0, len(expression)


def conditions(expression: str) -> tuple[Condition, ...]:
    """The conditions of an expression that knows only conditions side by side; none for an empty one. Raises BadExpression."""
    found = tree(expression)
    return tuple(_flat(found.parts if isinstance(found, Both) else (found,)))


def _flat(parts: tuple[Node, ...]) -> Iterator[Condition]:
    for part in parts:
        match part:
            case Condition(more=(), arguments=()):
                yield part
            case Negated(part=Condition() as inner):
                yield from _flat((replace(inner, is_negated=not inner.is_negated),))
            case Both(parts=inner):
                yield from _flat(inner)
            case _:
                raise BadExpression("Only conditions side by side are understood here, without “or” and without lists")


@dataclass(slots=True)
class _Reader:
    """Reads an expression from ``at`` on; ``count`` is the number of conditions so far."""

    text: str
    at: int = 0
    count: int = 0
    depth: int = field(default=0)

    def either(self) -> Node:
        parts, is_empty = [], False
        while True:
            self._skip()
            begin = self.at
            parts.append(self._both())
            is_empty = is_empty or self.at == begin
            if not self._takes("or"):
                break
        if len(parts) == 1:
            return parts[0]
        if is_empty:
            raise BadExpression("Something is missing beside “or”; to find the word, put it in quotes")
        return Either(tuple(parts))

    def _both(self) -> Node:
        parts: list[Node] = []
        while True:
            self._skip()
            joined = bool(parts) and self._takes("and")
            if self.at >= len(self.text) or self.text[self.at] == ")" or self._joiner() in ("or", "and"):
                if joined or self._joiner() == "and":
                    raise BadExpression("Something is missing beside “and”; to find the word, put it in quotes")
                return parts[0] if len(parts) == 1 else Both(tuple(parts))
            parts.append(self._part())

    def _part(self) -> Node:
        if self._takes("not"):
            self._skip()
            if self.at >= len(self.text) or self._joiner() in ("or", "and"):
                raise BadExpression("Nothing follows “not”; to find the word, put it in quotes")
            return Negated(self._deeper(self._part))
        is_negated = self.text.startswith("-", self.at)
        if self.text.startswith("(", self.at + is_negated):
            self.at += is_negated + 1
            inner = self._deeper(self.either)
            if not self.text.startswith(")", self.at):
                raise BadExpression("A bracket is opened and never closed; add “)”")
            self.at += 1
            return Negated(inner) if is_negated else inner
        self.at += is_negated
        return replace(self._condition(), is_negated=is_negated)

    def _deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadExpression(f"Brackets stand more than {_DEEPEST} deep; use fewer of them")
        found = read()
        self.depth -= 1
        return found

    def _condition(self) -> Condition:
        self.count += 1
        word = _WORD.match(self.text, self.at)
        if word is None:
            shown = self.text[self.at : self.at + 20]
            raise BadExpression(f"“{shown}” is no condition; write it like name:ada, plan=pro or mrr>300")
        name = word[2] if word[1] is None else word[1]
        self.at = word.end()
        arguments = ()
        if (
            word[1] is None
            and name.lower().removeprefix("company.") in FUNCTIONS
            and self.text.startswith("(", self.at)
        ):
            self.at += 1
            arguments = self._listed(f"{name}(…)")
            name = name.lower()
        operator = _OPERATOR.match(self.text, self.at)
        if operator is None:
            if arguments:
                raise BadExpression(f"Nothing is asked of {name}(…); write it like {name}({arguments[0]})>3")
            return Condition("", ":", name)
        self.at = operator.end()
        sign = operator[1] or operator[2]
        values = self._values(f"{name}{sign}")
        return Condition(name, sign, values[0], more=values[1:], arguments=arguments)

    def _values(self, before: str) -> tuple[str, ...]:
        if self.text.startswith("(", self.at):
            self.at += 1
            return self._listed(before)
        value = _VALUE.match(self.text, self.at)
        if value is None:
            raise BadExpression(f"Nothing follows “{before}”; write it like {before}value")
        self.at = value.end()
        return (value[2] if value[1] is None else value[1],)

    def _listed(self, before: str) -> tuple[str, ...]:
        values: list[str] = []
        while found := _LISTED.match(self.text, self.at):
            self.at = found.end()
            values.append(found[2].strip() if found[1] is None else found[1])
            if found[3] == ")":
                self.count += len(values) - 1
                return tuple(values)
        raise BadExpression(f"The list behind “{before}” does not end; write it like (one, two)")

    def _joiner(self) -> str:
        found = _JOINER.match(self.text, self.at)
        return found[1].lower() if found else ""

    def _takes(self, word: str) -> bool:
        self._skip()
        if self._joiner() != word:
            return False
        self.at += len(word)
        return True

    def _skip(self) -> None:
        found = _SPACES.match(self.text, self.at)
        self.at = found.end() if found else self.at
