"""How a source is told who asks: the headers that carry a credential, and where they may go."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from console.connectors.errors import SourceError


@dataclass(frozen=True, slots=True)
class Auth:
    """The headers with the credential. They go to the source's own hosts and nowhere else."""

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @staticmethod
    def none() -> Auth:
        return Auth()

    @staticmethod
    def bearer(secret: str) -> Auth:
        return Auth((("Authorization", f"Bearer {_sendable(secret)}"),))

    @staticmethod
    def basic(name: str, secret: str) -> Auth:
        packed = base64.b64encode(f"{name}:{secret}".encode()).decode("ascii")
        return Auth((("Authorization", f"Basic {packed}"),))

    @staticmethod
    def header(name: str, secret: str) -> Auth:
        return Auth(((name, _sendable(secret)),))

    @property
    def digest(self) -> str:
        """Names the credential without telling it."""
        return hashlib.sha256(repr(self.headers).encode()).hexdigest()


def _sendable(secret: str) -> str:
    """A header holds printable ASCII; anything else was copied wrongly, and could smuggle in a header of its own."""
    trimmed = secret.strip()
    if not trimmed or not all("!" <= letter <= "~" for letter in trimmed):
        raise SourceError("The key of this source is empty or damaged.", "Copy it again from the vendor's page, whole.")
    return trimmed
