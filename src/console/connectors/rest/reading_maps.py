"""Reading out of a manifest how records become ours."""

from __future__ import annotations

from collections.abc import Iterable

from console.connectors.rest.manifest import Beside, Mapped, MessageMap, Spread
from console.connectors.rest.picks import Pick, Test
from console.connectors.rest.reading_picks import pick_in, picks_by_name, tests_in
from console.connectors.rest.reading_requests import request_in
from console.connectors.rest.sections import Section
from console.domain.channels import AuthorKind, Channel

_PICKS_BY_KIND = {
    "customer": ("emails", "companies", "tags", "segments", "at", "saying"),
    "company": ("name", "domains", "tags", "at"),
    "conversation": ("customer", "subject", "nickname", "tags", "channel_by"),
    "event": ("name", "at", "customer", "email"),
    "note": ("text", "author", "at", "on"),
}
_REQUIRED_BY_KIND = {"event": ("name", "at"), "note": ("text", "at", "on")}
_NO_PICK = Pick(path=".")
_ID = Pick(path="id")


def maps_in(section: Section, known: frozenset[str]) -> tuple[Mapped, ...]:
    """One mapping, or several where one record of the source becomes several of ours."""
    found = tuple(_mapped(Section(said, section.problems, "map"), known) for said in section.parts("map"))
    if not found:
        section.problems.add(section.line, f"{section.what} lacks map")
    return found


def lookups_of(maps: Iterable[Mapped]) -> frozenset[tuple[str, int]]:
    """Names of all lists that the mappings look into, each with a line."""
    found: set[tuple[str, int]] = set()
    for one in maps:
        picks = [
            one.id,
            *one.pick_by_name.values(),
            *one.properties.values(),
            *(spread.name for spread in one.spread if spread.name),
        ]
        picks += [test.pick for test in (*one.closed, *one.skip, *one.deleted)]
        for message in one.messages:
            picks += [pick for pick in (message.text, message.html, message.name, message.address) if pick]
            picks += [test.pick for tests in message.kinds.values() for test in tests]
        found |= {(name, one.line) for pick in picks for name in _names(pick)}
    return frozenset(found)


def beside_of(maps: Iterable[Mapped]) -> frozenset[str]:
    """Names of all lists that stand beside messages."""
    return frozenset(name for one in maps for message in one.messages for name in message.also)


def _names(pick: Pick) -> Iterable[str]:
    if pick.lookup:
        yield pick.lookup
    for one in (*pick.first, *pick.join, *((pick.of,) if pick.of else ())):
        yield from _names(one)


def _mapped(section: Section, known: frozenset[str]) -> Mapped:
    kind = section.choice("as", tuple(_PICKS_BY_KIND), "customer")
    required = _REQUIRED_BY_KIND.get(kind, ())
    found = {name: pick_in(section, name, is_required=name in required) for name in _PICKS_BY_KIND[kind]}
    is_talk = kind == "conversation"
    mapped = Mapped(
        kind=kind,
        id=pick_in(section, "id", is_required=True) or _NO_PICK,
        line=section.line,
        pick_by_name={name: pick for name, pick in found.items() if pick is not None},
        properties=picks_by_name(section, "properties") if kind != "note" else {},
        spread=_spread(section) if kind != "note" else (),
        closed=tests_in(section, "closed") if is_talk else (),
        skip=tests_in(section, "skip"),
        deleted=tests_in(section, "deleted"),
        channel=Channel(section.choice("channel", [one.value for one in Channel], "email"))
        if is_talk
        else Channel.EMAIL,
        messages=_messages(section, known) if is_talk else (),
        owner=section.choice("on_kind", ("customer", "company", "conversation"), "customer") if kind == "note" else "",
    )
    section.done()
    return mapped


def _spread(section: Section) -> tuple[Spread, ...]:
    """Where properties stand whose names the source chose."""
    found: list[Spread] = []
    for said in section.parts("all_of"):
        one = Section(said, section.problems, "all_of")
        pick = Pick(path=one.text("path", is_required=True))
        spread = Spread(
            pick, one.text("prefix"), frozenset(one.texts("without")), pick_in(one, "name"), pick_in(one, "value")
        )
        if (spread.name is None) is not (spread.value is None):
            section.problems.add(one.line, "all_of says name without value, or value without name")
        found.append(spread)
        one.done()
    return tuple(found)


def _messages(section: Section, known: frozenset[str]) -> tuple[MessageMap, ...]:
    return tuple(_message(Section(said, section.problems, "messages"), known) for said in section.parts("messages"))


def _message(section: Section, known: frozenset[str]) -> MessageMap:
    if "text" not in section and "html" not in section:
        section.problems.add(section.line, "messages says neither text nor html")
    message = MessageMap(
        id=pick_in(section, "id", is_required=True) or _NO_PICK,
        at=pick_in(section, "at", is_required=True) or _NO_PICK,
        records=section.text("records", "."),
        request=request_in(section, "request", known | {"id", "ids"}),
        ids=pick_in(section, "ids"),
        text=pick_in(section, "text"),
        html=pick_in(section, "html"),
        kinds=_kinds(section),
        name=pick_in(section, "name"),
        address=pick_in(section, "address"),
        subject=pick_in(section, "subject"),
        skip=tests_in(section, "skip"),
        note=tests_in(section, "note"),
        also=_beside(section),
    )
    section.done()
    return message


def _beside(section: Section) -> dict[str, Beside]:
    inside = section.section("also")
    found: dict[str, Beside] = {}
    for name in inside.names() if inside else ():
        said = inside.part(name) if inside else None
        if said is not None and isinstance(said.content, str):
            found[name] = Beside(said.content, _ID)
        elif said is not None:
            one = Section(said, section.problems, f"also {name}")
            found[name] = Beside(one.text("at", is_required=True), pick_in(one, "key") or _ID)
            one.done()
    return found


def _kinds(section: Section) -> dict[AuthorKind, tuple[Test, ...]]:
    """Who wrote a message: the first kind whose test holds; a customer where no kind is named or holds."""
    inside = section.section("by")
    if inside is None:
        return {}
    found = {kind: tests_in(inside, kind.value) for kind in AuthorKind}
    inside.done()
    return {kind: tests for kind, tests in found.items() if tests}
