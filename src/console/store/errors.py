"""What can go wrong with the files: each error is a sentence for the teammate that says what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The world's fault: the message says what happened and what to do."""


class WrongKey(StoreError):
    """The file is encrypted with another key, or is no database at all."""


class NewerFile(StoreError):
    """The file was written by a newer version of the console."""


class DamagedFile(StoreError):
    """Pages of the file do not pass their check."""


class DiskFull(StoreError):
    """There is no room left; nothing was written."""


class Busy(StoreError):
    """Another program holds the file just now; the same thing succeeds a moment later."""


class NotFound(StoreError):
    """There is nothing with this name or key."""


class Refused(StoreError):
    """An edit makes no sense any more; nothing was changed."""
