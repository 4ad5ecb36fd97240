"""Errors of the command line: bad input (exit code 1) and the world (3), each one line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from console.store.errors import NotFound, Refused, StoreError
from console.system.key_errors import KeyTrouble


class BadInput(Exception):
    """What was given cannot be used; the message says why and what would do."""


class World(Exception):
    """A key, a disk, a server or another process is in the way; the message says what to do."""


@contextlib.contextmanager
def as_sentences() -> Iterator[None]:
    """The errors of the lower floors, sorted into the two kinds that a script can tell apart."""
    from console.connectors.errors import ConnectorError

    try:
        yield
    except UnicodeEncodeError as error:
        raise BadInput("Something given holds bytes that are no text; write it in UTF-8") from error
    except (NotFound, Refused, ValueError) as error:
        raise BadInput(str(error)) from error
    except (StoreError, KeyTrouble, ConnectorError) as error:
        raise World(str(error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.strerror is None:
            raise World(str(error)) from error
        if error.filename is None:
            raise World(f"{error.strerror}. Make room, or send the answer elsewhere, and try again") from error
        raise World(f"{error.strerror}: {error.filename}. Check the path and its permissions") from error
