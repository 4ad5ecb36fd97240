"""Types of columns, guessed from their cells, each with the proof that the teammate reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import UnionType

from console.connectors.table_cells import plain_text
from console.connectors.table_dates import date_in, day_order, has_clock, is_unix, moment_in
from console.connectors.table_headers import EVENT_AT, PHONE, TAGS, ends_as_text, says
from console.connectors.table_numbers import decimal_sign, number_in, without_currency
from console.connectors.table_rows import Cell
from console.domain.address import address_of
from console.domain.importing import CHOSEN, lacks_day_order, lacks_decimal_sign
from console.domain.values import ValueKind, ValueProblem, parse

Samples = Sequence[tuple[int, Cell]]
"""Cells of one column that are not empty, each with its row's number."""

_MOST = 0.9
_NUMBERLIKE = re.compile(r"[(+−-]{0,2}\s*[\d.,][\d.,\s\u00a0\u202f'’]*\)?")
_DATELIKE = re.compile(r"(?=.*\d).{6,40}", re.DOTALL)
_YES_NO = "true yes y on ja oui si sí sim wahr vrai false no n off nein non não falsch faux"
_YES_NO_WORDS = frozenset(_YES_NO.split())
_ONE_ZERO = frozenset("01")
_LINK = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?[\d(][\d ()./\u00a0-]{5,24}")
_CODE_IN_HEADER = re.compile(r"\b([A-Z]{3})\b|[€$£¥₹₩₽]")
_FLAG_HEADER = re.compile(r"(is|has|can|was|wants|ist|hat)_.*")


_NATIVES: Mapping[ValueKind, type | UnionType] = {
    ValueKind.NUMBER: int | float,
    ValueKind.MONEY: int | float,
    ValueKind.BOOLEAN: bool,
    ValueKind.DATE: date,
    ValueKind.DATETIME: date,
}


@dataclass(frozen=True, slots=True)
class Guess:
    """The type of a column, how its cells are read, and why we think so."""

    kind: ValueKind = ValueKind.STRING
    day_first: bool = False
    decimal_comma: bool = False
    currency: str = "EUR"
    proof: str = ""


def kind_of(header: str, words: str, samples: Samples, *, decimal_comma: bool | None = None) -> Guess:
    """The type that at least nine of ten cells have (a few wrong ones are left out later, with their rows).

    ``header`` is as in the file, ``words`` its comparable form. A column of dates or numbers that can be read in two
    ways stays text, with the proof ``DAY_OR_MONTH`` or ``COMMA_OR_POINT`` until the teammate chooses; ``decimal_comma`` is
    that choice.
    """
    guess = _kind_of(header, words, samples) if samples else Guess()
    return guess if decimal_comma is None else _as_chosen(header, guess, samples, decimal_comma=decimal_comma)


def _as_chosen(header: str, guess: Guess, samples: Samples, *, decimal_comma: bool) -> Guess:
    """A column of numbers is read as the teammate says, whatever its cells would prove."""
    texts = [(number, plain_text(cell)) for number, cell in samples if isinstance(cell, str)]
    if guess.kind in (ValueKind.NUMBER, ValueKind.MONEY):
        return replace(guess, decimal_comma=decimal_comma, proof=CHOSEN) if texts else guess
    if not lacks_decimal_sign(guess.proof):
        return guess
    is_money = bool(_currency_in(header)) or share(texts, lambda text: without_currency(text)[1]) >= _MOST
    kind = ValueKind.MONEY if is_money else ValueKind.NUMBER
    return replace(guess, kind=kind, decimal_comma=decimal_comma, proof=CHOSEN)


def _kind_of(header: str, words: str, samples: Samples) -> Guess:
    texts = [(number, plain_text(cell)) for number, cell in samples if isinstance(cell, str)]
    natives = [cell for _, cell in samples if not isinstance(cell, str)]
    if len(natives) >= _MOST * len(samples):
        return _signed(_native(header, words, natives), texts)
    guess = _of_texts(header, words, texts)
    strangers = sum(1 for cell in natives if not isinstance(cell, _NATIVES.get(guess.kind, object)))
    return guess if strangers <= (1 - _MOST) * len(samples) else Guess()


def _of_texts(header: str, words: str, texts: list[tuple[int, str]]) -> Guess:
    for attempt in (_addresses, _yes_no, _dates, _phones, _money, _numbers, _links, _choices):
        guess = attempt(header, words, texts)
        if guess is not None:
            return guess
    return Guess()


def share(texts: Iterable[tuple[int, str]], fits: Callable[[str], object]) -> float:
    """How many of the texts fit, from 0 to 1; a text that raises ValueProblem does not."""
    total = fitting = 0
    for _, text in texts:
        total += 1
        try:
            fitting += bool(fits(text))
        except ValueProblem:
            continue
    return fitting / total if total else 0.0


def _native(header: str, words: str, cells: Sequence[Cell]) -> Guess:
    if all(isinstance(cell, bool) for cell in cells):
        return Guess(ValueKind.BOOLEAN, proof="yes or no in the file")
    if all(isinstance(cell, date) for cell in cells):
        timed = any(isinstance(cell, datetime) for cell in cells)
        return Guess(ValueKind.DATETIME if timed else ValueKind.DATE, proof="dates in the file")
    if any(isinstance(cell, bool | date) for cell in cells):
        return Guess()
    if says(words, EVENT_AT) and all(is_unix(plain_text(cell)) for cell in cells):
        return Guess(ValueKind.DATETIME, proof="seconds or milliseconds since 1970")
    if ends_as_text(words) or says(words, PHONE):
        return Guess()
    code = _currency_in(header)
    return Guess(ValueKind.MONEY, currency=code, proof=f"{code} in the header") if code else Guess(ValueKind.NUMBER)


def _signed(guess: Guess, texts: list[tuple[int, str]]) -> Guess:
    """Numbers of a workbook among which a few were typed as text: those have to prove their decimal sign as well."""
    if guess.kind not in (ValueKind.NUMBER, ValueKind.MONEY):
        return guess
    comma, proof = decimal_sign([(number, without_currency(text)[0]) for number, text in texts])
    if lacks_decimal_sign(proof):
        return Guess(currency=guess.currency, proof=proof)
    return replace(guess, decimal_comma=comma, proof=proof or guess.proof)


def _addresses(_header: str, _words: str, texts: list[tuple[int, str]]) -> Guess | None:
    return Guess(ValueKind.EMAIL) if share(texts, address_of) >= _MOST else None


def _yes_no(_header: str, words: str, texts: list[tuple[int, str]]) -> Guess | None:
    found = {text.lower() for _, text in texts}
    if len(found) != 2 or not (found <= _YES_NO_WORDS or (found == _ONE_ZERO and _FLAG_HEADER.fullmatch(words))):
        return None
    both = {parse(ValueKind.BOOLEAN, text).content for text in found}
    shown = dict.fromkeys(text for _, text in texts)
    return Guess(ValueKind.BOOLEAN, proof=f"2 values only: {'/'.join(list(shown)[:2])}") if len(both) == 2 else None


def _dates(_header: str, words: str, texts: list[tuple[int, str]]) -> Guess | None:
    if says(words, EVENT_AT) and share(texts, is_unix) >= _MOST:
        return Guess(ValueKind.DATETIME, proof="seconds or milliseconds since 1970")
    dated = [(number, text) for number, text in texts if _DATELIKE.fullmatch(text) and not text.isdigit()]
    if len(dated) < _MOST * len(texts):
        return None
    day_first, proof = day_order(dated)
    timed = any(has_clock(text) for _, text in dated)

    def fits(text: str) -> bool:
        return bool(moment_in(text, day_first=day_first) if timed else date_in(text, day_first=day_first))

    if share(texts, fits) < _MOST:
        return Guess(proof=proof) if lacks_day_order(proof) and _both_orders(texts) else None
    if lacks_day_order(proof):
        return Guess(proof=proof)
    return Guess(ValueKind.DATETIME if timed else ValueKind.DATE, day_first=day_first, proof=proof)


def _both_orders(texts: list[tuple[int, str]]) -> bool:
    def fits(text: str) -> bool:
        try:
            return bool(moment_in(text, day_first=True))
        except ValueProblem:
            return bool(moment_in(text, day_first=False))

    return share(texts, fits) >= _MOST


def _phones(_header: str, words: str, texts: list[tuple[int, str]]) -> Guess | None:
    named = says(words, PHONE)
    fits = share(texts, lambda text: _PHONE.fullmatch(text) and (named or text.startswith(("+", "00"))))
    return Guess(ValueKind.PHONE) if fits >= _MOST else None


def _money(header: str, _words: str, texts: list[tuple[int, str]]) -> Guess | None:
    parted = [(number, *without_currency(text)) for number, text in texts]
    codes = [code for _, _, code in parted if code]
    named = _currency_in(header)
    if len(codes) < _MOST * len(texts) and not (named and len(codes) <= len(texts)):
        return None
    bare = [(number, rest) for number, rest, _ in parted]
    if share(bare, _NUMBERLIKE.fullmatch) < _MOST:
        return None
    usual = max(sorted(set(codes)), key=codes.count) if codes else named
    comma, proof = decimal_sign(bare)
    if lacks_decimal_sign(proof):
        return Guess(currency=usual, proof=proof)
    shown = proof or (f"{usual} in the header" if not codes else f"{usual} in the cells")
    return Guess(ValueKind.MONEY, decimal_comma=comma, currency=usual, proof=shown)


def _numbers(_header: str, words: str, texts: list[tuple[int, str]]) -> Guess | None:
    if ends_as_text(words) or share(texts, _NUMBERLIKE.fullmatch) < _MOST:
        return None
    led = next((number for number, text in texts if re.fullmatch(r"0\d+|\d{16,}", text)), 0)
    if led:
        return Guess(proof=f"row {led} has a leading zero or too many digits: kept as text")
    comma, proof = decimal_sign(texts)
    if lacks_decimal_sign(proof):
        return Guess(proof=proof)
    if share(texts, lambda text: number_in(text, decimal_comma=comma) is not None) < _MOST:
        return None
    return Guess(ValueKind.NUMBER, decimal_comma=comma, proof=proof)


def _links(_header: str, _words: str, texts: list[tuple[int, str]]) -> Guess | None:
    fits = share(texts, lambda text: _LINK.fullmatch(text) and parse(ValueKind.LINK, text))
    return Guess(ValueKind.LINK) if fits >= _MOST else None


def _choices(_header: str, words: str, texts: list[tuple[int, str]]) -> Guess | None:
    return Guess(ValueKind.CHOICES) if says(words, TAGS) and share(texts, lambda text: len(text) < 500) == 1 else None


def _currency_in(header: str) -> str:
    """The currency that a header such as ``MRR (€)`` or ``Price USD`` names, or ""."""
    if not _CODE_IN_HEADER.search(header):
        return ""
    for word in re.findall(r"[A-Z]{3}\b|[€$£¥₹₩₽]", header):
        code = without_currency(word)[1]
        if code:
            return code
    return ""
