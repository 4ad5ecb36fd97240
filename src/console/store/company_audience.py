"""Who of a company would get a message: each member once, and nobody who must not be written to."""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.company_members import Audience, LeftOut
from console.domain.customer_flags import FLAG_NAMES, Flag
from console.domain.records import OwnerKind
from console.store.claims import property_id
from console.store.company_facts import MEMBERS
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed


def _says(flag: Flag) -> str:
    keys = ", ".join(str(property_id(OwnerKind.CUSTOMER, name)) for name in FLAG_NAMES[flag])
    return f"""EXISTS (SELECT 1 FROM winners w WHERE w.owner_id = u.id AND w.property_id IN ({keys})
        AND w.kind = 'boolean' AND w.text = 'true')"""


_REASONS = (
    (LeftOut.NO_ADDRESS, "u.email = ''"),
    (LeftOut.BLOCKED, _says(Flag.BLOCKED)),
    (LeftOut.BOUNCED, _says(Flag.BOUNCED)),
    (LeftOut.UNSUBSCRIBED, _says(Flag.UNSUBSCRIBED)),
    (LeftOut.ROLE, "(u.is_role OR u.is_shared)"),
)
_COUNTED = (
    "SELECT CASE {cases} ELSE '' END AS reason, count(*) FROM customers u WHERE u.id IN {which} GROUP BY reason".format(
        cases=" ".join(f"WHEN {condition} THEN '{reason.value}'" for reason, condition in _REASONS), which="{which}"
    )
)


def audience_of(connection: Connection, company: int, chosen: Sequence[int] | None = None) -> Audience:
    """Of all members, or of those that are chosen."""
    if chosen is None:
        rows = connection.exec_driver_sql(_COUNTED.format(which=f"({MEMBERS})"), (company,)).fetchall()
    else:
        rows = connection.exec_driver_sql(_COUNTED.format(which=IN_LIST), (listed(chosen),)).fetchall()
    found = dict(rows)
    left_out = tuple((reason, found[reason.value]) for reason, _ in _REASONS if reason.value in found)
    return Audience(found.get("", 0), left_out)
