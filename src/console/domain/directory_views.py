"""Views of the directory: a name for a filter, an order and columns; those that are always there, and those of a teammate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from console.domain.records import OwnerKind
from console.domain.segment_text import quoted

_MOST, _LONGEST_NAME = 100, 80
_COLUMNS = {
    OwnerKind.CUSTOMER: ("name", "email", "company", "last_seen", "conversations", "tags", "place", "segments"),
    OwnerKind.COMPANY: ("name", "domain", "members", "last_seen", "tags", "segments"),
}


@dataclass(frozen=True, slots=True)
class View:
    """How the directory is looked at. ``columns`` and ``sort`` are keys of columns, ``widths`` pixels before the text scale.

    ``widths`` belong to ``columns`` one to one; 0 is the width that the column has by itself.
    """

    key: str
    name: str
    expression: str = ""
    sort: str = "name"
    is_descending: bool = False
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    is_built_in: bool = False


def built_in(owner_kind: OwnerKind, teammate: str) -> tuple[View, ...]:
    """The views that are always there, for a teammate of that name."""
    mine = f"owner={quoted(teammate)}"
    shared = (
        ("active", "Active", "segment=Active", "last_seen"),
        ("slipping", "Slipping away", 'segment="Slipping away"', "last_seen"),
        ("away", "Away", "segment=Away", "last_seen"),
    )
    if owner_kind is OwnerKind.CUSTOMER:
        rows = (
            ("all", "All customers", "", "name"),
            ("new", "New", "segment=New", "last_seen"),
            *shared,
            ("mine", "My customers", mine, "name"),
            ("no company", "No company", "not has:company", "name"),
        )
    else:
        rows = (
            ("all", "All companies", "", "name"),
            *shared,
            ("mine", "My companies", mine, "name"),
            ("nobody", "Without members", "members=0", "name"),
        )
    columns = _COLUMNS[owner_kind]
    return tuple(
        View(key, name, expression, sort, sort == "last_seen", columns, is_built_in=True)
        for key, name, expression, sort in rows
    )


def default_columns(owner_kind: OwnerKind) -> tuple[str, ...]:
    """The columns of a view that has none of its own."""
    return _COLUMNS[owner_kind]


def views_to_json(views: Sequence[View]) -> str:
    """Views as JSON text; ``views_from_json`` gives them back."""
    return json.dumps([asdict(view) for view in views], ensure_ascii=False)


def views_from_json(text: str) -> tuple[View, ...]:
    """The views that were kept; what a newer version or another hand wrote and nobody understands is left out."""
    try:
        rows: Any = json.loads(text or "[]")
    except ValueError:
        return ()
    read = (_view(row) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return tuple(view for view in read if view is not None)[:_MOST]


def named_view(name: str) -> str:
    """The name of a view as it is kept: one line of at most 80 characters."""
    return " ".join(name.split())[:_LONGEST_NAME]


def _view(row: dict[str, Any]) -> View | None:
    known = {field.name: row[field.name] for field in fields(View) if field.name in row}
    texts = [known.get(name, "") for name in ("key", "name", "expression", "sort")]
    columns, widths = known.get("columns", []), known.get("widths", [])
    if (
        not all(isinstance(text, str) for text in texts)
        or not isinstance(columns, list)
        or not isinstance(widths, list)
    ):
        return None
    keys = tuple(key for key in columns if isinstance(key, str))
    sizes = tuple(size for size in widths if isinstance(size, int) and 0 <= size < 5_000)
    if not known.get("key") or not known.get("name"):
        return None
    return View(
        known["key"],
        named_view(known["name"]),
        known.get("expression", ""),
        known.get("sort") or "name",
        bool(known.get("is_descending")),
        keys,
        sizes if len(sizes) == len(keys) else (),
        bool(known.get("is_built_in")),
    )
