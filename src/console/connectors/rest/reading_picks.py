"""Reading picks and tests out of a manifest."""

from __future__ import annotations

from collections.abc import Mapping

from console.connectors.rest.lines import Problems, Said
from console.connectors.rest.paths import is_path
from console.connectors.rest.picks import Pick, Test, text_form
from console.connectors.rest.sections import Section
from console.connectors.rest.times import TimeForm
from console.domain.values import ValueKind

_SOURCES = ("path", "text", "first", "join", "lookup", "each")
_OF_A_TEST = (*_SOURCES, "then", "between", "values", "split", "default", "only")


def pick_in(section: Section, name: str, *, is_required: bool = False) -> Pick | None:
    """The pick called ``name`` in a section: a path, or an object that says more."""
    found = section.part(name, is_required=is_required)
    return pick_of(found, section.problems, name) if found is not None and found.content is not None else None


def pick_of(said: Said, problems: Problems, what: str) -> Pick:
    """A pick as it stands: a path as text, or an object with path, text, first, join or lookup."""
    if isinstance(said.content, str):
        return Pick(path=_path(said.content, said.line, problems, what))
    if not isinstance(said.content, Mapping):
        problems.add(
            said.line, f"{what} must be a path like customer.name, or say path, text, first, join, each or lookup"
        )
        return Pick(path=".")
    section = Section(said, problems, what)
    if not any(source in section for source in _SOURCES):
        problems.add(said.line, f"{what} says none of {', '.join(_SOURCES)}")
    kind = section.choice("kind", ["", *(kind.value for kind in ValueKind)], "")
    path = section.text("path")
    pick = Pick(
        path=_path(path, said.line, problems, what) if path else "",
        text=section.text("text") if "text" in section else None,
        first=_picks(section, "first"),
        join=_picks(section, "join"),
        between=section.text("between", " "),
        lookup=section.text("lookup"),
        then=section.text("then"),
        values=section.text_by_name("values"),
        default=section.text("default") if "default" in section else None,
        kind=ValueKind(kind) if kind else None,
        time=TimeForm(section.choice("time", [form.value for form in TimeForm], "auto")),
        currency=section.text("currency"),
        is_html=section.flag("html"),
        separator=section.text("split"),
        each=section.text("each"),
        of=pick_in(section, "of"),
        where=tests_in(section, "where"),
        is_address=section.flag("address"),
        only=section.choice("only", ["", "first", "last"], ""),
    )
    if bool(pick.each) is (pick.of is None):
        problems.add(said.line, f"{what} says each without of, or of without each")
    section.done()
    return pick


def picks_by_name(section: Section, name: str) -> dict[str, Pick]:
    """A section of names to picks."""
    inside = section.section(name)
    if inside is None:
        return {}
    found = {one: pick_in(inside, one) for one in inside.names()}
    return {one: pick for one, pick in found.items() if pick is not None}


def tests_in(section: Section, name: str) -> tuple[Test, ...]:
    """One test or a list of tests, of which one has to hold."""
    return tuple(_test(said, section.problems, name) for said in section.parts(name))


def _test(said: Said, problems: Problems, what: str) -> Test:
    if isinstance(said.content, str):
        return Test(Pick(path=_path(said.content, said.line, problems, what)), exists=True)
    section = Section(said, problems, what)
    pick = pick_of(
        Said({name: one for name in _OF_A_TEST if (one := section.part(name)) is not None}, said.line), problems, what
    )
    words = frozenset(_word(one) for one in section.parts("is"))
    same = pick_in(section, "same")
    exists = section.flag("exists", default=True) if "exists" in section else None
    is_not = section.flag("not")
    if sum((bool(words), same is not None, exists is not None)) > 1:
        problems.add(said.line, f"{what} says more than one of is, same, exists")
    section.done()
    return Test(pick, words or None, same, exists, is_not)


def _word(said: Said) -> str:
    return text_form(said.plain)


def _picks(section: Section, name: str) -> tuple[Pick, ...]:
    return tuple(pick_of(one, section.problems, name) for one in section.parts(name))


def _path(text: str, line: int, problems: Problems, what: str) -> str:
    if not is_path(text):
        problems.add(line, f"{what}: {text} is no path; paths look like a.b, items.0.name, tags.*.name, ^.id")
        return "."
    return text
