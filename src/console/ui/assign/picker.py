"""The customer picker: a search, suggestions with their reasons, and a way to a new customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from console.domain.assigning import Candidate, CandidateGroup
from console.domain.conversation import CustomerCard
from console.domain.ids import ConversationId, CustomerId
from console.store.assigning import candidates, exact
from console.ui.assign.create import CreateStep
from console.ui.assign.rows import ROW, Create, Heading, Row, RowDelegate, RowModel
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.cards import divider, row
from console.ui.widgets.labels import KeyCap, label
from console.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from console.store.database import Connection

MOST = 8
_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 476, 160, 400


class CustomerPicker(QWidget):
    """Finds one customer. Nothing is chosen beforehand unless the evidence is strong, so that Enter cannot mistake one.

    Signals:
        picked: (CustomerCard) an existing customer.
        made: (name, address or empty) a new one; only where new ones are allowed.
        left: Escape in the empty field.
    """

    picked = Signal(object)
    made = Signal(str, str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None, *, can_create: bool = True) -> None:
        super().__init__(parent)
        self._session, self._can_create = session, can_create
        self._conversation: ConversationId | None = None
        self._excluded: CustomerId | None = None
        self._suggested = self.tr("Suggested")
        self.field = SearchField(self.tr("Search name, e-mail or company"))
        self.model = RowModel(self)
        self.delegate = RowDelegate(self)
        self.view = self._list()
        self.step = CreateStep(self._exact)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._search_page())
        self.pages.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setFixedWidth(theme.current().pixels(_WIDTH))
        self.setFocusProxy(self.field)
        self.field.searched.connect(self._ask)
        self.field.stepped.connect(self.step_by)
        self.field.left.connect(self.left)
        self.field.returnPressed.connect(self.choose)
        self.step.left.connect(self._back)
        self.step.made.connect(self.made)
        self.step.existing_chosen.connect(self.picked)

    def start(self, conversation: ConversationId | None, suggested: str, *, excluded: CustomerId | None = None) -> None:
        """Begins anew: suggestions for a conversation (None: for none), under the heading `suggested`."""
        self._conversation, self._excluded, self._suggested = conversation, excluded, suggested
        self.pages.setCurrentIndex(0)
        self.field.clear()
        self._ask("")

    def search(self, text: str) -> None:
        """Searches for `text` as if it were typed."""
        self.field.setText(text)
        self.field.tell()

    def current(self) -> Row | None:
        """The chosen row."""
        return self.view.currentIndex().data(ROW) if self.view.currentIndex().isValid() else None

    def step_by(self, step: int) -> None:
        """Moves the choice, over headings, and stops at the ends."""
        at = (
            self.view.currentIndex().row()
            if self.view.currentIndex().isValid()
            else -1
            if step > 0
            else len(self._rows())
        )
        at += step
        while 0 <= at < len(self._rows()) and isinstance(self._rows()[at], Heading):
            at += step
        if 0 <= at < len(self._rows()):
            self.view.setCurrentIndex(self.model.index(at))

    def choose(self) -> None:
        """Takes the chosen row; does nothing where none is chosen."""
        match self.current():
            case Candidate(customer=card):
                self.picked.emit(card)
            case Create():
                self.begin_new()

    def begin_new(self) -> None:
        """Goes to the step that makes a new customer of what was typed."""
        if self._can_create:
            self.pages.setCurrentIndex(1)
            self.step.start(self.field.text().strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.pages.currentIndex() == 0:
            self.begin_new()
        else:
            super().keyPressEvent(event)

    def _ask(self, text: str) -> None:
        conversation, search = self._conversation, self._session.workspace.search

        def question(connection: Connection) -> tuple[Candidate, ...]:
            if not text.strip():
                return candidates(connection, conversation, text, MOST)
            with search.read() as words:
                return candidates(connection, conversation, text, MOST, words=words)

        self._session.ask(question, lambda found: self._show(text, found), asker=self, about="candidates")

    def _show(self, text: str, found: tuple[Candidate, ...]) -> None:
        before = self.current()
        self.delegate.query = text
        shown = tuple(one for one in found if one.customer.id != self._excluded)
        self.model.show_rows(self._arranged(text, shown))
        self.view.viewport().update()
        self._fit()
        kept = before.customer.id if isinstance(before, Candidate) else None
        wanted = next((one for one in shown if one.customer.id == kept), None)
        wanted = wanted or (shown[0] if shown and shown[0].is_strong else None)
        at = self._rows().index(wanted) if wanted is not None else -1
        self.view.setCurrentIndex(self.model.index(at) if at >= 0 else QModelIndex())
        self._count.setText(self._told(len(shown)))

    def _arranged(self, text: str, found: tuple[Candidate, ...]) -> list[Row]:
        rows: list[Row] = []
        has_suggested = any(one.group is CandidateGroup.SUGGESTED for one in found)
        headings = (
            (CandidateGroup.SUGGESTED, self._suggested),
            (CandidateGroup.MATCH, self.tr("Other matches") if has_suggested else self.tr("Matches")),
            (CandidateGroup.RECENT, self.tr("Recent")),
        )
        for group, words in headings:
            of_group = [one for one in found if one.group is group]
            if of_group:
                rows.extend((Heading(words), *of_group))
        if self._can_create:
            rows.append(Create(text))
        return rows

    def _fit(self) -> None:
        # Higher, never lower while it is open, so that nothing jumps.
        most, wanted = theme.current().pixels(_MOST_HEIGHT), 4
        for place in range(self.model.rowCount()):
            high = self.view.sizeHintForRow(place)
            if wanted + high > most:
                break  # whole rows only: half a name says nothing
            wanted += high
        height = max(self.view.height(), wanted)
        if height != self.view.height():
            self.view.setFixedHeight(height)

    def _told(self, count: int) -> str:
        if count == 0:
            return self.tr("Nobody fits")
        return self.tr("1 customer") if count == 1 else self.tr("{0} customers").format(count)

    def _exact(self, address: str) -> CustomerCard | None:
        return self._session.read(lambda connection: exact(connection, address))

    def _rows(self) -> tuple[Row, ...]:
        return self.model.rows()

    def _back(self) -> None:
        self.pages.setCurrentIndex(0)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _press(self, index: QModelIndex) -> None:
        self.view.setCurrentIndex(index)
        self.choose()

    def _list(self) -> QListView:
        view = QListView()
        view.setModel(self.model)
        view.setItemDelegate(self.delegate)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAccessibleName(self.tr("Customers who may be meant"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setProperty("surface", "popover")
        view.setStyleSheet("QListView { background: transparent; } QListView::item { padding: 0; min-height: 0; }")
        view.setFixedHeight(_LEAST_HEIGHT)
        view.clicked.connect(self._press)
        return view

    def _search_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_1)
        column.addWidget(self.field)
        column.addWidget(self.view)
        column.addWidget(divider())
        self._count = label("", "muted")
        keys = row(KeyCap("↑"), KeyCap("↓"), label(self.tr("choose"), "muted"), gap=tokens.SPACE_1)
        for key, words in (
            ("Enter", self.tr("assign") if self._can_create else self.tr("take")),
            ("Esc", self.tr("close")),
        ):
            keys.addSpacing(tokens.SPACE_2)
            keys.addWidget(KeyCap(key))
            keys.addWidget(label(words, "muted"))
        keys.addStretch(1)
        keys.addWidget(self._count)
        column.addLayout(keys)
        return page
