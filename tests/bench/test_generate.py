"""The workspaces of the benchmarks: reproducible, and of the shape that was promised."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from bench import generate
from console.domain.records import ConversationRecord
from console.store.workspace import Role, Workspace

_TINY = 0.0005


def test_the_same_scale_gives_the_same_pages() -> None:
    assert list(generate.pages(_TINY)) == list(generate.pages(_TINY))


def test_messages_are_as_long_and_customers_as_uneven_as_promised() -> None:
    talks = [
        record for page in generate.pages(_TINY) for record in page.records if isinstance(record, ConversationRecord)
    ]
    messages = [message for talk in talks for message in talk.messages]
    busiest = Counter(talk.customer_id for talk in talks).most_common(1)[0][0]

    assert 3 <= len(messages) / len(talks) <= 5
    assert 180 <= sum(len(message.text) for message in messages) / len(messages) <= 340
    assert busiest == f"u{generate.HEAVY}"


def test_few_words_are_most_of_what_is_said_and_most_words_are_rare() -> None:
    said = Counter(generate.text(random.Random(1), 40_000).split())

    assert said.most_common(1)[0][1] > 40
    assert sum(1 for count in said.values() if count == 1) > len(said) / 2


def test_a_workspace_of_it_opens_with_everything_in(tmp_path: Path) -> None:
    generate.fill(tmp_path / "tiny", _TINY)

    workspace = Workspace(tmp_path / "tiny", generate.KEY, Role.WINDOW)
    with workspace.database.read() as connection:
        found = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("companies", "customers", "conversations", "events")
        ]
    workspace.close()

    size = generate.counts(_TINY)
    assert found == [size.companies, size.customers, size.conversations, size.events + generate.more_events(size)]
