"""Picks: how a manifest says where a value stands and what becomes of it; and tests on records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.html_cleaning import clean
from console.connectors.mail_text import scrub
from console.connectors.rest.paths import Scope, first_at, found_at
from console.connectors.rest.times import TimeForm
from console.domain.address import canonical
from console.domain.values import ValueKind

_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """One of: what stands at ``path``, a fixed ``text``, the ``first`` that gives anything, all of ``join`` with ``between``.

    ``lookup`` names a list that is fetched once: what was picked so far names a record in it, and ``path`` of ``then`` is
    taken from that. ``values`` translates; ``default`` stands where nothing was found. ``kind``, ``time`` and ``currency``
    say what a property is. ``is_html``: tags are taken off. ``separator`` splits one text into many.
    ``each`` is where several things stand: ``of`` is picked from each of them (``where`` a test holds), ``between`` joins what
    they give. ``is_address`` leaves out what is no e-mail address; ``only`` is first or last where the others do not count.
    """

    path: str = ""
    text: str | None = None
    first: tuple[Pick, ...] = ()
    join: tuple[Pick, ...] = ()
    between: str = " "
    lookup: str = ""
    then: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    kind: ValueKind | None = None
    time: TimeForm = TimeForm.AUTO
    currency: str = ""
    is_html: bool = False
    separator: str = ""
    each: str = ""
    of: Pick | None = None
    where: tuple[Test, ...] = ()
    is_address: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """Whether what is picked ``is_in`` some words, is ``same`` as another pick, or ``exists`` at all."""

    pick: Pick
    is_in: frozenset[str] | None = None
    same: Pick | None = None
    exists: bool | None = None
    is_not: bool = False

    __test__ = False  # no test of ours, whatever its name looks like

    def holds(self, scope: Scope) -> bool:
        found = all_of(self.pick, scope)
        if self.same is not None:
            holds = bool(found) and text_form(found[0]) == text_of(self.same, scope)
        elif self.is_in is not None:
            holds = any(text_form(one) in self.is_in for one in found)
        else:
            holds = bool([one for one in found if one not in ("", [], {}, False)]) is (self.exists is not False)
        return holds is not self.is_not


def any_holds(tests: Iterable[Test], scope: Scope) -> bool:
    """Whether one of the tests holds."""
    return any(test.holds(scope) for test in tests)


def all_of(pick: Pick, scope: Scope) -> list[Any]:
    """Everything that a pick gives, as it stands in JSON."""
    found = _plain(pick, scope)
    if pick.lookup:
        records = (scope.lists.get(pick.lookup, {}).get(text_form(one)) for one in found)
        found = [value for one in records if one is not None for value in found_at(Scope(one), pick.then or ".")]
    if pick.separator:
        found = [part.strip() for one in found for part in text_form(one).split(pick.separator) if part.strip()]
    if pick.is_html:
        found = [clean(one).text.strip() if isinstance(one, str) else one for one in found]
    if pick.values:
        found = [pick.values.get(text_form(one), one) for one in found]
    if pick.is_address:
        found = [address for one in found if isinstance(one, str) and (address := canonical(one))]
    if pick.only:
        found = found[:1] if pick.only == "first" else found[-1:]
    return found if found or pick.default is None else [pick.default]


def _plain(pick: Pick, scope: Scope) -> list[Any]:
    if pick.text is not None:
        return [pick.text]
    if pick.first:
        for one in pick.first:
            if found := [value for value in all_of(one, scope) if value not in ("", [], {})]:
                return found
        return []
    if pick.of is not None:
        return _of_each(pick, pick.of, scope)
    if pick.join:
        parts = [text_form(value) for one in pick.join for value in all_of(one, scope)]
        joined = pick.between.join(part for part in parts if part)
        return [joined] if joined else []
    return found_at(scope, pick.path)


def _of_each(pick: Pick, of: Pick, scope: Scope) -> list[Any]:
    places = (one for found in found_at(scope, pick.each) for one in (found if isinstance(found, list) else [found]))
    scopes = (scope.inside(one) for one in places)
    wanted = (one for one in scopes if not pick.where or any_holds(pick.where, one))
    parts = [part for one in wanted if (part := text_of(of, one))]
    if pick.only:
        return parts[:1] if pick.only == "first" else parts[-1:]
    return [pick.between.join(parts)] if parts else []


def one_of(pick: Pick | None, scope: Scope) -> Any:
    """The first value that a pick gives, or None."""
    if pick is None:
        return None
    is_one_place = pick.path and not (pick.lookup or pick.separator or pick.values or pick.is_html)
    if is_one_place and not (pick.is_address or pick.only == "last"):
        found = first_at(scope, pick.path)
        return pick.default if found is None else found
    return next(iter(all_of(pick, scope)), None)


def text_of(pick: Pick | None, scope: Scope) -> str:
    """The first value as text, scrubbed; empty where there is none. Raises RecordError for lists and objects."""
    found = one_of(pick, scope)
    if isinstance(found, (list, dict)):
        raise RecordError("Where a text should stand, there is something else.")
    return scrub(text_form(found)) if found is not None else ""


def texts_of(pick: Pick | None, scope: Scope) -> tuple[str, ...]:
    """All values as texts, each once, empty ones left out; a list found whole counts as its parts."""
    if pick is None:
        return ()
    found = [part for one in all_of(pick, scope) for part in (one if isinstance(one, list) else [one])]
    if any(isinstance(one, (list, dict)) for one in found):
        raise RecordError("Where texts should stand, there is something else.")
    texts = (scrub(text_form(one)).strip() for one in found if one is not None)
    return tuple(dict.fromkeys(text for text in texts if text))


def key_of(pick: Pick | None, scope: Scope) -> str:
    """An id as text. Raises RecordError where there is none, or none that can be one."""
    found = one_of(pick, scope)
    text = text_form(found) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
    if not text.strip() or len(text) > _LONGEST_ID or scrub(text) != text:
        raise RecordError("It has no id, or none that can be one.")
    return text


def text_form(value: Any) -> str:
    """JSON's plain values as text, the way JSON writes them."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case None:
            return ""
        case _:
            return str(value)
