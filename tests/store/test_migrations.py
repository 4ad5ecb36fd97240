"""The first migration is frozen: it makes, word for word, the tables that the code speaks of."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, create_mock_engine

from console.store.migrating import first_statements
from console.store.schema import journal, workspace


@pytest.mark.parametrize(("part", "metadata"), [("workspace", workspace.metadata), ("journal", journal.metadata)])
def test_the_migrations_make_the_tables_that_the_code_speaks_of(part: str, metadata: MetaData) -> None:
    """A change of a table needs a migration of its own (docs/architecture.md); the first one never changes again."""
    assert sorted(first_statements(part)) == sorted(_statements(metadata))


def _statements(metadata: MetaData) -> list[str]:
    said: list[str] = []
    engine = create_mock_engine(
        "sqlite://", lambda what, *_, **__: said.append(_flat(str(what.compile(dialect=engine.dialect))))
    )
    metadata.create_all(engine, checkfirst=False)
    return said


def _flat(statement: str) -> str:
    return " ".join(statement.split())
