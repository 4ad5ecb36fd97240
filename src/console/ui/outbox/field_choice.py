"""One field that changed on both sides: two values, of which one is chosen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from console.domain.outbox_rows import FieldConflict
from console.ui.outbox.words import field_words
from console.ui.overriding import override
from console.ui.profile.wording import named
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.labels import ElidedLabel

MINE, THEIRS = "mine", "theirs"


class ValueCell(QFrame):
    """A value with its radio button; a press anywhere on it chooses it."""

    def __init__(self, value: str, below: str, name: str, parent: QWidget | None = None) -> None:
        """`name` is what assistive technology says of the button."""
        super().__init__(parent)
        self.radio = QRadioButton()
        self.radio.setAccessibleName(name)
        self.radio.toggled.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(ElidedLabel(value, "value"))
        texts.addWidget(ElidedLabel(below, "small"))
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE_2, 6, tokens.SPACE_3, 6)
        line.setSpacing(tokens.SPACE_1)
        line.addWidget(self.radio)
        line.addLayout(texts, 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = painting.painter_on(self), QRectF(self.rect())
        is_on = self.radio.isChecked()
        ground = "sel" if is_on else "hover" if self.underMouse() else "card"
        painting.fill(painter, area, ground, tokens.RADIUS_CONTROL)
        painting.outline(painter, area, "accent" if is_on else "borderstrong", tokens.RADIUS_CONTROL)


class FieldChoice(QWidget):
    """Both cells of a field; nothing is chosen at first.

    Signals:
        changed: another side was chosen.
    """

    changed = Signal()

    def __init__(self, conflict: FieldConflict, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.conflict = conflict
        name, none = field_words(conflict.field), self.tr("no value")
        was = self.tr("was “{0}”").format(named(conflict.before)) if conflict.before else self.tr("was empty")
        mine, theirs = named(conflict.mine) or none, named(conflict.theirs) or none
        self.mine = ValueCell(mine, was, self.tr("{0}: yours, {1}").format(name, mine))
        self.theirs = ValueCell(theirs, was, self.tr("{0}: at {1}, {2}").format(name, source, theirs))
        self._both = QButtonGroup(self)
        for cell in (self.mine, self.theirs):
            self._both.addButton(cell.radio)
            cell.radio.toggled.connect(self._tell)

    def chosen(self) -> str:
        """`mine`, `theirs`, or empty where nobody chose yet."""
        return MINE if self.mine.radio.isChecked() else THEIRS if self.theirs.radio.isChecked() else ""

    def choose(self, side: str) -> None:
        """Chooses a side."""
        (self.mine if side == MINE else self.theirs).radio.setChecked(True)

    def _tell(self, is_on: bool) -> None:
        if is_on:
            self.changed.emit()


def all_of(choices: list[FieldChoice], side: str) -> partial[None]:
    """What chooses one side of all fields."""

    def choose(_is_checked: bool = False) -> None:
        for choice in choices:
            choice.choose(side)

    return partial(choose)
