"""What everything else at Intercom refers to: the workspace, its tags, its teammates, its attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.connectors.errors import RecordError
from console.connectors.http import Answer
from console.connectors.kinds.intercom_client import Asking, an_answer, listed
from console.connectors.kinds.intercom_customers import OWN_OF_COMPANIES, OWN_OF_CUSTOMERS, Known, custom_name
from console.connectors.kinds.intercom_values import (
    Attribute,
    Json,
    an_object,
    attribute_of,
    key_of,
    key_or_none,
    line_of,
    part_of,
    text_of,
)
from console.domain.channels import OwnerKind
from console.domain.records import DefinitionRecord
from console.system import clock

_MODEL = {OwnerKind.CUSTOMER: "contact", OwnerKind.COMPANY: "company"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """Whose key it is: the workspace by id and name, region and time zone as Intercom says them, and the admin's own id.

    ``ahead``: by how much Intercom's clock goes before ours, None where it does not say what time it is.
    """

    id: str
    name: str
    region: str
    zone_name: str
    teammate: str
    own_name: str
    ahead: timedelta | None = None

    @property
    def zone(self) -> tzinfo:
        """The time zone in which Intercom counts days; UTC where it names none that exists."""
        try:
            return ZoneInfo(self.zone_name) if self.zone_name else UTC
        except (ZoneInfoNotFoundError, ValueError):
            return UTC


def workspace_of(asking: Asking) -> Workspace:
    """Whose key it is. Raises SourceError, TemporaryError, RecordError."""
    answer = asking.answer("/me")
    me = an_answer(answer)
    app = part_of(me, "app")
    own = key_of(me)
    return Workspace(
        key_or_none(app, "id_code") or f"admin-{own}", line_of(app, "name"), text_of(app, "region"),
        text_of(app, "timezone"), own, line_of(me, "name"),
        _ahead(answer),
    )  # fmt: skip


def known_at(asking: Asking, workspace: Workspace) -> Known:
    """Tags and teammates by id, attributes by name."""
    return Known(
        tags_by_id(asking),
        {key: line_of(one, "name") for key, one in teammates_by_id(asking).items()},
        attributes_by_name(asking, OwnerKind.CUSTOMER),
        attributes_by_name(asking, OwnerKind.COMPANY),
        workspace.id,
    )


def tags_by_id(asking: Asking) -> Mapping[str, str]:
    """The names of all tags."""
    return {
        key: line_of(one, "name")
        for key, one in _by_id(row for batch in listed(asking, "/tags", "data") for row in batch.rows)
    }


def teammates_by_id(asking: Asking) -> Mapping[str, Json]:
    """All teammates at Intercom."""
    return dict(_by_id(row for batch in listed(asking, "/admins", "admins") for row in batch.rows))


def attributes_by_name(asking: Asking, kind: OwnerKind) -> Mapping[str, Attribute]:
    """The attributes of contacts or of companies."""
    return {one.name: one for one in _attributes(asking, kind)}


def teammate_called(teammates: Mapping[str, Json], name: str) -> str | None:
    """The id of the teammate of that name or address; None where there is nobody."""
    wanted = name.strip().casefold()
    for key, teammate in teammates.items():
        if wanted and wanted in {text_of(teammate, "name").casefold(), text_of(teammate, "email").casefold()}:
            return key
    return None


def writer_of(asking: Asking, workspace: Workspace, name: str) -> str:
    """As whom something is written: the teammate who made the edit, where Intercom knows one, else whose key it is."""
    return teammate_called(teammates_by_id(asking), name) or workspace.teammate


def definitions_in(known: Known) -> tuple[DefinitionRecord, ...]:
    """Custom attributes as definitions of properties."""
    both = (
        (OwnerKind.CUSTOMER, known.customer_attributes, OWN_OF_CUSTOMERS),
        (OwnerKind.COMPANY, known.company_attributes, OWN_OF_COMPANIES),
    )
    return tuple(
        DefinitionRecord(f"{kind.value}:{one.name}", kind, custom_name(one.name, own), one.kind, one.choices)
        for kind, attributes, own in both
        for one in attributes.values()
        if one.is_custom
    )


def _ahead(answer: Answer) -> timedelta | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")) - clock.now()
    except (TypeError, ValueError, IndexError):
        return None


def _attributes(asking: Asking, kind: OwnerKind) -> Iterator[Attribute]:
    for batch in listed(asking, "/data_attributes", "data", params={"model": _MODEL[kind]}):
        for row in batch.rows:
            try:
                found = attribute_of(an_object(row, "An attribute"))
            except RecordError:
                continue  # an attribute that cannot be read defines nothing; its values keep their own types
            if found is not None:
                yield found


def _by_id(rows: Iterator[Any]) -> Iterator[tuple[str, Json]]:
    for row in rows:
        try:
            found = an_object(row, "A row")
            yield key_of(found), found
        except RecordError:
            continue  # nothing can refer to what has no id
