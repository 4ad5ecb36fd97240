"""A connection as readers and writers see it: statements of SQL, each prepared once, and rows with names.

It says what SQLAlchemy's own connection would, without making anything between the driver and the reader: no import of
SQLAlchemy, no cache key, no result object (``docs/decisions/0015-statements-go-to-the-driver.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar

Arguments = Sequence[Any] | Mapping[str, Any]


class Row(tuple[Any, ...]):
    """One row: a tuple whose columns are attributes as well."""

    __slots__ = ()
    columns: ClassVar[tuple[str, ...]] = ()

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def by_name(self) -> dict[str, Any]:
        """The values by their columns' names."""
        return dict(zip(self.columns, self, strict=True))


class Result:
    """What a statement gave, to be read once. All but ``fetchmany`` leave nothing unread, which would pin the log."""

    __slots__ = ("_cursor",)

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        return iter(self.fetchall())

    @property
    def rowcount(self) -> int:
        """How many rows an INSERT, UPDATE or DELETE changed."""
        return self._cursor.rowcount

    def fetchall(self) -> list[Row]:
        """All rows."""
        return list(map(_shape(self._cursor), self._cursor.fetchall()))

    def fetchmany(self, size: int) -> list[Row]:
        """The next rows, at most ``size``; none at the end."""
        return list(map(_shape(self._cursor), self._cursor.fetchmany(size)))

    def first(self) -> Row | None:
        """The first row, None where there is none."""
        rows = self.fetchmany(1)
        self._cursor.close()
        return rows[0] if rows else None

    def one_or_none(self) -> Row | None:
        """The only row, None where there is none. Raises LookupError where there are several."""
        rows = self.fetchall()
        if len(rows) > 1:
            raise LookupError(f"One row was expected, there are {len(rows)}")
        return rows[0] if rows else None

    def one(self) -> Row:
        """The only row. Raises LookupError where there is none, or several."""
        row = self.one_or_none()
        if row is None:
            raise LookupError("One row was expected, there is none")
        return row

    def scalar(self) -> Any:
        """The first column of the first row, None where there is none."""
        row = self._cursor.fetchone()
        self._cursor.close()
        return None if row is None else row[0]

    def scalar_one(self) -> Any:
        """The first column of the only row. Raises LookupError where there is none, or several."""
        return self.one()[0]


class Connection:
    """One of a database's connections, lent for one transaction; ``raw`` is the driver's own."""

    __slots__ = ("raw",)

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def exec_driver_sql(self, statement: str, arguments: Arguments | list[Any] = ()) -> Result:
        """Run a statement with one set of arguments, or, where they are a list, once with each of them."""
        if isinstance(arguments, list):
            return Result(self.raw.executemany(statement, arguments))
        return Result(self.raw.execute(statement, arguments))

    def commit(self) -> None:
        """Keep what was done; does nothing outside a transaction."""
        self.raw.commit()

    def rollback(self) -> None:
        """Take back what was done; does nothing outside a transaction."""
        self.raw.rollback()


_shapes: dict[tuple[str, ...], type[Row]] = {}


def _shape(cursor: Any) -> type[Row]:
    """The rows' class, one for all results with the same columns."""
    if cursor.description is None:
        raise LookupError("A statement without rows was read")
    columns = tuple([column[0] for column in cursor.description])
    shape = _shapes.get(columns)
    if shape is None:
        getters = {name: property(itemgetter(place)) for place, name in reversed([*enumerate(columns)])}
        shape = _shapes[columns] = type("Row", (Row,), {"__slots__": (), **getters, "columns": columns})
    return shape
