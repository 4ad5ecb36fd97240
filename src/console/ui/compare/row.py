"""One row of a comparison: what it is, both sides, and the tinted result with a word and a reason."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.comparing import DateRow, PropertyRow, SetRow, Side, Stand, Word
from console.ui.compare import words as said
from console.ui.profile.wording import named
from console.ui.style import theme, tokens
from console.ui.style.tokens import Tone
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import ElidedLabel

LABEL_WIDTH, RESULT_WIDTH = 136, 300
_HEIGHT = 48
_GAP = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One side: its words, the chip of its origin, and whether it is what is shown afterwards."""

    words: str
    origin: tuple[str, Tone, str] | None = None
    is_result: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows. ``choosable``: the side whose losing value can be chosen, or the choice taken back."""

    name: str
    title: str
    stays: Cell
    goes: Cell
    result: str
    reason: str
    word: Word
    choosable: Side | None = None
    is_chosen: bool = False


def of_property(row: PropertyRow) -> Shown:
    """What the row of a property shows."""
    losers = [
        side
        for side, one in ((Side.STAYS, row.stays), (Side.GOES, row.goes))
        if one is not None and one is not row.result and one.value is not None
    ]
    is_open = row.word is not Word.SAME and row.stays is not None and row.goes is not None
    return Shown(
        row.name,
        said.title_words(row.name),
        _cell(row.stays, row.result),
        _cell(row.goes, row.result),
        said.stand_words(row.result),
        said.reason_words(row),
        row.word,
        losers[0] if losers and is_open else None,
        is_chosen=row.chosen is not None,
    )


def of_set(row: SetRow) -> Shown:
    """What the row of addresses, companies or domains shows."""
    stays, goes, result = (", ".join(map(named, words)) for words in (row.stays, row.goes, row.result))
    return Shown(row.name, said.set_name(row.name), Cell(stays), Cell(goes), result, said.set_reason(row), row.word)


def of_date(row: DateRow) -> Shown:
    """What the row of a date shows."""
    stays, goes = (Cell(said.date_words(at), is_result=at == row.result) for at in (row.stays, row.goes))
    reason = said.date_reason(is_latest=row.is_latest, is_both=row.stays is not None and row.goes is not None)
    return Shown(row.name, said.set_name(row.name), stays, goes, said.date_words(row.result), reason, row.word)


class CompareRow(QWidget):
    """Shows one row.

    Signals:
        chosen: (name, Side) a losing value is to be shown; (name, None) the usual rule is to decide again.
    """

    chosen = Signal(str, object)

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        pixels = theme.current().pixels
        self.setMinimumHeight(pixels(_HEIGHT))
        self._changed = Chip(self.tr("Changed"), "amber")
        self._changed.hide()
        title = ElidedLabel(shown.title, "body2")
        title.setFixedWidth(pixels(LABEL_WIDTH))
        self.choose = self._choose_button()
        left = QWidget()
        left.setProperty("line", "bottom")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(left)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(pixels(_GAP))
        line.addWidget(title)
        line.addLayout(self._side(shown.stays, Side.STAYS), 1)
        line.addLayout(self._side(shown.goes, Side.GOES), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left, 1)
        whole.addWidget(self._result())
        self.setAccessibleName(
            self.tr("{0}: {1} and {2}. After the merge {3}, {4}").format(
                shown.title,
                shown.stays.words or self.tr("none"),
                shown.goes.words or self.tr("none"),
                shown.result or self.tr("none"),
                f"{said.word_words(shown.word)}, {shown.reason}",
            )
        )

    def mark_changed(self) -> None:
        """Says that the row is another one than a moment ago: somebody has changed the record meanwhile."""
        self._changed.show()

    def is_marked(self) -> bool:
        """Whether it says so."""
        return not self._changed.isHidden()

    def _side(self, cell: Cell, side: Side) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(tokens.SPACE_3, 0, tokens.SPACE_2, 0)
        line.setSpacing(tokens.SPACE_1)
        look = "muted" if not cell.words else "value" if cell.is_result else "loser"
        line.addWidget(ElidedLabel(cell.words or self.tr("none"), look), 1)
        if self.choose is not None and side is self.shown.choosable:
            line.addWidget(self.choose)
        if cell.origin is not None:
            line.addWidget(Chip(*cell.origin))
        return line

    def _result(self) -> QWidget:
        cell = QWidget()
        cell.setProperty("surface", "merge")
        cell.setProperty("line", "bottom")
        cell.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        cell.setFixedWidth(theme.current().pixels(RESULT_WIDTH))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(ElidedLabel(self.shown.result or self.tr("none"), "strong"))
        texts.addWidget(ElidedLabel(self.shown.reason, "small"))
        texts.addStretch(1)
        line = QHBoxLayout(cell)
        line.setContentsMargins(tokens.SPACE_3, 0, tokens.SPACE_3, 0)
        line.addLayout(texts, 1)
        line.addWidget(self._changed)
        line.addWidget(Chip(said.word_words(self.shown.word), said.WORD_TONE[self.shown.word], is_on_tint=True))
        return cell

    def _choose_button(self) -> IconButton | None:
        shown = self.shown
        if shown.choosable is None:
            return None
        if shown.is_chosen:
            words = self.tr("{0}: let the usual rule decide").format(shown.title)
            button = IconButton("undo-2", words, is_small=True)
            button.clicked.connect(lambda: self.chosen.emit(shown.name, None))
            return button
        cell = shown.stays if shown.choosable is Side.STAYS else shown.goes
        words = self.tr("{0}: show {1} instead").format(shown.title, cell.words)
        button = IconButton("check", words, is_small=True)
        button.clicked.connect(lambda: self.chosen.emit(shown.name, shown.choosable))
        return button


def _cell(stand: Stand | None, result: Stand) -> Cell:
    if stand is None:
        return Cell("")
    is_same = stand is result or (stand.value == result.value and stand.claim.state is result.claim.state)
    return Cell(said.stand_words(stand), said.stand_origin(stand), is_same)
