"""Cells of exported tables: text that a spreadsheet would run as a formula stays text, and comes back unchanged."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any, TextIO

_LIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"-\d{1,15}(\.\d{1,15})?")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where it begins like a formula (``= + - @``, tab, line break); else itself.

    A text that already begins with apostrophes before such a sign gets one more, so that ``restored_cell`` is exact.
    Plain negative numbers stay numbers.
    """
    return f"'{text}" if _LIVE.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def restored_cell(text: str) -> str:
    """The text that ``safe_cell`` was given."""
    return text[1:] if text.startswith("'") and _MARKED.match(text) else text


def safe_row(texts: Iterable[str]) -> list[str]:
    """All cells of a row, safe."""
    return [safe_cell(text) for text in texts]


def safe_writer(stream: TextIO) -> Any:
    """A CSV writer that quotes every cell: a ``;=`` inside one cannot begin another where ``;`` parts cells.

    ``stream`` is opened with ``newline=""``; a BOM at its start makes every spreadsheet read it as UTF-8.
    """
    return csv.writer(stream, quoting=csv.QUOTE_ALL)
