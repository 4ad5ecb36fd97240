"""What a teammate says about an IMAP mailbox, checked before anything connects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.connectors.errors import SourceError


class Security(StrEnum):
    """How the connection is encrypted; PLAIN is for this computer only (tests, a local relay)."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


_PORT_BY_SECURITY = {Security.TLS: 993, Security.STARTTLS: 143, Security.PLAIN: 143}
_THIS_COMPUTER = frozenset({"localhost", "127.0.0.1", "::1"})


_SMTP_PORT_BY_SECURITY = {Security.TLS: 465, Security.STARTTLS: 587, Security.PLAIN: 25}
_SECURITY_BY_SMTP_PORT = {465: Security.TLS}
_KNOWN = (
    "host", "port", "security", "username", "folders", "ca_file", "smtp_host", "smtp_port", "smtp_security",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Where mail is handed over, and as whom."""

    host: str
    username: str
    port: int
    security: Security
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where the mailbox is. ``folders`` empty: all but spam, trash and drafts. ``ca_file``: further trusted certificates.

    ``smtp_host``, ``smtp_port`` and ``smtp_security`` say where replies are handed over; where they say nothing, it is guessed.
    """

    host: str
    username: str
    port: int = 993
    security: Security = Security.TLS
    folders: tuple[str, ...] = ()
    ca_file: str | None = None
    smtp_host: str = ""
    smtp_port: int = 0
    smtp_security: Security | None = None

    @property
    def outgoing(self) -> SmtpSettings:
        """Where replies go: as said, else the same provider's: imap.example.com sends through smtp.example.com, by STARTTLS."""
        host = self.smtp_host or re.sub(r"^(imap|imaps|pop|pop3)\.", "smtp.", self.host)
        guess = (
            Security.PLAIN
            if self.security is Security.PLAIN
            else _SECURITY_BY_SMTP_PORT.get(self.smtp_port, Security.STARTTLS)
        )
        security = self.smtp_security or guess
        return SmtpSettings(
            host, self.username, self.smtp_port or _SMTP_PORT_BY_SECURITY[security], security, self.ca_file
        )

    def __post_init__(self) -> None:
        if not self.host.strip() or not self.username.strip():
            raise SourceError("The mail server or the sign-in name is missing.", "Enter both.")
        if not 0 < self.port < 65_536:
            raise SourceError("The port is no number from 1 to 65535.", "Usual ports are 993 (TLS) and 143 (STARTTLS).")
        if not 0 <= self.smtp_port < 65_536:
            raise SourceError(
                "smtp_port is no number from 1 to 65535.", "Usual ports are 587 (STARTTLS) and 465 (TLS)."
            )
        for security, host in ((self.security, self.host), (self.outgoing.security, self.outgoing.host)):
            if security is Security.PLAIN and host not in _THIS_COMPUTER:
                raise SourceError(
                    "A password never travels unencrypted to another computer.", "Choose tls or starttls."
                )


def settings_from(said: Mapping[str, str]) -> ImapSettings:
    """Settings from text by name: host, username, port, security, folders (one a line, or with commas), ca_file, smtp_*.

    Raises SourceError for what is missing, wrong or unknown.
    """
    unknown = set(said) - set(_KNOWN)
    if unknown:
        raise SourceError(
            f"An IMAP mailbox has no setting {sorted(unknown)[0]!r}.",
            f"Use {', '.join(_KNOWN)}, own_addresses.",
        )
    security = _security(said.get("security", "tls"))
    port = _port(said.get("port", ""), _PORT_BY_SECURITY[security])
    folders = tuple(name.strip() for name in said.get("folders", "").replace("\n", ",").split(",") if name.strip())
    return ImapSettings(
        host=said.get("host", "").strip(),
        username=said.get("username", "").strip(),
        port=port,
        security=security,
        folders=folders,
        ca_file=said.get("ca_file", "").strip() or None,
        smtp_host=said.get("smtp_host", "").strip(),
        smtp_port=_port(said.get("smtp_port", ""), 0),
        smtp_security=_security(said["smtp_security"]) if said.get("smtp_security", "").strip() else None,
    )


def _port(text: str, default: int) -> int:
    """A port; what is none becomes one that is refused."""
    written = text.strip()
    if not written:
        return default
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 5 and int(written) else 99_999


def _security(word: str) -> Security:
    try:
        return Security(word.strip().lower())
    except ValueError as error:
        raise SourceError(f"There is no security {word!r}.", "Choose tls or starttls.") from error
