"""One encrypted file: how it is opened, read and written. Nothing else in the house makes a connection."""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from shutil import disk_usage
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2

from console.store.connection import Connection
from console.store.errors import Busy, DamagedFile, DiskFull, StoreError, WrongKey

sqlcipher: Any = sqlcipher3.dbapi2
"""The module is written in C and tells type checkers nothing."""

OLDEST_SAFE_SQLITE = (3, 51, 3)
_CACHE_KIB = 65_536
_STATEMENTS = 512
"""So many prepared statements a connection keeps: all that the house has, and those that filters put together."""

_KEPT_OPEN = 4
_WAL_LIMIT_BYTES = 64 * 1024 * 1024
_WRONG_KEY = ("file is not a database", "file is encrypted", "hmac check failed")
_DAMAGED = ("malformed", "corrupt")
_LEAST_FREE_BYTES = 1_000_000
PATIENCE_MS = 5_000
WINDOW_PATIENCE_MS = 25


class Access(Enum):
    """What a process may do with a file."""

    READ = "read"
    WRITE = "write"
    WRITE_DURABLE = "write durable"


class Database:
    """One SQLCipher file with its connections. Owns them from construction to ``close``.

    ``key`` is 32 bytes used as they are (no derivation). ``Access.WRITE`` commits survive a crash of the process,
    ``Access.WRITE_DURABLE`` ones also a power cut. Raises WrongKey where the file does not open with the key; Busy where
    another program holds it for longer than ``patience_ms`` (a window has little: it must not stand still).
    """

    def __init__(self, path: Path, key: bytes, access: Access, *, patience_ms: int = PATIENCE_MS) -> None:
        if sqlcipher.sqlite_version_info < OLDEST_SAFE_SQLITE:
            raise StoreError(
                f"SQLite {sqlcipher.sqlite_version} can lose committed rows; install sqlcipher3 0.6.4 or newer"
            )
        self.path = path
        self.access = access
        self._patience_ms = patience_ms
        self._key = key
        self._idle: list[Any] = []

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent snapshot; fetch whole results, an unfinished one pins the write-ahead log."""
        with self.bare() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. Holds no network call, no wait, no signal."""
        if self.access is Access.READ:
            raise StoreError(f"{self.path.name} is open for reading only")
        with self.bare() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    @contextlib.contextmanager
    def bare(self) -> Iterator[Connection]:
        """A connection outside any transaction, for pragmas and VACUUM; what is begun and not committed is rolled back."""
        with translated(self.path):
            raw = self._taken()
            try:
                yield Connection(raw)
            finally:
                self._give_back(raw)

    def watch(self) -> Watch:
        """A watch on commits by other connections, also those of other processes."""
        return Watch(self._connect())

    def opened_anew(self) -> Database:
        """The same file behind connections of its own, which share no cache with these; to be closed by the caller."""
        return Database(self.path, self._key, self.access)

    def copy_to(self, target: Path) -> None:
        """Write the file as it stands to another place, under the same key, and see that the copy opens and is whole.

        SQLite itself writes it: a copy of a live file's bytes loses committed rows. Raises DamagedFile.
        """
        with self.bare() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        copy = Database(target, self._key, Access.READ)
        try:
            with copy.bare() as connection:
                if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
                    raise DamagedFile(f"The copy {target.name} is not whole. Check the disk; the original is as it was")
        finally:
            copy.close()

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes that follow from the key, for one purpose; they tell nothing of the key itself."""
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, as far as readers let it."""
        with self.bare() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection and forget the key."""
        self._key = b""
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> Any:
        """A connection that nobody else has, the one used last where there is one: its pages are warm."""
        with contextlib.suppress(IndexError):
            return self._idle.pop()
        return self._connect()

    def _give_back(self, raw: Any) -> None:
        try:
            raw.rollback()
        except sqlcipher.Error:
            raw.close()  # which takes back what was begun as well
            return
        if self._key and len(self._idle) < _KEPT_OPEN:
            self._idle.append(raw)
        else:
            raw.close()

    def _connect(self) -> Any:
        mode = "ro" if self.access is Access.READ else "rwc"
        connection = sqlcipher.connect(
            f"file:{quote(str(self.path))}?mode={mode}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=_STATEMENTS,
            timeout=max(self._patience_ms, PATIENCE_MS)
            / 1000,  # another process may just be putting a killed one's log in order
        )
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA cipher_log_level = NONE")
            cursor.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            cursor.execute("SELECT count(*) FROM sqlite_master").fetchall()
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            cursor.execute("PRAGMA temp_store = MEMORY")
            cursor.execute(f"PRAGMA busy_timeout = {self._patience_ms}")
            if self.access is not Access.READ:
                # What is deleted is overwritten: an erased customer leaves no bytes in pages that wait for other rows.
                cursor.execute("PRAGMA secure_delete = ON").fetchall()
                cursor.execute("PRAGMA journal_mode = WAL").fetchall()
                cursor.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}").fetchall()
                cursor.execute(f"PRAGMA synchronous = {'FULL' if self.access is Access.WRITE_DURABLE else 'NORMAL'}")
        except sqlcipher.Error:
            cursor.close()
            connection.close()
            raise
        cursor.close()
        return connection


class Watch:
    """Tells whether anybody else committed to the file since it was last asked; owns one connection until ``close``."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._seen = self._version()

    def has_moved(self) -> bool:
        """Whether SQLite's data version is another one than at the last call (5 microseconds, no lock)."""
        before, self._seen = self._seen, self._version()
        return before != self._seen

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def _version(self) -> int:
        return self._connection.execute("PRAGMA data_version").fetchone()[0]


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences: a full disk, a wrong key, a damaged page, a file that is not there."""
    try:
        yield
    except sqlcipher.Error as error:
        raise _sentence(path, str(error), error) from error


def _sentence(path: Path, reason: str, error: Exception) -> Exception:
    name = path.name
    if path.stem == "search" and any(sign in reason for sign in (*_WRONG_KEY, *_DAMAGED)):
        return DamagedFile(
            f"{name} is damaged. Delete it while the console is closed; the index is built again from the workspace"
        )
    if any(sign in reason for sign in _WRONG_KEY):
        return WrongKey(
            f"{name} does not open with this key. Nothing was changed; use the key or the recovery code it was made with"
        )
    if "full" in reason and ("disk" in reason or "database" in reason):
        return DiskFull(f"The disk is full, so {name} could not be written. Nothing is lost; make room and it goes on")
    if any(sign in reason for sign in _DAMAGED):
        return DamagedFile(f"{name} is damaged. Run “support-console doctor”; edits stay safe in journal.db")
    if "unable to open" in reason:
        return StoreError(f"{name} cannot be opened in {path.parent.name}. Check that the folder exists and is yours")
    if "readonly" in reason or "read-only" in reason:
        return StoreError(f"{name} cannot be written. Check the permissions of the workspace folder")
    if "locked" in reason:
        return Busy(f"Another program holds {name}. Close it, or wait, and try again")
    if "disk I/O" in reason and _is_full(path.parent):
        # The shared memory of the write-ahead log could not be made: SQLite calls that an error of the disk.
        return DiskFull(f"The disk is full, so {name} could not be opened. Nothing is lost; make room and try again")
    if "disk I/O" in reason:
        return StoreError(f"The disk does not answer for {name}. Check it, and keep the workspace folder as it is")
    return error


def _is_full(folder: Path) -> bool:
    try:
        return disk_usage(folder).free < _LEAST_FREE_BYTES
    except OSError:
        return False
