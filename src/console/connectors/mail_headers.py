"""Who, when and which: the headers of a mail, hostile ones too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from functools import lru_cache

from console.connectors.mail_text import header_text, raw_text
from console.connectors.mail_tree import Mail
from console.domain.address import canonical
from console.domain.records import Person

# A clock that is wrong by a day is usual; a mail from years ahead would stay on top of every list.
FUTURE_TOLERANCE = timedelta(days=1)
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)
# The first mail between two computers was sent in 1971; before it, a date is a mistake.
EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
_LATEST_YEAR = 9998
_MOST_PEOPLE = 1_000
_LONGEST_WRITTEN = 500
_LONGEST_NAME = 200
_LONGEST_KNOWN = 200

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_ANGLE = re.compile(r"([^<>]*)<([^<>]*)>\s*")
_WORD = re.compile(r"[\w-]+")
# One person and a date as nearly all mails write them; nothing here means anything to the rules for odd forms.
_PLAIN_PERSON = re.compile(r"\s*([\w .&/+-]*?)\s*<([\w.+-]+@[\w.-]+)>\s*", re.ASCII)
_PLAIN_DATE = re.compile(
    r"\s?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3})"
    r" (\d\d):(\d\d):(\d\d) ([+-]\d\d)(\d\d)(?: \([A-Z]{3,4}\))?",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CUTS_OR_HIDES = re.compile(r'[,;"\\(]')
# In an unquoted name these belong to other forms (groups, routes, comments cut short) that programs read differently.
_UNCLEAR_NAME = re.compile(r'[():;",\\]')
_ESCAPED = re.compile(r"\\(.)")
_MAILER = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)
_MACHINES_KINDS = frozenset({"auto-replied", "auto-notified"})


def first(mail: Mail, name: str) -> str:
    """The first value of a header (``name`` in lower case) as text, decoded; empty where there is none."""
    found = mail.all_of(name)
    return header_text(found[0]) if found else ""


def people(fields: Iterable[object]) -> tuple[Person, ...]:
    """Everybody whom address headers name, in order; whoever has no plain address keeps only the text as written."""
    written = [part for field in fields for part in _parts_of(raw_text(field))]
    return tuple(_person(part) for part in written[:_MOST_PEOPLE])


def author(mail: Mail) -> tuple[Person, str | None]:
    """Who wrote it, and a warning where the From header does not name exactly one plain address.

    Such forms (several addresses, groups, quoted local parts, an address inside another: CVE-2023-27043) are where
    programs disagree about who it is; the address stays empty, so that the mail never becomes somebody else's.
    """
    fields = mail.all_of("from") or mail.all_of("sender")
    found = people(fields)
    if len(found) == 1 and len(fields) == 1 and found[0].address:
        return found[0], None
    written = header_text(fields[0])[:_LONGEST_WRITTEN] if fields else ""
    name = found[0].name if len(found) == 1 else ""
    problem = "Who wrote this mail is unclear: its From line does not name exactly one plain address."
    return Person("", name, written), problem if written else "This mail does not say who wrote it."


def is_automatic(mail: Mail, sender: str) -> bool:
    """Whether a machine answered: delivery reports, out-of-office replies. Newsletters are not (somebody wrote them)."""
    if mail.get_content_type() == "multipart/report" or _MAILER.match(sender):
        return True
    if any(raw_text(value).strip() == "<>" for value in mail.all_of("return-path")):
        return True
    kinds = {word[0].lower() for value in mail.all_of("auto-submitted") if (word := _WORD.search(raw_text(value)))}
    return bool(kinds & _MACHINES_KINDS) or bool(mail.all_of("x-autoreply") or mail.all_of("x-autorespond"))


def sent_at(mail: Mail, arrived: datetime | None, now: datetime | None) -> tuple[datetime, bool]:
    """When it was sent (aware UTC), and whether that is known.

    The Date header counts unless it is unreadable, before 1971, or more than a day later than the mail arrived here
    (its topmost Received header, ``arrived``, or ``now``); then the time of arrival stands in, and without one the
    header's own future date, or 1970.
    """
    dates = [when for value in mail.all_of("date") if (when := parsed_date(raw_text(value)))]
    written = dates[0] if dates and dates[0] >= EARLIEST else None
    received = _received_at(mail) or arrived
    limits = [when for when in (received, now) if when]
    if written and all(written - FUTURE_TOLERANCE <= limit for limit in limits):
        return written, True
    return received or written or UNKNOWN_TIME, False


def parsed_date(text: str) -> datetime | None:
    """A date in one of the forms that mails have (RFC 2822, two-digit years, zone names); aware UTC, or None."""
    plain = _PLAIN_DATE.fullmatch(text)
    if plain:
        return _plain_date(plain)
    try:
        parts = parsedate_tz(text[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        # WORKAROUND(Python 3.11): parsedate_tz raises on crafted text, see python/cpython issue 30681 and its kin.
        return None
    if parts is None or not 1 <= parts[0] <= _LATEST_YEAR:
        return None
    try:
        local = datetime(*parts[:6], tzinfo=UTC)
        return local - timedelta(seconds=parts[9] or 0)
    except (ValueError, OverflowError):
        return None


def _plain_date(found: re.Match[str]) -> datetime | None:
    day, month, year, hour, minute, second, hours, minutes = found.groups()
    offset = int(hours[1:]) * 3_600 + int(minutes) * 60
    try:
        local = datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return local - timedelta(seconds=offset if hours[0] == "+" else -offset)
    except (ValueError, OverflowError):
        return None


def _received_at(mail: Mail) -> datetime | None:
    for value in mail.all_of("received")[:3]:
        when = parsed_date(raw_text(value).rpartition(";")[2])
        if when and when >= EARLIEST:
            return when
    return None


def _parts_of(text: str) -> list[str]:
    """The header cut at commas that stand outside of quotes, comments and angle brackets; linear."""
    if not _CUTS_OR_HIDES.search(text):
        return [text] if text.strip() else []
    parts: list[str] = []
    start = depth = 0
    in_quotes = in_angle = False
    index = 0
    while index < len(text):
        sign = text[index]
        if sign == "\\":
            index += 1
        elif sign == '"' and not depth:
            in_quotes = not in_quotes
        elif not in_quotes:
            depth = max(0, depth + (sign == "(") - (sign == ")"))
            in_angle = (in_angle or sign == "<") and sign != ">"
            if sign in ",;" and not depth and not in_angle:
                parts.append(text[start:index])
                start = index + 1
        index += 1
    parts.append(text[start:])
    return [part for part in parts if part.strip()]


def _person(part: str) -> Person:
    return _known_person(part) if len(part) <= _LONGEST_KNOWN else _person_of(part)


@lru_cache(maxsize=2_000)
def _known_person(part: str) -> Person:
    """The people of a mailbox write again and again."""
    plain = _PLAIN_PERSON.fullmatch(part)
    if plain:
        name = " ".join(plain[1].split())
        return Person(canonical(plain[2]) or "", name[:_LONGEST_NAME], header_text(part))
    return _person_of(part)


def _person_of(part: str) -> Person:
    written = header_text(part)[:_LONGEST_WRITTEN]
    plain = canonical(part)
    if plain:
        return Person(plain, "", written)
    without_comments = _COMMENT.sub(" ", part).strip() if '"' not in part else part.strip()
    plain = canonical(without_comments)
    if plain:
        comment = _COMMENT.search(part)
        return Person(plain, _name(comment[0][1:-1] if comment else ""), written)
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), part.strip())
    angle = _ANGLE.fullmatch(_COMMENT.sub(lambda comment: " " * len(comment[0]), bare))
    if not angle or _UNCLEAR_NAME.search(angle[1]):
        return Person("", _name(part), written)
    return Person(canonical(angle[2]) or "", _name(part.strip()[: angle.end(1)]), written)


def _name(text: str) -> str:
    unquoted = _ESCAPED.sub(r"\1", text.strip())
    if len(unquoted) >= 2 and unquoted[0] == unquoted[-1] and unquoted[0] in "\"'":
        unquoted = unquoted[1:-1]
    return " ".join(header_text(unquoted).split())[:_LONGEST_NAME]
