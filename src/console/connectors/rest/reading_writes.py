"""Reading out of a manifest how edits go back to the source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.connectors.rest.manifest import Request, Write
from console.connectors.rest.reading_picks import pick_in
from console.connectors.rest.reading_requests import request_in, request_of
from console.connectors.rest.sections import Section
from console.domain.channels import OwnerKind
from console.domain.outbox import WriteKind

# ``property`` for all, or ``property:customer`` and ``property:company`` where they go by different ways.
_NAMES = tuple(
    name for kind in WriteKind for name in (kind.value, *(f"{kind.value}:{owner.value}" for owner in OwnerKind))
)
_ALWAYS = frozenset({"id", "at", "by", "op_id", "current", "made"})
_KNOWN_BY_KIND = {
    "reply": frozenset({"text", "html"}),
    "note": frozenset({"text", "html"}),
    "tag": frozenset({"tag"}),
    "untag": frozenset({"tag"}),
    "state": frozenset({"state", "until"}),
    "assignment": frozenset({"teammate"}),
    "property": frozenset({"name", "value"}),
}


def writes_in(section: Section, settings: frozenset[str]) -> dict[str, Write]:
    """By what goes out (``reply``, ``property:customer`` …): the request that says it to the source."""
    inside = section.section("writes")
    found: dict[str, Write] = {}
    for name in inside.names() if inside else ():
        one = inside.section(name) if inside else None
        if one is None:
            continue
        if name not in _NAMES:
            one.problems.add(
                one.line,
                f"nothing that goes out is called {name}; known are {', '.join(kind.value for kind in WriteKind)}, each also with :customer, :company or :conversation",
            )
            continue
        found[name] = _write(one, settings | _ALWAYS | _KNOWN_BY_KIND[name.partition(":")[0]])
    return found


def _write(section: Section, known: frozenset[str]) -> Write:
    probe = section.section("probe")
    write = Write(
        before=request_in(section, "before", known),
        request=Request(path=""),
        first=request_in(section, "first", known, default_method="POST"),
        made=section.text("made"),
        receipt=section.text("receipt"),
        done=_statuses(section, "done"),
        stale=_statuses(section, "stale") or frozenset({409, 412}),
        theirs=section.text("theirs"),
        proof=section.text("proof"),
        version=section.text("version"),
        needs_match=section.flag("if_match"),
        values=_values(section),
        names=section.text_by_name("names"),
    )
    if write.needs_match and write.before is None:
        section.problems.add(section.line, f"{section.what} has if_match, which needs before")
    if write.proof and not (write.theirs and write.before):
        section.problems.add(section.line, f"{section.what} has proof, which needs before and theirs")
    if probe is not None:
        found, at, found_id = pick_in(probe, "text"), pick_in(probe, "at"), pick_in(probe, "id")
        write = replace(write, probe=request_of(probe, known), found=found, found_at=at, found_id=found_id)
        if found is None:
            section.problems.add(probe.line, "probe lacks text: where a listed message has its words")
    return replace(write, request=request_of(section, known, "POST"))


def _statuses(section: Section, name: str) -> frozenset[int]:
    return frozenset(int(one) for one in section.texts(name) if one.isdigit())


def _values(section: Section) -> dict[str, dict[str, Any]]:
    """By name (``state``, ``tag``): what our words are called there."""
    found = section.plain_by_name("values")
    return {
        name: {str(ours): theirs for ours, theirs in words.items()}
        for name, words in found.items()
        if isinstance(words, dict)
    }
