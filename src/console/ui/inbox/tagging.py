"""The popover that adds and removes tags of a conversation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from console.domain.edits import AddTag, Owner, RemoveTag
from console.domain.ids import ConversationId
from console.domain.records import OwnerKind
from console.store import inbox, tags
from console.store.changes import Stale
from console.ui.session import Session
from console.ui.style import theme, tokens
from console.ui.widgets.chip import ChipButton
from console.ui.widgets.flow import FlowLayout
from console.ui.widgets.labels import label
from console.ui.widgets.popover import Popover

LONGEST_TAG = 64


class TagPopover(Popover):
    """A field for a tag with those in use offered, above the tags that stick already."""

    def __init__(self, session: Session, conversation: ConversationId, window: QWidget) -> None:
        content = QWidget()
        super().__init__(content.tr("Tags of the conversation"), content, window)
        self._session, self._conversation = session, conversation
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_TAG)
        self.field.setPlaceholderText(self.tr("Add a tag"))
        self.field.setAccessibleName(self.tr("Add a tag"))
        self.field.setMinimumWidth(theme.current().pixels(240))
        self.field.returnPressed.connect(self._add)
        names = [tag.name for tag in session.read(tags.all_tags)]
        completer = QCompleter(names, self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self._chips = QWidget()
        self._row = FlowLayout(self._chips)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_2)
        column.addWidget(label(self.tr("Tags of the conversation"), "strong"))
        column.addWidget(self.field)
        column.addWidget(self._chips)
        content.setFocusProxy(self.field)
        session.feed.changed.connect(self._take_change)
        self._show()

    def _owner(self) -> Owner:
        return Owner(OwnerKind.CONVERSATION, self._conversation)

    def _add(self) -> None:
        tag = self.field.text().strip()
        if tag:
            self.field.clear()
            self._session.submit(AddTag(self._owner(), tag))

    def _remove(self, tag: str) -> None:
        self._session.submit(RemoveTag(self._owner(), tag))

    def _take_change(self, kind: Stale, keys: frozenset[int] | None) -> None:
        if kind is Stale.CONVERSATION and (keys is None or self._conversation in keys):
            self._show()

    def _show(self) -> None:
        self._row.clear()
        row = self._session.read(lambda connection: inbox.rows_of(connection, (self._conversation,)))
        found = row.get(self._conversation)
        for tag in found.tags if found is not None else ():
            name = self.tr("Remove the tag {0}").format(tag)
            chip = ChipButton(tag, tokens.tone_of(tag), is_removable=True, name=name)
            chip.removed.connect(partial(self._remove, tag))
            self._row.addWidget(chip)
        if self.is_open():
            self.place()
