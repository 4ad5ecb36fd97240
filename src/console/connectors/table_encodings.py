"""Encodings of text files: by BOM, as UTF-8, and else by the languages whose letters the bytes would spell."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path

from charset_normalizer import from_bytes

from console.connectors.table_rows import TableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20
_FOREIGN_SAMPLE = 64 * 1024
_NOT_TEXT = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f]")
_STRAY_CONTROLS = 20
_STRAY_SHARE = 0.02
_SURE = 0.9
_SURE_OF_SEVERAL = 0.97
_USUALLY_FREQUENT = 0.4
_MIXED = re.compile(r"[A-Za-z][^\W\d_A-Za-z]|[^\W\d_A-Za-z][A-Za-z]")
_WESTERN = (
    "äöüß",
    "àâæçéèêëîïôœùûü",
    "áéíñóúüªº",
    "áâãàçéêíóôõúü",
    "àèéìíîòóùú",
    "åäöé",
    "æøåéö",
    "éëïóöüè",
    "áéíóúýþæöð",
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")
_CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
_GREEK = ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",)
_LANGUAGES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("cp1252", _WESTERN, ""),
    ("cp1250", _CENTRAL, ""),
    ("cp1254", ("çğıöşüâîİ",), ""),
    ("cp1257", ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"), ""),
    ("mac_roman", _WESTERN, ""),
    ("cp850", _WESTERN, ""),
    ("cp1251", _CYRILLIC, "оеаинтсрвл"),
    ("koi8-r", _CYRILLIC[:1], "оеаинтсрвл"),
    ("cp866", _CYRILLIC[:1], "оеаинтсрвл"),
    ("cp1253", _GREEK, "αοιετσνηυρς"),
    ("cp1255", ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",), "יוהלארתשמב"),
    ("cp1256", ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",), "اليمنرتبوهد"),
)
_SIGN_IN_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f\w’](?=[A-Za-z])")
_PUNCTUATION = frozenset("€“”„’‘–—…«»°©®™£§·¿¡•\u00a0\u202f")


def encoding_of(path: Path) -> str:
    """The encoding in which the file is read. Raises TableError where it holds no text at all."""
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    zeros_even, zeros_odd = head[0::2].count(0), head[1::2].count(0)
    if max(zeros_even, zeros_odd) > len(head) // 8 and min(zeros_even, zeros_odd) <= max(zeros_even, zeros_odd) // 8:
        return "utf-16-be" if zeros_even > zeros_odd else "utf-16-le"
    if len(_NOT_TEXT.findall(head)) > max(_STRAY_CONTROLS, len(head) // 100) or head.startswith(b"%PDF"):
        raise TableError("The file is not a table: it holds no text. Choose a CSV, XLSX or JSON lines file")
    return _without_bom(path)


def _without_bom(path: Path) -> str:
    """UTF-8 where (all but stray bytes of) the file is; else what its lines with foreign letters look like."""
    foreign, broken, whole = bytearray(), 0, 0
    with path.open("rb") as stream:
        for line in iter(lambda: stream.readline(_CHUNK), b""):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                whole += 1
            except UnicodeDecodeError:
                broken += 1
            if len(foreign) < _FOREIGN_SAMPLE:
                foreign += line[:4096]
    if broken <= whole * _STRAY_SHARE:
        return "utf-8"
    return _by_letters(bytes(foreign))


def _by_letters(sample: bytes) -> str:
    """WORKAROUND(charset-normalizer 3.5): on short lists of names it takes Spanish or French for cp1250, Greek for cp1251.

    So the alphabets decide, one language before several together, western ones first where several fit; it is asked only
    where none does (Chinese, Japanese …).
    """
    liked = [(*_likeness(sample, *language), language[0]) for language in _LANGUAGES]
    sureness, _, encoding = max(liked, key=lambda each: each[:2])
    if sureness >= _SURE:
        return encoding
    for encoding, alphabets in (("cp1252", _WESTERN), ("cp1250", _CENTRAL)):
        if _likeness(sample, encoding, ("".join(alphabets),), "")[0] >= _SURE_OF_SEVERAL:
            return encoding
    found = from_bytes(sample).best()
    return found.encoding if found else "cp1252"


def _likeness(sample: bytes, encoding: str, alphabets: tuple[str, ...], frequent: str) -> tuple[float, float]:
    """How many of the letters outside ASCII belong to one language, from 0 to 1, and how many to its frequent ones.

    Scripts of their own (those with ``frequent`` letters) must also have these often, and no word shared with Latin.
    """
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0, 0.0
    counts = Counter(c for c in text if not c.isascii() and c not in _PUNCTUATION)
    total = sum(counts.values()) + len(_SIGN_IN_WORD.findall(text))
    if not total:
        return (1.0 if encoding == "cp1252" else 0.0), 0.0
    share = max(_count(counts, letters) for letters in alphabets) / total
    if not frequent:
        return share, 0.0
    often = _count(counts, frequent) / total
    return share * min(1.0, often / _USUALLY_FREQUENT) - len(_MIXED.findall(text)) / total, often


def _count(counts: Counter[str], letters: str) -> int:
    return sum(counts[c] for c in {*letters, *letters.upper()})
