"""Kinds of source as a teammate meets them: what they bring, what they ask for, what they take back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FieldKind(StrEnum):
    """How one thing that a source needs is asked for. A ``SECRET`` is kept apart from the settings and never shown again."""

    TEXT = "text"
    URL = "url"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    FILE = "file"
    FOLDER = "folder"
    SECRET = "secret"  # the name of a kind of field, not a secret


@dataclass(frozen=True, slots=True)
class SourceField:
    """One thing that a source needs to be told. ``hint`` is an example or says where it is found; ``choices`` of a ``CHOICE``."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    default: str = ""
    is_required: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceStream:
    """One stream that a source can bring. ``limits`` says in a sentence what the source never gives of it; empty: nothing missing."""

    name: str
    label: str
    limits: str = ""


@dataclass(frozen=True, slots=True)
class SourceKind:
    """One kind of source: the name that settings keep, the title on screen, one line about what it brings.

    ``tried`` says honestly against what it was tried; where it never met a live server, this sentence says so on screen.
    ``writes`` are the kinds of sending that it takes back (``domain.outbox.WriteKind`` values). ``icon`` is one of ours.
    """

    name: str
    title: str
    brings: str
    icon: str
    fields: tuple[SourceField, ...] = ()
    streams: tuple[SourceStream, ...] = ()
    writes: tuple[str, ...] = ()
    tried: str = ""
    search_words: tuple[str, ...] = ()


def kind_of_tree(tree: Mapping[str, Any]) -> SourceKind:
    """A kind that went through JSON as ``dataclasses.asdict`` takes it apart."""
    fields = tuple(
        SourceField(**{**one, "kind": FieldKind(one["kind"]), "choices": tuple(one["choices"])})
        for one in tree["fields"]
    )
    streams = tuple(SourceStream(**one) for one in tree["streams"])
    lists = {name: tuple(tree[name]) for name in ("writes", "search_words")}
    return SourceKind(**{**tree, **lists, "fields": fields, "streams": streams})
