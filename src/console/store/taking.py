"""A page on its way in: on whose behalf it is taken in, what it touches, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.domain.profile import Origin, Rank
from console.store.claims import Voice
from console.store.connection import Connection
from console.store.refreshing import Touched


@dataclass(frozen=True, slots=True)
class Intake:
    """On whose behalf a page is taken in: the source, its rank and origin, and the batch where it is an import.

    ``is_partial``: what a record does not say stays as it was (spreadsheets), rather than being withdrawn.
    """

    source_id: int
    rank: Rank
    origin: Origin
    own_addresses: frozenset[str] = frozenset()
    batch_id: str | None = None
    is_partial: bool = False


@dataclass(slots=True)
class Taken:
    """What a page came to: new customers, companies, messages, conversations, events; changed and known ones; left out, gone."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    gone: int = 0
    changes_by_property: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """All records that came, known or not."""
        return self.new + self.updated + self.unchanged + self.left_out

    def add(self, other: Taken) -> None:
        """Count another page as well."""
        self.new += other.new
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.left_out += other.left_out
        self.gone += other.gone
        for name, count in other.changes_by_property.items():
            self.changes_by_property[name] = self.changes_by_property.get(name, 0) + count


@dataclass(slots=True)
class Taking:
    """One page on its way in: where it goes, on whose behalf, and what it has touched so far.

    ``renewed`` are new records about somebody known that changed something, ``repeated`` those that changed nothing: people
    count customers, not rows.
    """

    connection: Connection
    intake: Intake
    now: int
    voice: Voice
    touched: Touched
    target_by_external_id: dict[str, int] = field(default_factory=dict)
    changes_by_property: dict[str, int] = field(default_factory=dict)
    first_seen: set[str] = field(default_factory=set)
    renewed: set[str] = field(default_factory=set)
    repeated: set[str] = field(default_factory=set)

    def count(self, external_id: str, *, is_new: bool, is_changed: bool) -> None:
        """A record about a customer or a company: ``is_new`` where it founded them, ``is_changed`` where it said something new."""
        if external_id in self.first_seen and not is_new:
            (self.renewed if is_changed else self.repeated).add(external_id)
