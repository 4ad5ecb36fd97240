"""How names, values, times and origins read on the screen, in the desktop's language and order."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from console.domain.profile import Origin, OriginKind
from console.domain.records import Channel
from console.domain.values import Money, Value, ValueKind
from console.ui.style.tokens import Tone

_FIRST_STRONG, _POP = "\u2068", "\u2069"
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "PLN": "zł"}
_ABBREVIATIONS = frozenset(
    ["api", "arr", "crm", "csat", "id", "ip", "ltv", "mrr", "nps", "sla", "sso", "ui", "url", "utm", "vat", "vip"]
)
_LONGEST_SHOWN = 400
_MOST_EXACT = 2**62

CHANNEL_ICON = {
    Channel.EMAIL: "mail",
    Channel.CHAT: "message-square",
    Channel.SURVEY: "gauge",
    Channel.REVIEW: "star",
    Channel.CALL: "phone",
    Channel.MEMO: "mic",
}
ORIGIN_LOOK: dict[OriginKind, tuple[Tone, str]] = {
    OriginKind.MANUAL: ("violet", "pen-line"),
    OriginKind.SPREADSHEET: ("violet", "sheet"),
    OriginKind.PUSH_API: ("blue", "zap"),
    OriginKind.SOURCE: ("teal", "plug"),
}
KIND_ICON = {
    ValueKind.STRING: "type",
    ValueKind.NUMBER: "hash",
    ValueKind.BOOLEAN: "toggle-left",
    ValueKind.DATE: "calendar",
    ValueKind.DATETIME: "clock",
    ValueKind.MONEY: "credit-card",
    ValueKind.LINK: "link",
    ValueKind.EMAIL: "at-sign",
    ValueKind.PHONE: "phone",
    ValueKind.CHOICE: "list",
    ValueKind.CHOICES: "list",
}


def translate(words: str) -> str:
    """The words in the teammate's language, for functions that are no QObject."""
    return QCoreApplication.translate("Profile", words)


def _locale() -> QLocale:
    # Without a language the desktop's locale is "C", which parts no thousands; then English reads better.
    found = QLocale()
    return QLocale("en_GB") if found.language() == QLocale.Language.C else found


def isolated(words: str) -> str:
    """A name from outside inside a sentence of ours: its direction cannot reorder what stands around it."""
    return f"{_FIRST_STRONG}{_DIRECTIONS.sub('', words)}{_POP}"


def named(words: str) -> str:
    """A name from outside that stands alone: one line, without signs that turn the direction."""
    return " ".join(_DIRECTIONS.sub("", words).split())


def property_words(name: str) -> str:
    """The name of a property as a label: ``company.last_seen_ip`` reads “Last seen IP”."""
    words = named(name.removeprefix("company.").replace("_", " ").replace(".", " ")).split(" ")
    shown = " ".join(word.upper() if word.lower() in _ABBREVIATIONS else word for word in words)
    return shown[:1].upper() + shown[1:]


def property_group(name: str) -> str:
    """What a property with a dotted name belongs to: ``location`` of ``location.city``; empty where it is alone."""
    return name.removeprefix("company.").rpartition(".")[0]


def number_words(number: Decimal) -> str:
    """A number with the desktop's separators, to its last digit."""
    locale = _locale()
    sign, digits, exponent = number.normalize().as_tuple()
    if not isinstance(exponent, int) or abs(number) >= _MOST_EXACT or exponent < -12 or not digits:
        return str(number)
    whole, _, rest = format(abs(number), "f").partition(".")
    rest = rest.rstrip("0")
    shown = locale.toString(int(whole)) + (locale.decimalPoint() + rest if rest else "")
    return f"{locale.negativeSign()}{shown}" if sign else shown


def money_words(money: Money) -> str:
    """An amount with its sign or code: ``€ 4,250``; cents where there are any."""
    locale = _locale()
    words = number_words(money.amount)
    point = locale.decimalPoint()
    if point in words and len(words.rpartition(point)[2]) == 1:
        words += "0"
    return f"{_SIGNS.get(money.currency, money.currency)}\u00a0{words}"


def value_words(value: Value) -> str:
    """A value as people read it; the whole text, of at most 400 characters."""
    content = value.content
    match content:
        case bool():
            return translate("Yes") if content else translate("No")
        case Decimal():
            return number_words(content)
        case Money():
            return money_words(content)
        case datetime():
            return moment_words(content)
        case date():
            return day_of(content)
        case tuple():
            return ", ".join(named(word) for word in content)
        case str():
            shown = named(content)
            return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


def origin_look(origin: Origin) -> tuple[str, Tone, str]:
    """(words, tone, icon) of the chip that says where a value comes from."""
    tone, icon = ORIGIN_LOOK[origin.kind]
    match origin.kind:
        case OriginKind.MANUAL:
            return translate("Manual"), tone, icon
        case OriginKind.SPREADSHEET:
            return translate("Sheet"), tone, icon
        case OriginKind.PUSH_API:
            return translate("API"), tone, icon
        case OriginKind.SOURCE:
            return named(origin.name) or translate("Source"), tone, icon


def day_of(day: date) -> str:
    """A day: ``2 Oct 2026``."""
    return _locale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def time_words(at: datetime) -> str:
    """The time of day on this desktop's clock; ``at`` is aware."""
    local = at.astimezone()
    return _locale().toString(QTime(local.hour, local.minute), "HH:mm")


def moment_words(at: datetime) -> str:
    """Day and time on this desktop's clock; ``at`` is aware."""
    return f"{day_of(at.astimezone().date())}, {time_words(at)}"


def since_words(at: datetime, now: datetime) -> str:
    """A moment as one speaks of it: ``today, 08:00``, ``yesterday, 17:24``, ``2 Oct 2026``. Both times are aware."""
    day, today = at.astimezone().date(), now.astimezone().date()
    if day == today:
        return translate("today, {0}").format(time_words(at))
    if day == today - timedelta(days=1):
        return translate("yesterday, {0}").format(time_words(at))
    return day_of(day)


def day_heading(day: date, today: date) -> str:
    """The heading over what happened on a day: ``Today``, ``Yesterday``, ``Thu 12 November``, ``12 November 2025``."""
    if day == today:
        return translate("Today")
    if day == today - timedelta(days=1):
        return translate("Yesterday")
    shape = "ddd d MMMM" if day.year == today.year else "d MMMM yyyy"
    return _locale().toString(QDate(day.year, day.month, day.day), shape)


def size_words(size: int) -> str:
    """A number of bytes: ``212 kB``."""
    return _locale().formattedDataSize(size, 0 if size < 1_000_000 else 1, QLocale.DataSizeFormat.DataSizeSIFormat)
