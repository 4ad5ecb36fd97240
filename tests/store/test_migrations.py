"""The migrations are frozen: together they make, word for word, the tables that the code speaks of."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from sqlalchemy import MetaData, create_mock_engine

from console.store.migrating import frozen
from console.store.schema import derived, journal, workspace


@pytest.mark.parametrize(
    ("part", "versions", "metadata", "triggers"),
    [
        (
            "workspace",
            (
                "w0001_first",
                "w0002_relationships",
                "w0003_counts",
                "w0004_stream",
                "w0005_journal_traces",
                "w0006_winners_by_key",
                "w0007_sources_and_outbox",
                "w0008_streams_of_sources",
                "w0009_trust",
            ),
            workspace.metadata,
            derived.STATEMENTS,
        ),
        ("journal", ("j0001_first",), journal.metadata, ()),
    ],
)
def test_the_migrations_make_the_tables_that_the_code_speaks_of(
    part: str, versions: tuple[str, ...], metadata: MetaData, triggers: tuple[str, ...]
) -> None:
    """A change of a table needs a migration of its own (docs/architecture.md); one that went out never changes again."""
    made = _standing(statement for version in versions for statement in frozen(part, version))
    assert sorted(made) == sorted([*_statements(metadata), *triggers])


def _standing(statements: Iterable[str]) -> list[str]:
    """The statements that made what is still there: what a later version drops is gone."""
    made: list[str] = []
    for statement in statements:
        words = statement.split()
        if words[0] == "DROP":
            kept = [one for one in made if one.replace(" UNIQUE INDEX ", " INDEX ").split()[1:3] != words[1:3]]
            assert len(kept) == len(made) - 1, statement
            made = kept
        elif words[0] == "ALTER":
            made = [_widened(one, words[2], statement.partition(" ADD COLUMN ")[2]) for one in made]
        else:
            made.append(statement)
    return made


def _widened(made: str, table: str, column: str) -> str:
    """A statement that makes a table, with one column more behind the others."""
    if not made.startswith(f"CREATE TABLE {table} "):
        return made
    place = min(found for mark in (", PRIMARY KEY (", ", UNIQUE (", " )") if (found := made.find(mark)) > 0)
    return f"{made[:place]}, {column}{made[place:]}"


def _statements(metadata: MetaData) -> list[str]:
    said: list[str] = []
    engine = create_mock_engine(
        "sqlite://", lambda what, *_, **__: said.append(_flat(str(what.compile(dialect=engine.dialect))))
    )
    metadata.create_all(engine, checkfirst=False)
    return said


def _flat(statement: str) -> str:
    return " ".join(statement.split())
