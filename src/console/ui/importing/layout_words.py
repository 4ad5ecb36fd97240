"""How a table can be laid out, in words: encodings, delimiters and decimal signs to choose from."""

from __future__ import annotations

import codecs

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def encodings() -> tuple[tuple[str, str], ...]:
    """(codec, words) of what is offered, the likely ones first."""
    west, central, other = "{0}, Western", "{0}, Central European", "{0}"
    named = (
        ("utf-8-sig", "UTF-8", other),
        ("utf-16", "UTF-16", other),
        ("cp1252", "Windows-1252", west),
        ("iso8859-15", "ISO 8859-15", west),
        ("mac_roman", "Mac", west),
        ("cp850", "DOS 850", west),
        ("cp1250", "Windows-1250", central),
        ("iso8859-2", "ISO 8859-2", central),
        ("cp1251", "Windows-1251", "{0}, Cyrillic"),
        ("koi8-r", "KOI8-R", "{0}, Cyrillic"),
        ("cp1253", "Windows-1253", "{0}, Greek"),
        ("cp1254", "Windows-1254", "{0}, Turkish"),
        ("cp1255", "Windows-1255", "{0}, Hebrew"),
        ("cp1256", "Windows-1256", "{0}, Arabic"),
        ("cp1257", "Windows-1257", "{0}, Baltic"),
        ("shift_jis", "Shift JIS", "{0}, Japanese"),
        ("gb18030", "GB 18030", "{0}, Chinese"),
        ("big5", "Big5", "{0}, Chinese"),
        ("euc_kr", "EUC-KR", "{0}, Korean"),
    )
    return tuple((codec, translate("Encoding", words).format(name)) for codec, name, words in named)


def encoding_words(encoding: str) -> str:
    """One encoding in words; its name where it is none of those offered."""
    wanted = codec_of(encoding)
    return next((words for codec, words in encodings() if codec_of(codec) == wanted), encoding)


def codec_of(encoding: str) -> str:
    """The one name of an encoding, UTF-8 with and without a mark being the same."""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    return "utf-8" if name == "utf-8-sig" else name


def delimiters() -> tuple[tuple[str, str], ...]:
    """(character, words) of what is offered."""
    return (
        (",", translate("Delimiter", "Comma")),
        (";", translate("Delimiter", "Semicolon")),
        ("\t", translate("Delimiter", "Tab")),
        ("|", translate("Delimiter", "Bar |")),
        (" ", translate("Delimiter", "Space")),
    )


def delimiter_words(delimiter: str) -> str:
    """One delimiter in words."""
    return dict(delimiters()).get(delimiter, delimiter)


def decimal_signs() -> tuple[tuple[bool, str], ...]:
    """(whether it is a comma, words) of what is offered."""
    return ((False, translate("Decimal", "Point, 1,234.5")), (True, translate("Decimal", "Comma, 1.234,5")))
