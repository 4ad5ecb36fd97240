"""The states of the conversation pane, opened one by one: for pictures of each, and for whoever wants to look."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from console.domain.conversation import NoteRow
from console.ui.conversation.composer import NOTE
from console.ui.conversation.entries import key_of
from console.ui.conversation.message_bubble import MessageBubble
from console.ui.conversation.message_list import note_card_of
from console.ui.conversation.pane import ConversationPane

State = Callable[[ConversationPane], bool]


def nothing(pane: ConversationPane) -> bool:
    """No conversation is chosen."""
    pane.open(None)
    return True


def customer_menu(pane: ConversationPane) -> bool:
    """The menu of the customer chip; False where the conversation has no customer."""
    return pane.menus.open_customer() is not None


def assign(pane: ConversationPane) -> bool:
    """The search for a customer, with suggestions."""
    return pane.menus.open_assign() is not None


def assign_search(pane: ConversationPane) -> bool:
    """The same with something typed."""
    popover = pane.menus.open_assign()
    if popover is not None:
        popover.picker.search("ari")
    return popover is not None


def assign_new(pane: ConversationPane) -> bool:
    """The step that makes a new customer."""
    popover = pane.menus.open_assign()
    if popover is not None:
        popover.picker.search("ada@example.com")
        popover.picker.begin_new()
    return popover is not None


def snooze(pane: ConversationPane) -> bool:
    """A day and a time to snooze until."""
    return pane.menus.open_snooze_picker().is_open()


def quote(pane: ConversationPane) -> bool:
    """The first folded quote, unfolded; False where there is none."""
    for entry in pane.messages.entries():
        widget = pane.messages.widget_of(key_of(entry))
        if isinstance(widget, MessageBubble) and widget.quote_button is not None:
            widget.quote_button.setChecked(True)
            return True
    return False


def note_tab(pane: ConversationPane) -> bool:
    """The composer with a note."""
    pane.write_note()
    return pane.composer.tabs.key() == NOTE


def note_editor(pane: ConversationPane) -> bool:
    """The first note being changed; False where there is none."""
    for entry in pane.messages.entries():
        card = note_card_of(pane.messages.widget_of(key_of(entry))) if isinstance(entry, NoteRow) else None
        if card is not None:
            card.begin()
            return True
    return False


def states() -> Mapping[str, State]:
    """Every state by its name; each answers whether the shown conversation could be brought into it."""
    return {
        "conversation-customer-menu": customer_menu,
        "conversation-assign": assign,
        "conversation-assign-search": assign_search,
        "conversation-assign-new": assign_new,
        "conversation-snooze": snooze,
        "conversation-quote": quote,
        "conversation-note": note_tab,
        "conversation-note-editor": note_editor,
        "conversation-none": nothing,
    }


def settle(pane: ConversationPane) -> None:
    """Closes whatever a state has opened."""
    pane.menus.close_all()
    for entry in pane.messages.entries():
        card = note_card_of(pane.messages.widget_of(key_of(entry)))
        if card is not None:
            card.stop()
