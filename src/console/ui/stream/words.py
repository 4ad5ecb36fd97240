"""How a line of the stream reads: its sign, its sentence in pieces, its text, its time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.scores import Score, Verdict
from console.ui.profile.wording import named
from console.ui.style.tokens import Tone

Style = Literal["strong", "plain", "faint", "struck", "chip"]
Body = Literal["none", "quote", "card", "note"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence, or a chip."""

    words: str
    style: Style = "plain"
    tone: Tone = "grey"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class RowWords:
    """All that a row shows. ``bars`` are days, oldest first; ``details`` are lines that show when it is expanded.

    ``goes``: it unfolds or expands, so that it has an arrow. ``stars`` is a number of stars out of five.
    """

    icon: str
    tone: Tone
    sentence: tuple[Piece, ...]
    when: str
    body: str = ""
    body_as: Body = "none"
    meta: tuple[Piece, ...] = ()
    aside: str = ""
    bars: tuple[int, ...] = ()
    score: Score | None = None
    details: tuple[tuple[str, str], ...] = field(default=())
    goes: bool = False
    is_ahead: bool = False

    @property
    def stars(self) -> int:
        """How many stars a review has, 0 where it is none."""
        return self.score.value if self.score is not None and self.score.verdict is Verdict.NONE else 0

    @property
    def spoken(self) -> str:
        """What a listener hears."""
        said = " ".join(piece.words for piece in self.sentence)
        meta = " ".join(piece.words for piece in self.meta)
        ahead = translate("in the future") if self.is_ahead else ""
        return ", ".join(part for part in (said, self.body, meta, self.aside, self.when, ahead) if part)


def translate(words: str) -> str:
    """The words in the teammate's language."""
    return QCoreApplication.translate("Stream", words)


def who(name: str) -> Piece:
    """Somebody in a sentence."""
    return Piece(named(name), "strong")


def counted(count: int, one: str, many: str) -> str:
    """``one`` for one, else ``many`` with the number in it."""
    return one if count == 1 else many.format(number_of(count))


def number_of(count: int) -> str:
    """A number in the desktop's language."""
    return QLocale().toString(count)
