"""The shortcuts that a teammate chose: kept as settings, checked before they are taken, single letters on or off.

A kept value is the keys of an action, parted by spaces, `none` where it is to have none, or empty for those it came with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence

translate = QCoreApplication.translate

LETTERS = "shortcuts.letters"
_NAME, _NONE = "shortcut.", "none"
_CTRL, _ALT, _META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_EDITING = frozenset(f"Ctrl+{letter}" for letter in "ACVX")
_MOVING = frozenset(
    (
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space,
        Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
        Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    )
)  # fmt: skip
# As mail programs have them; what is not named keeps its own.
_LIKE_MAIL = {
    "close": ("E",), "reopen": ("Shift+E",), "next": ("J",), "previous": ("K",), "reply": ("R",), "snooze": ("B",),
    "unread": ("Shift+U",), "priority": ("S",), "tag": ("L",), "search": ("Ctrl+F", "/"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """Why keys cannot be taken; ``taken_by`` is the action that has them, empty where nobody could have them."""

    sentence: str
    taken_by: str = ""


def chosen(defaults: Mapping[str, tuple[str, ...]], kept: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys of each action as the teammate chose them, whether single letters are on or off."""
    return {key: _read(kept.get(f"{_NAME}{key}", ""), own) for key, own in defaults.items()}


def in_force(defaults: Mapping[str, tuple[str, ...]], kept: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys that work: without single letters where those are off."""
    are_on = are_letters_on(kept)
    return {
        key: tuple(one for one in keys if are_on or not is_single(one)) for key, keys in chosen(defaults, kept).items()
    }


def are_letters_on(kept: Mapping[str, str]) -> bool:
    """Whether a letter, a digit or a sign alone is a shortcut."""
    return kept.get(LETTERS) != "0"


def kept_keys(key: str, keys: Iterable[str]) -> dict[str, str]:
    """What is to be kept so that an action has these keys."""
    return {f"{_NAME}{key}": " ".join(keys) or _NONE}


def forgotten(keys: Iterable[str]) -> dict[str, str]:
    """What is to be kept so that actions have the keys again that they came with."""
    return {f"{_NAME}{key}": "" for key in keys}


def like_mail(defaults: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What is to be kept so that keys are as in mail programs on the web."""
    named = {key: keys for key, keys in _LIKE_MAIL.items() if key in defaults}
    found = forgotten(defaults)
    for key, keys in named.items():
        found.update(kept_keys(key, keys))
    taken = {one for keys in named.values() for one in keys}
    for key, own in defaults.items():
        if key not in named and taken & {*own}:
            found.update(kept_keys(key, tuple(one for one in own if one not in taken)))
    return found


def is_single(keys: str) -> bool:
    """Whether it is a letter, a digit or a sign alone, as one types it, with or without Shift."""
    pressed = _combination(keys)
    if pressed is None or pressed[1] & (_CTRL | _ALT | _META):
        return False
    return 0x20 < pressed[0] < 0x01000000


def refused(key: str, keys: str, shown: Mapping[str, tuple[str, ...]], words: Mapping[str, str]) -> Refused | None:
    """Why action ``key`` cannot have ``keys``; None where it can. ``shown`` are all chosen keys, ``words`` what actions are called."""
    pressed = _combination(keys)
    if pressed is None:
        return Refused(translate("Shortcuts", "That is no shortcut; press a letter, or Ctrl with one"))
    code, held = pressed
    told = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    if held & Qt.KeyboardModifier.GroupSwitchModifier or (held & _CTRL and held & _ALT) or code == Qt.Key.Key_AltGr:
        return Refused(
            translate("Shortcuts", "AltGr, and Ctrl with Alt, write signs on many keyboards; they stay free")
        )
    is_bare = not held & (_CTRL | _ALT | _META)
    if told in _EDITING or (is_bare and code in _MOVING):
        return Refused(translate("Shortcuts", "Fields and lists need {0} for themselves").format(told))
    for other, theirs in shown.items():
        if other != key and keys in theirs:
            sentence = translate("Shortcuts", "{0} belongs to “{1}”").format(told, words.get(other, other))
            return Refused(sentence, other)
    return None


def _read(value: str, own: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        return own
    return () if value == _NONE else tuple(one for one in value.split() if _combination(one) is not None)


def _combination(keys: str) -> tuple[int, Qt.KeyboardModifier] | None:
    """The key and what is held with it; None where the text is not exactly one press."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1 or sequence.toString() == "":
        return None
    pressed = sequence[0]  # pyright: ignore[reportIndexIssue]  # the stubs miss it
    code = pressed.key()
    return None if code == Qt.Key.Key_unknown else (int(code), pressed.keyboardModifiers())
