"""What can go wrong with a source, sorted by what has to happen next.

    ConnectorError
    ├── TemporaryError   again later, by itself
    │   └── UncertainError   a write went out, and nobody knows whether it was taken: never again by itself
    ├── SourceError      somebody must act; the source pauses
    └── RecordError      one record goes to quarantine, the rest goes on

Every error carries two sentences for the teammate: what happened, and what to do. Neither holds a password, an
address or anything a customer wrote, because both are logged.
"""

from __future__ import annotations

from datetime import datetime


class ConnectorError(Exception):
    """A source could not do what was asked; ``what`` happened and what ``to_do``, as sentences for the teammate."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(f"{what} {to_do}".strip())
        self.what = what
        self.to_do = to_do


class TemporaryError(ConnectorError):
    """It will be tried again by itself, not before ``retry_at`` (aware UTC) where the source named a time."""

    def __init__(self, what: str, to_do: str = "It will be tried again.", *, retry_at: datetime | None = None) -> None:
        super().__init__(what, to_do)
        self.retry_at = retry_at


class UncertainError(TemporaryError):
    """Something went out whole and no answer came: the source may have taken it.

    Raised for requests that change something, where the connection failed or the time was over after the first byte.
    """


class SourceError(ConnectorError):
    """The source pauses until a teammate has done what ``to_do`` says."""


class RecordError(ConnectorError):
    """This one record cannot be understood; it is kept in quarantine and counted."""

    def __init__(self, what: str, to_do: str = "It was put aside; everything else was taken in.") -> None:
        super().__init__(what, to_do)
