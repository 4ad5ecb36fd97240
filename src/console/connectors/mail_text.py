"""Bytes of a mail as text: its declared charset if that is true, the likeliest other one if not; RFC 2047 words."""

from __future__ import annotations

import binascii
import re
from encodings import normalize_encoding
from encodings.aliases import aliases
from functools import lru_cache

from charset_normalizer import from_bytes

# What declares a small charset means the larger one that contains it (WHATWG Encoding; mail programs do the same).
_LARGER = {
    "ascii": "utf_8",
    "latin_1": "cp1252",
    "iso8859_9": "cp1254",
    "iso8859_11": "cp874",
    "tis_620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_MORE_NAMES = {
    "windows_874": "cp874",
    "ks_c_5601_1987": "cp949",
    "x_sjis": "cp932",
    "x_gbk": "gb18030",
    "x_big5": "big5hkscs",
    "utf8mb4": "utf_8",
    "unicode_1_1_utf_8": "utf_8",
    "iso_8859_8_i": "iso8859_8",
    "iso_8859_6_i": "iso8859_6",
    "x_mac_roman": "mac_roman",
    "macintosh": "mac_roman",
}
# Codecs that are no charset or need the system; punycode and idna, quadratic ones, are not in Python's table at all.
_NO_CHARSETS = frozenset(
    {"base64_codec", "bz2_codec", "hex_codec", "quopri_codec", "rot_13", "uu_codec", "zlib_codec", "mbcs", "tactis"}
)
_GUESSED_BYTES = 8_192
_FEWEST_GUESSED = 32
_LONGEST_CHARSET = 100
_ASCII = bytes(range(128))
_UNWANTED = re.compile("[\ud800-\udfff\x00]")
_UNPRINTABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_LONGEST_HEADER = 100_000


def scrub(text: str) -> str:
    """The text without NUL and lone surrogates, which neither the database nor the screen can hold (U+FFFD instead)."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNWANTED.sub("\ufffd", text)


def decoded(raw: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether that is certain: the declared charset was true, or it can only be UTF-8."""
    codec = (_codec(charset[:_LONGEST_CHARSET]) if charset else None) or "utf_8"
    text = _try(raw, "utf_8" if codec == "cp1252" and _is_utf8(raw) else codec)
    return (text, True) if text is not None else (_rescued(raw), False)


def header_text(value: object) -> str:
    """A header's value as the mail's parser keeps it, unfolded, with RFC 2047 words decoded; printable and scrubbed."""
    text = str(value)[:_LONGEST_HEADER]
    if text.isascii() and text.isprintable() and "=?" not in text:
        return text.strip()
    if _has_escapes(text):
        text = decoded(text.encode("utf-8", "surrogateescape"), None)[0]
    if "=?" in text:
        text = _with_words(text)
    text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return _UNPRINTABLE.sub("", text).strip()


def raw_text(value: object) -> str:
    """A header's value unfolded, encoded words as they are; bytes are UTF-8 (RFC 6532), or U+FFFD where they are not."""
    text = str(value)[:_LONGEST_HEADER]
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r", "").replace("\n", "")
    if _has_escapes(text):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return scrub(text)


def _has_escapes(text: str) -> bool:
    return not text.isascii() and _ESCAPED_BYTE.search(text) is not None


@lru_cache(maxsize=500)
def _codec(charset: str) -> str | None:
    name = normalize_encoding(charset.strip().strip("\"'").lower().replace("-", "_"))
    name = _MORE_NAMES.get(name) or aliases.get(name, name)
    known = name in _KNOWN_CODECS
    return _LARGER.get(name, name) if known else None


_KNOWN_CODECS = frozenset([*aliases.values(), *_LARGER.values(), *_MORE_NAMES.values()]) - _NO_CHARSETS


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes above 127 are there and form UTF-8 throughout: by chance, Latin-1 text never does."""
    return not raw.isascii() and _try(raw, "utf_8") is not None


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError):
        # Five bytes mean nothing in cp1252; they are control signs in Latin-1, which is what was declared.
        return raw.decode("latin_1") if codec == "cp1252" else None


def _rescued(raw: bytes) -> str:
    """The likeliest reading of bytes without a true charset.

    Guessing needs text: Western words have few bytes above 127, others are made of them.
    """
    text = _try(raw, "utf_8")
    if text is not None:
        return text
    sample = raw[:_GUESSED_BYTES]
    if len(sample) >= _FEWEST_GUESSED and len(sample.translate(None, _ASCII)) * 4 > len(sample):
        guess = from_bytes(sample, preemptive_behaviour=False).best()
        text = _try(raw, guess.encoding) if guess is not None else None
    return text if text is not None else raw.decode("cp1252", "replace")


def _with_words(text: str) -> str:
    """RFC 2047 words decoded; neighbours of one charset are joined first, since a sign may be cut in two between them."""
    pieces: list[str] = []
    pending: list[bytes] = []
    charset = ""
    end = 0
    for found in _ENCODED_WORD.finditer(text):
        between = text[end : found.start()]
        is_neighbour = bool(pending or end) and not between.strip() and end > 0
        if pending and not (is_neighbour and found[1].lower() == charset):
            pieces.append(decoded(b"".join(pending), charset)[0])
            pending = []
        if not is_neighbour:
            pieces.append(between)
        charset = found[1].lower()
        pending.append(_word_bytes(found[2], found[3]))
        end = found.end()
    if pending:
        pieces.append(decoded(b"".join(pending), charset)[0])
    return "".join(pieces) + text[end:]


def _word_bytes(kind: str, content: str) -> bytes:
    raw = content.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return binascii.a2b_qp(raw.replace(b"_", b"\x20"), header=False)
    return base64_bytes(raw)


def base64_bytes(raw: bytes) -> bytes:
    """Base64 as it arrives: foreign signs dropped, missing padding added, a cut last group left out."""
    clean = _NOT_BASE64.sub(b"", raw)
    whole = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
