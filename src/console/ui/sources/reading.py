"""Everything that the page of one source shows, read in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.domain.channels import OwnerKind
from console.domain.ids import SourceId
from console.domain.outbox import WriteKind, what_of
from console.domain.sources import SourceReport
from console.store.connection import Connection
from console.store.outbox import write_backs
from console.store.property_defs import definitions
from console.store.sources import report_of


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source with its runs, what goes back to it, and the properties that could (words of `what_of`)."""

    report: SourceReport
    back: frozenset[str]
    properties: tuple[str, ...]


def shown(source: SourceId) -> Callable[[Connection], SourceShown]:
    """The question. Raises NotFound where the source is not connected any more."""

    def ask(connection: Connection) -> SourceShown:
        found = [
            what_of(WriteKind.PROPERTY, kind, one.name)
            for kind in (OwnerKind.CUSTOMER, OwnerKind.COMPANY)
            for one in definitions(connection, kind)
        ]
        return SourceShown(report_of(connection, source), write_backs(connection, source), tuple(found))

    return ask
