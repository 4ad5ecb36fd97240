"""One column of the file: its name and samples, what it becomes, how it is read, and why that was guessed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.import_mapping import property_name
from console.domain.importing import DO_NOT_IMPORT, TAGS, ColumnPlan, ImportKind
from console.ui.importing.targets import Reading, offered_targets, readings
from console.ui.profile.wording import property_words
from console.ui.style import icons, theme, tokens
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label, set_look

_TARGET, _READING = 172, 204


class ColumnRow(QFrame):
    """One line of the mapping.

    Signals:
        target_chosen: (column, target) by hand.
        reading_chosen: (column, `Reading`) by hand.
    """

    target_chosen = Signal(str, str)
    reading_chosen = Signal(str, object)

    def __init__(
        self, kind: ImportKind, column: ColumnPlan, known: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._column = column
        self._name = ElidedLabel(column.column, "strong")
        self._proof = ElidedLabel("", "small")
        self._samples = ElidedLabel("", "small")
        self.target = CalmBox(self.tr("What the column {0} becomes").format(column.column))
        self.target.setEditable(True)
        self.target.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for target, words in offered_targets(kind, column, known):
            self.target.addItem(words, target)
            self.target.setItemData(self.target.count() - 1, target, Qt.ItemDataRole.ToolTipRole)
        self.reading = CalmBox(self.tr("How the column {0} is read").format(column.column))
        side = theme.current().pixels(tokens.ICON_SMALL)
        self.reading.setIconSize(QSize(side, side))
        for reading in readings():
            self.reading.addItem(icons.icon(reading.icon), reading.words, reading)
        self._lay_out()
        self.show_column(column)
        self.target.activated.connect(self._take_target)
        field = self.target.lineEdit()
        if field is not None:
            field.editingFinished.connect(self._take_typed)
        self.reading.activated.connect(self._take_reading)

    def show_column(self, column: ColumnPlan) -> None:
        """Shows the column as it is planned now."""
        self._column = column
        self.show_samples(column.samples)
        place = self.target.findData(column.target)
        if place < 0:
            place = self.target.count()
            self.target.addItem(property_words(column.target), column.target)
        self.target.setCurrentIndex(place)
        field = self.target.lineEdit()
        if field is not None:
            field.setCursorPosition(0)  # else a long target shows its end
        is_left_out = column.target == DO_NOT_IMPORT
        set_look(self._name, "body2" if is_left_out else "strong")
        self.reading.setVisible(not is_left_out and column.target != TAGS)
        self._proof.set_words("" if is_left_out else column.proof)
        set_look(self._proof, "red" if "ambiguous" in column.proof else "small")
        for place in range(self.reading.count()):
            reading: Reading = self.reading.itemData(place)
            if reading.fits(column):
                self.reading.setCurrentIndex(place)
                break

    def show_samples(self, samples: tuple[str, ...] | None) -> None:
        """Shows these cells of the column; None: the file that is looked at has no such column."""
        words = "  ·  ".join(sample for sample in samples or () if sample)
        self._samples.set_words(self.tr("Not in this file") if samples is None else words)
        set_look(self._samples, "amber" if samples is None else "small")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_2)
        head.addWidget(self._name)
        head.addWidget(self._proof, 1)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addLayout(head)
        texts.addWidget(self._samples)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, tokens.SPACE_2, 0, tokens.SPACE_2)
        line.setSpacing(tokens.SPACE_3)
        line.addLayout(texts, 1)
        line.addWidget(IconLabel("arrow-right", "text3", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        for box, width in ((self.target, _TARGET), (self.reading, _READING)):
            box.setFixedWidth(theme.current().pixels(width))
            policy = box.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            box.setSizePolicy(policy)
            line.addWidget(box)

    def _take_target(self, place: int) -> None:
        self._tell_target(self.target.itemData(place))

    def _take_typed(self) -> None:
        words = self.target.currentText().strip()
        place = self.target.findText(words)
        self._tell_target(self.target.itemData(place) if place >= 0 else property_name(words) if words else "")

    def _tell_target(self, target: str) -> None:
        if target != self._column.target:
            self.target_chosen.emit(self._column.column, target)

    def _take_reading(self, place: int) -> None:
        reading: Reading = self.reading.itemData(place)
        if not reading.fits(self._column) or "ambiguous" in self._column.proof:
            self.reading_chosen.emit(self._column.column, reading)


def heading_row() -> QWidget:
    """The names over the columns of the mapping."""
    line = QWidget()
    held = QHBoxLayout(line)
    held.setContentsMargins(0, 0, tokens.SPACE_3, tokens.SPACE_1)
    held.setSpacing(tokens.SPACE_3)
    held.addWidget(label(line.tr("Column in the file"), "section"), 1)
    for words, width in ((line.tr("Becomes"), _TARGET), (line.tr("Type, guessed"), _READING)):
        name = label(words, "section")
        name.setFixedWidth(theme.current().pixels(width))
        held.addWidget(name)
    return line
