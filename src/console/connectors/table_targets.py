"""Targets of columns, guessed: which is the match key, which the name, which a property, and what a table is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from console.connectors import table_headers as headers
from console.connectors.table_headers import says
from console.connectors.table_kinds import Guess, Samples, share
from console.connectors.table_rows import text_of
from console.domain.address import address_of
from console.domain.import_mapping import property_name
from console.domain.importing import (
    COMPANY,
    DO_NOT_IMPORT,
    DOMAIN,
    EVENT_AT,
    EVENT_CUSTOMER,
    EVENT_NAME,
    EXTERNAL_ID,
    KEY_EMAIL,
    META,
    NAME,
    TAGS,
    ImportKind,
)
from console.domain.values import ValueKind

FIRST_NAME = "first_name"
LAST_NAME = "last_name"
_COMPANY_PREFIXES = (
    "company_",
    "organisation_",
    "organization_",
    "firmen_",
    "firma_",
    "empresa_",
    "entreprise_",
    "account_",
)
_META_PREFIXES = ("meta.", "metadata.", "properties.", "attributes.", "props.")
_WORLDWIDE_LENGTH = 16
_TIMES = (ValueKind.DATE, ValueKind.DATETIME)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was seen: its name, the name's comparable words, sampled cells that are not empty, its type."""

    name: str
    words: str
    cells: Samples
    guess: Guess


def guessed_kind(columns: Sequence[Column]) -> ImportKind:
    """What the rows are: events where something happened at a time, companies where no person is, else customers."""
    named = {column.words for column in columns}
    has_email = any(column.guess.kind is ValueKind.EMAIL or says(column.words, headers.EMAIL) for column in columns)
    event_only = "event event_name event_type action ereignis evenement evento"
    if any(says(words, event_only) for words in named) and any(column.guess.kind in _TIMES for column in columns):
        return ImportKind.EVENTS
    if not has_email and any(says(words, headers.COMPANY_NAME) or says(words, headers.DOMAIN) for words in named):
        return ImportKind.COMPANIES
    return ImportKind.CUSTOMERS


def targets_of(columns: Sequence[Column], kind: ImportKind) -> tuple[str, ...]:
    """A target for every column, none twice; columns without header and without cells are left out."""
    target_by_position: dict[int, str] = {}
    for target, choose in _CHOICES[kind]:
        position = choose(columns, target_by_position)
        if position is not None:
            target_by_position[position] = target
    taken = set(target_by_position.values())
    for position, column in enumerate(columns):
        if position not in target_by_position:
            target = _property(column, kind, taken)
            taken.add(target)
            target_by_position[position] = target
    return tuple(target_by_position[position] for position in range(len(columns)))


Chosen = Mapping[int, str]
"""The targets given so far, by the column's position."""

Choose = Callable[[Sequence[Column], Chosen], int | None]


def _named(names: str, fits: Callable[[Column], bool] = lambda _: True) -> Choose:
    """The first free column whose header is one of the names, in the order of the list (the most telling first)."""
    order = {name: rank for rank, name in enumerate(dict.fromkeys(headers.words_of(name) for name in names.split()))}

    def choose(columns: Sequence[Column], taken: Chosen) -> int | None:
        ranked = [
            (order.get(column.words, len(order)), position)
            for position, column in enumerate(columns)
            if position not in taken and says(column.words, names) and fits(column)
        ]
        return min(ranked)[1] if ranked else None

    return choose


def _email(columns: Sequence[Column], taken: Chosen) -> int | None:
    """A column called e-mail with addresses in it, else the one with most addresses, else one only called so."""
    best: tuple[float, int] | None = None
    for position, column in enumerate(columns):
        addresses = share([(number, text_of(cell)) for number, cell in column.cells], address_of)
        called = says(column.words, headers.EMAIL)
        score = addresses + (0.5 if called else 0.0)
        if position not in taken and score > 0.4 and (best is None or score > best[0]):
            best = (score, position)
    return best[1] if best else None


def _time(columns: Sequence[Column], taken: Chosen) -> int | None:
    found = _named(headers.EVENT_AT, lambda column: column.guess.kind in _TIMES)(columns, taken)
    if found is not None:
        return found
    timed = [
        position
        for position, column in enumerate(columns)
        if position not in taken and (column.guess.kind in _TIMES or "day first" in column.guess.proof)
    ]
    return timed[0] if timed else _named(headers.EVENT_AT)(columns, taken)


def _customer_name(columns: Sequence[Column], taken: Chosen) -> int | None:
    """A name column, unless it stands beside a first or last name and is only the other half (``Nom, Prénom``)."""
    halves = any(says(column.words, f"{headers.FIRST_NAME} {headers.LAST_NAME}") for column in columns)
    whole = "name full_name fullname display_name customer_name contact_name nom_complet nombre_completo nome_completo"
    if not halves:
        return _named(headers.NAME)(columns, taken)
    return _named(whole.removeprefix("name "))(columns, taken)


def _half_name(names: str, other: str, bare: str) -> Choose:
    """A first (or last) name by its header, else a bare ``Name`` where the other half is there."""

    def choose(columns: Sequence[Column], taken: Chosen) -> int | None:
        found = _named(names)(columns, taken)
        if found is not None or not any(says(column.words, other) for column in columns):
            return found
        return _named(bare)(columns, taken)

    return choose


def _key(names: str, instead: frozenset[str]) -> Choose:
    """An ID only where nothing else says who it is, or where it calls itself external: ``1`` is somebody in every file,
    and a wrong key would make one customer of two.
    """

    def choose(columns: Sequence[Column], taken: Chosen) -> int | None:
        explicit = _named("external_id", _unique)(columns, taken)
        if explicit is not None or not instead.isdisjoint(taken.values()):
            return explicit
        return _named(names, _unique)(columns, taken)

    return choose


def _is_worldwide(column: Column) -> bool:
    """Whether the cells could be ids that no other file has: unique and long (UUIDs)."""
    return _unique(column) and all(len(text_of(cell)) >= _WORLDWIDE_LENGTH for _, cell in column.cells)


def _event_customer(columns: Sequence[Column], taken: Chosen) -> int | None:
    """Whose the event is, where no address says it: the same customer's in many rows, so never checked for being unique."""
    return None if KEY_EMAIL in taken.values() else _named(headers.EVENT_CUSTOMER)(columns, taken)


def _unique(column: Column) -> bool:
    """Whether the sampled cells could be ids: hardly any empty or twice."""
    texts = [text_of(cell) for _, cell in column.cells]
    return bool(texts) and len(set(texts)) == len(texts)


_BARE = "name nom nombre nome naam namn navn"
_CHOICES: dict[ImportKind, tuple[tuple[str, Choose], ...]] = {
    ImportKind.CONVERSATIONS: (),
    ImportKind.CUSTOMERS: (
        (KEY_EMAIL, _email),
        (NAME, _customer_name),
        (FIRST_NAME, _half_name(headers.FIRST_NAME, headers.LAST_NAME, _BARE)),
        (LAST_NAME, _half_name(headers.LAST_NAME, headers.FIRST_NAME, _BARE)),
        (EXTERNAL_ID, _key(headers.CUSTOMER_ID, frozenset({KEY_EMAIL}))),
        (COMPANY + NAME, _named(f"company.name {headers.COMPANY_NAME}")),
        (COMPANY + DOMAIN, _named(headers.DOMAIN)),
        (TAGS, _named(headers.TAGS)),
    ),
    ImportKind.COMPANIES: (
        (NAME, _named(f"name company.name {headers.COMPANY_NAME} {headers.NAME}")),
        (DOMAIN, _named(f"{headers.DOMAIN} {headers.WEBSITE}")),
        (
            EXTERNAL_ID,
            _key(
                f"company_id account_id organisation_id organization_id {headers.CUSTOMER_ID}",
                frozenset({NAME, DOMAIN}),
            ),
        ),
        (TAGS, _named(headers.TAGS)),
    ),
    ImportKind.EVENTS: (
        (KEY_EMAIL, _email),
        (EVENT_AT, _time),
        (EVENT_NAME, _named(headers.EVENT_NAME)),
        (EVENT_CUSTOMER, _event_customer),
        (EXTERNAL_ID, _named(headers.EVENT_ID, _is_worldwide)),
    ),
}


def _property(column: Column, kind: ImportKind, taken: set[str]) -> str:
    if not column.cells or says(column.words, headers.INTERNAL):
        return DO_NOT_IMPORT
    reserved = taken | {KEY_EMAIL, NAME, EXTERNAL_ID, TAGS}
    if kind is ImportKind.EVENTS:
        return _meta(column.name, taken)
    name = property_name(column.name)
    if kind is ImportKind.COMPANIES:
        return property_name(_without(name, (COMPANY, *_COMPANY_PREFIXES)), reserved | {DOMAIN})
    bare = _without(name, _COMPANY_PREFIXES)
    if bare != name or says(column.words, headers.COMPANY_WORDS):
        return property_name(COMPANY + bare, reserved)
    return property_name(name, reserved)


def _meta(header: str, taken: set[str]) -> str:
    rest = _without(header.strip().lower(), _META_PREFIXES) or header
    return META + property_name(rest, {target.removeprefix(META) for target in taken if target.startswith(META)})


def _without(name: str, prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        if name.startswith(prefix) and len(name) > len(prefix):
            return name[len(prefix) :]
    return name
