"""Making and opening workspaces: folder, key and files together, and never a new key where files lie already."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from console.store import workspace as files
from console.store.errors import StoreError
from console.store.journal import Journal
from console.store.workspace import Role, Workspace
from console.system import clock, keys
from console.system.locks import FileLock
from console.system.paths import private_folder

WRITER_LOCK, WINDOW_LOCK = "writer.lock", "window.lock"
_SECRET = "secret:"
_LOOK_SECONDS = 0.1


class NoWorkspace(StoreError):
    """There is no workspace in the folder yet."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new workspace: its key, and the recovery code that is shown once."""

    key: bytes = field(repr=False)
    recovery_code: str = field(repr=False)


def read_passphrase(path: Path) -> str:
    """The first line of a passphrase file. Raises StoreError where it cannot be read or is empty."""
    try:
        line = path.read_text("utf-8").split("\n", 1)[0].strip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"The passphrase file {path.name} cannot be read; check its path and that it is plain text"
        ) from error
    if not line:
        raise StoreError(f"The passphrase file {path.name} is empty; write the passphrase on its first line")
    return line


def make(folder: Path, passphrase: str | None = None) -> Made:
    """Make an encrypted workspace. Its key goes into the keyring, or under the passphrase where one is given.

    Raises StoreError where files lie there already, KeyringAbsent or KeyringLocked where the key cannot be kept; then
    nothing was made: there is no workspace in clear.
    """
    refuse_existing(folder)
    private_folder(folder)
    key = keys.new_key()
    made = keys.make_key_file(folder, key, passphrase)
    if passphrase is None:
        try:
            keys.keep_in_keyring(_name(made), key.hex())
        except keys.KeyTrouble:
            keys.forget_key_file(folder)
            raise
    files.create(folder, key)
    return Made(key, keys.recovery_code(key))


def make_passing(folder: Path) -> Made:
    """Make an encrypted workspace whose key is kept nowhere: for pictures and trials that end with this process."""
    refuse_existing(folder)
    private_folder(folder)
    key = keys.new_key()
    keys.make_key_file(folder, key, None)
    files.create(folder, key)
    return Made(key, keys.recovery_code(key))


def refuse_existing(folder: Path) -> None:
    """Raise StoreError where files of a workspace lie in the folder: a new key would lose them."""
    if files.exists(folder) or keys.read_key_file(folder):
        raise StoreError(f"There is a workspace in {folder} already; it is never made anew. Choose another folder")


def key_for(folder: Path, passphrase: str | None = None) -> bytes:
    """The key of a workspace, from the passphrase where one is given, else from the keyring (which may block).

    Raises NoWorkspace, KeyWrong, KeyMissing, KeyringAbsent or KeyringLocked.
    """
    known = keys.read_key_file(folder)
    if known is None:
        if files.exists(folder):
            raise keys.KeyMissing(
                "workspace.json is missing beside the database; restore it from a backup, or use the recovery code"
            )
        raise NoWorkspace(f"There is no workspace in {folder}. Start the console, or run “support-console sample”")
    if passphrase is not None:
        return keys.unwrapped(known, passphrase)
    if known.wrap is not None:
        raise keys.KeyMissing("This workspace opens with a passphrase; give it with --passphrase-file FILE")
    found = keys.from_keyring(_name(known))
    if found is None:
        raise keys.KeyMissing(
            "The keyring does not hold the key of this workspace. Use the recovery code; nothing was changed"
        )
    return keys.checked(known, bytes.fromhex(found), "key in the keyring")


def recover(folder: Path, code: str, passphrase: str | None = None) -> bytes:
    """The key from a recovery code, kept again in the keyring or under a new passphrase. Raises KeyWrong, or WrongKey."""
    key = keys.key_of(code)
    try:
        known = keys.read_key_file(folder)
    except keys.KeyTrouble:
        known = None
    if known is None:
        # The files themselves say whether it is their key: a key file for another one would lock the right one out.
        Workspace(folder, key, Role.GUEST).close()
        known = keys.make_key_file(folder, key, passphrase)
    keys.checked(known, key, "recovery code")
    if passphrase is None:
        keys.keep_in_keyring(_name(known), key.hex())
    else:
        keys.rewrap(folder, known, key, passphrase)
    return key


def open_for(folder: Path, key: bytes, role: Role) -> Workspace:
    """Open a workspace, brought up to date first where this process may write all of it."""
    if role in (Role.SYNC, Role.SCRIPT):
        files.create(folder, key)
    return Workspace(folder, key, role)


def writer_lock(folder: Path) -> FileLock:
    """The lock of whoever writes ``workspace.db``."""
    return FileLock(folder / WRITER_LOCK)


def taken(lock: FileLock, seconds: float) -> bool:
    """Take a lock, waiting for it so long: a command that looks at the workspace holds the writer's for a moment."""
    deadline = clock.monotonic() + seconds
    while not lock.take():
        if clock.monotonic() >= deadline:
            return False
        clock.wait(_LOOK_SECONDS)
    return True


def window_lock(folder: Path) -> FileLock:
    """The lock of the window."""
    return FileLock(folder / WINDOW_LOCK)


def teammate_name(settings: dict[str, str]) -> str:
    """What this teammate is called: as set in the settings, else as on this machine."""
    return settings.get("teammate") or os.environ.get("USER") or os.environ.get("USERNAME") or "Teammate"


def keep_secret(folder: Path, journal: Journal, source: int, secret: str) -> None:
    """Keep a source's password in the keyring, or in the encrypted journal where there is no keyring to hold it."""
    known = keys.read_key_file(folder)
    try:
        if known is None or known.wrap is not None:
            raise keys.KeyringAbsent("This workspace lives without a keyring")
        keys.keep_in_keyring(_secret_name(known, source), secret)
        journal.keep_settings({f"{_SECRET}{source}": ""})
    except keys.KeyTrouble:
        journal.keep_settings({f"{_SECRET}{source}": secret})


def secret_of(folder: Path, journal: Journal, source: int) -> str:
    """A source's password; empty where none was kept. May block while the keyring asks."""
    kept = journal.settings().get(f"{_SECRET}{source}")
    known = keys.read_key_file(folder)
    if kept or known is None or known.wrap is not None:
        return kept or ""
    return keys.from_keyring(_secret_name(known, source)) or ""


def forget_secret(folder: Path, journal: Journal, source: int) -> None:
    """Forget a source's password wherever it was kept."""
    journal.keep_settings({f"{_SECRET}{source}": ""})
    known = keys.read_key_file(folder)
    if known is not None and known.wrap is None:
        with contextlib.suppress(keys.KeyTrouble):
            keys.forget_in_keyring(_secret_name(known, source))


def _secret_name(file: keys.KeyFile, source: int) -> str:
    return f"source {source} of workspace {file.id}"


def _name(file: keys.KeyFile) -> str:
    return f"workspace {file.id}"
