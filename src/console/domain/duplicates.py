"""Which two customers may be one: what they share, said in a sentence. Candidates come by keys, never by comparing all pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from console.domain.address import is_role
from console.domain.ids import CustomerId

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.uk",
        "yahoo.fr",
        "yahoo.de",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "gmx.at",
        "gmx.ch",
        "web.de",
        "t-online.de",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "fastmail.com",
        "hey.com",
        "zoho.com",
        "mail.com",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
        "daum.net",
        "orange.fr",
        "free.fr",
        "wanadoo.fr",
        "laposte.net",
        "libero.it",
        "virgilio.it",
        "tin.it",
        "wp.pl",
        "o2.pl",
        "interia.pl",
        "seznam.cz",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "rediffmail.com",
        "tutanota.com",
    ]
)
"""Domains at which everybody can have an address: sharing one says nothing."""

LEAST_DIGITS, LAST_DIGITS, SHORTEST_LOCAL = 7, 9, 4
_ALIKE = 0.84


class Likeness(StrEnum):
    """What two customers share; each of them alone is reason enough to ask."""

    PHONE = "phone"
    PLUS_ADDRESS = "plus-address"
    NAME_AND_COMPANY = "name-and-company"
    NAME_AND_DOMAIN = "name-and-domain"
    NAME_AND_LOCAL_PART = "name-and-local-part"


@dataclass(frozen=True, slots=True)
class Described:
    """What is compared of a customer: canonical addresses, telephone numbers as written, the main company (0 for none)."""

    id: CustomerId
    name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    company: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two customers who may be one, the older key first, and why, in one sentence."""

    first: CustomerId
    second: CustomerId
    likenesses: tuple[Likeness, ...]
    reason: str


def digits_of(phone: str) -> str:
    """The last digits of a number without an extension, by which two spellings of it agree; empty where it is too short."""
    found = re.sub(r"\D", "", re.split(r"(?i)x|ext", phone)[0])
    return found[-LAST_DIGITS:] if len(found) >= LEAST_DIGITS else ""


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without accents, case and signs, in their order."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return tuple(re.findall(r"\w+", plain.casefold()))


def keys_of(one: Described) -> frozenset[str]:
    """Customers who may be one share at least one of these keys."""
    keys = {f"phone {digits}" for digits in map(digits_of, one.phones) if digits}
    keys |= {f"address {_without_plus(email)}" for email in _personal(one)}
    if short := _short(one.name):
        keys |= {f"company {one.company} {short}"} if one.company else set()
        keys |= {f"domain {domain} {short}" for domain in _domains(one)}
        keys |= {f"local {local} {short}" for local in _locals(one)}
    return frozenset(keys)


def likenesses(first: Described, second: Described) -> tuple[Likeness, ...]:
    """What two customers share, the strongest reason first."""
    shared: list[Likeness] = []
    if {*filter(None, map(digits_of, first.phones))} & {*filter(None, map(digits_of, second.phones))}:
        shared.append(Likeness.PHONE)
    if {*map(_without_plus, _personal(first))} & {*map(_without_plus, _personal(second))}:
        shared.append(Likeness.PLUS_ADDRESS)
    if _short(first.name) and _short(first.name) == _short(second.name) and _agree(first.name, second.name):
        if first.company and first.company == second.company:
            shared.append(Likeness.NAME_AND_COMPANY)
        if _domains(first) & _domains(second):
            shared.append(Likeness.NAME_AND_DOMAIN)
        if _locals(first) & _locals(second):
            shared.append(Likeness.NAME_AND_LOCAL_PART)
    return tuple(shared)


def suggestion(first: Described, second: Described) -> Suggestion | None:
    """Why two customers may be one; None where nothing speaks for it."""
    found = likenesses(first, second)
    if not found or first.id == second.id:
        return None
    low, high = sorted((first.id, second.id))
    return Suggestion(low, high, found, _sentence(found, first, second))


def _sentence(found: Iterable[Likeness], first: Described, second: Described) -> str:
    words = {
        Likeness.PHONE: "same phone number",
        Likeness.PLUS_ADDRESS: "same mailbox with another ending",
        Likeness.NAME_AND_COMPANY: "same company",
        Likeness.NAME_AND_DOMAIN: "addresses at the same domain",
        Likeness.NAME_AND_LOCAL_PART: "same beginning of the address",
    }
    parts = [words[one] for one in found]
    if Likeness.NAME_AND_COMPANY in found and Likeness.NAME_AND_DOMAIN in found:
        parts.remove(words[Likeness.NAME_AND_DOMAIN])
    if folded(first.name) and folded(first.name) == folded(second.name):
        parts.append("same name")
    elif _is_similar(first.name, second.name):
        parts.append("similar name")
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:]


def _is_similar(first: str, second: str) -> bool:
    one, other = folded(first), folded(second)
    if not one or not other:
        return False
    if _short(first) and _short(first) == _short(second):
        return True
    return SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio() >= _ALIKE


def _agree(first: str, second: str) -> bool:
    """Not two first names that only begin alike: “A. Delacroix” is Ariana, “Antoine Delacroix” is not."""
    one, other = folded(first)[0], folded(second)[0]
    return one.startswith(other) or other.startswith(one) or SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _short(name: str) -> str:
    """Initial and family name, by which a written-out name and a short one agree; empty where there is but one word."""
    words = folded(name)
    return f"{words[0][0]} {words[-1]}" if len(words) > 1 and len(words[-1]) > 1 else ""


def _personal(one: Described) -> list[str]:
    return [email for email in one.emails if not is_role(email)]


def _without_plus(email: str) -> str:
    local, _, domain = email.partition("@")
    local = local.partition("+")[0]
    return f"{local.replace('.', '') if domain in ('gmail.com', 'googlemail.com') else local}@{domain}"


def _domains(one: Described) -> set[str]:
    return {email.rpartition("@")[2] for email in one.emails} - FREE_MAIL


def _locals(one: Described) -> set[str]:
    found = {_without_plus(email).partition("@")[0] for email in _personal(one)}
    return {local for local in found if len(local) >= SHORTEST_LOCAL}
