"""The scenes of the tour: how each state of each window is brought about."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from console.domain.inbox import InboxCounts
from console.store.errors import DamagedFile, NewerFile, StoreError, WrongKey
from console.system.key_errors import KeyMissing, KeyringLocked
from console.ui.conversation import states
from console.ui.inbox.choice import SEGMENTS, InboxChoice
from console.ui.inbox.clear_words import clear_words
from console.ui.inbox.filter_menu import FilterMenu
from console.ui.start.loading import LoadingFrame
from console.ui.start.recovery import RecoveryPage
from console.ui.start.secrets import AskPassphrasePage, ChoosePassphrasePage, RecoverPage
from console.ui.start.trouble import TroublePage, trouble_of, waiting
from console.ui.start.welcome import WelcomePage
from console.ui.style import theme
from console.ui.style.gallery import gallery
from console.ui.tour_company import SCENES as COMPANY
from console.ui.tour_customer import SCENES as CUSTOMER
from console.ui.tour_directory import SCENES as DIRECTORY
from console.ui.tour_intake import importing
from console.ui.tour_kinds import company, kinds_of_conversations, profile
from console.ui.tour_outbox import outbox
from console.ui.tour_palette import SCENES as PALETTE
from console.ui.tour_segments import SCENES as SEGMENT_SCENES
from console.ui.tour_sources import adding, sources
from console.ui.tour_stage import Scene, Stage
from console.ui.tour_stream import streams

_CODE = "7KQDMX4-92RTVBW-EP3JNC8-ZM5YGAH-6FW7KQD-MX492RT-VBWEP3J-NC8ZM5Y"


def loading(stage: Stage) -> None:
    """Before anything is open."""
    stage.take_page("loading", LoadingFrame())


def welcome(stage: Stage) -> None:
    """The first page and what follows it."""
    stage.take_page("welcome", WelcomePage())
    stage.take_page("recovery-code", RecoveryPage(_CODE, (1, 5)))
    stage.take_page("choose-passphrase", ChoosePassphrasePage())
    stage.take_page("ask-passphrase", AskPassphrasePage())
    stage.take_page("recover", RecoverPage("The recovery code has a slip in it; compare it with your copy"))


def troubles(stage: Stage) -> None:
    """Each reason why a workspace may not open."""
    folder = stage.session.workspace.folder
    stage.take_page("keyring-waiting", TroublePage(waiting(), folder))
    errors = {
        "keyring-locked": KeyringLocked("The keyring is locked. Unlock it, and the console opens"),
        "key-missing": KeyMissing("The keyring does not hold the key of this workspace. Nothing was changed"),
        "wrong-key": WrongKey("workspace.db does not open with this key. Nothing was changed"),
        "newer-file": NewerFile("workspace.db was written by a newer version of the console. Install that version"),
        "damaged-file": DamagedFile("workspace.db is damaged. Run “support-console doctor”"),
        "held-by-another": StoreError("Another program holds workspace.db. Close it, or wait, and try again"),
    }
    for name, error in errors.items():
        stage.take_page(f"trouble-{name}", TroublePage(trouble_of(error), folder))


def inbox(stage: Stage) -> None:
    """The inbox in each segment, then narrowed, searched and empty."""
    column = stage.view.inbox.column
    column.list.choose(None)
    stage.take("inbox-nothing-chosen")
    column.list.step(0)
    stage.take("inbox")
    for segment in SEGMENTS[1:]:
        column.show_choice(InboxChoice(segment=segment))
        stage.take(f"inbox-{segment}")
    column.show_choice(InboxChoice(is_unread=True, is_unassigned=True))
    stage.take("inbox-narrowed")
    column.show_choice(InboxChoice(tag="there is no such tag", has_no_customer=True))
    stage.take("inbox-nothing-matches")
    column.show_choice(InboxChoice())
    menu = column.findChild(FilterMenu)
    if menu is not None:
        stage.take_menu("filter-menu", menu, QPoint(300, 48))
    for what, words in (("tag", ""), ("company", "a")):
        column.lists.open(what, InboxChoice()).search(words)
        stage.take(f"filter-{what}")
    column.lists.close()


def search(stage: Stage) -> None:
    """The search with hits and without."""
    column = stage.view.inbox.column
    for name, words in (("search", "export"), ("search-nothing", "zzxqy")):
        column.search.setText(words)
        column.search.tell()
        stage.take(name)
    column.search.empty()


def conversation(stage: Stage) -> None:
    """What opens over a conversation."""
    column, pane = stage.view.inbox.column, stage.view.inbox.pane
    column.list.step(0)
    stage.settle()
    pane.write_note()
    stage.take("note-editor")
    pane.write_reply()
    stage.take("reply-editor")
    menu = pane.menus.open_snooze()
    stage.take("snooze-menu")
    menu.close()
    pane.menus.open_snooze_picker()
    stage.take("snooze-picker")
    pane.menus.close_all()
    menu = pane.menus.open_more()
    stage.take("conversation-menu")
    menu.close()
    stage.take_where("conversation-teammates", is_there=pane.menus.open_teammates() is not None)
    pane.menus.open_customer()
    stage.take("customer-menu")
    pane.menus.close_all()
    for name in ("conversation-assign", "conversation-assign-search", "conversation-assign-new"):
        stage.take_where(name, is_there=states.states()[name](pane))
        pane.menus.close_all()
    pane.header.tags.begin()
    stage.take("tags")
    pane.header.tags.stop()


def toasts(stage: Stage) -> None:
    """A toast with Undo, a refusal, and the banner of a lost connection."""
    toasts = stage.view.toasts
    toasts.say("Conversation closed", "Undo", ms=60_000)
    toasts.say("Set plan to Pro was refused: this customer was erased", tone="amber", ms=60_000)
    stage.take("toasts")
    toasts.clear()
    toasts.say("Customer linked", "Undo", ms=60_000).offer(
        "Customer linked. Link 2 more reviews by ari_d too?", "Link them"
    )
    stage.take("toast-link-more")
    toasts.clear()
    stage.view.offline.show_since(stage.session.now(), queued=5)
    stage.take("offline")
    stage.view.offline.hide()


def empty(stage: Stage) -> None:
    """The inbox with nothing in it."""
    place = stage.view.inbox
    place.pane.open(None)
    place.clear.say(*clear_words(stage.session, InboxCounts(0, 4, 19)))
    place.show_clear()
    place.column.explain_empty(InboxCounts(0, 4, 19))
    stage.take("all-clear")
    place.column.show_choice(InboxChoice())
    place.column.list.choose(None)
    place.column.list.step(0)


def dialogs(stage: Stage) -> None:
    """Settings and the shortcut sheet."""
    stage.take_dialog("settings", stage.view.open_settings())
    stage.take_dialog("shortcuts", stage.view.open_shortcuts())


def controls(stage: Stage) -> None:
    """The gallery of ordinary controls."""
    stage.take_page("gallery", gallery(theme.current()))


SCENES: tuple[Scene, ...] = (
    loading,
    welcome,
    troubles,
    inbox,
    search,
    conversation,
    kinds_of_conversations,
    profile,
    company,
    *CUSTOMER,
    *COMPANY,
    *PALETTE,
    *SEGMENT_SCENES,
    *DIRECTORY,
    streams,
    toasts,
    empty,
    importing,
    sources,
    adding,
    outbox,
    dialogs,
    controls,
)
