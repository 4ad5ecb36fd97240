"""Edits of who is who: create, merge, split, never merge, join and leave a company. Only links move."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.address import canonical
from console.domain.ids import stable_id
from console.domain.profile import ClaimState, Rank
from console.domain.records import OwnerKind
from console.domain.values import ValueKind
from console.store import fold_owners
from console.store.claims import define, property_id
from console.store.dialect import IN_LIST, listed
from console.store.erased_marks import lift
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.identities import home_of

CustomerEdit = e.CreateCustomer | e.MergeCustomers | e.SplitCustomer | e.NeverMerge | e.JoinCompany | e.LeaveCompany
_CUSTOMER = OwnerKind.CUSTOMER


def effect(folding: Folding, edit: CustomerEdit) -> None:
    """Change who is who."""
    match edit:
        case e.CreateCustomer():
            _create(folding, edit)
        case e.MergeCustomers(winner=winner, loser=loser):
            fold_owners.merge(folding, _CUSTOMER, winner, loser)
        case e.SplitCustomer(customer=customer, identities=identities, into=into):
            fold_owners.split(folding, _CUSTOMER, customer, identities, into)
        case e.NeverMerge(first=first, second=second):
            fold_owners.never(folding, _CUSTOMER, first, second)
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
    fold_owners.found(folding, _CUSTOMER, owner)
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
    if not fold_owners.found(folding, OwnerKind.COMPANY, company):
        return
    recorder, home = folding.recorder, home_of(OwnerKind.COMPANY, company)
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
