"""Numbers and amounts in tables: strict about separators, and which decimal sign a column proves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from console.connectors.table_dates import MOST_TO_FEWEST
from console.domain.importing import COMMA_OR_POINT
from console.domain.values import CURRENCY_BY_SIGN, Money, ValueProblem

_SPACES = " \u00a0\u202f'’"
_POINT = re.compile(
    rf"(\d{{1,3}}(?P<s>[,{_SPACES}])\d{{3}}(?:(?P=s)\d{{3}})*|\d+)?(\.\d+)?(?:[eE][+-]?\d{{1,2}})?", re.ASCII
)
_COMMA = re.compile(
    rf"(\d{{1,3}}(?P<s>[.{_SPACES}])\d{{3}}(?:(?P=s)\d{{3}})*|\d+)?(,\d+)?(?:[eE][+-]?\d{{1,2}})?", re.ASCII
)
_GROUPING = re.compile(rf"[{_SPACES}]")
_PROVES_POINT = re.compile(
    rf".*(,\d{{3}}\.\d*|,\d{{3}},\d{{3}}.*|[{_SPACES}]\d{{3}}\.\d+|\d{{4}}\.\d+|\.\d{{1,2}}|\.\d{{4,}}|(^|\D)0?\.\d+)"
)
_PROVES_COMMA = re.compile(
    rf".*(\.\d{{3}},\d*|\.\d{{3}}\.\d{{3}}.*|[{_SPACES}]\d{{3}},\d+|\d{{4}},\d+|,\d{{1,2}}|,\d{{4,}}|(^|\D)0?,\d+)"
)
_LEFT_OPEN = re.compile(r"\d{1,3}[.,]\d{3}")
_LONGEST = 40
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
"""
_ISO_CODES = frozenset(_CODES.split())
_CODE = re.compile(r"^([A-Z]{3})(?![^\W\d_])|(?<![^\W\d_])([A-Z]{3})$")


def number_in(text: str, *, decimal_comma: bool) -> Decimal:
    """The number that ``text`` writes. Thousands are parted in threes or not at all; in brackets it is negative.

    Raises ValueProblem with a sentence: a separator in an odd place is never skipped.
    """
    found = _number(text.strip(), decimal_comma=decimal_comma)
    if found is None:
        example = "1200 or 12,5" if decimal_comma else "1200 or 12.5"
        raise ValueProblem(f"“{text[:40]}” is not a number; write it like {example}")
    return found


def amount_in(text: str, *, decimal_comma: bool, currency: str) -> Money:
    """The amount and its currency: a sign or ISO code beside it, else ``currency``. Raises ValueProblem."""
    rest, code = without_currency(text)
    found = _number(rest, decimal_comma=decimal_comma)
    if found is None:
        example = "€ 1200,50 or 1200,50 USD" if decimal_comma else "€ 1200.50 or 1200.50 USD"
        raise ValueProblem(f"“{text[:40]}” is not an amount; write it like {example}")
    return Money(found, code or currency)


def without_currency(text: str) -> tuple[str, str]:
    """The text without its currency sign or code, and the code ("" where there is none)."""
    rest, code = text.strip(), ""
    for sign, its_code in CURRENCY_BY_SIGN.items():
        if sign in rest:
            rest, code = rest.replace(sign, "", 1).strip(), its_code
            break
    found = _CODE.search(rest)
    if not found or (found[1] or found[2]) not in _ISO_CODES:
        return rest, code
    return (rest[: found.start()] + rest[found.end() :]).strip(), found[1] or found[2]


def decimal_sign(rows: Iterable[tuple[int, str]]) -> tuple[bool, str]:
    """Whether the numbers of a column have a decimal comma, and the proof; ``COMMA_OR_POINT`` where it stays open.

    ``rows`` are (row number, text without currency). Where rows prove opposite signs, nine of ten decide (the others
    cannot be read and are left out); else a row of each is named.
    """
    comma_rows: list[int] = []
    point_rows: list[int] = []
    is_open = False
    for number, text in rows:
        bare = text.strip().strip("()+-−").strip()
        if len(bare) > _LONGEST:
            continue
        if _PROVES_COMMA.fullmatch(bare):
            comma_rows.append(number)
        elif _PROVES_POINT.fullmatch(bare):
            point_rows.append(number)
        is_open = is_open or bool(_LEFT_OPEN.fullmatch(bare))
    if comma_rows or point_rows:
        return _decided(comma_rows, point_rows)
    return False, COMMA_OR_POINT if is_open else ""


def _decided(comma_rows: list[int], point_rows: list[int]) -> tuple[bool, str]:
    is_comma = len(comma_rows) > len(point_rows)
    most, fewest = (comma_rows, point_rows) if is_comma else (point_rows, comma_rows)
    if len(fewest) * MOST_TO_FEWEST > len(most):
        return is_comma, f"ambiguous: row {comma_rows[0]} has a decimal comma, row {point_rows[0]} a decimal point"
    return is_comma, f"decimal {'comma' if is_comma else 'point'}, row {most[0]} proves it"


def _number(text: str, *, decimal_comma: bool) -> Decimal | None:
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST:
        return Decimal(text)
    if len(text) > _LONGEST:
        return None
    negative, bare = _sign(text)
    found = (_COMMA if decimal_comma else _POINT).fullmatch(bare)
    if found is None:
        return None
    if not found[1] and not found[3]:
        return None
    compact = _GROUPING.sub("", bare)
    compact = compact.replace(".", "").replace(",", ".") if decimal_comma else compact.replace(",", "")
    return -Decimal(compact) if negative else Decimal(compact)


def _sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith(("-", "−")):
        return True, text[1:].strip()
    return False, text.removeprefix("+").strip()
