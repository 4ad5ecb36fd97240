"""Which columns the directory shows: fields of our own and every property, ticked in a card, found by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from console.domain.directory import FIELDS, Column
from console.domain.records import OwnerKind
from console.ui.directory.cells import title_of
from console.ui.style import theme, tokens
from console.ui.widgets.cards import column as stacked
from console.ui.widgets.choice_list import folded
from console.ui.widgets.labels import label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField

_REPEATED = ("property:name", "property:email", "property:domain")
_WIDTH, _HEIGHT = 280, 360


def column_called(owner_kind: OwnerKind, known: Sequence[Column], key: str) -> Column | None:
    """The column with this key, None where its property is not known here any more."""
    if key in FIELDS[owner_kind]:
        return Column(key)
    return next((column for column in known if column.key == key), None)


class ColumnsCard(QWidget):
    """A tick for every column but the name, which is always there.

    Signals:
        chosen: (tuple of str) the keys of the columns to show: those that were there in their order, new ones behind them.
        left: Escape in the empty field.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(
        self, owner_kind: OwnerKind, known: Sequence[Column], shown: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._shown = list(shown)
        self.field = SearchField(self.tr("Find a column"))
        self.field.searched.connect(self._narrow)
        self.field.left.connect(self.left)
        self.boxes: list[QCheckBox] = []
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(2, 0, tokens.SPACE_2, 0)
        lines.setSpacing(tokens.SPACE_1)
        fields = [Column(key) for key in FIELDS[owner_kind] if key != "name"]
        properties = [column for column in known if column.key not in _REPEATED]
        for column in (*fields, *properties):
            lines.addWidget(self._box(column))
        lines.addStretch(1)
        area = scrolled(body, self.tr("Columns"))
        area.setFixedHeight(theme.current().pixels(_HEIGHT))
        self.setFixedWidth(theme.current().pixels(_WIDTH))
        self.setLayout(stacked(label(self.tr("Columns"), "strong"), self.field, area, gap=tokens.SPACE_2))
        self.setFocusProxy(self.field)

    def _box(self, column: Column) -> QCheckBox:
        box = QCheckBox(title_of(column).replace("&", "&&"))
        box.setMinimumHeight(theme.current().pixels(26))
        box.setChecked(column.key in self._shown)
        box.toggled.connect(lambda is_on: self._tick(column.key, is_on=is_on))
        self.boxes.append(box)
        return box

    def _tick(self, key: str, *, is_on: bool) -> None:
        if is_on:
            self._shown.append(key)
        else:
            self._shown.remove(key)
        self.chosen.emit(tuple(self._shown))

    def _narrow(self, words: str) -> None:
        wanted = folded(words)
        for box in self.boxes:
            box.setVisible(wanted in folded(box.text()))
