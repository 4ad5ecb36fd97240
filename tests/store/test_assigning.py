"""Whose a conversation could be."""

from __future__ import annotations

from datetime import timedelta

from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.assigning import CandidateGroup
from console.store import assigning, search
from console.store.connection import Connection
from console.store.refreshing import Touched, refresh
from console.store.schema import workspace as tables
from console.store.workspace import Workspace


def test_a_nickname_that_was_assigned_before_is_strong_evidence(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _people(connection)
        put.conversation(connection, "old review", "nice", customer_id=ada, nickname="lampfan")
        new = put.conversation(connection, "new review", "nice", nickname="lampfan")

    with workspace.database.read() as connection:
        first = assigning.candidates(connection, new, "", 5)[0]

    assert (first.customer.id, first.is_strong, first.group) == (ada, True, CandidateGroup.SUGGESTED)
    assert "lampfan" in first.reason


def test_a_nickname_of_two_customers_decides_nothing(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _people(connection)
        bo = put.stable_id("customer", "bo@south.example")
        put.conversation(connection, "r1", "nice", customer_id=ada, nickname="anonymous")
        put.conversation(connection, "r2", "nice", customer_id=bo, nickname="anonymous")
        new = put.conversation(connection, "r3", "nice", nickname="anonymous")

    with workspace.database.read() as connection:
        found = assigning.candidates(connection, new, "", 5)

    assert {one.customer.id: one.is_strong for one in found if one.group is CandidateGroup.SUGGESTED} == {
        ada: False,
        bo: False,
    }


def test_addresses_and_names_that_take_part_suggest_their_customers(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _people(connection)
        talk = put.conversation(connection, "Lamp", "broken")
        for address, name, role in (("ada@north.example", "", "from"), ("x@elsewhere.example", "Bo Berg", "cc")):
            put.put(connection, tables.participants, conversation_id=talk, address=address, name=name, role=role)

    with workspace.database.read() as connection:
        found = assigning.candidates(connection, talk, "", 5)

    assert [(one.customer.name, one.is_strong) for one in found[:2]] == [("Ada Arc", True), ("Bo Berg", False)]
    assert found[0].customer.id == ada


def test_typing_finds_beginnings_first_and_words_inside_too(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        _people(connection)
    while search.index(workspace, 100):
        pass

    with workspace.database.read() as connection, workspace.search.read() as words:
        for given in (None, words):

            def names(typed: str, given: Connection | None = given) -> list[str]:
                return [one.customer.name for one in assigning.candidates(connection, None, typed, 5, words=given)]

            assert names("ada@north.example") == ["Ada Arc"]
            assert names("bo") == ["Bo Berg"]
            assert names("BERG") == ["Bo Berg"]
            assert names("south") == ["Bo Berg"]
            assert names('nobody "') == []


def test_an_exact_address_of_one_customer_is_certain(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _people(connection)

    with workspace.database.read() as connection:
        found = assigning.exact(connection, " Ada@NORTH.example")
        typed = assigning.candidates(connection, None, "ada@north.example", 5)[0]

    assert found is not None
    assert found.id == ada
    assert (typed.customer.id, typed.is_strong) == (ada, True)


def test_without_a_word_the_customers_seen_last_are_offered(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        ada = _people(connection)
        bo = put.stable_id("customer", "bo@south.example")
        put.conversation(connection, "a", "x", customer_id=ada, at=NOW - timedelta(days=1))
        put.conversation(connection, "b", "x", customer_id=bo, at=NOW)
        refresh(connection, Touched(customers={ada, bo}))

    with workspace.database.read() as connection:
        found = assigning.candidates(connection, None, " ", 5)

    assert [(one.customer.id, one.group) for one in found] == [
        (bo, CandidateGroup.RECENT),
        (ada, CandidateGroup.RECENT),
    ]


def test_suggestions_and_beginnings_are_read_from_indexes(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        for statement, arguments in (
            (assigning._SAME_NICKNAME, (1,)),
            (assigning._SAME_ADDRESS, (1,)),
            (assigning._SAME_NAME, (1,)),
            (assigning._BY_NAME, ("a", "b", 1)),
            (assigning._BY_ADDRESS, ("a", "b", 1)),
            (assigning._RECENT, (1,)),
        ):
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", arguments)]
            scans = [step for step in plan if step.startswith("SCAN") and "USING INDEX" not in step]
            assert not [step for step in scans if step.split()[1] in {"u", "c", "o", "p", "k", "i", "messages"}], plan


def _people(connection: Connection) -> int:
    put.source(connection)
    ada = put.customer(connection, "Ada Arc", "ada@north.example")
    put.customer(connection, "Bo Berg", "bo@south.example")
    return ada
