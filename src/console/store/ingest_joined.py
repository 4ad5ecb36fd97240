"""Customers whom their source made one: the former one's identity follows, with all that teammates put on it."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.records import JoinedRecord, OwnerKind
from console.store.claims import end_claims
from console.store.identities import Wanted, are_apart, identities_of, mark_merged, owners_of, settle
from console.store.relinking import relink
from console.store.taking import Taking


def take_joined(taking: Taking, records: Sequence[JoinedRecord]) -> None:
    """Link who is no longer there to whom they became, unless a teammate said that these two are not one.

    The former customer goes along with notes, tags, conversations and addresses; its record is marked as gone, and what the
    source had said of it is what the source says of the other one now.
    """
    source = taking.intake.source_id
    for record in records:
        old = Wanted(OwnerKind.CUSTOMER, source, record.external_id)
        former = owners_of(taking.connection, [old.id]).get(old.id)
        if former is None or record.into == record.external_id:
            continue
        new = Wanted(OwnerKind.CUSTOMER, source, record.into)
        stays = settle(taking.connection, [new], taking.now, taking.intake.batch_id).owner_by_identity[new.id]
        taking.connection.exec_driver_sql(
            "UPDATE records SET gone_at = ? WHERE source_id = ? AND external_id = ? AND gone_at IS NULL",
            (taking.now, source, f"customer:{record.external_id}"),
        )
        if former == stays or are_apart(taking.connection, former, stays):
            continue
        said = taking.connection.exec_driver_sql(
            "SELECT id FROM claims WHERE identity_id = ? AND origin_key = ? AND until IS NULL",
            (old.id, taking.intake.origin.key),
        ).fetchall()
        end_claims(taking.connection, [row[0] for row in said], taking.now, taking.intake.batch_id)
        moving = identities_of(taking.connection, former)
        relink(taking.connection, OwnerKind.CUSTOMER, moving, stays, now=taking.now, reason="merge")
        mark_merged(taking.connection, OwnerKind.CUSTOMER, former, stays)
        taking.touched.customers.update((former, stays))
