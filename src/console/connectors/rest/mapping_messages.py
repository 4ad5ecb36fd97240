"""Messages and notes of a conversation out of JSON: who wrote them, and what, cleaned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from console.connectors.errors import RecordError
from console.connectors.html_cleaning import CleanedHtml, clean
from console.connectors.mail_text import scrub
from console.connectors.rest.manifest import MessageMap
from console.connectors.rest.paths import Scope, found_at
from console.connectors.rest.picks import any_holds, key_of, one_of, text_of
from console.connectors.rest.values import moment_in
from console.domain.address import canonical
from console.domain.channels import AuthorKind, OwnerKind
from console.domain.quoting import quoted_from
from console.domain.records import MessageRecord, NoteRecord, Person


def messages_of(
    maps: Sequence[MessageMap], scope: Scope, said: Sequence[Sequence[Any]], conversation: str, keys: str
) -> tuple[tuple[MessageRecord, ...], list[NoteRecord]]:
    """All messages in order of time, and the notes between them. Raises RecordError where one cannot be understood.

    ``said`` holds, for each map, what was asked for beside the record; maps without a request look into the record.
    """
    messages: dict[str, MessageRecord] = {}
    notes: list[NoteRecord] = []
    for position, message in enumerate(maps):
        asked = said[position] if message.request is not None and position < len(said) else None
        for inside in _scopes(message, scope, asked):
            if any_holds(message.skip, inside):
                continue
            key = key_of(message.id, inside)
            if any_holds(message.note, inside):
                notes.append(_note(message, inside, key, conversation))
                continue
            found = _message(message, inside, f"{keys}:{conversation}:{key}")
            if found is not None:
                messages[found.key] = found
    return tuple(sorted(messages.values(), key=lambda one: (one.at, one.key))), notes


def _scopes(message: MessageMap, scope: Scope, asked: Sequence[Any] | None) -> Iterator[Scope]:
    if asked is not None:
        yield from (scope.inside(one) for one in asked)
    elif message.records == ".":
        # The record itself is the message; ``^`` in its picks is the record as well.
        yield scope.inside(scope.record)
    else:
        for one in found_at(scope, message.records):
            yield from (scope.inside(part) for part in (one if isinstance(one, list) else [one]))


def _message(message: MessageMap, scope: Scope, key: str) -> MessageRecord | None:
    """None where nothing was said: many vendors list a change of state among the messages."""
    at = moment_in(message.at, scope)
    if at is None:
        raise RecordError("A message has no time.")
    cleaned, text = _words(message, scope)
    if not text.strip() and (cleaned is None or not cleaned.html):
        return None
    kind = _kind(message, scope)
    written = text_of(message.address, scope).strip()
    return MessageRecord(
        key=key,
        at=at,
        author_kind=kind,
        author=Person(canonical(written) or "", " ".join(text_of(message.name, scope).split()), written),
        text=text,
        html=cleaned.joined if cleaned else None,
        quoted_from=quoted_from(text),
        remote_images=cleaned.remote_images if cleaned else 0,
        subject=" ".join(text_of(message.subject, scope).split())[:1_000],
        is_read=kind is not AuthorKind.CUSTOMER,
    )


def _words(message: MessageMap, scope: Scope) -> tuple[CleanedHtml | None, str]:
    html, text = _text(message.html, scope), _text(message.text, scope)
    cleaned = clean(html) if html.strip() else None
    return cleaned, (scrub(text) if text.strip() or cleaned is None else cleaned.text).rstrip("\n")


def _text(pick: Any, scope: Scope) -> str:
    found = one_of(pick, scope)
    if found is None:
        return ""
    if isinstance(found, (dict, list)):
        raise RecordError("Where a message's words should stand, there is something else.")
    return str(found)


def _kind(message: MessageMap, scope: Scope) -> AuthorKind:
    for kind, tests in message.kinds.items():
        if any_holds(tests, scope):
            return kind
    named = set(message.kinds)
    return AuthorKind.TEAMMATE if named == {AuthorKind.CUSTOMER} else AuthorKind.CUSTOMER


def _note(message: MessageMap, scope: Scope, key: str, conversation: str) -> NoteRecord:
    at = moment_in(message.at, scope)
    if at is None:
        raise RecordError("A note has no time.")
    _cleaned, text = _words(message, scope)
    author = text_of(message.name, scope) or text_of(message.address, scope)
    return NoteRecord(key, OwnerKind.CONVERSATION, conversation, text, author, at)
