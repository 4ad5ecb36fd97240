"""Rows to records: a row of a mapped table as a customer, a company or an event, or why it is left out whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from console.connectors.table_cells import plain_text, reader_of
from console.connectors.table_rows import Cell
from console.connectors.table_targets import FIRST_NAME, LAST_NAME
from console.domain.address import canonical
from console.domain.importing import (
    COMPANY,
    DOMAIN,
    EVENT_AT,
    EVENT_CUSTOMER,
    EVENT_NAME,
    EXTERNAL_ID,
    KEY_EMAIL,
    META,
    NAME,
    TAGS,
    ColumnPlan,
    ImportKind,
)
from console.domain.records import CompanyRecord, CustomerRecord, EventRecord
from console.domain.tags import LONGEST_TAG, tidy
from console.domain.values import Value, ValueKind, ValueProblem, stored

TableRecord = CustomerRecord | CompanyRecord | EventRecord
_LONGEST_KEY = 500
_PARTED = re.compile(r"[,;\n]")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([^\s/?#@:]+\.[^\s/?#@:.]+)\.?(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


class RowError(ValueError):
    """A row is left out because of one cell: its column, its text and the reason as a sentence."""

    def __init__(self, column: str, text: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.text, self.reason = column, text, reason


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is imported: where it stands in the rows, and how its cells are read."""

    position: int
    column: str
    target: str
    read: Callable[[Cell], Any]


def fields_of(
    columns: Sequence[ColumnPlan], position_by_column: Mapping[str, int], kind: ImportKind
) -> tuple[Field, ...]:
    """The columns that are imported, as they stand in one file; columns that the file lacks are left out."""
    return tuple(
        Field(position_by_column[plan.column], plan.column, plan.target, _reader(plan, kind))
        for plan in columns
        if plan.target and plan.column in position_by_column
    )


def record_of(kind: ImportKind, fields: Sequence[Field], cells: Sequence[Cell]) -> TableRecord:
    """The record that a row is; empty cells say nothing. Raises RowError: nothing of a wrong row is taken in."""
    got: dict[str, Any] = {}
    width = len(cells)
    for field in fields:
        cell = cells[field.position] if field.position < width else ""
        if isinstance(cell, str) and (not cell or cell.isspace() or (cell[0] == "'" and not plain_text(cell))):
            continue
        try:
            got[field.target] = field.read(cell)
        except ValueProblem as problem:
            raise RowError(field.column, plain_text(cell), str(problem)) from problem
    return _BUILDERS[kind](got, fields)


def key_fields_of(kind: ImportKind, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The columns that say whose a row is, the strongest first; none where every row stands for itself."""
    return tuple(field for target in _KEYS.get(kind, ()) for field in fields if field.target == target)


def rough_key(key_fields: Sequence[Field], cells: Sequence[Cell]) -> str:
    """A text that is the same for all rows of one owner, quickly and without checks; "" where there is none."""
    for field in key_fields:
        if field.position < len(cells):
            text = plain_text(cells[field.position])
            if text:
                return _rough(field.target, text)
    return ""


def merged(older: TableRecord, newer: TableRecord) -> TableRecord:
    """One owner in two rows of a file: the later row wins where both say something, the earlier fills the rest."""
    match older, newer:
        case CustomerRecord(), CustomerRecord():
            emails = tuple(dict.fromkeys((*newer.emails, *older.emails)))
            properties = {**older.properties, **newer.properties}
            return replace(newer, emails=emails, properties=properties, tags=_both(older.tags, newer.tags))
        case CompanyRecord(), CompanyRecord():
            return replace(
                newer,
                name=newer.name or older.name,
                domains=tuple(dict.fromkeys((*newer.domains, *older.domains))),
                properties={**older.properties, **newer.properties},
                tags=_both(older.tags, newer.tags),
            )
        case _:
            return newer


def _both(older: tuple[str, ...], newer: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*older, *newer)))


def _rough(target: str, text: str) -> str:
    if target == KEY_EMAIL:
        return text.lower().rstrip(".") if text.isascii() else canonical(text) or text
    if target == DOMAIN:
        found = _DOMAIN.fullmatch(text) if len(text) <= _LONGEST_KEY else None
        return f"domain:{found[1].lower() if found else text}"
    return f"{target}:{_folded(text) if target == NAME else text}"


def _reader(plan: ColumnPlan, kind: ImportKind) -> Callable[[Cell], Any]:
    if plan.target == KEY_EMAIL:
        return _address
    if plan.target in (EXTERNAL_ID, EVENT_CUSTOMER):
        return _key
    if plan.target == EVENT_NAME or (plan.target == NAME and kind is ImportKind.COMPANIES):
        return _short_text
    if plan.target == DOMAIN and kind is ImportKind.COMPANIES:
        return _domain
    if plan.target == COMPANY + DOMAIN:
        return lambda cell: Value(ValueKind.STRING, _domain(cell))
    if plan.target == TAGS and kind in (ImportKind.CUSTOMERS, ImportKind.COMPANIES):
        return _tags
    if plan.target == EVENT_AT:
        read = reader_of(replace(plan, kind=ValueKind.DATETIME))
        return lambda cell: read(cell).content
    return reader_of(replace(plan, kind=ValueKind.STRING) if plan.target == NAME else plan)


def _address(cell: Cell) -> str:
    text = plain_text(cell)
    found = canonical(text)
    if found is None:
        raise ValueProblem(f"“{text[:60]}” is not an e-mail address")
    return found


def _key(cell: Cell) -> str:
    text = plain_text(cell)
    if len(text) > _LONGEST_KEY:
        raise ValueProblem(f"The ID has {len(text):,} characters; {_LONGEST_KEY} fit")
    return text


def _short_text(cell: Cell) -> str:
    text = " ".join(plain_text(cell).split())
    if len(text) > _LONGEST_KEY:
        raise ValueProblem(f"The name has {len(text):,} characters; {_LONGEST_KEY} fit")
    return text


def _domain(cell: Cell) -> str:
    text = plain_text(cell)
    found = _DOMAIN.fullmatch(text) if len(text) <= _LONGEST_KEY else None
    address = canonical(f"x@{found[1]}") if found else None
    if address is None:
        raise ValueProblem(f"“{text[:60]}” is not a domain; write it like example.com")
    return address.partition("@")[2]


def _tags(cell: Cell) -> tuple[str, ...]:
    """Words parted by commas or semicolons (in JSON lines a list of words has become such a text), each once."""
    tags = (tidy(part) for part in _PARTED.split(plain_text(cell)))
    found = tuple(dict.fromkeys(tag for tag in tags if tag))
    long = next((tag for tag in found if len(tag) > LONGEST_TAG), "")
    if long:
        raise ValueProblem(f"The tag “{long[:40]}…” has {len(long):,} characters; {LONGEST_TAG} fit")
    return found


def _customer(got: dict[str, Any], fields: Sequence[Field]) -> CustomerRecord:
    email, key = got.pop(KEY_EMAIL, None), got.pop(EXTERNAL_ID, None)
    if not email and not key:
        raise _no_key(fields, (KEY_EMAIL, EXTERNAL_ID))
    if NAME not in got:
        parts = [str(got[half].content) for half in (FIRST_NAME, LAST_NAME) if half in got]
        if parts:
            got[NAME] = Value(ValueKind.STRING, " ".join(parts))
    emails, tags = (email,) if email else (), got.pop(TAGS, ())
    return CustomerRecord(key or f"email:{email}", emails=emails, properties=got, tags=tags)


def _company(got: dict[str, Any], fields: Sequence[Field]) -> CompanyRecord:
    name, domain, key = got.pop(NAME, None), got.pop(DOMAIN, None), got.pop(EXTERNAL_ID, None)
    if not (name or domain or key):
        raise _no_key(fields, (NAME, DOMAIN, EXTERNAL_ID))
    external_id = key or (f"domain:{domain}" if domain else f"name:{_folded(name)}")
    domains, tags = (domain,) if domain else (), got.pop(TAGS, ())
    return CompanyRecord(external_id, name=name, domains=domains, properties=got, tags=tags)


def _event(got: dict[str, Any], fields: Sequence[Field]) -> EventRecord:
    email, customer, own = got.pop(KEY_EMAIL, None), got.pop(EVENT_CUSTOMER, None), got.pop(EXTERNAL_ID, None)
    if not email and not customer:
        raise _no_key(fields, (KEY_EMAIL, EVENT_CUSTOMER))
    for target, what in ((EVENT_NAME, "No event: it has no name"), (EVENT_AT, "No time: when it happened is not said")):
        if target not in got:
            raise RowError(_column_of(fields, (target,)), "", what)
    name, at = got.pop(EVENT_NAME), got.pop(EVENT_AT)
    metadata = {target.removeprefix(META): value for target, value in got.items()}
    external_id = own or _event_id(customer or email, name, at, metadata)
    return EventRecord(external_id, name, at, customer_id=customer, email=email, metadata=metadata)


def _event_id(who: str, name: str, at: datetime, metadata: Mapping[str, Value]) -> str:
    """The same event in the same or another file has the same key, so that importing again changes nothing."""
    parts = [who, name, at.isoformat()]
    parts += [f"{key}={value.kind}:{stored(value)}" for key, value in sorted(metadata.items())]
    return "event:" + sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _no_key(fields: Sequence[Field], targets: tuple[str, ...]) -> RowError:
    what = {
        KEY_EMAIL: "e-mail",
        EXTERNAL_ID: "external ID",
        EVENT_CUSTOMER: "external ID",
        NAME: "name",
        DOMAIN: "domain",
    }
    mapped = [what[target] for target in targets if any(field.target == target for field in fields)]
    return RowError(_column_of(fields, targets), "", f"No {' and no '.join(mapped)}: nothing to match by")


def _column_of(fields: Sequence[Field], targets: tuple[str, ...]) -> str:
    return next((field.column for target in targets for field in fields if field.target == target), "")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


_KEYS = {
    ImportKind.CUSTOMERS: (EXTERNAL_ID, KEY_EMAIL),
    ImportKind.COMPANIES: (EXTERNAL_ID, DOMAIN, NAME),
}
_BUILDERS: Mapping[ImportKind, Callable[[dict[str, Any], Sequence[Field]], TableRecord]] = {
    ImportKind.CUSTOMERS: _customer,
    ImportKind.COMPANIES: _company,
    ImportKind.EVENTS: _event,
}
