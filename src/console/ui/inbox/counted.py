"""Counts of conversations as the inbox says them: exact where they are small."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from console.domain.inbox import COUNTED_UP_TO


def counted(number: int) -> str:
    """The number in the teammate's locale, with a plus where the store stopped counting."""
    return QLocale().toString(number) + ("+" if number >= COUNTED_UP_TO else "")
