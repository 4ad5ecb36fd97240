"""The way into a workspace, as wiring gives it to the window: slow steps as callables, errors as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.ui.session import Session


@dataclass(frozen=True, slots=True)
class Unlock:
    """What opens the workspace: nothing (the keyring), a passphrase, or the recovery code, with a new passphrase beside
    it where the machine has no keyring to keep the key in."""

    passphrase: str | None = field(default=None, repr=False)
    recovery_code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Doorway:
    """How a workspace comes to be open.

    `exists` and `has_passphrase` are quick. `make` and `make_sample` make a workspace, with its key in the keyring or
    under the passphrase that they are given, and answer the recovery code; `unlock` opens it and answers what `session`
    makes a session of. Those three are slow (a keyring may even block for ever) and run in the background; they raise
    KeyTrouble or StoreError. `session` runs on the window's thread; it starts the sync process.
    `starts_with_sample`: where there is no workspace yet, the sample is made without a welcome.
    """

    folder: Path
    exists: Callable[[], bool]
    has_passphrase: Callable[[], bool]
    make: Callable[[str | None], str]
    make_sample: Callable[[str | None], str]
    unlock: Callable[[Unlock], Any]
    session: Callable[[Any], Session]
    starts_with_sample: bool = False
