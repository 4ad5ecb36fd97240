"""Merging and splitting, of customers and of companies alike: only links move, and a pair that was parted stays so."""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.edits import Owner
from console.domain.ids import stable_id
from console.domain.records import OwnerKind
from console.store.dialect import IN_LIST, listed
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.identities import HOME_SOURCE, home_of, table_of
from console.store.relinking import members_through, relink


def merge(folding: Folding, kind: OwnerKind, winner: int, loser: int) -> None:
    """The identities of ``loser`` go to ``winner``; whatever kept the two apart goes. Raises Refused."""
    stays = folding.living(Owner(kind, winner)).id
    goes = folding.living(Owner(kind, loser)).id
    if stays == goes:
        raise Refused(f"They are one {kind.value} already")
    _let_together(folding, stays, goes)
    _move(folding, kind, _identities(folding, goes), stays, reason="merge")
    folding.recorder.update(table_of(kind), {"id": goes}, {"merged_into": stays})


def split(folding: Folding, kind: OwnerKind, owner: int, identities: Iterable[int], into: int) -> None:
    """These identities leave to ``into``, for good: keys never join the two again. Raises Refused."""
    asked = set(identities)
    owner = folding.living(Owner(kind, owner)).id
    mine = _identities(folding, owner)
    if into == owner:
        raise Refused(f"They would be one {kind.value} again; choose another one")
    if not {row[0] for row in mine}.issuperset(asked):
        raise Refused(f"Some of these records belong to another {kind.value} by now")
    # The home stays: what was done by hand since belongs to the one who is split, and hangs on it.
    leaving = [row for row in mine if row[0] in asked and row[0] != home_of(kind, owner)]
    if not leaving or len(asked) >= len(mine):
        raise Refused("Something has to stay, and something has to leave; choose some of the records")
    found(folding, kind, into)
    folding.recorder.update(table_of(kind), {"id": into}, {"merged_into": None})
    home = home_of(kind, into)
    returning = [row for row in mine if row[0] == home and row not in leaving]
    _move(folding, kind, [*leaving, *returning], into, reason="split")
    _part(folding, kind, owner, into)


def never(folding: Folding, kind: OwnerKind, first: int, second: int) -> None:
    """The two stay two, whatever keys say. Raises Refused."""
    one = folding.living(Owner(kind, first)).id
    other = folding.living(Owner(kind, second)).id
    if one == other:
        raise Refused(f"They are one {kind.value} now; split them first")
    _part(folding, kind, one, other)


def found(folding: Folding, kind: OwnerKind, owner: int) -> bool:
    """Make a customer or a company with its home identity; False where it is there already."""
    recorder, home = folding.recorder, home_of(kind, owner)
    if not recorder.insert(
        table_of(kind), {"id": owner}, {"home_id": home, "created_at": recorder.now, "edit_id": folding.entry.id}
    ):
        return False
    recorder.insert("identities", {"id": home}, {
        "source_id": HOME_SOURCE, "external_id": str(owner), "kind": kind.value, "owner_id": owner, "is_placed": True,
        "created_at": recorder.now, "edit_id": folding.entry.id,
    })  # fmt: skip
    return True


def _identities(folding: Folding, owner: int) -> list[tuple[int, bool]]:
    rows = folding.connection.exec_driver_sql(
        "SELECT id, is_placed FROM identities WHERE owner_id = ? ORDER BY id", (owner,)
    ).fetchall()
    return [(row[0], bool(row[1])) for row in rows]


def _move(folding: Folding, kind: OwnerKind, moving: list[tuple[int, bool]], owner: int, *, reason: str) -> None:
    keys = [identity for identity, _ in moving]
    former = {
        row[0]: row[1]
        for row in folding.connection.exec_driver_sql(
            f"SELECT id, owner_id FROM identities WHERE id IN {IN_LIST}", (listed(keys),)
        ).fetchall()
    }
    relink(
        folding.connection,
        kind,
        keys,
        owner,
        now=folding.recorder.now,
        reason=reason,
        edit_id=folding.entry.id,
        is_placed=True,
    )
    for identity, was_placed in moving:
        folding.recorder.relinked(identity, former[identity], owner, was_placed=was_placed)
    _touch(folding, kind, owner, *former.values())
    if kind is OwnerKind.COMPANY:
        folding.touched.customers |= members_through(folding.connection, keys)


def _part(folding: Folding, kind: OwnerKind, one: int, other: int) -> None:
    first, second = sorted((home_of(kind, one), home_of(kind, other)))
    values = {"first_id": first, "second_id": second, "at": folding.recorder.now, "edit_id": folding.entry.id}
    folding.recorder.insert("aparts", {"id": stable_id("apart", str(first), str(second))}, values)
    _touch(folding, kind, one, other)


def _touch(folding: Folding, kind: OwnerKind, *owners: int) -> None:
    (folding.touched.customers if kind is OwnerKind.CUSTOMER else folding.touched.companies).update(owners)


def _let_together(folding: Folding, one: int, other: int) -> None:
    rows = folding.connection.exec_driver_sql(
        """SELECT a.id FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
           WHERE (f.owner_id = ? AND s.owner_id = ?) OR (f.owner_id = ? AND s.owner_id = ?)""",
        (one, other, other, one),
    ).fetchall()
    for (key,) in rows:
        folding.recorder.delete("aparts", {"id": key})
