"""Tags and segments of a profile: chips that are taken off, and one that adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from console.domain.profile_view import TagRow
from console.ui.overriding import override
from console.ui.profile.wording import isolated, named, since_words
from console.ui.segments.look import dress
from console.ui.style import theme, tokens
from console.ui.widgets.chip import AddChip, ChipButton
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label, plain_tip

_LONGEST = 60
_EFFECT = 300


class TagRowOfChips(QWidget):
    """Segments, then tags, then "Add tag".

    Signals:
        added: (the word) a tag was typed or chosen; never one that is there already.
        removed: (the word) the × of a tag was pressed.
        segment_chosen: (name, its chip) a segment was pressed.
    """

    added = Signal(str)
    removed = Signal(str)
    segment_chosen = Signal(str, object)

    def __init__(
        self, known: Callable[[], Iterable[str]], parent: QWidget | None = None, *, is_small: bool = False
    ) -> None:
        """`known` gives the tags that exist, for completing; asked whenever the field opens. `is_small`: adds with a +."""
        super().__init__(parent)
        self._known = known
        self._shown: tuple[tuple[str, ...], tuple[TagRow, ...]] | None = None
        self._flow = FlowLayout(self)
        self.add = AddChip(self.tr("Add tag"), is_icon_only=is_small)
        self.add.clicked.connect(self.begin)
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("New tag"))
        self.field.setPlaceholderText(self.tr("Tag"))
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedWidth(theme.current().pixels(130))
        self.field.hide()
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.field)
        self._effect = label("", "small", is_wrapping=True)
        self._effect.setFixedWidth(theme.current().pixels(_EFFECT))
        self._effect.hide()
        self._flow.addWidget(self._effect)
        self._segments: list[ChipButton] = []
        self._tags: list[ChipButton] = []
        self._is_only_read = False

    def read_only(self, *, is_only_read: bool) -> None:
        """Whether tags can neither be stuck on nor taken off, because another day is shown."""
        self._is_only_read = is_only_read
        self.stop()
        self.add.setHidden(is_only_read)
        for chip in self._tags:
            chip.setEnabled(not is_only_read)

    def show_tags(
        self, segments: tuple[str, ...], tags: tuple[TagRow, ...], now: datetime, by_rule: tuple[str, ...] = ()
    ) -> None:
        """Shows these; a tag whose `by` is empty does not say who stuck it on. `now` is aware UTC.

        `by_rule`: those of the segments that are ours.
        """
        if (segments, tags) == self._shown:
            return
        self._shown = (segments, tags)
        while len(self._segments) < len(segments):
            chip = self._put_in(len(self._segments), ChipButton(""))
            chip.clicked.connect(lambda _=False, chip=chip: self.segment_chosen.emit(self._name_of(chip), chip))
            self._segments.append(chip)
        while len(self._tags) < len(tags):
            made = self._put_in(len(self._segments) + len(self._tags), ChipButton("", is_removable=True))
            made.removed.connect(lambda chip=made: self._remove(chip))
            self._tags.append(made)
        for segment, name in zip(self._segments, segments, strict=False):
            dress(segment, name, is_ours=name in by_rule)
        for chip, tag in zip(self._tags, tags, strict=False):
            self._show_tag(chip, tag, now)
        for chips, count in ((self._segments, len(segments)), (self._tags, len(tags))):
            for place, one in enumerate(chips):
                one.setVisible(place < count)
        self.updateGeometry()

    def show_effect(self, words: str) -> None:
        """Says what the tag that is being typed would start; nothing where it starts nothing."""
        self._effect.setText(words)
        self._effect.setVisible(bool(words) and not self.field.isHidden())
        self.updateGeometry()

    def effect(self) -> str:
        """What is said of the tag that is being typed."""
        return self._effect.text()

    def segment_chip(self, name: str) -> ChipButton | None:
        """The chip of a segment."""
        shown = self._shown[0] if self._shown else ()
        return next((chip for chip, one in zip(self._segments, shown, strict=False) if one == name), None)

    def begin(self) -> None:
        """Opens the field."""
        if self._is_only_read:
            return
        completer = QCompleter(sorted(set(self._known()) - self._names(), key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take)
        self.field.setCompleter(completer)
        self.add.hide()
        self.field.clear()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Closes the field; what was typed is dropped."""
        if self.field.isHidden():
            return
        had_focus = self.field.hasFocus()
        self.field.hide()
        self._effect.hide()
        self.add.show()
        if had_focus:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def chip_of(self, tag: str) -> ChipButton | None:
        """The chip of a tag."""
        shown = self._shown[1] if self._shown else ()
        return next((chip for chip, one in zip(self._tags, shown, strict=False) if one.name == tag), None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.stop()
                return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut and not self.field.text():
            popup = self.field.completer().popup() if self.field.completer() else None
            if popup is None or not popup.isVisible():
                self.stop()
        return super().eventFilter(watched, event)

    def _take(self, *_: object) -> None:
        word = " ".join(self.field.text().split())
        if not word:
            return
        if word not in self._names():
            self.added.emit(word)
        self.stop()

    def _names(self) -> set[str]:
        return {tag.name for tag in self._shown[1]} if self._shown else set()

    def _name_of(self, chip: ChipButton) -> str:
        return self._shown[0][self._segments.index(chip)] if self._shown else ""

    def _put_in(self, place: int, chip: ChipButton) -> ChipButton:
        self._flow.insert(place, chip)
        return chip

    def _show_tag(self, chip: ChipButton, tag: TagRow, now: datetime) -> None:
        name = self.tr("Tag {0}").format(isolated(tag.name))
        chip.set_chip(named(tag.name), tokens.tone_of(tag.name), name=name)
        chip.setEnabled(not self._is_only_read)
        if tag.by:
            told = self.tr("{0}, by {1}, {2}")
            plain_tip(chip, told.format(isolated(tag.name), isolated(tag.by), since_words(tag.at, now)))

    def _remove(self, chip: ChipButton) -> None:
        place = self._tags.index(chip)
        if self._shown and place < len(self._shown[1]):
            self.removed.emit(self._shown[1][place].name)
