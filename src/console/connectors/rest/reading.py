"""Reading a manifest: text in, ``Manifest`` out, or every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.connectors.rest.lines import Problems, Said, tree_of
from console.connectors.rest.manifest import Cursor, Manifest, Mapped, Signing, Stream, Trial
from console.connectors.rest.reading_maps import beside_of, lookups_of, maps_in
from console.connectors.rest.reading_picks import picks_by_name
from console.connectors.rest.reading_requests import (
    cursor_in,
    lists_in,
    parent_in,
    request_in,
    request_of,
    window_in,
)
from console.connectors.rest.reading_writes import writes_in
from console.connectors.rest.sections import Section
from console.connectors.rest.signing import TOKENS
from console.connectors.rest.templates import names_in
from console.domain.source_kinds import FieldKind, SourceField

_FORMAT = 1
_NAME = re.compile(r"[a-z][a-z0-9_-]{1,30}")
_OWN_FIELDS = frozenset({"allow_private", "own_addresses", "manifest"})


def manifest_of(text: str) -> Manifest:
    """The manifest that ``text`` (YAML) is. Raises SourceError that lists every mistake with its line."""
    problems = Problems()
    section = Section(tree_of(text), problems, "the manifest")
    if section.number("manifest", 0) != _FORMAT:
        problems.add(section.line, f"the manifest does not begin with manifest: {_FORMAT}")
    fields = tuple(_field(Section(said, problems, "field")) for said in section.parts("fields"))
    settings = frozenset(field.name for field in fields if field.kind is not FieldKind.SECRET)
    manifest = Manifest(
        name=_name(section),
        title=section.text("title", is_required=True),
        brings=section.text("brings", is_required=True),
        icon=section.text("icon", "globe"),
        tried=section.text("tried", is_required=True),
        search_words=section.texts("search_words"),
        fields=fields,
        address=_template(section, "address", settings),
        hosts=section.texts("hosts"),
        signing=_signing(section, fields),
        headers=section.text_by_name("headers"),
        seconds_between_requests=section.number("pace", 0, most=60),
        limit_headers=_limit_headers(section),
        seconds_between_pulls=section.span("every").total_seconds() or 300.0,
        trial=_trial(section, settings),
        lists=lists_in(section, settings | {"parent"}),
        streams=_streams(section, settings),
        writes=writes_in(section, settings),
    )
    _check_whole(manifest, problems)
    section.done()
    problems.raise_if_any()
    return manifest


def _name(section: Section) -> str:
    name = section.text("name", is_required=True)
    if name and not _NAME.fullmatch(name):
        section.problems.add(section.line, "name must be of small letters, digits, _ and -, two to 31 of them")
    return name


def _field(section: Section) -> SourceField:
    name = section.text("name", is_required=True)
    if name in _OWN_FIELDS:
        section.problems.add(section.line, f"a field {name} is there already")
    found = SourceField(
        name=name,
        label=section.text("label", is_required=True),
        kind=FieldKind(section.choice("kind", [kind.value for kind in FieldKind], "text")),
        hint=section.text("hint"),
        default=section.text("default"),
        is_required=section.flag("required", default=True),
        choices=section.texts("choices"),
    )
    section.done()
    return found


def _template(section: Section, name: str, settings: frozenset[str]) -> str:
    found = section.text(name, is_required=True)
    for unknown in sorted(names_in(found) - settings):
        section.problems.add(section.line, f"{name} uses {{{unknown}}}, and no field is called so")
    return found


def _signing(section: Section, fields: tuple[SourceField, ...]) -> Signing:
    found = section.section("sign_in")
    secrets = [field.name for field in fields if field.kind is FieldKind.SECRET]
    if len(secrets) > 1:
        section.problems.add(section.line, "only one field may be a secret")
    if found is None:
        return Signing()
    kind = found.choice("kind", ("bearer", "basic", "header", "client_credentials", "service_account", "none"), "none")
    signing = Signing(
        kind,
        found.text("name"),
        found.text("secret", "{secret}"),
        found.text("token", is_required=kind in TOKENS),
        found.text("scope"),
        found.text("audience"),
    )
    if kind in {"basic", "header", "client_credentials"} and not signing.name:
        section.problems.add(found.line, f"sign_in by {kind} lacks name")
    known = frozenset(field.name for field in fields) | {"secret"}
    for unknown in sorted(names_in([signing.name, signing.secret, signing.token]) - known):
        section.problems.add(found.line, f"sign_in uses {{{unknown}}}, and no field is called so")
    found.done()
    return signing


def _limit_headers(section: Section) -> tuple[tuple[str, str], ...]:
    found = []
    for said in section.parts("limits"):
        one = Section(said, section.problems, "limits")
        found.append((one.text("left", is_required=True).lower(), one.text("reset", is_required=True).lower()))
        one.done()
    return tuple(found)


def _trial(section: Section, settings: frozenset[str]) -> Trial:
    found = section.section("check")
    if found is None:
        section.problems.add(section.line, "the manifest lacks check: a request that shows that the source answers")
        return Trial(request_of(Section(Said({"path": Said(".", 1)}, 1), Problems(), "check"), settings), "")
    sentence = found.text("sentence", "It answers.")
    facts = picks_by_name(found, "facts")
    return Trial(request_of(found, settings), sentence, facts)


def _streams(section: Section, settings: frozenset[str]) -> tuple[Stream, ...]:
    found: list[Stream] = []
    for said in section.parts("streams"):
        found.append(_stream(Section(said, section.problems, "stream"), settings, found))
    if not found:
        section.problems.add(section.line, "the manifest lacks streams")
    names = [stream.name for stream in found]
    for name in sorted({name for name in names if names.count(name) > 1}):
        section.problems.add(section.line, f"two streams are called {name}")
    return tuple(found)


def _stream(section: Section, settings: frozenset[str], former: Sequence[Stream]) -> Stream:
    name = section.text("name", is_required=True)
    section.what = f"stream {name}"
    cursor, window, parent = cursor_in(section), window_in(section), parent_in(section, settings)
    known = set(settings)
    if parent is not None:
        known.add("parent")
    known |= _from_cursor(cursor) | ({"since", "until"} if window else set())
    if window and (cursor is None or cursor.at is None):
        section.problems.add(section.line, f"stream {name} has a window, which needs a cursor by field")
    stream = Stream(
        name=name,
        label=section.text("label", name.capitalize()),
        limits=section.text("limits"),
        cursor=cursor,
        window=window,
        parent=parent,
        detail=request_in(section, "detail", settings | {"id", "parent"}),
        is_snapshot=section.flag("snapshot"),
        maps=_maps(section, settings, former),
        request=request_of(section, frozenset(known)),
    )
    is_by_token = cursor is not None and cursor.at is None
    if stream.is_snapshot and (is_by_token or len(stream.maps) != 1 or parent is not None):
        sentence = f"stream {name} is a snapshot: it has one map, no parent and no cursor by token"
        section.problems.add(section.line, sentence)
    if stream.is_snapshot and stream.request.paging.most:
        section.problems.add(section.line, f"stream {name} is a snapshot: a most would cut it, and the rest seem gone")
    return stream


def _maps(section: Section, settings: frozenset[str], former: Sequence[Stream]) -> tuple[Mapped, ...]:
    """Its own, or those of a stream before it whose records are the same."""
    like = section.text("map_of")
    if not like:
        return maps_in(section, settings | {"parent"})
    found = next((stream.maps for stream in former if stream.name == like), ())
    if not found:
        section.problems.add(section.line, f"map_of names {like}, and no stream before is called so")
    return found


def _from_cursor(cursor: Cursor | None) -> set[str]:
    if cursor is None:
        return set()
    return {"token"} if cursor.token else {"since"}


def _check_whole(manifest: Manifest, problems: Problems) -> None:
    known = {*manifest.lists, *beside_of(one for stream in manifest.streams for one in stream.maps)}
    for name, line in sorted(lookups_of(one for stream in manifest.streams for one in stream.maps)):
        if name not in known:
            problems.add(line, f"lookup names {name}, and no list is called so")
    kinds = [one.kind for stream in manifest.streams for one in stream.maps]
    for stream in manifest.streams:
        if stream.is_snapshot and kinds.count(stream.maps[0].kind) > 1:
            problems.add(
                stream.request.line, f"stream {stream.name} is a snapshot, but another stream brings the same kind"
            )
