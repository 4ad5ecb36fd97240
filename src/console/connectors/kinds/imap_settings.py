"""What a teammate says about an IMAP mailbox, checked before anything connects."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """Where the mailbox is. ``folders`` empty: all but spam, trash and drafts. ``ca_file``: further trusted certificates."""

    host: str
    username: str
    port: int = 993
    security: Security = Security.TLS
    folders: tuple[str, ...] = ()
    ca_file: str | None = None

    def __post_init__(self) -> None:
        if not self.host.strip() or not self.username.strip():
            raise SourceError("The mail server or the sign-in name is missing.", "Enter both.")
        if not 0 < self.port < 65_536:
            raise SourceError("The port is no number from 1 to 65535.", "Usual ports are 993 (TLS) and 143 (STARTTLS).")
        if self.security is Security.PLAIN and self.host not in _THIS_COMPUTER:
            raise SourceError("A password never travels unencrypted to another computer.", "Choose tls or starttls.")


def settings_from(said: Mapping[str, str]) -> ImapSettings:
    """Settings from text by name: host, username, port, security, folders (one a line, or with commas), ca_file.

    Raises SourceError for what is missing, wrong or unknown.
    """
    unknown = set(said) - {"host", "username", "port", "security", "folders", "ca_file"}
    if unknown:
        raise SourceError(
            f"An IMAP mailbox has no setting {sorted(unknown)[0]!r}.",
            "Use host, username, port, security, folders, own_addresses, ca_file.",
        )
    security = _security(said.get("security", "tls"))
    port = said.get("port", "").strip()
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5):
        port = "0"
    folders = tuple(name.strip() for name in said.get("folders", "").replace("\n", ",").split(",") if name.strip())
    return ImapSettings(
        host=said.get("host", "").strip(),
        username=said.get("username", "").strip(),
        port=int(port) if port else _PORT_BY_SECURITY[security],
        security=security,
        folders=folders,
        ca_file=said.get("ca_file", "").strip() or None,
    )


def _security(word: str) -> Security:
    try:
        return Security(word.strip().lower())
    except ValueError as error:
        raise SourceError(f"There is no security {word!r}.", "Choose tls or starttls.") from error
