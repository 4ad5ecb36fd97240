"""Property values as JSON that sources take."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from console.connectors.rest.templates import NULL
from console.domain.values import Money, ValueKind, restored


def json_of(kind: object, text: object) -> Any:
    """The value that ``text`` (its stored form) is, as JSON; ``NULL`` where it is taken away."""
    if text is None:
        return NULL
    if not isinstance(kind, str) or kind not in {one.value for one in ValueKind}:
        return str(text)
    content = restored(ValueKind(kind), str(text)).content
    match content:
        case Money():
            return _number(content.amount)
        case Decimal():
            return _number(content)
        case datetime():
            return content.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return content.isoformat()
        case tuple():
            return list(content)
        case _:
            return content


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
