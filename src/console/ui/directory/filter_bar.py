"""The filter of the directory: conditions as chips, a line to write another one, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.expressions import BadExpression, fault_in
from console.domain.segment_rules import AllOf, Rule
from console.domain.segment_text import text_of
from console.ui.directory.filter_field import FilterField
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label


class FilterBar(QWidget):
    """Enter turns what is written into chips; a chip that is pressed is written again, its × takes it away.

    Signals:
        changed: (str) the whole filter, chips and line together; only one that can be read.
        left: Escape was pressed in the empty line, or Down: the table takes the keyboard.
        segment_wanted: the list of segments is to be opened.
        save_wanted: the filter is to be kept as a view.
    """

    changed = Signal(str)
    left = Signal()
    segment_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, read: Callable[[str], Rule], parent: QWidget | None = None) -> None:
        """`read` gives the rule that an expression writes, and raises BadExpression."""
        super().__init__(parent)
        self._read = read
        self._parts: list[str] = []
        self._is_telling = True
        self.field = FilterField(
            self.tr("Filter: ada, plan=pro, mrr>300, last_seen<30d, tag:vip or segment:Active"), name=self.tr("Filter")
        )
        self.reason = label("", "red", is_wrapping=True)
        self.segment = Button(self.tr("In segment…"), icon="layers", is_small=True)
        self.save = Button(self.tr("Save as view…"), "link", is_small=True)
        self.clear = Button(self.tr("Show all"), "link", is_small=True)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._lay_out()
        self.field.searched.connect(lambda _: self._tell())
        self.field.returnPressed.connect(self._take_line)
        self.field.left.connect(self.left)
        self.field.stepped.connect(lambda by: self.left.emit() if by > 0 else None)
        self.segment.clicked.connect(self.segment_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.clear.clicked.connect(lambda: self.put(""))
        self._show_parts()

    def expression(self) -> str:
        """The whole filter."""
        return " ".join([*self._parts, *([self._line()] if self.field.text().strip() else [])])

    def chips(self) -> tuple[str, ...]:
        """The conditions that are chips."""
        return tuple(self._parts)

    def show_expression(self, expression: str) -> None:
        """Another filter as chips, without telling."""
        self._is_telling = False
        self.field.empty()
        self._is_telling = True
        self._parts = self._split(expression)
        self._mark(None)
        self._show_parts()

    def put(self, expression: str) -> None:
        """Another filter as chips, and says so."""
        self.show_expression(expression)
        self.changed.emit(self.expression())

    def add(self, part: str) -> None:
        """One more condition, and says so; one that is there stays alone."""
        self._parts += [one for one in self._split(part) if one not in self._parts]
        self._show_parts()
        self._tell()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self.field, 1)
        line.addWidget(self.segment)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(tokens.SPACE_2)
        below.addWidget(self._chips, 1)
        below.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_2)
        whole.addLayout(line)
        whole.addWidget(self.reason)
        whole.addLayout(below)
        self.reason.hide()

    def _line(self) -> str:
        text = self.field.text().strip()
        # Beside chips an “or” in the line would reach into them.
        return f"({text})" if self._parts and len(self._split(text)) == 1 and " " in text else text

    def _tell(self) -> None:
        """Says the filter where it can be read, else what is wrong with the line."""
        text = self.field.text().strip()
        if not self._is_telling:
            return
        try:
            if text:
                self._read(text)
        except BadExpression as error:
            self._mark(error)
            return
        self._mark(None)
        self._show_ways()
        self.changed.emit(self.expression())

    def _mark(self, error: BadExpression | None) -> None:
        self.reason.setText("" if error is None else str(error))
        self.reason.setVisible(error is not None)
        if error is None:
            self.field.underline(0, 0)
            return
        text = self.field.text()
        begin, length = fault_in(text.strip(), error)
        self.field.underline(begin + len(text) - len(text.lstrip()), length)

    def _take_line(self) -> None:
        text = self.field.text().strip()
        if not text or self.reason.text():
            return
        self._parts += [part for part in self._split(text) if part not in self._parts]
        self.field.clear()
        self._show_parts()
        self.field.tell()

    def _split(self, text: str) -> list[str]:
        """Each condition that must hold by itself; a text that cannot be read stays one."""
        if not text.strip():
            return []
        try:
            rule = self._read(text)
        except BadExpression:
            return [text.strip()]
        if isinstance(rule, AllOf):
            return [text_of(AllOf((part,))) for part in rule.parts]
        return [text_of(AllOf((rule,)))]

    def _show_parts(self) -> None:
        self._flow.clear()
        for part in self._parts:
            chip = ChipButton(part, "accent", name=self.tr("Condition: {0}").format(part), is_removable=True)
            chip.clicked.connect(lambda _=False, part=part: self._write_again(part))
            chip.removed.connect(lambda part=part: self._take_away(part))
            self._flow.addWidget(chip)
        self._show_ways()

    def _show_ways(self) -> None:
        is_narrowed = bool(self.expression())
        self._chips.setVisible(bool(self._parts))
        self.save.setVisible(is_narrowed)
        self.clear.setVisible(is_narrowed)

    def _write_again(self, part: str) -> None:
        self._parts.remove(part)
        self._show_parts()
        self.field.setText(part)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.tell()

    def _take_away(self, part: str) -> None:
        self._parts.remove(part)
        self._show_parts()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()
