"""A page of the directory: views at the left, the filter on top, the rows, and what can be done with those that are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain.directory import Column, DirectoryRow, Listing
from console.domain.directory_views import View
from console.domain.records import OwnerKind
from console.domain.segment_rules import Rule
from console.store import directory_rows
from console.store.expressions import read_rule
from console.ui.directory.bulk_bar import BulkBar
from console.ui.directory.cells import is_number, width_of
from console.ui.directory.choices import PageChoices
from console.ui.directory.columns import column_called
from console.ui.directory.deeds import BulkDeeds
from console.ui.directory.export import Exports
from console.ui.directory.filter_bar import FilterBar
from console.ui.directory.freshness import Freshness
from console.ui.directory.kept import KeptViews
from console.ui.directory.model import DirectoryModel
from console.ui.directory.reading import Reading
from console.ui.directory.states import States
from console.ui.directory.table import DirectoryTable
from console.ui.directory.views import ViewList
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.chip import Chip
from console.ui.widgets.labels import label

_KEEP_MS = 400


class DirectoryPage(QWidget):
    """Customers, or companies.

    Signals:
        opened: (int) one of them is to be shown in its window.
        import_wanted, sources_wanted: there is nobody yet, and somebody is to come.
    """

    opened = Signal(object)
    import_wanted = Signal()
    sources_wanted = Signal()

    def __init__(self, session: Session, owner_kind: OwnerKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.owner_kind = session, owner_kind
        self.kept = KeptViews(session, owner_kind)
        self.known: tuple[Column, ...] = ()
        self.view = self.kept.views()[0]
        self.reading = Reading(session, self)
        self.rows = DirectoryModel(self._rows, session.now, lambda column: is_number(column, owner_kind), self)
        self.table = DirectoryTable(self.rows, owner_kind, session.now)
        self.filter = FilterBar(self._rule)
        is_customers = owner_kind is OwnerKind.CUSTOMER
        self.side = ViewList(self.tr("Customers") if is_customers else self.tr("Companies"))
        self.title = label("", "title")
        self.count = Chip("", "grey")
        self.columns_button = Button(self.tr("Columns"), icon="table", is_small=True)
        self.states = States(owner_kind)
        self.deeds, self.exports = BulkDeeds(self), Exports(self)
        self.bulk = BulkBar(self)
        self.choices = PageChoices(self)
        self.freshness = Freshness(session.feed, owner_kind, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEEP_MS)
        self._pause.timeout.connect(self.keep)
        session.closing.connect(self._pause.stop)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._learn_columns()
        self.show_view(self.view)

    def listing(self) -> Listing:
        """What is shown, in which order."""
        sort = column_called(self.owner_kind, self.known, self.view.sort) or Column("name")
        return Listing(self.owner_kind, self.filter.expression(), sort, self.view.is_descending)

    def show_view(self, view: View) -> None:
        """Shows one of the views, as it was looked at last."""
        self.view = self.kept.arranged(view)
        self.title.setText(view.name)
        self.side.show_views(self.kept.views(), view.key)
        self.filter.show_expression(view.expression)
        self._show_columns()
        self._ask()

    def sort_by(self, column: Column) -> None:
        """Sorts by a column, the other way round where it is sorted by it already."""
        is_same = column.key == self.view.sort
        self.view = replace(self.view, sort=column.key, is_descending=is_same and not self.view.is_descending)
        self._pause.start()
        self._ask()

    def choose_columns(self, keys: Sequence[str]) -> None:
        """Shows these columns; the name is always the first."""
        wanted = tuple(dict.fromkeys(("name", *keys)))
        width_by_key = dict(zip(self.view.columns, self.view.widths, strict=False))
        self.view = replace(self.view, columns=wanted, widths=tuple(width_by_key.get(key, 0) for key in wanted))
        self._show_columns()
        self._pause.start()

    def shown_keys(self) -> tuple[str, ...]:
        """The keys of the columns, in the order in which they are seen."""
        shown = self.rows.columns()
        return tuple(shown[place].key for place in self._places())

    def keep(self) -> None:
        """Keeps columns, widths and order of the view that is shown."""
        self._pause.stop()
        scale = theme.current().text_scale
        widths = tuple(round(self.table.widths.of(place) / scale) for place in self._places())
        self.view = replace(self.view, columns=self.shown_keys(), widths=widths)
        self.kept.arrange(self.view)

    def save_view(self, name: str) -> None:
        """Keeps what is shown under a name."""
        self.keep()
        self.show_view(self.kept.save(replace(self.view, expression=self.filter.expression()), name))

    def rename_view(self, former: View, name: str) -> None:
        """Gives one of the teammate's own views another name."""
        made = self.kept.rename(former, name)
        self.view = replace(self.view, name=made.name) if self.view.key == made.key else self.view
        self.title.setText(self.view.name)
        self.side.show_views(self.kept.views(), self.view.key)

    def total(self) -> int | None:
        """How many match, None while they are still counted."""
        return self.reading.count if self.reading.is_complete else None

    def show_states(self) -> None:
        """Shows what stands in place of the rows."""
        self._stack.setCurrentWidget(self.states)

    def focus_table(self) -> None:
        """Gives the keyboard to the rows."""
        if self.table.current_key() is None:
            self.table.go_to(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.freshness.look(is_looked_at=True)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.freshness.look(is_looked_at=False)

    def _lay_out(self) -> None:
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_2)
        for part in (self.title, self.count):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.columns_button)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_2)
        top.setSpacing(tokens.SPACE_3)
        top.addLayout(head)
        top.addWidget(self.filter)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.states)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(top)
        right.addWidget(self.bulk)
        right.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_view)
        self.filter.changed.connect(lambda _: self._ask())
        self.filter.left.connect(self.focus_table)
        self.table.opened.connect(self.opened)
        self.table.sorted_by.connect(lambda section: self.sort_by(self.rows.columns()[section]))
        self.table.arranged.connect(self._pause.start)
        self.table.columns_wanted.connect(self.choices.open_columns)
        self.table.chosen.connect(self.bulk.show_chosen)
        self.table.more_wanted.connect(self.reading.more)
        self.filter.segment_wanted.connect(self.choices.open_segments)
        self.filter.save_wanted.connect(self.choices.ask_name)
        self.side.renamed.connect(self.choices.ask_name)
        self.side.removed.connect(self._remove_view)
        self.columns_button.clicked.connect(self.choices.open_columns)
        self.reading.began.connect(self._begin)
        self.reading.extended.connect(self._extend)
        self.reading.settled.connect(self._settle)
        self.reading.failed.connect(self._fail)
        self.states.all_wanted.connect(lambda: self.filter.put(""))
        self.states.again_wanted.connect(self._ask)
        self.states.import_wanted.connect(self.import_wanted)
        self.states.sources_wanted.connect(self.sources_wanted)
        self.freshness.due.connect(self._refresh)

    def _remove_view(self, view: View) -> None:
        self.kept.remove(view)
        if self.view.key == view.key:
            self.show_view(self.kept.views()[0])
        else:
            self.side.show_views(self.kept.views(), self.view.key)

    def _places(self) -> list[int]:
        """The logical places of the columns, as they are seen."""
        return sorted(range(len(self.rows.columns())), key=self.table.horizontalHeader().visualIndex)

    def _rule(self, expression: str) -> Rule:
        return self.session.read(lambda connection: read_rule(connection, self.owner_kind, expression))

    def _rows(self, ids: Sequence[int], columns: Sequence[Column]) -> Mapping[int, DirectoryRow]:
        return self.session.read(lambda connection: directory_rows.rows(connection, self.owner_kind, ids, columns))

    def _learn_columns(self) -> None:
        self.known = self.session.read(lambda connection: directory_rows.columns(connection, self.owner_kind))

    def _ask(self) -> None:
        self._show_sort()
        if not self.rows.rowCount():
            self.states.show_loading()
            self.show_states()
        self.reading.show(self.listing())

    def _show_columns(self) -> None:
        found = [column_called(self.owner_kind, self.known, key) for key in self.view.columns]
        width_by_key = dict(zip(self.view.columns, self.view.widths, strict=False))
        shown = [column for column in found if column is not None] or [Column("name")]
        self.rows.show_columns(shown)
        look = theme.current()
        self.table.set_widths(
            [look.pixels(width_by_key.get(one.key) or width_of(one, self.owner_kind)) for one in shown]
        )
        self._show_sort()

    def _show_sort(self) -> None:
        columns = self.rows.columns()
        place = next((place for place, one in enumerate(columns) if one.key == self.view.sort), None)
        self.table.show_sort(place, is_descending=self.view.is_descending)

    def _begin(self, ids: tuple[int, ...]) -> None:
        self.rows.begin(ids)
        self.table.scrollToTop()
        self._show_standing()

    def _extend(self, ids: tuple[int, ...]) -> None:
        self.rows.extend(ids)
        self._show_standing()

    def _settle(self, ids: tuple[int, ...]) -> None:
        self.rows.settle(ids)
        self._show_standing()

    def _show_standing(self) -> None:
        """How many there are, and either them or why there are none."""
        total, locale = self.total(), QLocale()
        words = locale.toString(self.reading.count) + ("" if total is not None else "+")
        self.count.set_chip(words, "grey")
        self.bulk.show_chosen()
        if self.rows.rowCount():
            self._stack.setCurrentWidget(self.table)
        else:
            self.states.show_empty(is_narrowed=bool(self.filter.expression()))
            self.show_states()

    def _fail(self, error: Exception) -> None:
        self.rows.begin(())
        self.count.set_chip("–", "grey")
        self.states.show_error(str(error))
        self.show_states()

    def _refresh(self, stale: frozenset[int] | None) -> None:
        self.rows.forget(stale)
        self._learn_columns()
        self.reading.refresh()
