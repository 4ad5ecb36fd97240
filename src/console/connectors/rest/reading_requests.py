"""Reading requests, paging, cursors and windows out of a manifest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.connectors.rest.manifest import Cursor, Listed, Paging, PagingKind, Parent, Request, Window
from console.connectors.rest.picks import Pick
from console.connectors.rest.reading_picks import pick_in
from console.connectors.rest.sections import Section
from console.connectors.rest.templates import names_in
from console.connectors.rest.times import TimeForm

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_GRANULARITIES = {"second": timedelta(seconds=1), "day": timedelta(days=1), "ms": timedelta(milliseconds=1)}
_NEEDS_PARAM = frozenset({PagingKind.PAGE, PagingKind.OFFSET, PagingKind.CURSOR, PagingKind.SCROLL})
_NEEDS_PLACE = frozenset({PagingKind.CURSOR, PagingKind.NEXT, PagingKind.SCROLL})


def request_in(
    section: Section, name: str, known: frozenset[str], *, is_required: bool = False, default_method: str = "GET"
) -> Request | None:
    """The request called ``name``; ``known`` are the names that its templates may use."""
    found = section.part(name, is_required=is_required)
    if found is None or found.content is None:
        return None
    return request_of(Section(found, section.problems, name), known, default_method)


def request_of(section: Section, known: frozenset[str], default_method: str = "GET") -> Request:
    """A request whose names are the section's own."""
    body = section.part("body")
    request = Request(
        path=section.text("path", is_required=True),
        method=section.choice("method", _METHODS, default_method),
        params=section.plain_by_name("params"),
        body=body.plain if body is not None else None,
        headers=section.text_by_name("headers"),
        first_params=section.plain_by_name("first_params"),
        records=section.text("records"),
        line=section.line,
    )
    paging = section.section("paging")
    if paging is not None:
        request = replace(request, paging=_paging(paging))
    _check_names(section, request, known | ({"page"} if request.paging.is_in_path else frozenset()))
    section.done()
    return request


def _check_names(section: Section, request: Request, known: frozenset[str]) -> None:
    used = names_in([request.path, request.params, request.first_params, request.body, request.headers])
    for name in sorted(used):
        first = name.partition(".")[0]
        if first not in known:
            sentence = f"{section.what} uses {{{name}}}, which is not known here; known are {', '.join(sorted(known))}"
            section.problems.add(section.line, sentence)


def _paging(section: Section) -> Paging:
    kind = PagingKind(section.choice("kind", [one.value for one in PagingKind], "none"))
    place = section.choice("in", ["query", "body", "path"], "query")
    paging = Paging(
        kind=kind,
        param=section.text("param"),
        is_in_body=place == "body",
        is_in_path=place == "path",
        most=int(section.number("most", 0, most=100_000)),
        at=section.text("at"),
        more=section.text("more"),
        end=section.text("end"),
        total=section.text("total"),
        start=int(section.number("start", 1 if kind is PagingKind.PAGE else 0)),
        size=int(section.number("size", 0, most=10_000)),
        size_param=section.text("size_param"),
        holes=int(section.number("holes", 0, most=100)),
    )
    if kind in _NEEDS_PARAM and not (paging.param or paging.is_in_path):
        section.problems.add(section.line, f"paging by {kind.value} lacks param")
    if kind in _NEEDS_PLACE and not paging.at:
        section.problems.add(section.line, f"paging by {kind.value} lacks at: where the answer names what comes next")
    if kind is PagingKind.OFFSET and not paging.size:
        section.problems.add(section.line, "paging by offset lacks size")
    section.done()
    return paging


def cursor_in(section: Section) -> Cursor | None:
    """From where a stream is asked the next time."""
    found = section.section("cursor")
    if found is None:
        return None
    at, token = pick_in(found, "field"), found.text("token")
    if (at is None) is (not token):
        found.problems.add(
            found.line, "cursor says either field (a time in each record) or token (a place in the answer)"
        )
    order = found.choice("order", ["ascending", "descending", "unordered"], "unordered")
    granularity = found.choice("granularity", tuple(_GRANULARITIES), "second")
    forgotten = frozenset(int(one) for one in found.texts("forgotten") if one.isdigit())
    cursor = Cursor(
        at=at,
        token=token,
        form=TimeForm(found.choice("form", [form.value for form in TimeForm], "iso")),
        granularity=_GRANULARITIES[granularity],
        look_back=found.span("look_back"),
        is_ascending=order == "ascending",
        is_descending=order == "descending",
        is_exclusive=found.flag("exclusive"),
        forgotten=forgotten or frozenset({410}),
        first=found.text("first"),
        whole_every=found.span("whole_every"),
    )
    found.done()
    return cursor


def window_in(section: Section) -> Window | None:
    """How a capped search is cut into spans of time."""
    found = section.section("window")
    if found is None:
        return None
    window = Window(
        cap=int(found.number("cap", 10_000, least=1)),
        total=found.text("total", is_required=True),
        first=found.text("first", "2010-01-01"),
    )
    found.done()
    return window


def parent_in(section: Section, known: frozenset[str]) -> Parent | None:
    """The list for each of whose parts a stream is asked."""
    found = section.section("parent")
    if found is None:
        return None
    if "each" in found:
        each = found.text("each")
        for unknown in sorted(names_in(each) - known):
            found.problems.add(found.line, f"parent uses {{{unknown}}}, and no field is called so")
        found.done()
        return Parent(None, Pick(path="."), each)
    parent_id = pick_in(found, "id", is_required=True) or Pick(path=".")
    return Parent(request_of(found, known), parent_id)


def lists_in(section: Section, known: frozenset[str]) -> dict[str, Listed]:
    """The lists that are fetched once, by the name that ``lookup`` says."""
    inside = section.section("lists")
    found: dict[str, Listed] = {}
    for name in inside.names() if inside else ():
        one = inside.section(name) if inside else None
        if one is not None:
            key = pick_in(one, "key", is_required=True) or Pick(path=".")
            found[name] = Listed(request_of(one, known | {"id"}), key)
    return found
