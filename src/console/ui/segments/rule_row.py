"""One rule as a sentence: what it is about, which field, how it is compared, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.segment_rules import Condition, Subject
from console.domain.segment_words import subject_words
from console.ui.overriding import override
from console.ui.segments.choices import About, Compared, Known, about_of, way_of, ways
from console.ui.segments.draft import Line, problem_of
from console.ui.segments.value_box import ValueBox
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import IconButton
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.labels import label, plain_tip

_COLUMNS = (132, 152, 150)
_LEAST_SHARE, _AROUND, _AROUND_FOLDED = 0.6, 316, 150


class RuleRow(QFrame):
    """One line of the editor.

    Signals:
        changed: (Line) what it asks is different now.
        removed: (key) it is to go.
        moved: (key, step) it is to go up (-1) or down (1).
        added: (key) another rule is wanted below it.
        sought: (words) values that begin so may be offered to its property, by `offer`.
    """

    changed = Signal(object)
    removed = Signal(int)
    moved = Signal(int, int)
    added = Signal(int)
    sought = Signal(str)

    def __init__(self, line: Line, offered: Sequence[About], known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self._offered, self._known = line, offered, known
        self._ways: Sequence[Compared] = ()
        self._before = 0
        self.handle = IconButton(
            "grip-vertical",
            self.tr("Rule: Alt+Up and Alt+Down move it, Delete removes it"),
            color="text3",
            is_small=True,
        )
        self.about, self.field, self.way = (
            CalmBox(name) for name in (self.tr("About"), self.tr("Field"), self.tr("Comparison"))
        )
        self.bin = IconButton("trash-2", self.tr("Remove this rule"), is_small=True)
        self.value: ValueBox | None = None
        self._behind, self._is_folded = QWidget(), False
        self._problem = label("", "red", is_wrapping=True)
        self._problem.hide()
        self._lay_out()
        self._fill()
        self.about.activated.connect(self._take_about)
        self.field.activated.connect(self._take_field)
        self.way.activated.connect(self._take_way)
        self.bin.clicked.connect(lambda: self.removed.emit(self.line.key))
        self.handle.installEventFilter(self)

    def fit(self, width: int) -> None:
        """Makes the columns fit an editor so wide: as wide in every row, so that they line up."""
        look = theme.current()
        share = (width - look.pixels(_AROUND)) / look.pixels(sum(_COLUMNS))
        self._fold(is_folded=share < _LEAST_SHARE)
        if self._is_folded:
            share = (width - look.pixels(_AROUND_FOLDED)) / look.pixels(sum(_COLUMNS[:2]))
        for box, wished in zip((self.about, self.field, self.way), _COLUMNS, strict=True):
            box.setFixedWidth(round(look.pixels(wished) * min(1.0, max(_LEAST_SHARE, share))))

    def _fold(self, *, is_folded: bool) -> None:
        """Where there is no room for one line, the comparison stands below what is compared."""
        if is_folded == self._is_folded:
            return
        self._is_folded = is_folded
        self._place.setContentsMargins(self.handle.sizeHint().width() + tokens.SPACE_2 if is_folded else 0, 0, 0, 0)
        if is_folded:
            self._line.removeWidget(self._behind)
            self._column.insertWidget(1, self._behind)
        else:
            self._column.removeWidget(self._behind)
            self._line.insertWidget(self._line.indexOf(self.field) + 1, self._behind, 1_000)

    def offer(self, words: Sequence[str]) -> None:
        """Completes what is typed behind the comparison with these."""
        if self.value is not None:
            self.value.offer(words)

    def focus(self) -> None:
        """Puts the keyboard where this rule is finished, or changed."""
        if self.value is not None and self.line.condition is not None:
            self.value.focus()
        else:
            self.about.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_2)
        line.addWidget(self.handle)
        for box in (self.about, self.field, self.way):
            box.setProperty("tight", "true")
        line.addWidget(self.about)
        line.addWidget(self.field)
        self._place = QHBoxLayout(self._behind)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(tokens.SPACE_2)
        self._place.addWidget(self.way)
        self._place.addStretch(1)
        line.addWidget(self._behind, 1_000)
        line.addStretch(1)
        line.addWidget(self.bin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SPACE_1, 0, tokens.SPACE_1)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._problem)
        self._line, self._column = line, column

    def _fill(self) -> None:
        """The columns as the line asks; an empty line offers what it can be about."""
        condition = self.line.condition
        found = about_of(condition, self._offered) if condition is not None else None
        # What is chosen no more, or not yet, stands first: a box without a choice would say nothing.
        first = [] if found else [subject_words(condition) if condition else self.tr("Choose…")]
        self._before = len(first)
        self._fill_box(self.about, [*first, *(one.words for one in self._offered)], found[0] if found else 0)
        fields = self._offered[found[0]].fields if found else ()
        self._fill_box(self.field, [one.words for one in fields] or [""], found[1] if found else 0)
        self._ways = ways(condition) if condition is not None else ()
        place = way_of(condition, self._ways, is_negated=self.line.is_negated) if condition is not None else -1
        self._fill_box(self.way, [one.words for one in self._ways], place)
        for box in (self.field, self.way):
            box.setVisible(condition is not None)
        self._show_value(condition, place)

    def _fill_box(self, box: CalmBox, words: Sequence[str], place: int) -> None:
        box.clear()
        box.addItems(list(words))
        box.setCurrentIndex(place)

    def _show_value(self, condition: Condition | None, place: int) -> None:
        if self.value is not None:
            self._place.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
            self.value = None
        if condition is not None:
            self.value = ValueBox(self._ways[place], condition, self._words(condition))
            self.value.changed.connect(self._take_value)
            self.value.sought.connect(self._seek)
            self._place.insertWidget(1, self.value, 1_000)
        self.mark()

    def mark(self, *, is_strict: bool = False) -> None:
        """Marks a rule that is not finished; one that was only begun is marked once somebody wants to save (`is_strict`)."""
        problem = problem_of(self.line)
        is_begun = self.line.condition is not None and bool(self.line.condition.values)
        shown = problem if is_begun or is_strict else ""
        self._problem.setText(shown)
        self._problem.setVisible(bool(shown))
        if self.value is not None:
            self.value.mark(is_wrong=bool(shown))
        plain_tip(self, problem)

    def _words(self, condition: Condition) -> Sequence[str]:
        match condition.subject:
            case Subject.TAG | Subject.OWN_TAG:
                return self._known.tags
            case Subject.SOURCE:
                return self._known.sources
            case Subject.SEGMENT:
                return self._known.segments
            case Subject.CHANNEL:
                return ("email", "chat", "survey", "review", "call", "memo")
            case Subject.FLAG:
                return ("role", "shared")
            case _:
                return ()

    def _seek(self, words: str) -> None:
        if self.line.condition is not None and self.line.condition.subject is Subject.PROPERTY:
            self.sought.emit(words)

    def _take_about(self, place: int) -> None:
        chosen = place - self._before
        if chosen >= 0:
            self._start(self._offered[chosen].fields[0].template)

    def _take_field(self, place: int) -> None:
        about = self.about.currentIndex() - self._before
        if about >= 0:
            self._start(self._offered[about].fields[place].template)

    def _start(self, template: Condition) -> None:
        way = ways(template)[0]
        self._put(
            replace(template, verb=way.verb, subject=way.subject or template.subject, values=way.values or _begun(way)),
            way.is_negated,
        )
        self._fill()
        if self.value is not None:
            self.value.focus()

    def _take_way(self, place: int) -> None:
        condition, way = self.line.condition, self._ways[place]
        if condition is None:
            return
        same_shape = self.value is not None and self.value.values()
        values = way.values or ((same_shape or ()) if way.shape != "none" else ())
        self._put(
            replace(
                condition,
                verb=way.verb,
                subject=way.subject or condition.subject,
                values=values,
                window=condition.window if way.shape == "times" else "",
            ),
            way.is_negated,
        )
        self._fill()
        if self.value is not None:
            self.value.focus()

    def _take_value(self) -> None:
        if self.line.condition is None or self.value is None:
            return
        condition = replace(self.line.condition, values=self.value.values(), window=self.value.within())
        self._put(condition, self.line.is_negated)
        self.mark()

    def _put(self, condition: Condition, is_negated: bool) -> None:
        self.line = Line(self.line.key, condition, is_negated)
        self.changed.emit(self.line)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.handle and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_removal = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if is_removal:
                self.removed.emit(self.line.key)
            return is_removal
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(self.line.key, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.added.emit(self.line.key)
        else:
            super().keyPressEvent(event)


def _begun(way: Compared) -> tuple[str, ...]:
    return ("1",) if way.shape == "times" else ("30d",) if way.shape == "length" else ()
