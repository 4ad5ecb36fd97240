"""Search: found by words, the newest first, whatever is typed; the index follows what changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.records import OwnerKind
from console.domain.search import Hit, HitKind
from console.store import search as searching
from console.store import search_index
from console.store.changes import Stale, note_changes, prune
from console.store.connection import Connection
from console.store.refreshing import Touched, refresh
from console.store.schema.search import is_of_this_version, segments
from console.store.workspace import Workspace

_MESSAGES = frozenset({HitKind.MESSAGE})


def test_messages_are_found_newest_first_one_a_conversation_with_the_words_marked(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        old = put.conversation(connection, "First", "my lamp is broken", at=NOW - timedelta(days=1))
        new = put.conversation(connection, "Second", "the lamp again", "still this Lämp!", "thanks", at=NOW)
    _indexed(workspace)

    hits = searching.search(workspace, "lamp", 10, _MESSAGES)

    assert [hit.conversation_id for hit in hits] == [new, old]
    assert [_marked(hit) for hit in hits] == [["Lämp"], ["lamp"]]


def test_customers_companies_and_notes_are_found_by_what_is_known_of_them(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada Løve", "ada@north.example")
        north = put.company(connection, "North peak")
        put.member(connection, ada, north)
        known = put.stable_id("identity", "1", "customer", "ada@north.example")
        put.claim(connection, known, "hobby", "paragliding")
        put.tag(connection, OwnerKind.CUSTOMER, ada, "golden")
        put.note(connection, OwnerKind.CUSTOMER, ada, "n1", "prefers the telephone")
        refresh(connection, Touched(customers={ada}))
    _indexed(workspace)

    def found(query: str) -> list[tuple[str, str]]:
        return [(hit.kind.value, hit.id) for hit in searching.search(workspace, query, 10)]

    customer = ("customer", str(ada))
    assert found("ada@north.example") == [customer]
    assert found("parag") == [customer]
    assert found("golden") == [customer]
    assert found("north p") == [customer, ("company", str(north))]
    assert found("telephone") == [("note", "n1")]
    assert "paragliding" in searching.search(workspace, "paragliding", 10)[0].snippet


def test_the_index_follows_changes_and_deletions(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada", "ada@north.example")
        talk = put.conversation(connection, "Lamp", "broken", "useless", customer_id=ada)
        put.note(connection, OwnerKind.CONVERSATION, talk, "n1", "replacement promised")
    _indexed(workspace)

    with workspace.database.write() as connection:
        connection.exec_driver_sql("UPDATE messages SET text = 'repaired' WHERE text = 'broken'")
        connection.exec_driver_sql("UPDATE messages SET gone_at = 1 WHERE text = 'useless'")
        connection.exec_driver_sql("UPDATE notes SET deleted_at = 1")
        connection.exec_driver_sql("UPDATE customers SET name = 'Grace' WHERE id = ?", (ada,))
        note_changes(connection, Stale.CONVERSATION, [talk])
        note_changes(connection, Stale.CUSTOMER, [ada])
    _indexed(workspace)

    assert [len(searching.search(workspace, word, 10)) for word in ("broken", "useless", "promised", "repaired")] == [
        0,
        0,
        0,
        1,
    ]
    assert [hit.title for hit in searching.search(workspace, "grace", 10)] == ["Grace"]
    assert not [hit for hit in searching.search(workspace, "ada", 10) if hit.title == "Ada"]
    assert _index_is_whole(workspace)


def test_a_batch_too_big_for_the_feed_and_pruned_changes_are_found_all_the_same(workspace: Workspace) -> None:
    _indexed(workspace)
    with workspace.database.write() as connection:
        put.source(connection)
        for place in range(30):
            put.conversation(connection, f"Subject {place}", f"text{place}", at=NOW - timedelta(minutes=place))
        connection.exec_driver_sql("DELETE FROM changes")
        connection.exec_driver_sql("INSERT INTO changes (seq, kind) VALUES (90000, 'tag'), (90001, 'conversation')")
        prune(connection)
    _indexed(workspace, budget=7)

    assert all(searching.search(workspace, f"text{place} ", 5, _MESSAGES) for place in range(30))
    assert _index_is_whole(workspace)


def test_indexing_again_changes_nothing(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        put.conversation(connection, "Lamp", "broken")
    _indexed(workspace)

    before = _segments(workspace)
    with workspace.database.write() as connection:
        note_changes(connection, Stale.CONVERSATION, [put.stable_id("conversation", "Lamp")])
    _indexed(workspace)

    assert _segments(workspace) == before


def test_an_index_of_an_older_version_is_built_again(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        put.conversation(connection, "Lamp", "broken")
    with workspace.search.write() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '1' WHERE name = 'version'")

    assert searching.search(workspace, "broken", 5) == ()
    _indexed(workspace)
    assert len(searching.search(workspace, "broken", 5)) == 1


def test_a_search_reads_the_index_backwards_and_sorts_nothing(workspace: Workspace) -> None:
    with workspace.search.read() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {searching.MATCHING}", ("a", 1, 1)).fetchall())

    assert "TEMP B-TREE" not in plan


@given(query=st.text() | st.text(alphabet="\"*^():{}+-,.\0 aNOTRDE'\\;ß\u0301"))
@example('"')
@example("NEAR(a b, 3)")
@example("subject : x")
@example("\ud800a")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_a_question_and_never_an_error(workspace: Workspace, query: str) -> None:
    searching.search(workspace, query, 5)


@pytest.mark.parametrize("query", ["a", "the lamp", '"the lamp"'])
def test_what_is_found_holds_every_word(workspace: Workspace, query: str) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        for place, text in enumerate(("the lamp", "lamp the", "an apple", "the", "")):
            put.conversation(connection, f"{place}", text or "nothing", at=NOW - timedelta(minutes=place))
    _indexed(workspace)

    found = {hit.title for hit in searching.search(workspace, query, 10, _MESSAGES)}

    assert found == {"a": {"2"}, "the lamp": {"0", "1"}, '"the lamp"': {"0"}}[query]


def test_the_first_letter_of_a_word_finds_every_word_that_begins_with_it(workspace: Workspace) -> None:
    """It is asked for by two letters each, which must not miss a word that asking for one letter would find."""
    with workspace.database.write() as connection:
        put.source(connection)
        for place, text in enumerate(
            ("l", "lamp", "Lørdag", "l8r", "Łódź", "лампа", "é", "red Élan", "small", "λάμπα")
        ):
            put.conversation(connection, text, f"red {text}", at=NOW - timedelta(minutes=place))
    _indexed(workspace)

    for letter in ("l", "r", "л", "e", "E", "λ", "ł", "8"):
        with workspace.search.read() as connection:
            plain = connection.exec_driver_sql(searching.MATCHING, (f'"{letter}"*', 2**62, 50)).fetchall()
        hits = searching.search(workspace, letter, 50, _MESSAGES)
        assert [int(hit.id) for hit in hits] == [row[0] for row in plain]
    assert {hit.title for hit in searching.search(workspace, '"red l', 50, _MESSAGES)} == {"l", "lamp", "Lørdag", "l8r"}


def _indexed(workspace: Workspace, budget: int = 500) -> None:
    while searching.index(workspace, budget):
        pass


def _marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.spans]


def _segments(workspace: Workspace) -> int:
    with workspace.search.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM message_words_idx").scalar_one()


def _index_is_whole(workspace: Workspace) -> bool:
    with workspace.search.read() as connection:
        indexed = _numbers(connection, "SELECT id FROM message_rows"), _numbers(connection, "SELECT key FROM note_rows")
        docs = _numbers(connection, "SELECT id FROM message_words_docsize")
    with workspace.database.read() as connection:
        there = (
            _numbers(connection, "SELECT id FROM messages WHERE gone_at IS NULL"),
            _numbers(connection, "SELECT id FROM notes WHERE deleted_at IS NULL"),
        )
    return indexed == there and docs == indexed[0]


def _numbers(connection: Connection, statement: str) -> set[object]:
    return {row[0] for row in connection.exec_driver_sql(statement).fetchall()}


def test_segments_of_the_index_do_not_pile_up_while_very_many_messages_come_in(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As large an index in small: each write is a segment of some pages, and a step merges one page.
    monkeypatch.setattr(search_index, "_ROWS_A_WRITE", 1)
    monkeypatch.setattr(search_index, "_MERGED_PAGES", 1)
    monkeypatch.setattr(search_index, "_SEGMENTS_A_STEP", 3)
    with workspace.database.write() as connection:
        put.source(connection)
        texts = (" ".join(f"word{n * m % 9973}" for m in range(1, 400)) for n in range(1, 401))
        put.conversation(connection, "Long", *texts, at=NOW)
    most = 0
    while searching.index(workspace, 25):
        with workspace.search.read() as connection:
            if is_of_this_version(connection):
                most = max(most, connection.exec_driver_sql(segments("message")).scalar_one())

    assert 1 <= most <= 25
