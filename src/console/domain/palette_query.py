"""What the text of the palette asks: which parts of it are conditions on fields, and which are words to be found.

A part is a condition where it is written like one (``plan:enterprise``, ``mrr>300``, ``last_seen<30d``) and its field is known;
anything else is words, so that a pasted address or a time of day is found rather than refused.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass

_LONGEST = 1_000
_PART = re.compile(
    r"""(?P<sign>-?)(?:"(?P<quoted>[^"]+)"|(?P<name>[^\s":<>=!(),]+))
    (?P<arguments>\((?:[^()"]|"[^"]*")*\))?
    (?P<operator>>=|<=|!=|=|>|<|:)
    (?P<value>\((?:[^()"]|"[^"]*"?)*\)?|"[^"]*"?|[^\s"]*)""",
    re.VERBOSE,
)
_WORD = re.compile(r'"[^"]*"?|\S+')
_FUNCTIONS = ("count", "first", "last", "company.count", "company.first", "company.last")
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Part:
    """A condition in the text: ``expression`` as the filter language takes it, and from where to where it is written."""

    expression: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a text, in order, and its other words; ``is_open``: the last condition has no value yet."""

    parts: tuple[Part, ...]
    words: str
    is_open: bool = False


def asked(text: str, fields: Container[str]) -> Asked:
    """Takes a text apart; ``fields`` holds the known names of fields in lower case. Any text may come."""
    # Character for character, so that places stay what they were.
    text = text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    parts: list[Part] = []
    words: list[str] = []
    at, is_open = 0, False
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _PART.match(text, at)
        if found is not None and _is_known(found, fields):
            is_last = not text[found.end() :].strip()
            if not found["value"].strip('"( )'):
                is_open = is_open or is_last
                if not is_last:
                    parts.append(_part(found))
            else:
                parts.append(_part(found))
            at = found.end()
            continue
        word = _WORD.match(text, at)
        end = word.end() if word else at + 1
        words.append(text[at:end])
        at = end
    # Behind a space the last word is whole, which the search has to know.
    gap = " " if words and text[-1:].isspace() else ""
    return Asked(tuple(parts), " ".join(words) + gap, is_open)


def nearest_field(text: str, fields: Iterable[str]) -> str:
    """The known field that a part of the text is likely to mean (``plann:pro``); empty where there is none."""
    from console.domain.spelling import distance

    known = sorted(fields)
    for found in _PART.finditer(text[:_LONGEST]):
        name = (found["quoted"] or found["name"]).lower()
        if len(name) > _NEAR and name not in known and not found["arguments"]:
            far, best = min(((distance(name, one, _NEAR), one) for one in known), default=(_NEAR + 1, ""))
            if far <= _NEAR and far < len(name) - 1:
                return best
    return ""


def _is_known(found: re.Match[str], fields: Container[str]) -> bool:
    name = (found["quoted"] or found["name"]).lower()
    if found["arguments"] is not None:
        return name in _FUNCTIONS
    return name in fields


def _part(found: re.Match[str]) -> Part:
    expression = found[0]
    value = found["value"]
    if value.count('"') % 2:
        expression += '"'
    if value.startswith("(") and not value.endswith(")"):
        expression += ")"
    return Part(expression, (found["quoted"] or found["name"]).lower(), found.start(), found.end())
