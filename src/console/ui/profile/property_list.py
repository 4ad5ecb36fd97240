"""The properties of a profile: those on top, then by what they are about; each is edited where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.domain.profile_view import ShownProperty
from console.domain.values import Value
from console.ui.profile.editor_card import EditorCard
from console.ui.profile.property_row import PropertyRow
from console.ui.profile.wording import property_group, property_words
from console.ui.widgets.buttons import Button
from console.ui.widgets.labels import label

FIRST_SHOWN = 14
_LAID_OUT_MS = 20  # until every layout above has heard of a new editor
_COMPANY = "company."


class PropertyList(QWidget):
    """Rows that are filled again when another profile is shown, never made anew.

    Signals:
        edited: (name, Value) a value was set by hand.
        why_wanted: (the row) where does this value come from?
        menu_wanted: (the row, QPoint on screen).
        unfolded: (the editor) it has just been laid out and may stand below the edge.
    """

    edited = Signal(str, object)
    why_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    unfolded = Signal(object)

    def __init__(
        self,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
        *,
        grouping: Callable[[Iterable[ShownProperty]], list[tuple[str, ShownProperty]]] | None = None,
    ) -> None:
        """`now` answers the present moment in aware UTC; `grouping` says under which heading each stands, in their order."""
        super().__init__(parent)
        self._now = now
        self._rows: list[PropertyRow] = []
        self._headings: list[QLabel] = []
        self._shown: tuple[ShownProperty, ...] = ()
        self._shape: tuple[str, ...] = ()
        self._elsewhere: frozenset[str] = frozenset()
        self._is_whole = self._is_company = self._is_only_read = False
        self._grouping = grouping
        self._editor: EditorCard | None = None
        self._edited: PropertyRow | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._empty = label(self.tr("No properties yet. Add the first one with +"), "small", is_wrapping=True)
        self._more = Button("", "link")
        self._more.clicked.connect(self._show_all)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_properties(
        self,
        properties: Iterable[ShownProperty],
        *,
        is_new: bool,
        is_company: bool = False,
        elsewhere: Iterable[str] = (),
    ) -> None:
        """Shows these; `is_new` when they are somebody else's, then an open editor is closed and the list is short.

        What stands `elsewhere` (names) has no row here until it is revealed.
        """
        if is_new:
            self.stop_editing()
            self._is_whole = False
        self._is_company = is_company
        edited = self._edited.shown() if self._edited is not None else None
        self._elsewhere = frozenset(elsewhere) - ({edited.name} if edited is not None else set())
        every = self._grouping(properties) if self._grouping else _ordered(properties, is_company=is_company)
        self._shown = tuple(shown for _, shown in every)
        ordered = [one for one in every if one[1].name not in self._elsewhere]
        visible = ordered if self._is_whole else ordered[:FIRST_SHOWN]
        self._empty.setVisible(not every)
        self._more.setVisible(len(visible) < len(ordered))
        self._more.set_words(self.tr("Show {0} more").format(len(ordered) - len(visible)))
        self._arrange(visible)
        for row, (group, shown) in zip(self._rows, visible, strict=False):
            # Under its heading “Location” a property need not say “Location city”.
            row.show_property(shown, shown.name.rpartition(".")[2] if group else shown.name)
        if self._edited is not None and self._edited.isHidden() and self._editor is None:
            self._edited.show()

    def row_of(self, name: str) -> PropertyRow | None:
        """The row of a property, None where it is not shown."""
        for row in self._rows:
            shown = row.shown()
            if not row.isHidden() and shown is not None and shown.name == name:
                return row
        return None

    def reveal(self, name: str) -> PropertyRow | None:
        """The row of a property, after unfolding the list where it is too short; None where there is no such property."""
        if self.row_of(name) is None and any(shown.name == name for shown in self._shown):
            self._elsewhere -= {name}
            self._show_all()
        return self.row_of(name)

    def shown(self) -> tuple[ShownProperty, ...]:
        """All properties in their order, also those that are not unfolded yet or stand elsewhere."""
        return self._shown

    def read_only(self, *, is_only_read: bool) -> None:
        """Whether nothing can be edited, because another day is shown."""
        self._is_only_read = is_only_read
        if is_only_read:
            self.stop_editing()

    def edit(self, row: PropertyRow) -> EditorCard | None:
        """Opens the editor in place of a row; None where nothing can be edited."""
        self.stop_editing()
        shown = row.shown()
        if shown is None or self._is_only_read:
            return None
        self._edited = row
        self._editor = EditorCard(shown, self._now())
        self._editor.saved.connect(lambda value, name=shown.name: self._save(name, value))
        self._editor.closed.connect(self._finish)
        row.hide()
        self._column.insertWidget(self._column.indexOf(row) + 1, self._editor)
        editor = self._editor
        editor.begin()
        QTimer.singleShot(_LAID_OUT_MS, editor, lambda: self.unfolded.emit(editor))
        return editor

    def editor(self) -> EditorCard | None:
        """The open editor."""
        return self._editor

    def stop_editing(self) -> None:
        """Closes the editor without saving."""
        if self._editor is not None:
            self._editor.cancel()

    def _save(self, name: str, value: Value) -> None:
        self.edited.emit(name, value)

    def _finish(self, goes_on: bool) -> None:
        editor, row = self._editor, self._edited
        self._editor = self._edited = None
        if editor is not None:
            had_focus = editor.isAncestorOf(editor.window().focusWidget() or self)
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        else:
            had_focus = False
        if row is None:
            return
        row.show()
        if goes_on:
            self._step(row, 1)
        elif had_focus:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, visible: list[tuple[str, ShownProperty]]) -> None:
        shape = tuple(group for group, _ in visible)
        if shape == self._shape:
            return
        self._shape = shape
        used_headings = place = 0
        last = ""
        for index, group in enumerate(shape):
            if group != last and group:
                heading = self._heading(used_headings, group)
                if self._column.indexOf(heading) != place:
                    self._column.insertWidget(place, heading)
                used_headings, place = used_headings + 1, place + 1
            last = group
            row = self._row(index)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
            row.setVisible(row is not self._edited)
            place += 1
            if row is self._edited and self._editor is not None:
                self._column.insertWidget(place, self._editor)
                place += 1
        for row in self._rows[len(shape) :]:
            row.hide()
        for heading in self._headings[used_headings:]:
            heading.hide()

    def _heading(self, index: int, words: str) -> QLabel:
        if index == len(self._headings):
            made = label("", "section")
            made.setContentsMargins(8, 6, 0, 2)
            self._headings.append(made)
        heading = self._headings[index]
        heading.setText(self._group_words(words))
        heading.show()
        return heading

    def _group_words(self, group: str) -> str:
        named = {
            "company": self.tr("Company"),
            "person": self.tr("Person"),
            "account": self.tr("Account"),
            "usage": self.tr("Usage"),
        }
        return named.get(group, property_words(group))

    def _row(self, index: int) -> PropertyRow:
        while index >= len(self._rows):
            row = PropertyRow()
            row.clicked.connect(lambda _=False, row=row: self.edit(row))
            row.why_wanted.connect(lambda row=row: self.why_wanted.emit(row))
            row.menu_wanted.connect(lambda at, row=row: self._ask_menu(row, at))
            row.stepped.connect(lambda step, row=row: self._step(row, step))
            self._rows.append(row)
        return self._rows[index]

    def _ask_menu(self, row: PropertyRow, at: QPoint) -> None:
        self.menu_wanted.emit(row, at)

    def _step(self, row: PropertyRow, step: int) -> None:
        shown = [one for one in self._rows if not one.isHidden()]
        at = (shown.index(row) if row in shown else 0) + step
        if 0 <= at < len(shown):
            shown[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            row.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_all(self) -> None:
        self._is_whole = True
        self.show_properties(self._shown, is_new=False, is_company=self._is_company, elsewhere=self._elsewhere)


def _ordered(properties: Iterable[ShownProperty], *, is_company: bool) -> list[tuple[str, ShownProperty]]:
    """(group, property): on top first without a heading, then the person's, what dots hold together, the company's."""
    groups: dict[str, list[ShownProperty]] = {"": [], "person": []}
    of_company: list[ShownProperty] = []
    dotted: dict[str, list[ShownProperty]] = {}
    for shown in properties:
        if shown.is_on_top:
            groups[""].append(shown)
        elif shown.name.startswith(_COMPANY):
            of_company.append(shown)
        elif group := property_group(shown.name):
            dotted.setdefault(group, []).append(shown)
        else:
            groups["" if is_company else "person"].append(shown)
    for group in sorted(dotted):
        groups[group] = dotted[group]
    groups["company"] = of_company
    if set(filter(groups.get, groups)) == {"person"}:
        groups = {"": groups["person"]}  # one heading over everything heads nothing
    return [(group, shown) for group, members in groups.items() for shown in members]
