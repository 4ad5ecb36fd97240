"""CSV: which encoding and delimiter a file has, and its rows, one after the other."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from console.connectors.table_encodings import encoding_of
from console.connectors.table_rows import LONGEST_CELL, Layout, Row, TableError

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_CHARACTERS = 128 * 1024
_SAMPLE_ROWS = 200
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_UNDECODED = re.compile("[\ud800-\udfff]")
_REPLACED = re.compile("\ufffd")


def csv_layout(path: Path, encoding: str = "", delimiter: str = "") -> Layout:
    """The encoding and delimiter of a file, as chosen or found out.

    Raises TableError where it holds no text at all, or what was chosen is no encoding or no delimiter.
    """
    _check(encoding, delimiter)
    encoding = encoding or encoding_of(path)
    with path.open(encoding=encoding, errors=_errors(encoding), newline="") as stream:
        sample = stream.read(_SAMPLE_CHARACTERS).replace("\0", "")
    first = sample.splitlines()[0] if sample.strip() else ""
    named = _SEP_LINE.fullmatch(first)
    found = delimiter or (named.group(1) if named else _delimiter(sample))
    return Layout("csv", encoding=encoding, delimiter=found)


def _check(encoding: str, delimiter: str) -> None:
    """What was chosen can be an encoding and a delimiter. Raises TableError."""
    if delimiter and (len(delimiter) != 1 or delimiter in '\r\n"\0'):
        raise TableError(f"“{delimiter}” cannot part cells. Choose one character, like a semicolon")
    try:
        "".encode(encoding or "utf-8")
    except LookupError as error:
        raise TableError(f"“{encoding}” is no encoding. Choose one like utf-8 or cp1252") from error


def csv_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """All rows, the header's too; a broken one carries its problem, and reading goes on with the next line."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=layout.encoding, errors=_errors(layout.encoding), newline="") as stream:
        lines = _Lines(stream, _REPLACED if _errors(layout.encoding) == "replace" else _UNDECODED)
        reader = csv.reader(lines, delimiter=layout.delimiter or ",", skipinitialspace=True, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(number, (), _quote_problem(error))
                continue
            if number == 1 and _SEP_LINE.fullmatch(layout.delimiter.join(cells)):
                number = 0
                continue
            problem = (
                "holds bytes that are no text in this encoding; save the file as UTF-8" if lines.is_undecoded else ""
            )
            lines.is_undecoded = False
            yield Row(number, cells, problem)


class _Lines:
    """The lines of a text stream without NUL; remembers whether one since the last look held bytes that are no text."""

    def __init__(self, stream: Iterator[str], undecoded: re.Pattern[str]) -> None:
        self._stream = stream
        self._undecoded = undecoded
        self.is_undecoded = False

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            if not line.isascii() and self._undecoded.search(line):
                self.is_undecoded = True
                yield self._undecoded.sub("\ufffd", line).replace("\0", "")
            else:
                yield line.replace("\0", "") if "\0" in line else line


def _errors(encoding: str) -> str:
    """Bytes that are no text become characters that no text holds; the wide encodings know only the replacement sign."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _quote_problem(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"has a cell of more than {LONGEST_CELL:,} characters, or a quotation mark that is never closed"
    if "unexpected end" in str(error):
        return "opens a quotation mark that is never closed"
    return "has text after a closing quotation mark; quotation marks inside a cell are written twice"


def _delimiter(sample: str) -> str:
    """The delimiter under which the sample's rows have the most even number of cells, more than one of them."""
    scores = {delimiter: _evenness(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def _evenness(sample: str, delimiter: str) -> float:
    if delimiter not in sample:
        return 0.0
    reader = csv.reader(iter(sample.splitlines(keepends=True)), delimiter=delimiter, skipinitialspace=True)
    counts: list[int] = []
    try:
        counts.extend(len(cells) for cells in islice(reader, _SAMPLE_ROWS) if any(cells))
    except csv.Error:
        return 0.0
    usual, times = Counter(counts).most_common(1)[0] if counts else (0, 0)
    if usual < 2:
        return 0.0
    widest_first = 0.5 if max(counts[:3]) < usual else 0.0
    return (times / len(counts) - widest_first) * (1 + 0.1 * math.log2(usual))
