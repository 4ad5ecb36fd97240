"""The palette's box: chips for conditions, a line for the rest, a red line under what makes no sense."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from console.domain.palette_query import Part
from console.ui.overriding import override
from console.ui.style import tokens
from console.ui.widgets import painting
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.icon_label import IconLabel

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class PaletteLine(QLineEdit):
    """The line itself; it takes every key, so that no shortcut of the window behind fires while it is open.

    Signals:
        stepped: Down and Up (±1), Page Down and Page Up (±8).
        grouped: Tab (1), Shift+Tab (-1).
        kind_wanted: Ctrl+0 to Ctrl+9, as a number.
        chosen: Enter; True with Ctrl.
        escaped: Esc.
        taken_back: Backspace at the very beginning.
        helped: F1.
    """

    stepped = Signal(int)
    grouped = Signal(int)
    kind_wanted = Signal(int)
    chosen = Signal(bool)
    escaped = Signal()
    taken_back = Signal()
    helped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wrong: tuple[int, int] | None = None
        self.setProperty("bare", "true")
        self.setMaxLength(900)
        self.setAccessibleName(self.tr("Search or do"))
        self.setPlaceholderText(self.tr("Search or do anything…"))
        self.textEdited.connect(lambda _: self.mark_wrong(None))

    def mark_wrong(self, span: tuple[int, int] | None) -> None:
        """Underlines from one place to another in red; None takes the line away."""
        if span != self._wrong:
            self._wrong = span
            self.update()

    def cursor_place(self) -> int:
        """Before which character the cursor stands; Qt counts those beyond the first plane (😀) twice."""
        units = 0
        for place, letter in enumerate(self.text()):
            if units >= self.cursorPosition():
                return place
            units += 1 + (letter > "\uffff")
        return len(self.text())

    def put_cursor(self, place: int) -> None:
        """Puts the cursor before a character."""
        self.setCursorPosition(sum(1 + (letter > "\uffff") for letter in self.text()[:place]))

    def wrong(self) -> tuple[int, int] | None:
        """From where to where it is underlined."""
        return self._wrong

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._takes_tab(event):
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, has_ctrl = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match key:
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit(has_ctrl)
            case Qt.Key.Key_Down | Qt.Key.Key_Up | Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                self.stepped.emit(_STEPS[key])
            case Qt.Key.Key_F1:
                self.helped.emit()
            case Qt.Key.Key_Backspace if not self.cursorPosition() and not self.hasSelectedText():
                self.taken_back.emit()
            case _ if event.modifiers() == Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
                self.kind_wanted.emit(int(key) - int(Qt.Key.Key_0))
            case _:
                super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._wrong is None:
            return
        metrics, text = QFontMetricsF(self.font()), self.text()
        here = self.cursorRect().center().x() - metrics.horizontalAdvance(text[: self.cursor_place()])
        start, end = (here + metrics.horizontalAdvance(text[:place]) for place in self._wrong)
        bottom = self.rect().center().y() + metrics.height() / 2
        painter = QPainter(self)
        painter.setPen(QPen(painting.color_of("red"), 2))
        painter.drawLine(QPointF(start, bottom), QPointF(end, bottom))

    def _takes_tab(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        self.grouped.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
        return True


class PaletteBox(QWidget):
    """Chips and the line, read as one text.

    Signals:
        changed: the text is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = PaletteLine()
        self._chips: list[ChipButton] = []
        self._held = QHBoxLayout()
        self._held.setSpacing(tokens.SPACE_1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_2)
        row.addWidget(IconLabel("search", "text2", 18))
        row.addLayout(self._held)
        row.addWidget(self.line, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.line.taken_back.connect(self._take_back)

    def text(self) -> str:
        """The whole text, chips first."""
        return self._before() + self.line.text()

    def set_text(self, text: str) -> None:
        """Shows another text, without chips."""
        self._clear_chips()
        if self.line.text() == text:
            self.changed.emit()
        self.line.setText(text)

    def chips(self) -> tuple[str, ...]:
        """The conditions that are chips."""
        return tuple(chip.words() for chip in self._chips)

    def take_chips(self, parts: Iterable[Part]) -> None:
        """Makes chips of the conditions in the line that are finished: the cursor stands behind the space after them."""
        before, text = len(self._before()), self.line.text()
        cursor = self.line.cursor_place()
        inside = [part for part in parts if part.start >= before and part.end - before < cursor]
        whole = [part for part in inside if text[part.end - before : part.end - before + 1].isspace()]
        if not whole:
            return
        for part in reversed(whole):
            start, end = part.start - before, part.end - before + 1
            text = text[:start] + text[end:]
            cursor -= max(0, min(cursor, end) - start)
        for part in whole:
            self._add_chip(part.expression)
        self.line.blockSignals(True)
        self.line.setText(text)
        self.line.put_cursor(cursor)
        self.line.blockSignals(False)

    def show_wrong(self, start: int, end: int) -> None:
        """Underlines a condition; places are those of the whole text."""
        before = len(self._before())
        self.line.mark_wrong((max(0, start - before), max(0, end - before)))

    def empty(self) -> None:
        """Takes all of it away."""
        self.set_text("")

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, 32)

    def _before(self) -> str:
        return "".join(f"{chip.words()} " for chip in self._chips)

    def _add_chip(self, words: str) -> None:
        chip = ChipButton(words, "accent", name=self.tr("Condition {0}").format(words), is_removable=True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.removed.connect(lambda: self._remove(chip))
        chip.clicked.connect(lambda: self._unfold(chip))
        self._chips.append(chip)
        self._held.addWidget(chip)

    def _take_back(self) -> None:
        if self._chips:
            self._unfold(self._chips[-1])

    def _unfold(self, chip: ChipButton) -> None:
        """Turns a chip into text again, at the beginning of the line."""
        words = chip.words()
        self._drop(chip)
        text = self.line.text()
        self.line.setText(f"{words} {text}" if text else words)
        self.line.put_cursor(len(words))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, chip: ChipButton) -> None:
        self._drop(chip)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _drop(self, chip: ChipButton) -> None:
        self._chips.remove(chip)
        self._held.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _clear_chips(self) -> None:
        for chip in tuple(self._chips):
            self._drop(chip)
