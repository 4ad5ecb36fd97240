"""The words that one looks for a line of the stream by."""

from __future__ import annotations

from typing import assert_never

from console.domain.activity import (
    Arrived,
    Changed,
    Happened,
    Line,
    Linked,
    Moved,
    Noted,
    Rated,
    Said,
    Tagged,
    Waiting,
)
from console.domain.values import Value, plain


def words_of(line: Line) -> str:
    """All that a line says, as one text."""
    return " ".join(part for part in (*_parts(line), line.customer_name) if part)


def _parts(line: Line) -> tuple[str, ...]:
    match line.what:
        case Said(subject=subject, author=author, excerpt=text) | Rated(subject=subject, author=author, excerpt=text):
            return subject, author, text
        case Happened(name=name):
            return (name,)
        case Noted(text=text, author=author):
            return text, author
        case Tagged(tag=tag, by=by):
            return tag, by
        case Changed(name=name, old=old, new=new, origin=origin):
            return name, _plain(old), _plain(new), origin.name
        case Arrived(source=source, external_id=external):
            return source, external
        case Linked(other_name=name, by=by):
            return name, by
        case Moved(segment=segment, source=source):
            return segment, source
        case Waiting(subject=subject, text=text, by=by):
            return subject, text, by
        case _:
            assert_never(line.what)


def _plain(value: Value | None) -> str:
    return "" if value is None else plain(value)
