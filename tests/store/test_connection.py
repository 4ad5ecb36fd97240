"""The store's own connection: the rows that SQLAlchemy reads, whole results, and nothing left open behind it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import StaticPool, create_engine
from tests.store import rows as made
from tests.store.rows import NOW
from tests.store.world import World, chat, customer

import console
from console.domain.edits import AddTag, MergeCustomers, Owner, WriteNote
from console.domain.ids import CustomerId
from console.domain.inbox import ConversationState, InboxFilter
from console.domain.records import OwnerKind
from console.store import conversations, directory, inbox, profiles, search
from console.store.changes import changes_since
from console.store.connection import Connection, Result
from console.store.database import sqlcipher
from console.store.errors import StoreError
from console.store.workspace import Workspace

_SOURCES = Path(console.__file__ or "").parents[1]
_IMPORTING = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import console.store
for module in pkgutil.iter_modules(console.store.__path__, "console.store."):
    if module.name not in ("console.store.exports", "console.store.migrations"):
        importlib.import_module(module.name)
print("sqlalchemy" in sys.modules)
"""


def test_all_that_readers_ask_has_the_same_rows_through_sqlalchemy(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = _busy_day(workspace)
    noted: list[tuple[str, str, Any]] = []
    plain = Connection.exec_driver_sql

    def noting(connection: Connection, statement: str, arguments: Any = ()) -> Result:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            file = connection.raw.execute("PRAGMA database_list").fetchone()[2]
            noted.append((file, statement, arguments))
        return plain(connection, statement, arguments)

    monkeypatch.setattr(Connection, "exec_driver_sql", noting)
    _read_everything(workspace, world)
    monkeypatch.undo()

    assert len({statement for _, statement, _ in noted}) > 40
    for database in (workspace.database, workspace.search):
        with database.read() as connection:
            raw = connection.raw
            engine = create_engine(
                "sqlite://", module=sqlcipher, creator=lambda raw=raw: raw, poolclass=StaticPool,
                pool_reset_on_return=None,
            )  # fmt: skip
            with engine.connect() as theirs:
                for _, statement, arguments in (one for one in noted if one[0] == str(database.path)):
                    wanted = theirs.exec_driver_sql(statement, arguments)
                    found = connection.exec_driver_sql(statement, arguments).fetchall()
                    assert [row.by_name() for row in found] == [dict(row._mapping) for row in wanted.fetchall()]


def test_a_row_is_a_tuple_with_names(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        row = connection.exec_driver_sql("SELECT 1 AS id, 'Ada' AS name, count(*) FROM customers").one()

    assert row == (1, "Ada", 0)
    assert (row.id, row.name) == (1, "Ada")
    assert row.by_name() == {"id": 1, "name": "Ada", "count(*)": 0}
    with pytest.raises(AttributeError):
        _ = row.email


def test_one_row_is_asked_for_and_there_are_none_or_two(workspace: Workspace) -> None:
    with workspace.database.read() as connection:
        assert connection.exec_driver_sql("SELECT 1 WHERE 0").one_or_none() is None
        assert connection.exec_driver_sql("SELECT 1 WHERE 0").scalar() is None
        for nothing in (Result.one, Result.scalar_one):
            with pytest.raises(LookupError, match="there is none"):
                nothing(connection.exec_driver_sql("SELECT 1 WHERE 0"))
        with pytest.raises(LookupError, match="there are 2"):
            connection.exec_driver_sql("SELECT 1 UNION SELECT 2").one_or_none()
        assert connection.exec_driver_sql("SELECT 1 UNION SELECT 2 ORDER BY 1").first() == (1,)


def test_the_first_of_many_rows_leaves_no_statement_open(workspace: Workspace) -> None:
    """An open one would keep the transaction's snapshot, and the log could not be moved into the file."""
    with workspace.database.write() as connection:
        connection.exec_driver_sql("INSERT INTO tags (id, name, created_at) VALUES (?, ?, 0)", [(1, "one"), (2, "two")])
    with workspace.database.bare() as connection:
        results = [connection.exec_driver_sql("SELECT name FROM tags ORDER BY id") for _ in range(2)]
        assert (results[0].scalar(), results[1].first()) == ("one", ("one",))
        with workspace.database.write() as writing:
            writing.exec_driver_sql("DELETE FROM tags")
        assert connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0] == 0


def test_what_fails_half_way_leaves_nothing_and_the_connection_serves_again(workspace: Workspace) -> None:
    def fail() -> None:
        with workspace.database.write() as connection:
            connection.exec_driver_sql("INSERT INTO tags (id, name, created_at) VALUES (1, 'half', 0)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with workspace.database.write() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM tags").scalar_one() == 0


def test_readers_beside_each_other_have_connections_of_their_own(workspace: Workspace) -> None:
    with workspace.database.read() as one, workspace.database.read() as other:
        assert one.raw is not other.raw
    with workspace.database.read() as again:
        assert again.raw in (one.raw, other.raw)


def test_a_closed_database_is_not_read(workspace: Workspace) -> None:
    workspace.database.close()

    with pytest.raises(StoreError), workspace.database.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM customers")


def test_sqlalchemy_is_not_imported_by_what_reads_and_writes() -> None:
    """It takes a quarter of a second of every start; tables, migrations and exports alone need it."""
    found = subprocess.run(
        [sys.executable, "-c", _IMPORTING, str(_SOURCES)], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == ["False"]


def _busy_day(workspace: Workspace) -> World:
    world = World(workspace)
    world.take(
        customer("1", "ada@north.example", name="Ada", company__name="North peak", plan="free", city="Oslo"),
        customer("2", "bo@south.example", name="Bo"),
        customer("3", "cy@north.example", name="Cy", company__name="North peak"),
        chat("c1", "1", "the lamp is broken"),
        chat("c2", None, "anonymous praise of the lamp"),
    )
    ada, bo = world.customer("ada@north.example"), world.customer("bo@south.example")
    world.do(WriteNote(Owner(OwnerKind.CUSTOMER, ada), "n1", "prefers lamps"))
    world.do(AddTag(Owner(OwnerKind.CUSTOMER, ada), "vip"))
    world.do(MergeCustomers(CustomerId(ada), CustomerId(bo)))
    with workspace.database.write() as connection:
        made.event(connection, ada, "logged in", NOW - timedelta(days=3), from_="web")
        conversation = made.conversation(
            connection, "Lamps", "one lamp", "two lamps", customer_id=ada, assignee="Marta"
        )
        made.tag(connection, OwnerKind.CONVERSATION, conversation, "urgent")
    while search.index(workspace, 50):
        pass
    return world


def _read_everything(workspace: Workspace, world: World) -> None:
    ada = world.customer("ada@north.example")
    with workspace.database.read() as connection:
        profile = profiles.profile(connection, ada, now=NOW)
        profiles.profile_at(connection, ada, world.at)
        profiles.company(connection, profile.companies[0].id, now=NOW)
        profiles.property_history(connection, OwnerKind.CUSTOMER, ada, "plan")
        profiles.customer_called(connection, "ada@north.example")
        for card in profile.conversations:
            conversations.head(connection, card.id)
            conversations.turns(connection, card.id, None, 20)
        for wanted in (
            InboxFilter(),
            InboxFilter(ConversationState.CLOSED),
            InboxFilter(tag="urgent"),
            InboxFilter(assignee="Marta"),
            InboxFilter(customer=CustomerId(ada)),
        ):
            inbox.rows(connection, wanted, None, 20, now=NOW)
        inbox.counts(connection, now=NOW)
        directory.list_customers(connection, "plan=free", 5)
        changes_since(connection, 0)
    for query in ("lamp", "lam", "ada", "north", "prefers"):
        assert search.search(workspace, query, 20)
