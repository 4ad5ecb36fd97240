"""Why a key cannot be had; a module of its own, so that a window can name the reasons before it loads anything heavy."""

from __future__ import annotations


class KeyTrouble(Exception):
    """The key cannot be had; the message says why and what to do. Nothing was changed."""


class KeyringAbsent(KeyTrouble):
    """This machine has no keyring that the console can use."""


class KeyringLocked(KeyTrouble):
    """The keyring is there and does not answer until somebody unlocks it."""


class KeyMissing(KeyTrouble):
    """The keyring works and does not hold the key of this workspace."""


class KeyWrong(KeyTrouble):
    """What was given does not open this workspace."""
