"""What the directory asks in a popover: in which segment, and what a view is to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.directory_views import View
from console.domain.records import OwnerKind
from console.domain.segment_text import quoted
from console.domain.segments import built_in
from console.store.connection import Connection
from console.store.segments import given_segments, our_segments
from console.ui.directory.columns import ColumnsCard
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import column, row
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.labels import label
from console.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from console.ui.directory.page import DirectoryPage

_LONGEST_NAME = 80


class NameCard(QWidget):
    """Asks for the name of a view.

    Signals:
        taken: the name.
    """

    taken = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.current().pixels(300))
        self.field = QLineEdit(name)
        self.field.setMaxLength(_LONGEST_NAME)
        self.field.setPlaceholderText(self.tr("Name"))
        self.field.setAccessibleName(self.tr("Name of the view"))
        self.field.selectAll()
        save = Button(self.tr("Save"), "primary", is_small=True)
        save.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        line = row(self.field, save)
        line.setStretch(0, 1)
        words = self.tr("A view keeps the filter, the order and the columns")
        self.setLayout(column(label(self.tr("View"), "strong"), line, label(words, "small"), gap=tokens.SPACE_2))
        self.setFocusProxy(self.field)

    def _take(self) -> None:
        words = " ".join(self.field.text().split())
        if words:
            self.taken.emit(words)


class PageChoices(QObject):
    """Opens what asks; one at a time."""

    def __init__(self, page: DirectoryPage) -> None:
        super().__init__(page)
        self._page = page
        self._popover: Popover | None = None

    def open_segments(self) -> ChoiceList:
        """Asks for a segment, which becomes a condition."""
        found, kind = ChoiceList(self.tr("Search segments")), self._page.owner_kind
        names = self._page.session.read(lambda connection: segment_names(connection, kind))
        found.show_choices([Offered(name, name) for name in names])
        found.chosen.connect(self._narrow)
        found.left.connect(self.close)
        self._open(self.tr("Choose a segment"), found, self._page.filter.segment)
        return found

    def open_columns(self) -> ColumnsCard:
        """Asks which columns are shown."""
        page = self._page
        card = ColumnsCard(page.owner_kind, page.known, page.shown_keys())
        card.chosen.connect(page.choose_columns)
        card.left.connect(self.close)
        self._open(self.tr("Columns"), card, page.columns_button)
        return card

    def ask_name(self, view: View | None = None) -> NameCard:
        """Asks what the view is to be called: one of the teammate's own, or what is shown as a new one."""
        card = NameCard(view.name if view is not None else "")
        card.taken.connect(lambda name: self._take_name(name, view))
        anchor = self._page.filter.save if view is None else self._page.title
        self._open(self.tr("Name of the view"), card, anchor)
        return card

    def close(self) -> None:
        """Closes what asks."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _narrow(self, name: object) -> None:
        self.close()
        self._page.filter.add(f"segment={quoted(str(name))}")

    def _take_name(self, name: str, view: View | None) -> None:
        self.close()
        if view is None:
            self._page.save_view(name)
        else:
            self._page.rename_view(view, name)

    def _open(self, name: str, content: QWidget, anchor: QWidget) -> None:
        self.close()
        self._popover = Popover(name, content, self._page.window(), margin=tokens.SPACE_3)
        self._popover.open_at(anchor, "below")


def segment_names(connection: Connection, owner_kind: OwnerKind) -> tuple[str, ...]:
    """The segments that a filter can name: the teammates', those built in, those that sources keep of customers."""
    ours = [one.name for one in our_segments(connection) if one.owner_kind is owner_kind]
    given = [one.name for one in given_segments(connection)] if owner_kind is OwnerKind.CUSTOMER else []
    return tuple(dict.fromkeys((*ours, *(one.name for one in built_in(owner_kind)), *given)))
