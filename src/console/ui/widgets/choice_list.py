"""One of many, found by typing: a field over a list of any length, with counts, by keyboard or mouse."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from console.ui.overriding import override
from console.ui.style import theme, tokens
from console.ui.widgets.cards import divider, row
from console.ui.widgets.choice_delegate import OFFERED, ChoiceDelegate
from console.ui.widgets.labels import KeyCap, label
from console.ui.widgets.search_field import SearchField

_WIDTH, _FEWEST, _ROWS = 320, 3, 9
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can be chosen: its key, its words, how many there are (None: nothing to count), and whether it is now."""

    key: object
    words: str
    count: int | None = None
    is_chosen: bool = False


def folded(words: str) -> str:
    """Words as they are compared: without case and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


class ChoiceList(QWidget):
    """Begins with what is offered first; typing narrows it, beginnings before what only contains the words.

    Signals:
        chosen: the key of what was chosen.
        left: Escape in the empty field.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Sequence[tuple[str, Offered]] = ()
        self.field = SearchField(hint)
        self.model = _Choices(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(ChoiceDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(hint)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setStyleSheet("QListView { background: transparent; } QListView::item { padding: 0; min-height: 0; }")
        self._give_room(_ROWS)
        self._count = label("", "muted")
        self._lay_out()
        self.setFixedWidth(theme.current().pixels(_WIDTH))
        self.setFocusProxy(self.field)
        self.field.searched.connect(self._narrow)
        self.field.stepped.connect(self.step_by)
        self.field.left.connect(self.left)
        self.field.returnPressed.connect(self.choose)
        self.view.clicked.connect(self._press)

    def show_choices(self, offered: Sequence[Offered]) -> None:
        """What can be chosen, in this order."""
        self._offered = [(folded(one.words), one) for one in offered]
        # As high as all of them need, whatever is typed, so that nothing jumps.
        self._give_room(max(_FEWEST, min(_ROWS, len(offered))))
        self._narrow(self.field.text().strip())

    def search(self, words: str) -> None:
        """Searches as if it were typed."""
        self.field.setText(words)
        self.field.tell()

    def current(self) -> Offered | None:
        """What Enter would choose."""
        return self.view.currentIndex().data(OFFERED) if self.view.currentIndex().isValid() else None

    def step_by(self, step: int) -> None:
        """Moves the choice up or down and stops at the ends."""
        at = self.view.currentIndex().row() + step if self.view.currentIndex().isValid() else 0
        if 0 <= at < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(at))

    def choose(self) -> None:
        """Takes what is current; does nothing where nothing is."""
        found = self.current()
        if found is not None:
            self.chosen.emit(found.key)

    def _give_room(self, rows: int) -> None:
        self.view.setFixedHeight(rows * theme.current().pixels(tokens.ROW_HEIGHT))

    def _narrow(self, words: str) -> None:
        wanted = folded(words)
        shown = [pair for pair in self._offered if wanted in pair[0]] if wanted else self._offered
        if wanted:
            shown = sorted(shown, key=lambda pair: not pair[0].startswith(wanted))
        self.model.show_choices([one for _, one in shown])
        held = next((at for at, (_, one) in enumerate(shown) if one.is_chosen), 0)
        at = 0 if wanted else held
        self.view.setCurrentIndex(self.model.index(at) if shown else QModelIndex())
        self._tell(len(shown))

    def _tell(self, count: int) -> None:
        locale = QLocale()
        if not count:
            self._count.setText(self.tr("Nothing fits"))
        elif count < len(self._offered):
            of = locale.toString(len(self._offered))
            self._count.setText(self.tr("{0} of {1}").format(locale.toString(count), of))
        else:
            self._count.setText(locale.toString(count))

    def _press(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self.choose()

    def _lay_out(self) -> None:
        keys = row(KeyCap("↑"), KeyCap("↓"), KeyCap("Enter"), label(self.tr("choose"), "muted"), gap=tokens.SPACE_1)
        keys.addStretch(1)
        keys.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(self.field)
        column.addWidget(self.view)
        column.addWidget(divider())
        column.addLayout(keys)


class _Choices(QAbstractListModel):
    """The rows that fit; the view asks for those on screen only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._shown: Sequence[Offered] = ()

    def show_choices(self, shown: Sequence[Offered]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.words
            case Qt.ItemDataRole.AccessibleTextRole:
                return one.words if one.count is None else f"{one.words}, {one.count}"
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, theme.current().pixels(tokens.ROW_HEIGHT))
            case _:
                return one if role == OFFERED else None
