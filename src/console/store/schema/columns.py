"""Columns: how our types stand in a table; portable to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, Text
from sqlalchemy.types import TypeEngine


def key(name: str = "id") -> Column[int]:
    """A primary key that is given, never counted up by the database."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False)


def counted(name: str = "id") -> Column[int]:
    """A primary key that the database counts up."""
    return Column(name, BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def number(name: str, *, optional: bool = False, default: int | None = None) -> Column[int]:
    """A whole number or the key of another row."""
    return _column(
        name, BigInteger().with_variant(Integer, "sqlite"), optional, None if default is None else str(default)
    )


def text(name: str, *, optional: bool = False, default: str | None = None) -> Column[str]:
    """Unicode text without NUL."""
    return _column(name, Text(), optional, None if default is None else f"'{default}'")


def flag(name: str, *, default: bool = False) -> Column[bool]:
    """True or false."""
    return _column(name, Boolean(create_constraint=False), False, "1" if default else "0")


def real(name: str) -> Column[float]:
    """A number on a line, or nothing."""
    return _column(name, Float(), True, None)


def time(name: str, *, optional: bool = False) -> Column[int]:
    """A moment: microseconds since 1970 in UTC, so that order, ranges and arithmetic are those of integers."""
    return number(name, optional=optional)


def blob(name: str, *, optional: bool = False) -> Column[bytes]:
    """Bytes."""
    return _column(name, LargeBinary(), optional, None)


def origin_columns() -> Iterable[Column[Any]]:
    """Who made a row: an edit by hand, or a batch of an import; both empty for a source."""
    return (text("edit_id", optional=True), text("batch_id", optional=True))


def _column(name: str, kind: TypeEngine[Any], optional: bool, default: str | None) -> Column[Any]:
    return Column(name, kind, nullable=optional, server_default=None if default is None else sqlalchemy.text(default))
