"""Every action of the window, made once: its words, its keys, its icon and what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from console.ui import shortcuts
from console.ui.style import icons
from console.ui.widgets.buttons import OWN_KEYS

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done: its key, its words, its shortcuts (the first one is shown) and its icon.

    A single letter is a shortcut only while nobody types: fields take letters before shortcuts do.
    """

    key: str
    words: str
    keys: tuple[str, ...]
    icon: str
    is_place: bool = False
    needs_conversation: bool = False


def groups() -> tuple[tuple[str, tuple[Act, ...]], ...]:
    """All actions by group, in the order of the shortcut sheet."""
    return (
        (translate("Actions", "Conversation"), (*_steps(), *_on_conversation())),
        (translate("Actions", "Customer and notes"), _on_customer()),
        (translate("Actions", "Go to"), _places()),
        (translate("Actions", "Workspace"), _on_workspace()),
    )


def _steps() -> tuple[Act, ...]:
    return (
        Act("next", translate("Actions", "Next conversation"), ("J",), "arrow-down"),
        Act("previous", translate("Actions", "Previous conversation"), ("K",), "arrow-up"),
    )


def _on_conversation() -> tuple[Act, ...]:
    found = (
        Act("close", translate("Actions", "Close"), ("E",), "check"),
        Act("reopen", translate("Actions", "Reopen"), ("Shift+E",), "rotate-ccw"),
        Act("snooze", translate("Actions", "Snooze…"), ("H",), "alarm-clock"),
        Act("take", translate("Actions", "Assign to me"), ("M",), "user-check"),
        Act("assign", translate("Actions", "Assign to a teammate…"), ("Shift+M",), "users"),
        Act("priority", translate("Actions", "Mark as priority"), ("P",), "star"),
        Act("unread", translate("Actions", "Mark as unread"), ("U",), "mail"),
        Act("reply", translate("Actions", "Reply"), ("R",), "reply"),
    )
    return tuple(replace(act, needs_conversation=True) for act in found)


def _on_customer() -> tuple[Act, ...]:
    profile_act = Act("profile", translate("Actions", "Open the customer's profile"), ("Ctrl+O",), "user")
    window_act = Act(
        "window", translate("Actions", "Open the customer in a window"), ("Ctrl+Shift+O",), "external-link"
    )
    found = (
        Act("customer", translate("Actions", "Add or change the customer…"), ("A",), "user-plus"),
        Act("tag", translate("Actions", "Add a tag…"), ("T",), "tag"),
        Act("note", translate("Actions", "Write a note"), ("N",), "sticky-note"),
        profile_act,
        window_act,
    )
    panel = Act("panel", translate("Actions", "Show or hide the profile"), ("Ctrl+.",), "panel-right")
    return (*(replace(act, needs_conversation=True) for act in found), panel)


def _places() -> tuple[Act, ...]:
    found = (
        Act("inbox", translate("Actions", "Inbox"), ("Ctrl+1",), "inbox"),
        Act("sources", translate("Actions", "Sources"), ("Ctrl+2",), "plug"),
        Act("imports", translate("Actions", "Imports"), ("Ctrl+3",), "folder-open"),
        Act("segments", translate("Actions", "Segments"), ("Ctrl+4",), "layers"),
        Act("customers", translate("Actions", "Customers"), ("Ctrl+5",), "users"),
        Act("companies", translate("Actions", "Companies"), ("Ctrl+6",), "building-2"),
        Act("outbox", translate("Actions", "Outbox"), ("Ctrl+7",), "send"),
    )
    search = (
        Act("palette", translate("Actions", "Search or do anything…"), ("Ctrl+K",), "command"),
        Act("open_customer", translate("Actions", "Open a customer…"), ("Ctrl+P",), "user-search"),
        Act("open_company", translate("Actions", "Open a company…"), ("Ctrl+Shift+P",), "building-2"),
        Act("search", translate("Actions", "Search"), ("Ctrl+F", "/"), "search"),
    )
    return (*(replace(act, is_place=True) for act in found), *search)


def _on_workspace() -> tuple[Act, ...]:
    return (
        Act("undo", translate("Actions", "Undo"), ("Ctrl+Z",), "undo-2"),
        Act("redo", translate("Actions", "Redo"), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
        Act("import", translate("Actions", "Import files…"), ("Ctrl+I",), "download"),
        Act("source", translate("Actions", "Add a source…"), ("Ctrl+N",), "plus"),
        Act("sync", translate("Actions", "Sync now"), ("F5",), "refresh-cw"),
        Act("backup", translate("Actions", "Write a backup"), ("Ctrl+Shift+B",), "save"),
        Act("theme", translate("Actions", "Switch between light and dark"), ("Ctrl+Shift+L",), "moon"),
        Act("settings", translate("Actions", "Settings"), ("Ctrl+,",), "settings"),
        Act("shortcuts", translate("Actions", "Keyboard shortcuts"), ("?", "F1"), "keyboard"),
        Act("quit", translate("Actions", "Quit"), ("Ctrl+Q",), "log-out"),
    )


class Actions(QObject):
    """The window's actions by key; menus, buttons, rail and shortcut sheet all show these same objects."""

    def __init__(self, window: QWidget, deeds: Mapping[str, Callable[[], object]]) -> None:
        """`deeds` says for each key what it does; KeyError where one is missing."""
        super().__init__(window)
        self._action_by_key: dict[str, QAction] = {}
        self._is_conversation_there, self._is_inbox_shown = False, True
        self.acts = tuple(act for _, acts in groups() for act in acts)
        for act in self.acts:
            action = QAction(icons.icon(act.icon), act.words, self)
            action.setShortcuts([QKeySequence(keys) for keys in act.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setCheckable(act.is_place)
            action.setObjectName(act.key)
            action.setProperty(OWN_KEYS, list(act.keys))
            action.triggered.connect(_silent(deeds[act.key]))
            window.addAction(action)
            self._action_by_key[act.key] = action
        self.set_conversation(is_there=False)

    def wear(self, kept: Mapping[str, str]) -> None:
        """Gives every action the keys that the teammate chose; ``kept`` are the settings."""
        for key, keys in shortcuts.in_force(self._own_keys(), kept).items():
            self._action_by_key[key].setShortcuts([QKeySequence(one) for one in keys])

    def keys_of(self, key: str) -> tuple[str, ...]:
        """The keys that work for an action now; none where there is no such action."""
        action = self._action_by_key.get(key)
        return () if action is None else tuple(one.toString() for one in action.shortcuts())

    def _own_keys(self) -> dict[str, tuple[str, ...]]:
        return {act.key: act.keys for act in self.acts}

    def action(self, key: str) -> QAction:
        """The action with this key; KeyError where there is none."""
        return self._action_by_key[key]

    def shared(self) -> tuple[QAction, ...]:
        """What can be done from the windows beside this one as well: places, searches, the program's own actions."""
        return tuple(self._action_by_key[act.key] for act in (*_places(), *_on_workspace()))

    def set_conversation(self, *, is_there: bool) -> None:
        """Actions that need a conversation are offered only where there is one, and where it is seen."""
        self._is_conversation_there = is_there
        self._offer_on_conversation()

    def set_place(self, key: str) -> None:
        """Which place of the rail is shown."""
        for act in self.acts:
            if act.is_place:
                self._action_by_key[act.key].setChecked(act.key == key)
        self._is_inbox_shown = key == "inbox"
        self._offer_on_conversation()

    def name_steps(self, undo: str | None, redo: str | None) -> None:
        """What Ctrl+Z and Ctrl+Y would do, in words; None where there is nothing to do."""
        undo_words, redo_words = self.tr("Undo: {0}"), self.tr("Redo: {0}")
        self._name("undo", self.tr("Undo") if undo is None else undo_words.format(undo), is_offered=undo is not None)
        self._name("redo", self.tr("Redo") if redo is None else redo_words.format(redo), is_offered=redo is not None)

    def name_toggles(self, *, is_priority: bool, is_unread: bool) -> None:
        """Priority and unread say what pressing them would do now."""
        self._name("priority", self.tr("No longer priority") if is_priority else self.tr("Mark as priority"))
        self._name("unread", self.tr("Mark as read") if is_unread else self.tr("Mark as unread"))

    def _offer_on_conversation(self) -> None:
        # A letter typed on another page must not close a conversation that nobody looks at.
        for act in self.acts:
            if act.needs_conversation:
                self._action_by_key[act.key].setEnabled(self._is_conversation_there and self._is_inbox_shown)

    def _name(self, key: str, words: str, *, is_offered: bool | None = None) -> None:
        action = self._action_by_key[key]
        action.setText(words.replace("&", "&&"))
        if is_offered is not None:
            action.setEnabled(is_offered)


def _silent(deed: Callable[[], object]) -> Callable[..., object]:
    """Qt tells an action's check state to callables that take an argument; ours take none."""
    return lambda *_: deed()
