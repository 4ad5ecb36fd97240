"""What is done with all rows that are chosen: each is one edit of everybody meant, with one undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.domain.customer_flags import OWNER
from console.domain.edits import (
    AddTagToMany,
    Edit,
    Owner,
    RemovePropertyOfMany,
    RemoveTagFromMany,
    SetPropertyOfMany,
)
from console.domain.expressions import BadExpression
from console.domain.values import Value, ValueKind
from console.store import directory_pages
from console.store.errors import StoreError
from console.store.property_defs import definitions
from console.store.tags import all_tags
from console.ui.profile.new_property import NewPropertyCard
from console.ui.profile.owner_menu import OwnerMenu
from console.ui.profile.tag_card import TagCard
from console.ui.segments.tag_effects_of_many import TagEffectsOfMany
from console.ui.style import theme, tokens
from console.ui.widgets.choice_list import ChoiceList, Offered
from console.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from console.ui.directory.page import DirectoryPage

_EVERYBODY = 1 << 40
Ids = tuple[int, ...]


class BulkDeeds(QObject):
    """Asks what is to be done and submits it for exactly those who are chosen at that moment.

    Signals:
        compare_wanted: (Owner, Owner) two are to be seen side by side.
        failed: a sentence.
        warned: a sentence on what cannot be done yet.
    """

    compare_wanted = Signal(object, object)
    failed = Signal(str)
    warned = Signal(str)

    def __init__(self, page: DirectoryPage) -> None:
        super().__init__(page)
        self._page, self._session = page, page.session
        self._popover: Popover | None = None

    def ask_tag(self, anchor: QWidget) -> TagCard:
        """Asks which tag all of them get."""
        known = [tag.name for tag in self._session.read(all_tags)]
        card = TagCard(known, self._page.bulk.words.text())
        kind = self._page.owner_kind
        card.taken.connect(lambda tag: self._do(lambda ids: AddTagToMany(kind, ids, tag)))
        self.resolve(TagEffectsOfMany(self._session, card, kind).take)
        self._open(self.tr("Tag"), card, anchor)
        return card

    def ask_untag(self, anchor: QWidget) -> ChoiceList:
        """Asks which tag is taken off all of them."""
        found = ChoiceList(self.tr("Search tags"))
        kind = self._page.owner_kind
        found.chosen.connect(lambda tag: self._do(lambda ids: RemoveTagFromMany(kind, ids, str(tag))))
        found.left.connect(self.close)
        found.show_choices([Offered(tag.name, tag.name) for tag in self._session.read(all_tags)])
        self._open(self.tr("Remove a tag"), found, anchor)
        return found

    def ask_property(self, anchor: QWidget) -> NewPropertyCard:
        """Asks which property all of them get, and what it is."""
        kind = self._page.owner_kind
        known = self._session.read(lambda connection: definitions(connection, kind))
        card = NewPropertyCard(known, self._session.now())
        card.setFixedWidth(theme.current().pixels(300))
        card.added.connect(lambda name, value, _: self._do(lambda ids: SetPropertyOfMany(kind, ids, name, value)))
        card.closed.connect(self.close)
        self._open(self.tr("Set a property"), card, anchor)
        return card

    def ask_owner(self, anchor: QWidget) -> OwnerMenu:
        """Asks who looks after all of them."""
        menu, kind = OwnerMenu(self._session, self._page), self._page.owner_kind
        menu.offer_nobody()
        menu.chosen.connect(self._own)
        menu.nobody_chosen.connect(lambda: self._do(lambda ids: RemovePropertyOfMany(kind, ids, OWNER)))
        menu.open_below(anchor)
        return menu

    def compare(self) -> None:
        """Shows the two that are chosen side by side."""
        chosen = sorted(self._page.rows.chosen.some())
        if len(chosen) == 2:
            kind = self._page.owner_kind
            self.compare_wanted.emit(Owner(kind, chosen[0]), Owner(kind, chosen[1]))

    def message(self) -> None:
        """Says honestly that nothing can be sent yet."""
        self.warned.emit(self.tr("Messages to many come with sending, in a later version. Nothing was sent"))

    def resolve(self, then: Callable[[Ids], None]) -> None:
        """Tells `then` the keys of all who are chosen, in their order; of all that match also those not read yet."""
        chosen, rows = self._page.rows.chosen, self._page.rows
        if not chosen.is_all:
            here = chosen.of(rows.ids())
            then((*here, *sorted(chosen.some().difference(here))))
            return
        if self._page.total() is not None:
            # What was seen is what is meant, also where somebody came meanwhile.
            then(chosen.of(rows.ids()))
            return
        listing, left_out = self._page.listing(), chosen.some()
        self._session.background.run(
            lambda: self._session.read(lambda c: directory_pages.page(c, listing, _EVERYBODY)),
            lambda found: then(tuple(key.id for key in found if key.id not in left_out)),
            asker=self,
            failed=lambda error: self.failed.emit(str(error)),
            expected=(StoreError, BadExpression),
        )

    def close(self) -> None:
        """Closes what asks."""
        if self._popover is not None:
            self._popover.close_it()
            self._popover.deleteLater()
            self._popover = None

    def _own(self, name: str) -> None:
        kind, value = self._page.owner_kind, Value(ValueKind.STRING, name)
        self._do(lambda ids: SetPropertyOfMany(kind, ids, OWNER, value))

    def _do(self, edit: Callable[[Ids], Edit]) -> None:
        self.close()

        def submit(ids: Ids) -> None:
            if ids:
                self._session.submit(edit(ids))

        self.resolve(submit)

    def _open(self, name: str, content: QWidget, anchor: QWidget) -> None:
        self.close()
        self._popover = Popover(name, content, self._page.window(), margin=tokens.SPACE_3)
        self._popover.open_at(anchor, "below")
