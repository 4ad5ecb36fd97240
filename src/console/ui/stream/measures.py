"""How tall each row of the stream is, before the teammate's own text scale."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from console.ui.stream.rows import DayRow, EntryRow, PartRow, Row
from console.ui.stream.words import RowWords
from console.ui.style import theme, tokens

LEFT, SIGN, GAP, RIGHT, INDENT = 20, 28, 12, 16, 20
TITLE, LINE, META, PAD, SPACE = 28, 19, 24, 8, 8
DAY, WAY, PLAIN = 32, 40, 38
MOST_LINES = 40
_LONG_WORD = re.compile(r"\S{30}")


def height_of(row: Row, words: RowWords | None, width: int) -> int:
    """Pixels for a row that is ``width`` pixels wide."""
    if isinstance(row, DayRow):
        return theme.current().pixels(DAY)
    if words is None or not isinstance(row, EntryRow | PartRow):
        return theme.current().pixels(WAY)
    pixels = theme.current().pixels
    if is_unfolded(row):
        return pixels(PLAIN)
    tall = body_height(words, text_width(row, width), is_open=row.is_open)
    if words.score is not None and not words.stars:
        tall += pixels(26)
    if row.is_open and words.details:
        tall += details_height(words, text_width(row, width))
    return pixels(PLAIN) if not tall else pixels(TITLE) + round(tall) + pixels(SPACE) + 2


def is_unfolded(row: Row) -> bool:
    """Whether its lines stand below it, so that it says no more than its sentence."""
    return isinstance(row, EntryRow) and row.is_open and row.entry.count > 1


def sign_side() -> int:
    """How large the disc before a row is."""
    return theme.current().pixels(SIGN)


def text_left(row: Row) -> int:
    """Where the words of a row begin."""
    return LEFT + sign_side() + GAP + (INDENT if isinstance(row, PartRow) else 0)


def text_width(row: Row, width: int) -> int:
    """How much room the words of a row have."""
    return max(80, width - text_left(row) - RIGHT)


def body_height(words: RowWords, width: float, *, is_open: bool) -> float:
    """The text below the sentence: one line of it, all of it where it is expanded."""
    pixels = theme.current().pixels
    if words.body_as == "none" or not (words.body or words.meta):
        return 0
    lines = pixels(LINE) * bool(words.body)
    inner = width - 2 * 12 if words.body_as in ("card", "note") else width
    if is_open and words.body:
        lines = min(wrapped_height(shown_body(words), inner), pixels(LINE) * MOST_LINES)
    if words.body_as == "quote":
        return lines
    return lines + 2 * pixels(PAD) + (pixels(META) if words.meta and words.body_as == "card" else 0)


def shown_body(words: RowWords) -> str:
    """The text as it stands there: what others said is quoted, what teammates noted is not."""
    return words.body if words.body_as == "note" else f"“{words.body}”"


def details_height(words: RowWords, width: float) -> float:
    """The lines that show when a row is expanded."""
    return sum(detail_height(value, width) for _, value in words.details) + 4


def detail_height(value: str, width: float) -> float:
    """One of them."""
    return max(theme.current().pixels(LINE), wrapped_height(value, width - name_width()))


def name_width() -> int:
    """The column of names before the details."""
    return theme.current().pixels(120)


def wrapped_height(words: str, width: float) -> float:
    """A text in lines of at most so many pixels."""
    area = QRectF(0, 0, max(width, 40), 100_000)
    return math.ceil(QFontMetricsF(body_font()).boundingRect(area, wrapping(), breakable(words)).height())


def wrapping() -> int:
    """Lines break between words."""
    return int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)


def breakable(words: str) -> str:
    """The same text, in which a word that is longer than any line may be broken."""
    return _LONG_WORD.sub("\\g<0>\u200b", words)


def body_font() -> QFont:
    """The font of texts."""
    return theme.current().font(tokens.TEXT_SMALL)
