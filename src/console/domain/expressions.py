"""Filter expressions: what ``list … --filter`` asks for, as conditions that must all hold.

Grammar, parts separated by spaces:

* ``ada`` or ``"north peak"``: the words stand somewhere in the name, an address or the company.
* ``name:ada``: the value holds the text; ``plan=pro``, ``plan!=pro``: it is exactly this; ``mrr>300``, ``>=``, ``<``,
  ``<=``: numbers, amounts, dates and times compared as such. Names and values with spaces stand in quotes.
* ``-part``: not so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPERATORS = (">=", "<=", "!=", "=", ">", "<", ":")
_LONGEST = 2_000
_MOST = 30
_WORD = re.compile(r'"([^"]*)"|([^\s":<>=!]+)')
_OPERATOR = re.compile(r"\s*(>=|<=|!=|=|>|<)\s*|(:)")
_VALUE = re.compile(r'"([^"]*)"|([^\s"]+)')


class BadExpression(ValueError):
    """The text is no filter; the message is a sentence that says where and what would do."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: ``name operator value``; a bare word has no name and the operator ``:``."""

    name: str
    operator: str
    value: str
    is_negated: bool = False


def conditions(expression: str) -> tuple[Condition, ...]:
    """The conditions that an expression writes; none for an empty one. Raises BadExpression."""
    if len(expression) > _LONGEST:
        raise BadExpression(f"The filter is longer than {_LONGEST:,} characters; leave something out")
    found: list[Condition] = []
    at = _after_spaces(expression, 0)
    while at < len(expression):
        condition, at = _condition(expression, at)
        found.append(condition)
        at = _after_spaces(expression, at)
    if len(found) > _MOST:
        raise BadExpression(f"The filter has more than {_MOST} conditions; leave something out")
    return tuple(found)


def _condition(text: str, at: int) -> tuple[Condition, int]:
    is_negated = text.startswith("-", at)
    word = _WORD.match(text, at + is_negated)
    if word is None:
        raise BadExpression(f"“{text[at : at + 20]}” is no condition; write it like name:ada, plan=pro or mrr>300")
    name = word[2] if word[1] is None else word[1]
    operator = _OPERATOR.match(text, word.end())
    if operator is None:
        return Condition("", ":", name, is_negated), word.end()
    value = _VALUE.match(text, operator.end())
    if value is None:
        raise BadExpression(
            f"Nothing follows “{name}{operator[0].strip()}”; write it like {name}{operator[0].strip()}value"
        )
    sign = operator[1] or operator[2]
    return Condition(name, sign, value[2] if value[1] is None else value[1], is_negated), value.end()


def _after_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
