"""A workspace made of copies of a small one: whole, in agreement with itself, and as large as was promised."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import generate, multiply
from console.domain.health import Severity
from console.domain.search import HitKind
from console.store import search
from console.store.connection import Connection, Row
from console.store.health import doctor
from console.store.owner_rows import refresh_company_rows, refresh_customer_rows
from console.store.schema.derived import ACTIVITIES
from console.store.winners import refresh_company_winners, refresh_customer_winners
from console.store.workspace import Role, Workspace

_TINY, _COPIES = 0.002, 3
_RECORDS = """SELECT source_id, coalesce(stream, ''), kind, count(*) FROM records WHERE gone_at IS NULL
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("multiplied")
    generate.fill(folder / "small", _TINY)
    multiply.multiply(folder / "small", folder / "large", _COPIES, generate.KEY, f"u{generate.HEAVY}", generate.NOW)
    return folder / "small", folder / "large"


def _opened(place: Path) -> Workspace:
    return Workspace(place, generate.KEY, Role.SCRIPT)


def _count(connection: Connection, table: str, which: str = "true") -> int:
    return connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {which}").scalar_one()


@pytest.mark.slow
def test_the_doctor_finds_nothing_wrong_with_it(places: tuple[Path, Path]) -> None:
    workspace = _opened(places[1])

    findings = doctor(workspace)

    workspace.close()
    wrong = [one for one in findings if one.severity is not Severity.FINE]
    assert [one for one in wrong if one.check != "last backup"] == []


@pytest.mark.slow
def test_it_holds_everything_so_many_times_and_the_busiest_are_one(places: tuple[Path, Path]) -> None:
    small, large = _opened(places[0]), _opened(places[1])
    with small.database.read() as before, large.database.read() as after:
        for table in ("conversations", "messages", "events", "claims", "records", "memberships"):
            assert _count(after, table) == _COPIES * _count(before, table)
        for table in ("customers", "companies"):
            merged = _COPIES * _count(before, table) - (_COPIES - 1)
            assert _count(after, table, "merged_into IS NULL") == merged
        busiest = "SELECT count(*) FROM activities GROUP BY owner_id ORDER BY 1 DESC LIMIT 2"
        of_one = before.exec_driver_sql(busiest).fetchall()
        of_all = after.exec_driver_sql(busiest).fetchall()
    small.close()
    large.close()
    assert [row[0] for row in of_all] == [_COPIES * row[0] for row in of_one]


@pytest.mark.slow
def test_what_is_derived_is_what_it_would_be_worked_out_anew(places: tuple[Path, Path]) -> None:
    workspace = _opened(places[1])
    with workspace.database.write() as connection:
        differing = connection.exec_driver_sql(
            f"""SELECT (SELECT count(*) FROM (SELECT * FROM activities EXCEPT SELECT * FROM ({ACTIVITIES})))
                + (SELECT count(*) FROM (SELECT * FROM ({ACTIVITIES}) EXCEPT SELECT * FROM activities))"""
        ).scalar_one()
        counted = connection.exec_driver_sql(_RECORDS).fetchall()
        assert connection.exec_driver_sql("SELECT * FROM record_counts ORDER BY 1, 2, 3").fetchall() == counted
        kept = _derived(connection)
        customers, companies = (
            {row[0] for row in connection.exec_driver_sql(f"SELECT id FROM {table} WHERE merged_into IS NULL")}
            for table in ("customers", "companies")
        )
        refresh_customer_winners(connection, customers)
        refresh_customer_rows(connection, customers)
        refresh_company_winners(connection, companies)
        refresh_company_rows(connection, companies)
        anew = _derived(connection)
        connection.rollback()
    workspace.close()
    assert differing == 0
    assert anew == kept


def _derived(connection: Connection) -> list[list[Row]]:
    return [
        connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("winners", "customers", "companies")
    ]


@pytest.mark.slow
def test_triggers_and_indexes_are_those_of_any_workspace(places: tuple[Path, Path]) -> None:
    small, large = _opened(places[0]), _opened(places[1])
    statement = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    with small.database.read() as before, large.database.read() as after:
        made = [tuple(row) for row in after.exec_driver_sql(statement).fetchall()]
        assert made == [tuple(row) for row in before.exec_driver_sql(statement).fetchall()]
    small.close()
    large.close()


@pytest.mark.slow
def test_a_customer_of_a_copy_is_found_by_an_address_of_their_own(places: tuple[Path, Path]) -> None:
    workspace = _opened(places[1])
    with workspace.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT email FROM customers WHERE merged_into IS NULL").fetchall()
    addresses = [row[0] for row in rows]
    found = search.search(
        workspace, next(one for one in addresses if one.endswith("-2.example")), 5, [HitKind.CUSTOMER]
    )
    workspace.close()

    assert len(set(addresses)) == len(addresses)
    assert len(found) == 1
