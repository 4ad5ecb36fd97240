"""The conversations of all members: one line each, newest first, read as one scrolls."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from console.domain.company_members import Talk
from console.domain.inbox import ConversationState, PageKey
from console.domain.profile_view import ConversationCard
from console.store.company_talks import talk_keys, talk_rows
from console.store.moments import micros
from console.ui.company.words import translate
from console.ui.overriding import override
from console.ui.profile.wording import CHANNEL_ICON, named, since_words
from console.ui.row_model import ROW_ROLE, RowModel
from console.ui.session import Session
from console.ui.style import icons, theme, tokens
from console.ui.widgets import painting, row_option
from console.ui.widgets.empty_state import EmptyState

_HEIGHT, _PAD = 44, 16


class TalkList(QWidget):
    """Up and Down walk, Enter opens the conversation in the inbox.

    Signals:
        opened: (ConversationId).
    """

    opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._company = 0
        self._then: dict[int, Talk] | None = None
        self.rows = RowModel(self._keys, self._rows, lambda talk: _spoken(talk, session.now()), self)
        self.table = _Table(self.rows, session.now)
        self.table.opened.connect(self.opened)
        words = self.tr("Whatever members write, say or answer will appear here.")
        self._empty = EmptyState("message-square", self.tr("No conversation yet"), words)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._pages.setCurrentIndex(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def show_company(self, company: int, then: Sequence[ConversationCard] | None = None) -> None:
        """Another company's, from the top; the same one's as they are now, or those of another day (``then``)."""
        talks = None if then is None else {int(one.id): _talk(one) for one in then}
        if company != self._company or talks != self._then:
            self._company, self._then = company, talks
            self.rows.load()
        else:
            self.rows.refresh(None)
        self._pages.setCurrentIndex(0 if self.rows.rowCount() else 1)

    def _keys(self, after: PageKey | None, limit: int) -> Sequence[PageKey]:
        if self._then is not None:
            keys = [PageKey(micros(one.last_at), key) for key, one in self._then.items()]
            behind = keys if after is None else [one for one in keys if (one.at, one.id) < (after.at, after.id)]
            return behind[:limit]
        return self._session.read(lambda connection: talk_keys(connection, self._company, after, limit))

    def _rows(self, ids: Sequence[int]) -> Mapping[int, Talk]:
        if self._then is not None:
            return {key: self._then[key] for key in ids if key in self._then}
        return self._session.read(lambda connection: talk_rows(connection, ids))


def _talk(card: ConversationCard) -> Talk:
    return Talk(card.id, card.channel, card.subject, card.state, card.last_at, card.message_count, "")


class _Table(QTableView):
    """One column.

    Signals:
        opened: (ConversationId).
    """

    opened = Signal(object)

    def __init__(self, rows: RowModel, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(_Delegate(now, self))
        self.setAccessibleName(self.tr("Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(rows.id_at(index.row())))
        theme.current().changed.connect(self._measure)
        self._measure()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self._rows.id_at(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key is not None:
            self.opened.emit(key)
        elif event.text().isalnum():
            event.ignore()  # letters are shortcuts of the window, never a search of subjects
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().pixels(_HEIGHT))


class _Delegate(QStyledItemDelegate):
    """Channel, subject, member, how long ago."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, theme.current().pixels(_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area, is_rtl = QRectF(row_option.area_of(option)), row_option.is_right_to_left(option)
        talk = index.data(ROW_ROLE)
        is_selected = row_option.is_selected(option)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ground = "sel" if is_selected else "hover" if row_option.is_hovered(option) else "bg"
        painting.fill(painter, area, ground)
        painting.fill(painter, QRectF(area.left(), area.bottom() - 1, area.width(), 1), "border")
        if not isinstance(talk, Talk):
            return
        look, inner = theme.current(), area.adjusted(_PAD, 0, -_PAD, 0)
        is_closed = talk.state is ConversationState.CLOSED
        icon = QRectF(inner.left(), inner.center().y() - 8, 16, 16)
        icons.paint(
            painter,
            "check" if is_closed else CHANNEL_ICON[talk.channel],
            "text2",
            painting.mirrored(icon, inner, is_right_to_left=is_rtl),
        )
        small = look.font(tokens.TEXT_SMALL)
        when = since_words(talk.last_at, self._now())
        wide = QFontMetricsF(small).horizontalAdvance(when) + 2
        line = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        painting.text(painter, painting.mirrored(line, inner, is_right_to_left=is_rtl), when, "text2", small)
        room = QRectF(
            inner.left() + 28, inner.center().y() - look.pixels(17), inner.width() - 28 - wide - 12, look.pixels(18)
        )
        bold = look.font(tokens.TEXT_BODY, QFont.Weight.Medium)
        subject = named(talk.subject) or translate("(no subject)")
        painting.text(painter, painting.mirrored(room, inner, is_right_to_left=is_rtl), subject, "text", bold)
        lower = painting.mirrored(room.translated(0, look.pixels(17)), inner, is_right_to_left=is_rtl)
        painting.text(painter, lower, named(talk.member), "text2", small)


def _spoken(talk: Talk, now: datetime) -> str:
    subject = named(talk.subject) or translate("(no subject)")
    return ", ".join(filter(None, (subject, named(talk.member), since_words(talk.last_at, now))))
