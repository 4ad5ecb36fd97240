"""The mark of a method that overrides one of Qt's: read by the type checker, free when the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override as override
else:

    def override(method):
        """The method itself. The library that type checkers know the word from takes 6 ms to import, before any frame."""
        return method
