"""Claims: what origins say, kept for ever; a newer one of the same origin closes the older one's interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from console.domain.ids import stable_id
from console.domain.profile import ClaimState, Origin, Rank
from console.domain.records import OwnerKind
from console.domain.values import Value, stored
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed

COMPANY_PREFIX = "company."

_INSERT = """INSERT INTO claims (identity_id, property_id, rank, state, kind, value, origin_kind, origin_name, origin_key,
    acted_at, source_time, since, is_pin, edit_id, batch_id, trust) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Said:
    """What one record says of one identity: values by property name. ``is_complete``: what it no longer says, ended.

    ``only_if_newer``: of several sayings of one source the one with the latest ``source_time`` stays (names in mail headers).
    """

    identity: int
    owner_kind: OwnerKind
    values: Mapping[str, Value]
    source_time: int | None = None
    is_complete: bool = False
    only_if_newer: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it and how much that weighs; ``acted_at`` is the synchronisation or the action, in microseconds.

    ``trust`` is that of the source among integrations.
    """

    rank: Rank
    origin: Origin
    acted_at: int
    batch_id: str | None = None
    trust: int = 0


@lru_cache(maxsize=4096)
def property_id(owner_kind: OwnerKind, name: str) -> int:
    """The key of a property, the same after every rebuild."""
    return stable_id("property", owner_kind.value, name)


def stands_alone(name: str) -> bool:
    """Whether a property of customers is neither in their rows, as the name is, nor about their company."""
    return name != "name" and not name.startswith(COMPANY_PREFIX)


def define(connection: Connection, wanted: Iterable[tuple[OwnerKind, str, str]], now: int) -> None:
    """Make sure that properties exist: (owner kind, name, value kind); a known one keeps its kind."""
    rows = []
    for owner_kind, name, kind in sorted(set(wanted)):
        twin = (
            name.removeprefix(COMPANY_PREFIX)
            if owner_kind is OwnerKind.CUSTOMER and name.startswith(COMPANY_PREFIX)
            else None
        )
        if twin:
            rows.append((property_id(OwnerKind.COMPANY, twin), OwnerKind.COMPANY.value, twin, kind, now, None))
        twin_id = property_id(OwnerKind.COMPANY, twin) if twin else None
        rows.append((property_id(owner_kind, name), owner_kind.value, name, kind, now, twin_id))
    if rows:
        connection.exec_driver_sql(
            """INSERT INTO properties (id, owner_kind, name, kind, created_at, company_property_id) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT DO NOTHING""",
            rows,
        )


def put_claims(connection: Connection, sayings: Sequence[Said], voice: Voice) -> dict[int, set[str]]:
    """Write down what is new in ``sayings``; gives the names of the properties that changed, by identity.

    A value that did not change makes no new claim, so that a spreadsheet or a mailbox read again changes nothing.
    """
    slots = _open_slots(connection, (said.identity for said in sayings), voice.origin.key)
    ended: set[int] = set()
    rows: dict[tuple[int, int], tuple[object, ...]] = {}
    kinds: set[tuple[OwnerKind, str, str]] = set()
    changed: dict[int, set[str]] = {}
    columns = _spoken(voice)
    for said in sayings:
        spoken, mine = set(), slots.setdefault(said.identity, {})
        for name, value in said.values.items():
            prop, kind, text = property_id(said.owner_kind, name), value.kind.value, stored(value)
            spoken.add(prop)
            former = mine.get(prop)
            if former and (former.says(kind, text) or _is_older(said, former)):
                continue
            if former and former.id:
                ended.add(former.id)
            rows.pop((said.identity, prop), None)
            rows[said.identity, prop] = _row(said, prop, kind, text, columns)
            mine[prop] = _Slot(0, kind, text, said.source_time)
            kinds.add((said.owner_kind, name, kind))
            changed.setdefault(said.identity, set()).add(name)
        if said.is_complete:
            unspoken = {slot.id for prop, slot in mine.items() if slot.id and prop not in spoken} - ended
            if unspoken:
                ended |= unspoken
                changed.setdefault(said.identity, set()).add("")
    define(connection, kinds, voice.acted_at)
    end_claims(connection, sorted(ended), voice.acted_at, voice.batch_id)
    if rows:
        connection.exec_driver_sql(_INSERT, list(rows.values()))
    return changed


def end_claims(connection: Connection, claims: Sequence[int], at: int, by: str | None) -> None:
    """Close the intervals of claims at a moment (microseconds); ``by`` is the batch or the edit that ended them."""
    if claims:
        connection.exec_driver_sql(
            "UPDATE claims SET until = ?, ended_by = ? WHERE id = ?", [(at, by, claim) for claim in claims]
        )


class _Slot(NamedTuple):
    id: int
    kind: str
    text: str | None
    source_time: int | None

    def says(self, kind: str, text: str) -> bool:
        return self.kind == kind and self.text == text


def _open_slots(connection: Connection, identities: Iterable[int], origin_key: str) -> dict[int, dict[int, _Slot]]:
    """What stands, by identity and property."""
    rows = connection.exec_driver_sql(
        f"""SELECT identity_id, property_id, id, kind, value, source_time FROM claims
            WHERE identity_id IN {IN_LIST} AND origin_key = ? AND until IS NULL""",
        (listed(identities), origin_key),
    ).fetchall()
    slots: dict[int, dict[int, _Slot]] = {}
    for identity, prop, *slot in rows:
        slots.setdefault(identity, {})[prop] = _Slot(*slot)
    return slots


def _is_older(said: Said, former: _Slot) -> bool:
    return said.only_if_newer and former.source_time is not None and (said.source_time or 0) <= former.source_time


def _row(said: Said, prop: int, kind: str, text: str, voice: tuple[object, ...]) -> tuple[object, ...]:
    rank, state, origin_kind, name, key, at, batch, trust = voice
    return (
        said.identity,
        prop,
        rank,
        state,
        kind,
        text,
        origin_kind,
        name,
        key,
        at,
        said.source_time,
        at,
        False,
        None,
        batch,
        trust,
    )


def _spoken(voice: Voice) -> tuple[object, ...]:
    """The columns that all claims of a page have in common."""
    origin = voice.origin
    return (
        int(voice.rank),
        ClaimState.VALUE.value,
        origin.kind.value,
        origin.name,
        origin.key,
        voice.acted_at,
        voice.batch_id,
        voice.trust,
    )
