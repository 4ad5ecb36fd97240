"""Edits of who is who: create, merge, split, never merge, join and leave a company. Only links move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from console.domain import edits as e
from console.domain.address import canonical
from console.domain.ids import stable_id
from console.domain.profile import ClaimState, Rank
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store.claims import define, property_id
from console.store.dialect import IN_LIST, listed
from console.store.erased_marks import lift
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.identities import HOME_SOURCE, home_of
from console.store.relinking import relink

CustomerEdit = e.CreateCustomer | e.MergeCustomers | e.SplitCustomer | e.NeverMerge | e.JoinCompany | e.LeaveCompany
_CUSTOMER = OwnerKind.CUSTOMER


def effect(folding: Folding, edit: CustomerEdit) -> None:
    """Change who is who."""
    match edit:
        case e.CreateCustomer():
            _create(folding, edit)
        case e.MergeCustomers(winner=winner, loser=loser):
            _merge(folding, winner, loser)
        case e.SplitCustomer():
            _split(folding, edit)
        case e.NeverMerge(first=first, second=second):
            _never(folding, first, second)
        case e.JoinCompany():
            _join(folding, edit)
        case e.LeaveCompany(customer=customer, company=company):
            _leave(folding, customer, company)
        case _:
            assert_never(edit)


def _create(folding: Folding, edit: e.CreateCustomer) -> None:
    keys = {canonical(address): address for address in edit.emails}
    if None in keys or not (keys or edit.name.strip()):
        raise Refused("A customer needs a name or an e-mail address that is one")
    owner, recorder = edit.customer, folding.recorder
    home = home_of(_CUSTOMER, owner)
    lift(folding.connection, (str(key) for key in keys))
    known = folding.connection.exec_driver_sql(
        f"SELECT key FROM identity_keys WHERE kind = 'customer' AND key IN {IN_LIST}",
        (listed(str(key) for key in keys),),
    ).scalar()
    if known:
        raise Refused(f"There is a customer with {known} already; use that one")
    recorder.insert(
        "customers", {"id": owner}, {"home_id": home, "created_at": recorder.now, "edit_id": folding.entry.id}
    )
    recorder.insert("identities", {"id": home}, {
        "source_id": HOME_SOURCE, "external_id": str(owner), "kind": _CUSTOMER.value, "owner_id": owner, "is_placed": True,
        "created_at": recorder.now, "edit_id": folding.entry.id,
    })  # fmt: skip
    for key, written in keys.items():
        recorder.insert(
            "identity_keys", {"identity_id": home, "key": str(key)}, {"kind": _CUSTOMER.value, "written": written}
        )
    if edit.name.strip():
        define(folding.connection, [(_CUSTOMER, "name", ValueKind.STRING.value)], recorder.now)
        recorder.open_claim({
            "identity_id": home, "property_id": property_id(_CUSTOMER, "name"), "rank": int(Rank.BY_HAND), "state": ClaimState.VALUE.value,
            "kind": ValueKind.STRING.value, "value": edit.name.strip(), "is_pin": False, **folding.origin(),
        })  # fmt: skip
    folding.touched.customers.add(owner)


def _merge(folding: Folding, winner: int, loser: int) -> None:
    stays = folding.living(e.Owner(_CUSTOMER, winner)).id
    goes = folding.living(e.Owner(_CUSTOMER, loser)).id
    if stays == goes:
        raise Refused("They are one customer already")
    _let_together(folding, stays, goes)
    moving = _identities(folding, goes)
    _move(folding, moving, stays, reason="merge")
    folding.recorder.update("customers", {"id": goes}, {"merged_into": stays})


def _split(folding: Folding, edit: e.SplitCustomer) -> None:
    owner = folding.living(e.Owner(_CUSTOMER, edit.customer)).id
    mine = _identities(folding, owner)
    if edit.into == owner:
        raise Refused("They would be one customer again; choose another one")
    if not {row[0] for row in mine}.issuperset(edit.identities):
        raise Refused("Some of these records belong to another customer by now")
    # The home stays: what was done by hand since belongs to the one who is split, and hangs on it.
    leaving = [row for row in mine if row[0] in edit.identities and row[0] != home_of(_CUSTOMER, owner)]
    if not leaving or len(edit.identities) >= len(mine):
        raise Refused("Something has to stay, and something has to leave; choose some of the records")
    recorder, into = folding.recorder, edit.into
    home = home_of(_CUSTOMER, into)
    if recorder.insert(
        "customers", {"id": into}, {"home_id": home, "created_at": recorder.now, "edit_id": folding.entry.id}
    ):
        recorder.insert("identities", {"id": home}, {
            "source_id": HOME_SOURCE, "external_id": str(into), "kind": _CUSTOMER.value, "owner_id": into, "is_placed": True,
            "created_at": recorder.now, "edit_id": folding.entry.id,
        })  # fmt: skip
    recorder.update("customers", {"id": into}, {"merged_into": None})
    returning = [row for row in mine if row[0] == home and row not in leaving]
    _move(folding, [*leaving, *returning], into, reason="split")
    _part(folding, owner, into)


def _never(folding: Folding, first: int, second: int) -> None:
    one = folding.living(e.Owner(_CUSTOMER, first)).id
    other = folding.living(e.Owner(_CUSTOMER, second)).id
    if one == other:
        raise Refused("They are one customer now; split them first")
    _part(folding, one, other)


def _join(folding: Folding, edit: e.JoinCompany) -> None:
    customer, recorder = folding.living(e.Owner(_CUSTOMER, edit.customer)).id, folding.recorder
    if edit.name.strip():
        _found_company(folding, edit.company, edit.name.strip())
    company = folding.living(e.Owner(OwnerKind.COMPANY, edit.company)).id
    if edit.is_main:
        for (key,) in folding.connection.exec_driver_sql(
            "SELECT id FROM memberships WHERE customer_id = ? AND is_main = 1 AND until IS NULL ORDER BY id",
            (customer,),
        ).fetchall():
            recorder.update("memberships", {"id": key}, {"is_main": False})
    standing = folding.connection.exec_driver_sql(
        "SELECT id FROM memberships WHERE customer_id = ? AND company_id = ? AND until IS NULL", (customer, company)
    ).scalar()
    if standing:
        recorder.update("memberships", {"id": standing}, {"is_main": edit.is_main})
        return
    homes = home_of(_CUSTOMER, customer), home_of(OwnerKind.COMPANY, company)
    recorder.insert("memberships", {"id": stable_id("membership", *map(str, homes), folding.entry.id)}, {
        "customer_identity": homes[0], "company_identity": homes[1], "customer_id": customer, "company_id": company, "is_main": edit.is_main,
        "origin": "manual", "since": recorder.now, "edit_id": folding.entry.id,
    })  # fmt: skip


def _found_company(folding: Folding, company: int, name: str) -> None:
    recorder, home = folding.recorder, home_of(OwnerKind.COMPANY, company)
    if not recorder.insert(
        "companies", {"id": company}, {"home_id": home, "created_at": recorder.now, "edit_id": folding.entry.id}
    ):
        return
    recorder.insert("identities", {"id": home}, {
        "source_id": HOME_SOURCE, "external_id": str(company), "kind": OwnerKind.COMPANY.value, "owner_id": company, "is_placed": True,
        "created_at": recorder.now, "edit_id": folding.entry.id,
    })  # fmt: skip
    define(folding.connection, [(OwnerKind.COMPANY, "name", ValueKind.STRING.value)], recorder.now)
    recorder.open_claim({
        "identity_id": home, "property_id": property_id(OwnerKind.COMPANY, "name"), "rank": int(Rank.BY_HAND), "state": ClaimState.VALUE.value,
        "kind": ValueKind.STRING.value, "value": name, "is_pin": False, **folding.origin(),
    })  # fmt: skip


def _leave(folding: Folding, customer: int, company: int) -> None:
    owner, firm = (
        folding.living(e.Owner(_CUSTOMER, customer)).id,
        folding.living(e.Owner(OwnerKind.COMPANY, company)).id,
    )
    rows = folding.connection.exec_driver_sql(
        "SELECT id FROM memberships WHERE customer_id = ? AND company_id = ? AND until IS NULL ORDER BY id",
        (owner, firm),
    ).fetchall()
    if not rows:
        raise Refused("The customer does not belong to this company")
    for (key,) in rows:
        folding.recorder.update("memberships", {"id": key}, {"until": folding.recorder.now})


def _identities(folding: Folding, owner: int) -> list[tuple[int, bool]]:
    rows = folding.connection.exec_driver_sql(
        "SELECT id, is_placed FROM identities WHERE owner_id = ? ORDER BY id", (owner,)
    ).fetchall()
    return [(row[0], bool(row[1])) for row in rows]


def _move(folding: Folding, identities: Iterable[tuple[int, bool]], owner: int, *, reason: str) -> None:
    moving = list(identities)
    former = {
        row[0]: row[1]
        for row in folding.connection.exec_driver_sql(
            f"SELECT id, owner_id FROM identities WHERE id IN {IN_LIST}", (listed(i for i, _ in moving),)
        ).fetchall()
    }
    relink(
        folding.connection,
        _CUSTOMER,
        [i for i, _ in moving],
        owner,
        now=folding.recorder.now,
        reason=reason,
        edit_id=folding.entry.id,
        is_placed=True,
    )
    for identity, was_placed in moving:
        folding.recorder.relinked(identity, former[identity], owner, was_placed=was_placed)
    folding.touched.customers.update((owner, *former.values()))


def _part(folding: Folding, one: int, other: int) -> None:
    first, second = sorted((home_of(_CUSTOMER, one), home_of(_CUSTOMER, other)))
    values = {"first_id": first, "second_id": second, "at": folding.recorder.now, "edit_id": folding.entry.id}
    folding.recorder.insert("aparts", {"id": stable_id("apart", str(first), str(second))}, values)
    folding.touched.customers.update((one, other))


def _let_together(folding: Folding, one: int, other: int) -> None:
    rows = folding.connection.exec_driver_sql(
        """SELECT a.id FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
           WHERE (f.owner_id = ? AND s.owner_id = ?) OR (f.owner_id = ? AND s.owner_id = ?)""",
        (one, other, other, one),
    ).fetchall()
    for (key,) in rows:
        folding.recorder.delete("aparts", {"id": key})
