"""What a teammate does on a profile: each deed is one edit, and the profile changes when the feed says so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from console.domain.conversation import CustomerCard
from console.domain.edits import (
    AddTag,
    ChangeNote,
    DefineProperty,
    DeleteNote,
    Edit,
    MaskProperty,
    NeverMerge,
    Owner,
    PinNote,
    RemoveProperty,
    RemoveTag,
    ReturnToAutomatic,
    SetProperty,
    Several,
    SplitCustomer,
    WriteNote,
)
from console.domain.ids import CustomerId, IdentityId, new_edit_id
from console.domain.profile import ClaimState
from console.domain.profile_view import ShownProperty
from console.domain.records import OwnerKind
from console.domain.values import Value
from console.store.conversations import note_versions
from console.store.profile_properties import property_history
from console.store.property_defs import definitions
from console.ui.assign.picker import CustomerPicker
from console.ui.assign.popover import new_customer_id
from console.ui.compare.opening import open_comparison
from console.ui.conversation.note_card import NoteCard
from console.ui.conversation.pane_menus import NoteHistory
from console.ui.profile.new_property import NewPropertyCard
from console.ui.profile.property_row import PropertyRow
from console.ui.profile.split_dialog import SplitDialog
from console.ui.profile.why_card import WhyCard
from console.ui.profile.wording import property_words, value_words
from console.ui.style import theme
from console.ui.widgets.menu import Menu, passing_menu
from console.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from console.ui.compare.dialog import CompareDialog
    from console.ui.profile.property_list import PropertyList
    from console.ui.profile.view import View
    from console.ui.session import Session


class OpenProfile(Protocol):
    """What the deeds need of whatever shows the profile."""

    session: Session
    properties: PropertyList

    def window(self) -> QWidget:
        """The window over which popovers open."""
        ...

    def owner(self) -> Owner:
        """Whom edits are about."""
        ...

    def view(self) -> View | None:
        """What is shown."""
        ...

    def edit(self, name: str) -> None:
        """Opens the editor of a property."""
        ...

    def reveal(self, widget: QWidget) -> None:
        """Scrolls to a widget."""
        ...


class ProfileDeeds(QObject):
    """Opens what asks and submits what was decided."""

    def __init__(self, panel: OpenProfile) -> None:
        super().__init__(panel.properties)
        self._panel, self._session = panel, panel.session
        self._popover: Popover | None = None
        self._lit: PropertyRow | None = None

    def set_value(self, name: str, value: Value) -> None:
        """Sets a property by hand."""
        self.submit(SetProperty(self._panel.owner(), name, value))

    def add_tag(self, tag: str) -> None:
        """Sticks a tag on."""
        self.submit(AddTag(self._panel.owner(), tag))

    def remove_tag(self, tag: str) -> None:
        """Takes a tag off."""
        self.submit(RemoveTag(self._panel.owner(), tag))

    def write_note(self, text: str) -> None:
        """Writes a note."""
        key = new_edit_id(self._session.now(), os.urandom(10))
        self.submit(WriteNote(self._panel.owner(), key, text))

    def connect_note(self, card: NoteCard) -> None:
        """Has a note's card change the note."""
        card.changed.connect(lambda note, text: self.submit(ChangeNote(note, text)))
        card.pinned.connect(lambda note, is_pinned: self.submit(PinNote(note, is_pinned)))
        card.deleted.connect(lambda note: self.submit(DeleteNote(note)))
        card.history_wanted.connect(self.open_note_history)

    def open_note_history(self, note: str, anchor: QWidget) -> Popover:
        """What a note said before."""
        versions = self._session.read(lambda connection: note_versions(connection, note))
        return self._open(self.tr("Earlier versions of the note"), NoteHistory(versions, self._session.now()), anchor)

    def open_why(self, row: PropertyRow) -> WhyCard | None:
        """Says why a property has its value, and offers to pin, mask, or return to automatic."""
        shown = row.shown()
        if shown is None:
            return None
        owner = self._panel.owner()
        history = self._session.read(lambda connection: property_history(connection, owner.kind, owner.id, shown.name))
        card = WhyCard(shown, history, self._session.now())
        popover = self._open(self.tr("Why this value?"), card, row)
        self._lit = row
        row.light(is_lit=True)
        if self._is_past():
            for button in (card.pin_button, card.mask_button, card.automatic_button):
                button.setEnabled(False)
        card.left.connect(popover.close_it)
        card.chosen.connect(lambda what: self._decide(shown, what))
        return card

    def open_menu(self, row: PropertyRow, at: QPoint) -> Menu | None:
        """All that can be done with a property."""
        shown = row.shown()
        if shown is None:
            return None
        menu = passing_menu(property_words(shown.name), self._panel.properties)
        if not self._is_past():
            menu.offer("pencil", self.tr("Edit"), lambda: self._panel.edit(shown.name))
        menu.offer("circle-question-mark", self.tr("Why this value?"), lambda: self.open_why(row))
        if shown.value is not None:
            words = value_words(shown.value)
            menu.offer("copy", self.tr("Copy the value"), lambda: QGuiApplication.clipboard().setText(words))
        if not self._is_past():
            self._add_changes(menu, shown)
        menu.popup(at)
        return menu

    def _add_changes(self, menu: Menu, shown: ShownProperty) -> None:
        menu.addSeparator()
        top = self.tr("No longer on top") if shown.is_on_top else self.tr("Always on top")
        menu.offer("pin", top, lambda: self._toggle_top(shown))
        if shown.state is not ClaimState.MASKED:
            menu.offer("eye-off", self.tr("Mask"), lambda: self._decide(shown, "mask"))
        remove, gone = self.tr("Remove from the profile"), RemoveProperty(self._panel.owner(), shown.name)
        menu.offer("trash-2", remove, lambda: self.submit(gone), color="red")

    def open_new_property(self, anchor: QWidget) -> NewPropertyCard:
        """Asks for name, type and value of a new property."""
        kind = self._panel.owner().kind
        known = self._session.read(lambda connection: definitions(connection, kind))
        card = NewPropertyCard(known, self._session.now())
        card.setProperty("surface", "")
        card.column.setContentsMargins(0, 0, 0, 0)
        card.setFixedWidth(theme.current().pixels(268))
        popover = self._open(self.tr("Add a property"), card, anchor)
        card.added.connect(self._add_property)
        card.closed.connect(popover.close_it)
        return card

    def open_split(self) -> SplitDialog | None:
        """Asks which records are somebody else."""
        view = self._panel.view()
        if view is None:
            return None
        dialog = SplitDialog(view, self._panel.window())
        dialog.decided.connect(self._split)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def open_merge(self, anchor: QWidget) -> CustomerPicker:
        """Asks which other customer is the same."""
        picker = CustomerPicker(self._session, can_create=False)
        self._panel.reveal(anchor)
        popover = self._open(self.tr("Merge with"), picker, anchor)
        picker.start(None, self.tr("Suggested"), excluded=CustomerId(self._panel.owner().id))
        picker.left.connect(popover.close_it)
        picker.picked.connect(self.compare)
        return picker

    def close_all(self) -> None:
        """Closes whatever stands open."""
        if self._lit is not None:
            self._lit.light(is_lit=False)
            self._lit = None
        if self._popover is not None:
            popover, self._popover = self._popover, None
            popover.close_it()
            popover.deleteLater()

    def submit(self, edit: Edit) -> None:
        """Nothing of another day can be changed, whatever was still open when it was chosen."""
        if not self._is_past():
            self._session.submit(edit)

    def _is_past(self) -> bool:
        view = self._panel.view()
        return view is not None and view.as_of is not None

    def _open(self, name: str, content: QWidget, anchor: QWidget) -> Popover:
        self._panel.properties.stop_editing()
        self.close_all()
        self._popover = Popover(name, content, self._panel.window())
        self._popover.closed.connect(self._put_out)
        self._popover.open_at(anchor, "left")
        return self._popover

    def _put_out(self) -> None:
        if self._lit is not None:
            self._lit.light(is_lit=False)
            self._lit = None

    def _decide(self, shown: ShownProperty, what: str) -> None:
        owner = self._panel.owner()
        self.close_all()
        match what:
            case "pin" if shown.value is not None:
                self.submit(SetProperty(owner, shown.name, shown.value, is_pin=True))
            case "mask":
                self.submit(MaskProperty(owner, shown.name))
            case "return":
                self.submit(ReturnToAutomatic(owner, shown.name))

    def _toggle_top(self, shown: ShownProperty) -> None:
        kind = self._panel.owner().kind
        self.submit(DefineProperty(kind, shown.name, shown.kind, shown.choices, not shown.is_on_top))

    def _add_property(self, name: str, value: Value, is_new: bool) -> None:
        owner = self._panel.owner()
        edit = SetProperty(owner, name, value)
        if is_new:
            title = self.tr("Add property {0}").format(name)
            self.submit(Several(title, (DefineProperty(owner.kind, name, value.kind), edit)))
        else:
            self.submit(edit)

    def _split(self, identities: tuple[IdentityId, ...], into: CustomerId | None, is_never: bool) -> None:
        customer = CustomerId(self._panel.owner().id)
        target = into if into is not None else new_customer_id(self._session)
        split = SplitCustomer(customer, identities, target)
        if is_never:
            title = self.tr("Split a customer for good")
            self.submit(Several(title, (split, NeverMerge(customer, target))))
        else:
            self.submit(split)

    def part(self, first: CustomerId, second: CustomerId) -> None:
        """Says for good that two customers are not the same."""
        self.submit(NeverMerge(first, second))

    def compare(self, other: CustomerCard, because: str = "") -> CompareDialog | None:
        """Shows another customer beside this one, to be merged with or called different; `because` says why it is thought of."""
        self.close_all()
        view = self._panel.view()
        if view is None or self._is_past():
            return None
        goes = Owner(OwnerKind.CUSTOMER, other.id)
        return open_comparison(self._session, view.owner, goes, self.submit, self._panel.window(), because)
