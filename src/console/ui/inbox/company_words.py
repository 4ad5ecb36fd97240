"""Which companies the filter menu offers: those that were seen last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.store import directory

if TYPE_CHECKING:
    from console.store.database import Connection

_OFFERED = 20


def companies_to_offer(connection: Connection) -> tuple[tuple[int, str], ...]:
    """(key, name) of some companies, in the order of the directory."""
    found = directory.list_companies(connection, "", _OFFERED, None)
    return tuple((company.id, company.name) for company in found)
