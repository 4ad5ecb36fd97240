"""The middle of the page: the segment's name, its rules, and why somebody belongs or does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.records import OwnerKind
from console.domain.segments import Segment, SegmentKind
from console.store.segments import GivenSegment
from console.ui.overriding import override
from console.ui.segments.choices import About, Known
from console.ui.segments.draft import Group
from console.ui.segments.explained import WhyCard
from console.ui.segments.reading import Why
from console.ui.segments.rule_group import Editor
from console.ui.style import theme, tokens
from console.ui.widgets.buttons import Button, IconButton
from console.ui.widgets.calm_box import CalmBox
from console.ui.widgets.cards import Card, row
from console.ui.widgets.icon_label import IconLabel
from console.ui.widgets.labels import ElidedLabel, label
from console.ui.widgets.scrolled import scrolled
from console.ui.widgets.search_field import SearchField

_FIND, _KIND, _CARD = 200, 148, 300


class Middle(QWidget):
    """One segment.

    Signals:
        named: (words) the name is different.
        kind_chosen: (OwnerKind) a new one is of customers, or of companies.
        copied: a copy of it is wanted that can be changed.
        removed: it is to go.
        sought: (words) somebody is to be explained.
        opened: (key) a customer or a company is to be shown.
    """

    named = Signal(str)
    kind_chosen = Signal(object)
    copied = Signal()
    removed = Signal()
    sought = Signal(str)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the segment"))
        self.name.setPlaceholderText(self.tr("Name of the segment"))
        self.name.setMaxLength(120)
        self.name.textEdited.connect(self.named)
        self.kind = CalmBox(self.tr("Of whom"))
        self.kind.setProperty("tight", "true")
        self.kind.setFixedWidth(theme.current().pixels(_KIND))
        self.kind.addItem(self.tr("of customers"), OwnerKind.CUSTOMER)
        self.kind.addItem(self.tr("of companies"), OwnerKind.COMPANY)
        self.kind.activated.connect(lambda _: self.kind_chosen.emit(self.kind.currentData()))
        self.copy = Button(self.tr("Duplicate"), "quiet", icon="copy")
        self.copy.clicked.connect(self.copied)
        self.gone = IconButton("trash-2", self.tr("Remove this segment"))
        self.gone.clicked.connect(self.removed)
        self.about = label("", "small", is_wrapping=True)
        self.editor = Editor()
        self._lock = Card("well", tokens.SPACE_3)
        self._locked = label("", "body2", is_wrapping=True)
        self.field = SearchField(self.tr("Find a customer"))
        self.field.setFixedWidth(theme.current().pixels(_FIND))
        self.field.searched.connect(self.sought)
        self._explain = QWidget()
        self._cards = QHBoxLayout()
        self._shown: dict[int, WhyCard] = {}
        self._lay_out()

    def show_segment(
        self, segment: Segment, name: str, draft: Group, offered: Sequence[About], known: Known, *, is_new: bool
    ) -> None:
        """Shows a segment by rule; one that is built in cannot be changed."""
        is_locked = segment.kind is not SegmentKind.OURS
        self.name.setText(name)
        self.name.setReadOnly(is_locked)
        self.kind.setCurrentIndex(self.kind.findData(segment.owner_kind))
        self.kind.setEnabled(is_new)
        self.editor.show_draft(draft, segment.owner_kind, offered, known)
        self.editor.setEnabled(not is_locked)
        self.editor.show()
        self._explain.show()
        self.kind.show()
        is_company = segment.owner_kind is OwnerKind.COMPANY
        self.field.setPlaceholderText(self.tr("Find a company") if is_company else self.tr("Find a customer"))
        self.about.setText("" if segment.made_at is None else self.tr("Made by {0}").format(segment.made_by))
        self.about.setVisible(bool(self.about.text()))
        self._say_lock(
            self.tr("Built in: its rules stay as they are. Duplicate it to change them.") if is_locked else ""
        )
        self.gone.setVisible(not is_locked and not is_new)
        self.copy.setVisible(not is_new)
        self.copy.setText(self.tr("Copy to mine") if is_locked else self.tr("Duplicate"))

    def show_given(self, given: GivenSegment) -> None:
        """Shows a segment that a source keeps: who is in it is known, its rule is not."""
        self.name.setText(given.name)
        self.name.setReadOnly(True)
        for hidden in (self.editor, self._explain, self.kind, self.gone, self.about):
            hidden.hide()
        self.copy.setVisible(True)
        self.copy.setText(self.tr("Copy to mine"))
        kept = ", ".join(given.sources) or self.tr("a file")
        self._say_lock(
            self.tr("Kept by {0}. Who is in it comes from there; its rules are not known here.").format(kept)
        )

    def show_why(self, place: int, why: Why | None, owner_kind: OwnerKind, now: datetime, zone: tzinfo) -> None:
        """Explains somebody at a place, 0 or 1; None takes the card away."""
        old = self._shown.pop(place, None)
        if old is not None:
            self._cards.removeWidget(old)
            old.hide()
            old.deleteLater()
        if why is not None:
            card = WhyCard(why, owner_kind, now, zone)
            card.line_chosen.connect(self._focus_line)
            card.opened.connect(self.opened)
            self._shown[place] = card
            self._cards.insertWidget(min(place, len(self._shown) - 1), card, 1)

    def take_among(self, widget: QWidget) -> None:
        """Shows something between the rules and who is explained."""
        self._column.insertWidget(self._column.indexOf(self._explain), widget)
        widget.show()

    def cards(self) -> tuple[WhyCard, ...]:
        """The explanations that are shown."""
        return tuple(card for _, card in sorted(self._shown.items()))

    def _focus_line(self, place: int) -> None:
        from console.ui.segments.draft import finished

        lines = finished(self.editor.draft)
        row_ = self.editor.row_of(lines[place].key) if place < len(lines) else None
        if row_ is not None:
            row_.focus()

    def _say_lock(self, words: str) -> None:
        self._locked.setText(words)
        self._lock.setVisible(bool(words))

    def _lay_out(self) -> None:
        self._lock.column.addLayout(row(IconLabel("lock", "text2", 16), self._locked, gap=tokens.SPACE_3))
        self._locked.setMinimumWidth(theme.current().pixels(300))
        explain = QVBoxLayout(self._explain)
        explain.setContentsMargins(0, tokens.SPACE_2, 0, 0)
        explain.setSpacing(tokens.SPACE_2)
        head = row(label(self.tr("Explain"), "strong"), None, self.field)
        head.insertWidget(1, ElidedLabel(self.tr("Pick anybody to see rule by rule"), "small"), 1)
        explain.addLayout(head)
        self._cards.setSpacing(tokens.SPACE_3)
        explain.addLayout(self._cards)
        body = QWidget()
        column = self._column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.SPACE_3, tokens.SPACE_3)
        column.setSpacing(tokens.SPACE_2)
        column.addLayout(row(self.name, self.kind, self.copy, self.gone))
        column.addWidget(self.about)
        column.addWidget(self._lock)
        column.addWidget(self.editor)
        column.addWidget(self._explain)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_5, tokens.SPACE_4, tokens.SPACE_2, 0)
        self._area = scrolled(body, self.tr("Rules"))
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        whole.addWidget(self._area)
        self._lock.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < 2 * theme.current().pixels(_CARD)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if way != self._cards.direction():
            self._cards.setDirection(way)
