"""A group of rules: how many of them must hold, the rules, and groups within; the inner ones on a sunken surface."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.ui.overriding import override
from console.ui.segments.choices import About, Known
from console.ui.segments.draft import Group, Line, Mode
from console.ui.segments.rule_row import RuleRow
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.labels import label

_MODE = 96


class GroupBox(QFrame):
    """One group. What is done in it, and in those within, is told to `act(what, …)` as in `Editor`."""

    def __init__(
        self,
        group: Group,
        offered: Sequence[About],
        known: Known,
        act: Callable[..., None],
        parent: QWidget | None = None,
        *,
        owner_kind: OwnerKind,
        is_inner: bool = False,
    ) -> None:
        super().__init__(parent)
        self.group, self._act, self._is_inner = group, act, is_inner
        self.rows: list[RuleRow] = []
        self.groups: list[GroupBox] = []
        self.setProperty("surface", "group" if is_inner else "card")
        if is_inner:
            self.setAccessibleName(self.tr("Group of rules"))
        self.mode = CalmBox(self.tr("How many must hold"))
        for mode, words in self._modes():
            self.mode.addItem(words, mode)
        self.mode.setCurrentIndex(self.mode.findData(group.mode))
        self.mode.setFixedWidth(theme.current().pixels(_MODE))
        self._counted = label("", "body2")
        self._show_mode()
        self.mode.activated.connect(self._take_mode)
        self._lay_out(offered, known, owner_kind)

    def every_row(self) -> Iterator[RuleRow]:
        """The rows of this group and of those within."""
        yield from self.rows
        for group in self.groups:
            yield from group.every_row()

    def _lay_out(self, offered: Sequence[About], known: Known, owner_kind: OwnerKind) -> None:
        column = QVBoxLayout(self)
        margin = tokens.SPACE_3
        column.setContentsMargins(margin, tokens.SPACE_2, margin, tokens.SPACE_2)
        column.setSpacing(tokens.SPACE_1)
        column.addLayout(self._head(owner_kind))
        for part in self.group.parts:
            if isinstance(part, Line):
                column.addWidget(self._row(part, offered, known))
            else:
                inner = GroupBox(part, offered, known, self._act, owner_kind=owner_kind, is_inner=True)
                self.groups.append(inner)
                column.addWidget(inner)
        if not self.group.parts:
            column.addWidget(label(self.tr("No rules: everybody belongs. Add one."), "small"))
        column.addLayout(self._foot())

    def _take_mode(self, _place: int) -> None:
        self._show_mode()
        self._act("mode", self.group.key, self.mode.currentData())

    def _show_mode(self) -> None:
        is_one = self.mode.currentData() == Mode.ANY
        self._counted.setText(self.tr("of these is true") if is_one else self.tr("of these are true"))

    def _modes(self) -> tuple[tuple[Mode, str], ...]:
        return (
            (Mode.ALL, self.tr("all")),
            (Mode.ANY, self.tr("any")),
            (Mode.NONE, self.tr("none")),
            (Mode.NOT_ALL, self.tr("not all")),
        )

    def _head(self, owner_kind: OwnerKind) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_2)
        if not self._is_inner:
            is_customer = owner_kind is OwnerKind.CUSTOMER
            line.addWidget(
                label(self.tr("A customer belongs when") if is_customer else self.tr("A company belongs when"), "body2")
            )
        line.addWidget(self.mode)
        line.addWidget(self._counted)
        line.addStretch(1)
        if self._is_inner:
            gone = IconButton("trash-2", self.tr("Remove this group"), is_small=True)
            gone.clicked.connect(lambda: self._act("remove", self.group.key))
            line.addWidget(gone)
        return line

    def _row(self, line: Line, offered: Sequence[About], known: Known) -> RuleRow:
        row = RuleRow(line, offered, known)
        row.changed.connect(lambda changed: self._act("change", changed))
        row.removed.connect(lambda key: self._act("remove", key))
        row.moved.connect(lambda key, step: self._act("move", key, step))
        row.sought.connect(lambda words: self._act("seek", row, words))
        row.added.connect(lambda key: self._act("add", self.group.key, key))
        self.rows.append(row)
        return row

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(tokens.SPACE_2)
        rule = Button(self.tr("Add rule"), "quiet", icon="plus", keys="Ctrl+Return", is_small=True)
        rule.clicked.connect(lambda: self._act("add", self.group.key, None))
        line.addWidget(rule)
        if not self._is_inner:
            group = Button(self.tr("Add group"), "quiet", icon="brackets", is_small=True)
            group.clicked.connect(lambda: self._act("group", self.group.key))
            line.addWidget(group)
        line.addStretch(1)
        return line


class Editor(QWidget):
    """The rules of one segment, all of them.

    Signals:
        changed: (Group) the rules are different now.
        removed: (Group) what the rules were before something was removed, to be brought back.
        sought: (RuleRow, words) values of its property that begin so may be offered to the row.
    """

    changed = Signal(object)
    removed = Signal(object)
    sought = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = Group(0, Mode.ALL)
        self.box: GroupBox | None = None
        self._owner_kind = OwnerKind.CUSTOMER
        self._offered: Sequence[About] = ()
        self._known = Known()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_draft(self, draft: Group, owner_kind: OwnerKind, offered: Sequence[About], known: Known) -> None:
        """Shows these rules."""
        self._owner_kind, self._offered, self._known = owner_kind, offered, known
        self._rebuild(draft)

    def put_back(self, draft: Group) -> None:
        """Shows the rules as they were."""
        self._rebuild(draft)
        self.changed.emit(draft)

    def row_of(self, key: int) -> RuleRow | None:
        """The row of a line."""
        return next((row for row in self.rows() if row.line.key == key), None)

    def rows(self) -> tuple[RuleRow, ...]:
        """All rows that are shown."""
        return tuple(self.box.every_row()) if self.box is not None else ()

    def act(self, what: str, *told: object) -> None:
        """Does one thing with the rules: change, mode, add, group, remove, move; or tells that values are sought."""
        from console.ui.segments.acts import acted

        if what == "seek":
            self.sought.emit(*told)
            return
        before = self.draft
        after, focus = acted(before, what, told)
        if after == before:
            return
        if what == "change" or what == "mode":
            self.draft = after
        else:
            self._rebuild(after)
            row = self.row_of(focus) if focus is not None else None
            if row is not None:
                row.handle.setFocus() if what == "move" else row.focus()
        self.changed.emit(self.draft)
        if what == "remove":
            self.removed.emit(before)

    def _rebuild(self, draft: Group) -> None:
        self.draft = draft
        old, self.box = self.box, GroupBox(draft, self._offered, self._known, self.act, owner_kind=self._owner_kind)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._column.insertWidget(0, self.box)
        self._fit()

    def _fit(self) -> None:
        for row in self.rows():
            row.fit(self.width())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
