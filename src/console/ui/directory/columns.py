"""Which columns the directory shows: fields of our own and every property, ticked in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from console.domain.directory import FIELDS, Column
from console.domain.records import OwnerKind
from console.ui.directory.cells import title_of
from console.ui.widgets.menu import Menu

_REPEATED = ("property:name", "property:email", "property:domain")


def column_called(owner_kind: OwnerKind, known: Sequence[Column], key: str) -> Column | None:
    """The column with this key, None where its property is not known here any more."""
    if key in FIELDS[owner_kind]:
        return Column(key)
    return next((column for column in known if column.key == key), None)


class ColumnsMenu(QObject):
    """The menu of columns; it stays open while one ticks.

    Signals:
        chosen: (list of str) the keys of the columns to show, those that were there in their order.
    """

    chosen = Signal(object)

    def __init__(self, owner_kind: OwnerKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._owner_kind, self._window = owner_kind, parent

    def open_at(self, at: QPoint, known: Sequence[Column], shown: Sequence[str]) -> QMenu:
        """Opens it at a place on the screen."""
        menu = Menu(parent=self._window)
        menu.setAccessibleName(self.tr("Columns"))
        menu.aboutToHide.connect(menu.deleteLater)
        ticked = list(shown)
        fields = [Column(key) for key in FIELDS[self._owner_kind] if key != "name"]
        for column in fields:
            self._add(menu, column, ticked)
        properties = [column for column in known if column.key not in _REPEATED]
        if properties:
            menu.addSeparator()
        for column in properties:
            self._add(menu, column, ticked)
        menu.popup(at)
        return menu

    def _add(self, menu: QMenu, column: Column, ticked: list[str]) -> None:
        action = menu.addAction(title_of(column).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(column.key in ticked)

        def tick(is_on: bool) -> None:
            if is_on:
                ticked.append(column.key)
            else:
                ticked.remove(column.key)
            self.chosen.emit(tuple(ticked))

        action.toggled.connect(tick)
