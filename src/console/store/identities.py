"""Identities: whose each record is. Same key (an e-mail address; a company's name or domain) means the same owner.

A customer is the set of identities linked to it; a merge or a split only moves links. A pair that a teammate parted is
never joined again by keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.relinking import relink

HOME_SOURCE = 0
"""The source of home identities: what was done by hand hangs on them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An identity that a record speaks of: its keys are (canonical, as written) pairs."""

    kind: OwnerKind
    source_id: int
    external_id: str
    keys: tuple[tuple[str, str], ...] = ()
    keys_are_complete: bool = False
    id: int = field(init=False)
    """The identity's key, the same after every rebuild."""

    def __post_init__(self) -> None:
        # Worked out once: a page asks for it a dozen times.
        key = stable_id("identity", str(self.source_id), self.kind.value, self.external_id)
        object.__setattr__(self, "id", key)


@dataclass(slots=True)
class Settled:
    """Where identities ended up: ``owner_by_identity``, and the owners whose profiles changed by it."""

    owner_by_identity: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    created: set[int] = field(default_factory=set)


def home_of(kind: OwnerKind, owner_id: int) -> int:
    """The home identity of a customer or a company."""
    return stable_id("home", kind.value, str(owner_id))


def settle(connection: Connection, wanted: Sequence[Wanted], now: int, batch_id: str | None) -> Settled:
    """Make sure that every wanted identity exists and is linked by its keys; joins owners that keys show to be one."""
    settled = Settled()
    for kind in (OwnerKind.COMPANY, OwnerKind.CUSTOMER):
        group = {one.id: one for one in wanted if one.kind is kind}
        if group:
            _Linking(connection, kind, now, batch_id, settled).run(list(group.values()))
    return settled


class _Linking:
    """One page's identities of one kind, linked with three questions to the database instead of three a record."""

    def __init__(
        self, connection: Connection, kind: OwnerKind, now: int, batch_id: str | None, settled: Settled
    ) -> None:
        self._connection, self._kind, self._now, self._batch_id, self._settled = (
            connection,
            kind,
            now,
            batch_id,
            settled,
        )
        self._owner: dict[int, int] = settled.owner_by_identity
        self._keys_of: dict[int, set[str]] = {}
        self._identities_by_key: dict[str, set[int]] = {}
        self._taken: set[int] = set()
        self._waiting: list[int] = []

    def run(self, wanted: Sequence[Wanted]) -> None:
        self._look_up(wanted)
        new = [one for one in wanted if one.id not in self._owner]
        fresh_keys: list[tuple[int, str, str]] = []
        for one in wanted:
            known = self._keys_of.get(one.id, set())
            fresh = [(key, written) for key, written in one.keys if key not in known]
            if one.id in self._owner and not fresh:
                continue
            owner = self._link(one)
            self._owner[one.id] = owner
            for key, written in fresh:
                fresh_keys.append((one.id, key, written))
                self._identities_by_key.setdefault(key, set()).add(one.id)
                self._settled.touched.add(owner)
        self._create_waiting()
        self._insert(new, fresh_keys)
        self._drop_former_keys(wanted)

    def _look_up(self, wanted: Sequence[Wanted]) -> None:
        rows = self._connection.exec_driver_sql(
            f"SELECT id, owner_id FROM identities WHERE id IN {IN_LIST}", (listed(one.id for one in wanted),)
        )
        self._owner.update((row[0], row[1]) for row in rows.fetchall())
        keys = listed(key for one in wanted for key, _ in one.keys)
        rows = self._connection.exec_driver_sql(
            f"""SELECT k.key, k.identity_id, i.owner_id FROM identity_keys k JOIN identities i ON i.id = k.identity_id
                WHERE k.kind = ? AND k.key IN {IN_LIST}""",
            (self._kind.value, keys),
        )
        for key, identity, owner in rows.fetchall():
            self._identities_by_key.setdefault(key, set()).add(identity)
            self._keys_of.setdefault(identity, set()).add(key)
            self._owner[identity] = owner
        rows = self._connection.exec_driver_sql(
            f"SELECT id FROM {table_of(self._kind)} WHERE id IN {IN_LIST}",
            (listed(self._founded_by(one) for one in wanted if one.id not in self._owner),),
        )
        self._taken = {row[0] for row in rows.fetchall()}

    def _link(self, one: Wanted) -> int:
        owners = {self._owner[i] for key, _ in one.keys for i in self._identities_by_key.get(key, ())}
        mine = self._owner.get(one.id)
        if mine is not None:
            owners.add(mine)
        if not owners:
            return self._founded(one)
        chosen = mine if mine is not None else min(owners)
        for other in sorted(owners - {chosen}):
            if not are_apart(self._connection, chosen, other):
                chosen = self._joined(chosen, other)
        return chosen

    def _joined(self, first: int, second: int) -> int:
        self._create_waiting()
        stays, goes = min(first, second), max(first, second)
        moving = identities_of(self._connection, goes)
        relink(self._connection, self._kind, moving, stays, now=self._now, reason="key", edit_id=self._batch_id)
        mark_merged(self._connection, self._kind, goes, stays)
        for identity, owner in self._owner.items():
            if owner == goes:
                self._owner[identity] = stays
        self._settled.touched.update((stays, goes))
        return stays

    def _founded(self, one: Wanted) -> int:
        owner = self._founded_by(one)
        if owner in self._taken:
            # Whoever was founded by this address has it no longer: it was given to somebody else since.
            owner = following(self._connection, self._kind, stable_id(self._kind.value, str(owner), str(one.id)))
        self._waiting.append(owner)
        self._settled.created.add(owner)
        self._settled.touched.add(owner)
        return owner

    def _founded_by(self, one: Wanted) -> int:
        founding = one.keys[0][0] if one.keys else f"{one.source_id}/{one.external_id}"
        return stable_id(self._kind.value, founding)

    def _create_waiting(self) -> None:
        create_owners(self._connection, self._kind, self._waiting, self._now, batch_id=self._batch_id)
        self._waiting.clear()

    def _insert(self, new: Sequence[Wanted], fresh_keys: Sequence[tuple[int, str, str]]) -> None:
        if new:
            self._connection.exec_driver_sql(
                """INSERT INTO identities (id, source_id, external_id, kind, owner_id, is_placed, created_at, batch_id)
                   VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING""",
                sorted(
                    (n.id, n.source_id, n.external_id, n.kind.value, self._owner[n.id], self._now, self._batch_id)
                    for n in new
                ),
            )
            self._settled.touched.update(self._owner[one.id] for one in new)
        if fresh_keys:
            self._connection.exec_driver_sql(
                "INSERT OR IGNORE INTO identity_keys (identity_id, kind, key, written, batch_id) VALUES (?, ?, ?, ?, ?)",
                [(identity, self._kind.value, key, written, self._batch_id) for identity, key, written in fresh_keys],
            )

    def _drop_former_keys(self, wanted: Sequence[Wanted]) -> None:
        """A source that gives all addresses of a customer says with it which ones are no longer theirs."""
        complete = {one.id: {key for key, _ in one.keys} for one in wanted if one.keys_are_complete}
        if not complete:
            return
        rows = self._connection.exec_driver_sql(
            f"SELECT identity_id, key FROM identity_keys WHERE identity_id IN {IN_LIST}", (listed(complete),)
        ).fetchall()
        former = [(identity, key) for identity, key in rows if key not in complete[identity]]
        if former:
            self._connection.exec_driver_sql("DELETE FROM identity_keys WHERE identity_id = ? AND key = ?", former)
            self._settled.touched.update(self._owner[identity] for identity, _ in former)


def create_owner(
    connection: Connection,
    kind: OwnerKind,
    owner: int,
    now: int,
    *,
    batch_id: str | None = None,
    edit_id: str | None = None,
) -> None:
    """A customer or a company with its home identity; one that exists already stays as it is."""
    create_owners(connection, kind, [owner], now, batch_id=batch_id, edit_id=edit_id)


def create_owners(
    connection: Connection,
    kind: OwnerKind,
    owners: Iterable[int],
    now: int,
    *,
    batch_id: str | None = None,
    edit_id: str | None = None,
) -> None:
    """Customers or companies with their home identities; those that exist already stay as they are."""
    homes = {owner: home_of(kind, owner) for owner in owners}
    if not homes:
        return
    connection.exec_driver_sql(
        f"INSERT INTO {table_of(kind)} (id, home_id, created_at, batch_id, edit_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(owner, home, now, batch_id, edit_id) for owner, home in sorted(homes.items())],
    )
    connection.exec_driver_sql(
        """INSERT INTO identities (id, source_id, external_id, kind, owner_id, is_placed, created_at, batch_id, edit_id)
           VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING""",
        sorted(
            (home, HOME_SOURCE, str(owner), kind.value, owner, now, batch_id, edit_id) for owner, home in homes.items()
        ),
    )


def following(connection: Connection, kind: OwnerKind, owner: int) -> int:
    """The customer or company that ``owner`` is today, along its merges."""
    seen = {owner}
    while True:
        into = connection.exec_driver_sql(f"SELECT merged_into FROM {table_of(kind)} WHERE id = ?", (owner,)).scalar()
        if into is None or into in seen:
            return owner
        owner = into
        seen.add(owner)


def identities_of(connection: Connection, owner: int) -> tuple[int, ...]:
    """Every identity linked to a customer or a company, home identities included."""
    rows = connection.exec_driver_sql("SELECT id FROM identities WHERE owner_id = ? ORDER BY id", (owner,)).fetchall()
    return tuple(row[0] for row in rows)


def are_apart(connection: Connection, first: int, second: int) -> bool:
    """Whether a teammate said that something in one is not the same as something in the other."""
    found = connection.exec_driver_sql(
        """SELECT 1 FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
           WHERE (f.owner_id = ? AND s.owner_id = ?) OR (f.owner_id = ? AND s.owner_id = ?) LIMIT 1""",
        (first, second, second, first),
    ).scalar()
    return found is not None


def mark_merged(connection: Connection, kind: OwnerKind, goes: int, into: int) -> None:
    """Remember where a customer or company went, so that its old key still leads somewhere; members go along."""
    connection.exec_driver_sql(f"UPDATE {table_of(kind)} SET merged_into = ? WHERE id = ?", (into, goes))
    if kind is OwnerKind.COMPANY:
        for table in ("customers", "conversations"):
            connection.exec_driver_sql(f"UPDATE {table} SET company_id = ? WHERE company_id = ?", (into, goes))


def table_of(kind: OwnerKind) -> str:
    """The table of customers or of companies."""
    return "customers" if kind is OwnerKind.CUSTOMER else "companies"


def owners_of(connection: Connection, identities: Iterable[int]) -> dict[int, int]:
    """The owner of each identity."""
    rows = connection.exec_driver_sql(
        f"SELECT id, owner_id FROM identities WHERE id IN {IN_LIST}", (listed(identities),)
    )
    return {row[0]: row[1] for row in rows.fetchall()}
