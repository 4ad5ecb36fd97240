"""What a search box's text asks for, and where a text answers it.

Words are runs of letters and digits; case and diacritics do not matter. ``"quoted words"`` stand together in that order, the
last word is the beginning of one as long as nothing follows it. Nothing in the text is an operator. In scripts that put no
spaces between words (Han, Kana, Hangul) every sign is a word, and signs side by side stand together.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

_LONGEST_QUERY = 1_000
_MOST_TERMS = 24
_LONGEST_TEXT = 100_000
_BEFORE, _LENGTH, _NEAR = 50, 180, 110
_MOST_MATCHES = 40
_PART = re.compile(r'"([^"]*)("|$)|([^\s"]+)')
_SIGNS = "\u1100-\u11ff\u3005\u3006\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(rf"(?=\w)[{_SIGNS}]|[^\W_{_SIGNS}]+")
_SIGN = re.compile(rf"[{_SIGNS}]")
_APART, _MAYBE_APART = r"[\W_]+", r"[\W_]*"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand together in this order; with ``is_prefix`` the last of them may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


def terms(text: str) -> tuple[Term, ...]:
    """What the text asks for, all of it to be met; empty where it holds no letter and no digit."""
    clean = text[:_LONGEST_QUERY].replace("\0", " ").encode("utf-8", "ignore").decode("utf-8")
    found: list[Term] = []
    for part in _PART.finditer(clean):
        quoted, plain = part[1], part[3]
        words = tuple(_WORD.findall(unicodedata.normalize("NFC", plain if quoted is None else quoted)))
        is_open = part.end() == len(clean) and part[2] != '"'
        if words:
            found.append(Term(words, is_open and _goes_on(plain if quoted is None else quoted)))
    return tuple(found[:_MOST_TERMS])


def spaced(text: str) -> str:
    """The text with a space around each sign that is a word of its own, for an index that parts words at spaces."""
    return text if text.isascii() else _SIGN.sub(r" \g<0> ", text)


def spans(text: str, wanted: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Where ``text`` meets any of the terms: (start, end) offsets, ascending, none inside another."""
    folded = fold(text[:_LONGEST_TEXT])
    found = sorted({match.span() for term in wanted for match in _pattern(term).finditer(folded)})
    if len(found) < 2:
        return tuple(found)
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def holds(text: str, wanted: Sequence[Term]) -> bool:
    """Whether the text meets every term."""
    folded = fold(text[:_LONGEST_TEXT])
    return all(_pattern(term).search(folded) for term in wanted)


def snippet(text: str, wanted: Sequence[Term]) -> str:
    """A line of about 180 characters around the first place that meets a term; the beginning where none does."""
    start = _first(text, wanted)
    begin = _word_begin(text, max(0, start - _BEFORE))
    cut = text[begin : begin + _LENGTH]
    line = " ".join(cut.split())
    return f"{'…' if begin else ''}{line}{'…' if begin + _LENGTH < len(text) else ''}"


def fold(text: str) -> str:
    """Lower case without diacritics, character for character, so that offsets stay what they were."""
    return text.lower() if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """The folded form of each character that was met, always exactly one character long."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if _SIGN.fullmatch(letter):
            # A syllable or a kana is not an accented form of its first part.
            self[code] = letter
            return letter
        plain = unicodedata.normalize("NFD", letter)[:1].lower()
        self[code] = folded = plain if len(plain) == 1 else letter
        return folded


_FOLDED = _Folded()


def _goes_on(part: str) -> bool:
    """Whether the part ends in a letter or a digit, so that more of the word may follow."""
    return bool(_WORD.fullmatch(part[-1:])) and not _SIGN.fullmatch(part[-1:])


@lru_cache(maxsize=4 * _MOST_TERMS)
def _pattern(term: Term) -> re.Pattern[str]:
    parts: list[str] = []
    for word, before in zip(term.words, ("", *term.words), strict=False):
        # Signs stand side by side; between other words there is something.
        is_beside = bool(_SIGN.fullmatch(word) or _SIGN.fullmatch(before))
        between = _MAYBE_APART if is_beside else _APART
        parts.append((between if before else "") + re.escape(fold(word)))
    first = "" if _SIGN.fullmatch(term.words[0]) else rf"(?<![^\W_{_SIGNS}])"
    last = "" if term.is_prefix or _SIGN.fullmatch(term.words[-1]) else rf"(?![^\W_{_SIGNS}])"
    return re.compile(f"{first}{''.join(parts)}{last}")


def _first(text: str, wanted: Sequence[Term]) -> int:
    """The beginning of the stretch that meets the most terms; of several such the first."""
    folded = fold(text[:_LONGEST_TEXT])
    near: deque[tuple[int, int]] = deque()
    best, most = 0, 0
    for found in heapq.merge(*(_places(term, place, folded) for place, term in enumerate(wanted))):
        near.append(found)
        while near[0][0] <= found[0] - _NEAR:
            near.popleft()
        terms_near = len({place for _, place in near})
        if terms_near > most:
            best, most = near[0][0], terms_near
        if most == len(wanted):
            break
    return best


def _places(term: Term, place: int, folded: str) -> Iterator[tuple[int, int]]:
    """Where the text meets a term, in order, each beside the term's own place in the question."""
    return ((match.start(), place) for match in islice(_pattern(term).finditer(folded), _MOST_MATCHES))


def _word_begin(text: str, at: int) -> int:
    """The next beginning of a word at or after ``at``, unless that is far."""
    space = text.find(" ", at, at + 20) if at else -1
    return space + 1 if space >= 0 else at
