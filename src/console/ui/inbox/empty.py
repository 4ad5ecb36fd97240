"""What the list shows where it is empty: what comes back later, or that nothing matches."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.domain.inbox import ConversationState, InboxCounts, InboxFilter, InboxRow
from console.store import inbox
from console.ui.inbox import ages
from console.ui.inbox.choice import InboxChoice
from console.ui.inbox.counted import counted
from console.ui.inbox.row_words import name_of, subject_of
from console.ui.overriding import override
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets import painting
from console.ui.widgets.avatar import Face, paint_avatar
from console.ui.widgets.buttons import Button
from console.ui.widgets.cards import empty
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.labels import label
from console.ui.widgets.painted import PaintedButton

_SHOWN_LATER = 5
_ROW = 50


class EmptyList(QStackedWidget):
    """Stands in the list's place.

    Signals:
        wanted: an `InboxChoice` that would show something.
    """

    wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._choice = InboxChoice()
        self._later = QWidget()
        self._later_rows = QVBoxLayout(self._later)
        self._later_rows.setContentsMargins(tokens.SPACE_4, tokens.SPACE_2, tokens.SPACE_4, tokens.SPACE_2)
        self._later_rows.setSpacing(0)
        self._show_all = Button(self.tr("Show all conversations"), is_small=True)
        self._show_all.clicked.connect(self._show_all_of_segment)
        self._nothing = EmptyState(
            "list-filter", self.tr("Nothing matches"), "x", (self._show_all,), is_small=True, tone="grey"
        )
        self._none = EmptyState("inbox", self.tr("Nothing here"), "x", is_small=True, tone="grey")
        for page in (self._later, self._nothing, self._none):
            self.addWidget(page)

    def explain(self, choice: InboxChoice, counts: InboxCounts) -> None:
        """Says why there is nothing, and what there is instead."""
        self._choice = choice
        if choice.is_narrowed():
            self._nothing.set_words(self.tr("Nothing matches"), self.tr("No conversation meets the conditions above."))
            self.setCurrentWidget(self._nothing)
        elif choice.segment == "open" and counts.snoozed:
            self._show_later(counts.snoozed)
            self.setCurrentWidget(self._later)
        else:
            self._none.set_words(*self._words(choice))
            self.setCurrentWidget(self._none)

    def _words(self, choice: InboxChoice) -> tuple[str, str]:
        match choice.segment:
            case "open":
                return self.tr("No open conversations"), self.tr("New ones appear here as they come in.")
            case "mine":
                return self.tr("Nothing is assigned to you"), self.tr("Press M on a conversation to take it.")
            case "snoozed":
                return self.tr("Nothing is snoozed"), self.tr("Press H on a conversation to put it off.")
            case "closed":
                return self.tr("Nothing is closed yet"), self.tr("Press E on a conversation when you are done.")

    def _show_later(self, count: int) -> None:
        empty(self._later_rows)
        now = self._session.now()
        wanted = InboxFilter(state=ConversationState.SNOOZED)
        rows = self._session.read(lambda connection: inbox.rows(connection, wanted, None, 200, now=now))
        heading = self.tr("Coming back later  {0}").format(counted(count))
        self._later_rows.addWidget(label(heading, "section"))
        self._later_rows.addSpacing(tokens.SPACE_1)
        soonest = sorted(rows, key=lambda row: (row.snoozed_until or now, row.id))
        for row in soonest[:_SHOWN_LATER]:
            line = LaterRow(row, ages.until(row.snoozed_until or now, now))
            line.clicked.connect(self._show_snoozed)
            self._later_rows.addWidget(line)
        self._later_rows.addStretch(1)

    def _show_snoozed(self) -> None:
        self.wanted.emit(InboxChoice(segment="snoozed"))

    def _show_all_of_segment(self) -> None:
        self.wanted.emit(self._choice.without_conditions())


class LaterRow(PaintedButton):
    """A snoozed conversation in two lines; pressing it goes to the snoozed ones."""

    def __init__(self, row: InboxRow, when: str, parent: QWidget | None = None) -> None:
        super().__init__(subject_of(row), parent)
        self._name, self._subject, self._when = name_of(row), subject_of(row), when
        self.setAccessibleName(f"{self._subject}, {self._name}, {when}")

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, theme.current().pixels(_ROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = painting.painter_on(self)
        area = QRectF(self.rect())
        rtl = self.isRightToLeft()
        if self.underMouse():
            painting.fill(painter, area, "hover", tokens.RADIUS_CONTROL)
        if self.hasFocus():
            painting.focus_ring(painter, area, tokens.RADIUS_CONTROL)
        face = QRectF(4, (area.height() - 28) / 2, 28, 28)
        paint_avatar(painter, painting.mirrored(face, area, is_right_to_left=rtl), Face(self._name))
        small = look.font(tokens.TEXT_SMALL)
        end = Qt.AlignmentFlag.AlignTrailing
        when = QRectF(area.width() - 96, 0, 92, area.height())
        painting.text(
            painter, painting.mirrored(when, area, is_right_to_left=rtl), self._when, "text2", small, align=end
        )
        half = area.height() / 2
        first = QRectF(42, 5, area.width() - 142, half - 5)
        second = QRectF(42, half, area.width() - 142, half - 6)
        strong = look.font(tokens.TEXT_BODY, QFont.Weight.Medium)
        painting.text(painter, painting.mirrored(first, area, is_right_to_left=rtl), self._subject, "text", strong)
        painting.text(painter, painting.mirrored(second, area, is_right_to_left=rtl), self._name, "text2", small)
