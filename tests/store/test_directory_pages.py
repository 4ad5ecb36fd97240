"""The directory's order: any column, any page size, ties and missing values, filters; and the cells of its rows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store import rows as put
from tests.store.rows import NOW

from console.domain.directory import FIELDS, Column, Listing, SortKey
from console.domain.expressions import BadExpression
from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.domain.values import Money, Value, ValueKind
from console.store import directory_pages, directory_rows
from console.store.connection import Connection
from console.store.refreshing import Touched, refresh
from console.store.workspace import Workspace

_PROPERTIES = (("mrr", "number"), ("plan", "string"), ("renewal", "date"), ("active", "boolean"))
_VALUES = {
    "number": st.sampled_from(["1", "2", "10", "-3.5"]),
    "string": st.sampled_from(["pro", "Pro", "starter", "ß"]),
    "date": st.sampled_from(["2026-01-01", "2025-12-31"]),
    "boolean": st.sampled_from(["true", "false"]),
}
_COLUMNS = [Column(key) for key in FIELDS[OwnerKind.CUSTOMER]] + [
    Column(f"property:{name}", ValueKind(kind)) for name, kind in _PROPERTIES
]


def everybody(connection: Connection, listing: Listing, sizes: list[int]) -> list[SortKey]:
    found: list[SortKey] = []
    after = None
    for turn in range(1_000):
        size = sizes[turn % len(sizes)]
        page = directory_pages.page(connection, listing, size, after)
        found += page
        if len(page) < size:
            return found
        after = page[-1]
    raise AssertionError("the list has no end")


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_by_any_column_are_the_whole_list_with_nothing_lost_and_nothing_twice(
    workspace: Workspace, data: st.DataObject
) -> None:
    people = data.draw(st.integers(1, 9), "people")
    column = data.draw(st.sampled_from(_COLUMNS), "column")
    is_descending = data.draw(st.booleans(), "descending")
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=3), "sizes")
    with workspace.database.write() as connection:
        connection.exec_driver_sql("SAVEPOINT before")
        put.source(connection)
        owners = {_somebody(connection, number, data) for number in range(people)}
        listing = Listing(OwnerKind.CUSTOMER, "", column, is_descending)

        whole = directory_pages.page(connection, listing, 1_000)
        paged = everybody(connection, listing, sizes)

        connection.exec_driver_sql("ROLLBACK TO before")
    assert [key.id for key in paged] == [key.id for key in whole]
    assert {key.id for key in whole} == owners
    assert len(whole) == len(owners)
    _assert_sorted(whole, is_descending=is_descending)


def _assert_sorted(whole: tuple[SortKey, ...], *, is_descending: bool) -> None:
    known = [(_folded(key.value), key.id) for key in whole if key.value is not None]
    unknown = [key.id for key in whole if key.value is None]
    assert known == sorted(known, reverse=is_descending)
    assert unknown == sorted(unknown, reverse=is_descending)
    assert [key.value is None for key in whole] == [False] * len(known) + [True] * len(unknown)


def _folded(value: str | float | None) -> str | float | None:
    return (
        "".join(chr(ord(sign) + 32) if "A" <= sign <= "Z" else sign for sign in value)
        if isinstance(value, str)
        else value
    )


def _somebody(connection: Connection, number: int, data: st.DataObject) -> int:
    name = data.draw(st.sampled_from(["Ada", "ada", "Bo", ""]), "name")
    owner = put.customer(connection, name, f"p{number}@x.example")
    home = stable_id("identity", "1", "customer", f"p{number}@x.example")
    for prop, kind in _PROPERTIES:
        if data.draw(st.booleans(), prop):
            put.claim(connection, home, prop, data.draw(_VALUES[kind], "value"), kind=kind)
    if data.draw(st.booleans(), "tagged"):
        put.tag(connection, OwnerKind.CUSTOMER, owner, data.draw(st.sampled_from(["vip", "Beta"]), "tag"))
    refresh(connection, Touched(customers={owner}))
    seen = data.draw(st.sampled_from([None, 1, 2]), "seen")
    connection.exec_driver_sql("UPDATE customers SET last_seen = ?, first_seen = ? WHERE id = ?", (seen, seen, owner))
    return owner


def test_a_filter_narrows_every_page(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        owners = [put.customer(connection, f"Customer {number}", f"c{number}@x.example") for number in range(9)]
        for owner in owners[::2]:
            put.tag(connection, OwnerKind.CUSTOMER, owner, "vip")
    listing = Listing(OwnerKind.CUSTOMER, "tag:vip -name:8")

    with workspace.database.read() as connection:
        found = everybody(connection, listing, [2])
        with pytest.raises(BadExpression, match="There is no property"):
            directory_pages.page(connection, Listing(OwnerKind.CUSTOMER, "nonsense=1"), 10)

    assert [key.id for key in found] == [owners[place] for place in (0, 2, 4, 6)]


def test_a_property_of_numbers_is_sorted_as_numbers_and_who_has_none_comes_last(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        owners = {value: put.customer(connection, value, f"{value}@x.example") for value in ("9", "100", "none")}
        for value in ("9", "100"):
            home = stable_id("identity", "1", "customer", f"{value}@x.example")
            put.claim(connection, home, "seats", value, kind="number")
        refresh(connection, Touched(customers=set(owners.values())))
    column = Column("property:seats", ValueKind.NUMBER)

    with workspace.database.read() as connection:
        up = directory_pages.page(connection, Listing(OwnerKind.CUSTOMER, "", column), 10)
        down = directory_pages.page(connection, Listing(OwnerKind.CUSTOMER, "", column, is_descending=True), 10)

    assert [key.id for key in up] == [owners["9"], owners["100"], owners["none"]]
    assert [key.id for key in down] == [owners["100"], owners["9"], owners["none"]]


def test_rows_have_a_cell_for_each_column_that_is_asked_for(workspace: Workspace) -> None:
    with workspace.database.write() as connection:
        put.source(connection)
        ada = put.customer(connection, "Ada", "ada@north.example")
        north = put.company(connection, "North peak")
        put.member(connection, ada, north)
        put.tag(connection, OwnerKind.CUSTOMER, ada, "vip")
        home = stable_id("identity", "1", "customer", "ada@north.example")
        put.claim(connection, home, "city", "Oslo")
        put.claim(connection, home, "location.country", "Norway")
        put.claim(connection, home, "mrr", "12 EUR", kind="money")
        put.conversation(connection, "Hello", "there", customer_id=ada, at=NOW - timedelta(days=1))
        refresh(connection, Touched(customers={ada}, companies={north}))
    shown = [Column(key) for key in FIELDS[OwnerKind.CUSTOMER]] + [Column("property:mrr", ValueKind.MONEY)]

    with workspace.database.read() as connection:
        row = directory_rows.rows(connection, OwnerKind.CUSTOMER, [ada, 5], shown)[ada]
        known = directory_rows.columns(connection, OwnerKind.CUSTOMER)
        company = directory_rows.rows(connection, OwnerKind.COMPANY, [north], [Column("domain"), Column("members")])

    name, email, firm, place, *_, conversations, tags, _, mrr = row.cells
    assert (name, email, firm, place, conversations, tags) == (
        "Ada",
        "ada@north.example",
        "North peak",
        "Oslo, Norway",
        1,
        ("vip",),
    )
    assert mrr == Value(ValueKind.MONEY, Money(Decimal(12), "EUR"))
    assert Column("property:mrr", ValueKind.MONEY) in known
    assert company[north].cells == ("", 1)
