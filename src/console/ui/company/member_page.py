"""The tab of a company's members: bar, table, and a line that says how many there are and how many are quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.company_health import QUIET_AFTER
from console.domain.company_members import MemberOrder, MemberRow, MemberSight, ordered
from console.domain.segment_tests import ago
from console.store.company_members import member_ids, member_rows
from console.store.own_clock import zone_of
from console.ui.company.bulk_bar import BulkBar
from console.ui.company.member_model import ORDER_BY_COLUMN, Column, MemberModel
from console.ui.company.member_table import MemberTable
from console.ui.company.words import translate
from console.ui.customer.figures import ago_words
from console.ui.profile.wording import named
from console.ui.session import Session
from console.ui.style import tokens
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import row
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.search_field import SearchField
from console.ui.widgets.skeleton import Skeleton


class _Shown(Enum):
    """What stands in the place of the members."""

    WAIT, TABLE, NOBODY, NONE_FITS, TROUBLE = range(5)


class MemberPage(QWidget):
    """Members of one company; `field` stands elsewhere in the window.

    Signals:
        begun: the members of another company stand there for the first time.
    """

    begun = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._company = self._count = 0
        self._order, self._is_rising, self._sight = MemberOrder.LAST_SEEN, False, MemberSight.ALL
        self._counts_sessions = self._is_beginning = True
        self._past: dict[int, MemberRow] | None = None
        self._then: datetime | None = None
        self.field = SearchField(self.tr("Find a member"))
        self.bar = BulkBar(self)
        self.rows = MemberModel(self._read_rows, self._spoken, self)
        self._pages = QStackedWidget(self)
        self._page_by_state: dict[_Shown, QWidget] = {}
        self.table = MemberTable(self.rows, lambda: self._then or session.now(), self._pages)
        self._told = label("", "small")
        self._lay_out()
        self._connect()

    def show_company(self, company: int, count: int) -> None:
        """Another company, or another number of members of this one."""
        is_new = company != self._company
        self._company, self._count = company, count
        if is_new:
            self._show(_Shown.WAIT)
            self._is_beginning = True
            self.rows.choose_all(is_wanted=False)
            self.field.clear()
        self.load()

    def show_past(self, then: datetime | None, rows: Sequence[MemberRow] | None = None) -> None:
        """The members of another day (aware UTC), None for today's; `rows` None until they have been worked out."""
        is_other = then != self._then
        self._then = then
        self._past = None if then is None else {row.id: row for row in rows or ()}
        self.bar.setEnabled(then is None)
        self.rows.choose_all(is_wanted=False)
        self.rows.forget(None)
        if then is not None and rows is None:
            self._show(_Shown.WAIT)
        elif then is not None or is_other:
            self.load()

    def show_usage(self, *, counts_sessions: bool) -> None:
        """What bars count, once it is known."""
        if counts_sessions != self._counts_sessions:
            self._counts_sessions = counts_sessions
            self.rows.forget(None)

    def load(self) -> None:
        """Reads the order again."""
        company, order, is_rising = self._company, self._order, self._is_rising
        words, sight, now = self.field.text().strip(), self._sight, self._then or self._session.now()
        quiet = ago(now, QUIET_AFTER, UTC)
        if (past := self._past) is not None:
            rows = past.values()
            self._take(ordered(rows, order, is_rising=is_rising, words=words, sight=sight, quiet_since=quiet))
            return
        self._session.ask(
            lambda connection: member_ids(
                connection, company, order, is_rising=is_rising, words=words, sight=sight, quiet_since=quiet
            ),
            self._take_read,
            asker=self,
            about="members",
            failed=self.say_failed,
        )

    def forget(self, keys: frozenset[int] | None) -> None:
        """Members have changed."""
        self.rows.forget(keys)
        self.load()

    def _take_read(self, ids: Sequence[int]) -> None:
        if self._past is None:  # another day may have been chosen meanwhile
            self._take(ids)

    def _take(self, ids: Sequence[int]) -> None:
        if tuple(ids) != self.rows.ids():
            self.rows.show_ids(ids)
        is_narrow = bool(self.field.text().strip()) or self._sight is not MemberSight.ALL
        self._show(_Shown.TABLE if ids else _Shown.NONE_FITS if is_narrow else _Shown.NOBODY)
        self._tell()
        if ids and self._is_beginning:
            self.begun.emit()
        self._is_beginning = False

    def say_failed(self, error: Exception) -> None:
        """Says in place of the table why nothing can be shown."""
        page = self._show(_Shown.TROUBLE)
        if isinstance(page, EmptyState):
            page.set_words(self.tr("The members could not be read"), str(error))

    def _tell(self) -> None:
        shown, locale = len(self.rows.ids()), QLocale()
        words = self.tr("1 member") if self._count == 1 else self.tr("{0} members").format(locale.toString(self._count))
        if shown != self._count:
            words = self.tr("{0} of {1}").format(locale.toString(shown), words)
        self._told.setText(words)
        self.bar.show_choice(len(self.rows.chosen()), shown)

    def _reorder(self, column: Column, is_rising: bool) -> None:
        self._order, self._is_rising = ORDER_BY_COLUMN[column], is_rising
        self.load()

    def _filter(self, sight: MemberSight) -> None:
        self._sight = sight
        self.load()

    def _show_all(self) -> None:
        self.bar.filters.choose(MemberSight.ALL)
        self._sight = MemberSight.ALL
        self.field.empty()
        self.load()

    def _read_rows(self, ids: Sequence[int]) -> Mapping[int, MemberRow]:
        if self._past is not None:
            return {key: self._past[key] for key in ids if key in self._past}
        now = self._session.now()
        return self._session.read(
            lambda connection: member_rows(
                connection, ids, now, zone_of(connection), counts_sessions=self._counts_sessions
            )
        )

    def _spoken(self, row: MemberRow) -> str:
        now = self._then or self._session.now()
        seen = ago_words(row.last_seen, now) if row.last_seen else translate("never")
        sessions = "" if row.sessions is None else translate("{0} sessions").format(row.sessions)
        parts = (
            named(row.name),
            named(row.email),
            row.place,
            translate("last seen {0}").format(seen),
            sessions,
            *row.tags,
        )
        return ", ".join(filter(None, parts))

    def _connect(self) -> None:
        self.table.ordered.connect(self._reorder)
        self.table.left_upwards.connect(self.field.setFocus)
        self.field.searched.connect(lambda _: self.load())
        self.field.stepped.connect(lambda _: self.table.setFocus())
        self.field.left.connect(self.table.setFocus)
        self.rows.choice_changed.connect(self._tell)
        self.bar.filtered.connect(self._filter)
        self.bar.all_wanted.connect(lambda: self.rows.choose_all(is_wanted=True))
        self.bar.cleared.connect(lambda: self.rows.choose_all(is_wanted=False))

    def _show(self, which: _Shown) -> QWidget:
        """Puts it in front; made the first time."""
        if (page := self._page_by_state.get(which)) is None:
            page = self._page_by_state[which] = self._page(which)
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        return page

    def _page(self, which: _Shown) -> QWidget:
        match which:
            case _Shown.WAIT:
                return Skeleton(10, 36, self._pages)
            case _Shown.TABLE:
                return self.table
            case _Shown.NOBODY:
                words = self.tr("Customers join by their company's name, by hand, or as a source says.")
                return EmptyState("users", self.tr("Nobody belongs to this company"), words)
            case _Shown.NONE_FITS:
                again = Button(self.tr("Show all members"))
                again.clicked.connect(self._show_all)
                return EmptyState("user-search", self.tr("No member fits"), "", (again,), is_small=True)
            case _Shown.TROUBLE:
                return EmptyState("triangle-alert", self.tr("The members could not be read"), "", tone="amber")

    def _lay_out(self) -> None:
        self.table.hide()  # until its page comes in front
        foot = QWidget(self)
        line = row(self._told, None)
        line.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        foot.setLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SPACE_2, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        column.addWidget(foot)
