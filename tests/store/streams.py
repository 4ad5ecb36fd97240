"""Reading streams in tests: whole, in pages of any size, and only what they say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.store.world import START, World

from console.domain.activity import (
    Line,
    StreamFilter,
    StreamPage,
)
from console.domain.edits import Owner
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    MessageRecord,
    Person,
)
from console.domain.values import Value, ValueKind
from console.store import activity

ADA, BEN = "ada@north.example", "ben@north.example"
EVERY = StreamFilter()


def read(world: World, owner: Owner, wanted: StreamFilter = EVERY, **how: Any) -> StreamPage:
    with world.workspace.database.read() as connection, world.workspace.search.read() as index:
        return activity.page(connection, owner, wanted, index=index, **how)


def everything(
    world: World,
    owner: Owner,
    wanted: StreamFilter = EVERY,
    sizes: list[int] | None = None,
) -> list[Line]:
    """The whole stream, in pages of these sizes."""
    lines: list[Line] = []
    page = StreamPage((), None)
    for turn in range(10_000):
        page = read(world, owner, wanted, before=page.following, limit=sizes[turn % len(sizes)] if sizes else 10_000)
        lines += page.lines
        if page.following is None:
            return lines
    raise AssertionError("the stream has no end")


def said(world: World, owner: Owner, *kinds: type) -> list[object]:
    return [line.what for line in everything(world, owner) if isinstance(line.what, kinds)]


def survey(external: str, score: int, **more: str) -> ConversationRecord:
    message = MessageRecord(f"{external}/1", START, AuthorKind.CUSTOMER, Person("", "Ada"), "Fast answers")
    values = {"nps": Value(ValueKind.NUMBER, Decimal(score))}
    return ConversationRecord(external, Channel.SURVEY, "How likely", (message,), "u1", properties=values)
