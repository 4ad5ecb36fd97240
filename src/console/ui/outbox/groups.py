"""The list of the outbox: three groups by who must act, lines that are chosen by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.outbox_rows import OutboxFilter
from console.ui.outbox.line import OutboxLine
from console.ui.outbox.matters import MOST, Listed, Matter
from console.ui.style import tokens
from console.ui.widgets.at_once import at_once
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.labels import label, set_look


class _Group(QWidget):
    """A heading with its count over its lines; it hides where it has none."""

    def __init__(self, title: str, look: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count, self._more = label("", "muted"), label("", "muted")
        self.all = Button(self.tr("Show all"), "quiet", is_small=True)
        self.all.hide()
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        head = label(title, "section")
        set_look(head, look)
        top = row(head, self._count, None, self.all)
        top.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.SPACE_2)
        column.setSpacing(tokens.SPACE_1)
        column.addLayout(top)
        column.addLayout(self.lines)
        column.addWidget(self._more)

    def tell(self, shown: int, count: int) -> None:
        """How many there are, and how many of them are not on screen."""
        self.setVisible(count > 0)
        self._count.setText(QLocale().toString(count))
        self._more.setVisible(count > shown)
        self._more.setText(self.tr("and {0} more").format(QLocale().toString(count - shown)))


class OutboxGroups(QWidget):
    """Lines are kept and shown again in place, so that nothing blinks and the keyboard stays where it is.

    Signals:
        chosen: the `Matter` that is looked at now, None where there is none.
        opened: Enter was pressed on a line.
        act_wanted: (what, Matter, the button that was pressed).
        all_wanted: everything that is done is to be listed.
    """

    chosen = Signal(object)
    opened = Signal()
    act_wanted = Signal(str, object, object)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[int, OutboxLine] = {}
        self._order: tuple[int, ...] = ()
        self._key: int | None = None
        self.needs_you = _Group(self.tr("Needs you"), "red")
        self.waiting = _Group(self.tr("On their way"), "section")
        self.done = _Group(self.tr("Done today"), "section")
        self.done.all.show()
        self.done.all.clicked.connect(self.all_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, tokens.SPACE_2, 0)
        column.setSpacing(tokens.SPACE_1)
        for group in (self.needs_you, self.waiting, self.done):
            column.addWidget(group)
        column.addStretch(1)

    def show_listed(self, listed: Listed, wanted: OutboxFilter, now: datetime, me: str) -> None:
        """Shows these; what is looked at stays, or the one that takes its place."""
        parts = (
            (self.needs_you, OutboxFilter.NEEDS_YOU, listed.needs_you, len(listed.needs_you)),
            (self.waiting, OutboxFilter.WAITING, listed.waiting, listed.counts.waiting),
            (self.done, OutboxFilter.DONE, listed.done, max(len(listed.done), listed.counts.done)),
        )
        before, order = self._order, []
        with at_once(self):
            for group, own, matters, count in parts:
                is_wanted = wanted in (OutboxFilter.ALL, own)
                shown = matters[:MOST] if is_wanted else ()
                self._fill(group, shown, now, me)
                group.tell(len(shown), count if is_wanted else 0)
                order += [matter.key for matter in shown]
            self._order = tuple(order)
            for key in set(self._lines) - set(order):
                line = self._lines.pop(key)
                line.hide()
                line.deleteLater()
        self._choose(self._next_of(before), is_told=True)

    def current(self) -> Matter | None:
        """The matter that is looked at."""
        line = self._lines.get(self._key) if self._key is not None else None
        return line.matter if line is not None else None

    def line_of(self, key: int) -> OutboxLine:
        """The line of a matter; KeyError where it is not listed."""
        return self._lines[key]

    def lines(self) -> tuple[OutboxLine, ...]:
        """The lines in their order."""
        return tuple(self._lines[key] for key in self._order)

    def step_by(self, step: int) -> None:
        """Goes so many lines down (negative: up) and stops at the ends."""
        if not self._order:
            return
        at = self._order.index(self._key) if self._key in self._order else -1
        self.choose(self._order[max(0, min(len(self._order) - 1, at + step))])

    def choose(self, key: int) -> None:
        """Looks at a matter, with the keyboard on its line."""
        self._choose(key, is_told=True)
        line = self._lines.get(key)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, key: int | None, *, is_told: bool) -> None:
        for place, line in self._lines.items():
            line.set_chosen(is_chosen=place == key)
        self._key = key
        if is_told:
            self.chosen.emit(self.current())

    def _next_of(self, before: Sequence[int]) -> int | None:
        if self._key in self._order:
            return self._key
        if self._key in before:
            behind = before[before.index(self._key) :]
            return next((key for key in behind if key in self._order), self._order[-1] if self._order else None)
        return self._order[0] if self._order else None

    def _fill(self, group: _Group, matters: Sequence[Matter], now: datetime, me: str) -> None:
        for place, matter in enumerate(matters):
            line = self._lines.get(matter.key)
            if line is None:
                line = self._lines[matter.key] = self._made(matter)
            if group.lines.indexOf(line) != place:
                group.lines.insertWidget(place, line)
            line.show_matter(matter, now, me)

    def _made(self, matter: Matter) -> OutboxLine:
        line = OutboxLine(matter)
        line.chosen.connect(partial(self._choose, matter.key, is_told=True))
        line.opened.connect(self.opened)
        line.stepped.connect(self.step_by)
        line.act_wanted.connect(partial(self._want, matter.key))
        return line

    def _want(self, key: int, act: str, button: QWidget) -> None:
        self._choose(key, is_told=True)
        self.act_wanted.emit(act, self._lines[key].matter, button)
