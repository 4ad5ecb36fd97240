"""Where requests of one source may go: its own origin and the hosts that its vendor also uses, nothing else (promise P25)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from console.connectors.errors import SourceError

_PORT_BY_SCHEME = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Places:
    """``home`` ends in a slash; ``allowed_hosts`` are further hosts, https on the usual port only."""

    home: str
    allowed_hosts: frozenset[str]

    @property
    def host(self) -> str:
        return urlsplit(self.home).hostname or ""

    def url_of(self, path_or_url: str) -> str:
        """An absolute address that may be asked. Raises SourceError for one elsewhere."""
        if not path_or_url.startswith(("http://", "https://", "//")):
            path_or_url = path_or_url.lstrip("/") if not path_or_url.startswith("?") else path_or_url
            if ":" in path_or_url.partition("/")[0]:
                path_or_url = f"./{path_or_url}"
        try:
            whole = urljoin(self.home, path_or_url)
        except ValueError:
            # No address at all, which Python's own parser refuses: "http://[".
            whole = ""
        if not self.is_allowed(whole):
            raise SourceError(
                f"{self.host} refers to another place, and the credential does not go there.",
                "Check the source's address; where the vendor moved, enter the new address.",
            )
        return whole

    def is_allowed(self, url: str) -> bool:
        try:
            asked = _origin(url)
            return asked == _origin(self.home) or (
                asked[0] == "https" and asked[2] == 443 and asked[1] in self.allowed_hosts
            )
        except ValueError:
            return False


def places_of(address: str, allowed_hosts: frozenset[str], *, allow_private: bool) -> Places:
    """Checked before anything connects. Raises SourceError for an address that is none, or unencrypted without consent."""
    wrong = SourceError("The address of this source is no web address.", "Enter one that begins with https://.")
    try:
        scheme, host, _port = _origin(address.strip())
    except ValueError:
        raise wrong from None
    parts = urlsplit(address.strip())
    if not host or parts.query or parts.fragment:
        raise wrong
    if scheme == "http" and not allow_private:
        raise SourceError(
            f"{host} would be spoken to unencrypted.",
            "Use https://; unencrypted is only possible in a private network, and only where you allow that.",
        )
    home = parts._replace(path=parts.path.rstrip("/") + "/").geturl()
    return Places(home, frozenset(name.lower() for name in allowed_hosts))


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host, port. Raises ValueError for what is no plain web address, or holds a name and a password."""
    parts: SplitResult = urlsplit(url)
    if parts.scheme not in _PORT_BY_SCHEME or not parts.hostname or "@" in parts.netloc or "\\" in url:
        raise ValueError("no web address")
    if any(letter <= " " for letter in url):
        raise ValueError("blank in an address")
    return parts.scheme, parts.hostname.lower().rstrip("."), parts.port or _PORT_BY_SCHEME[parts.scheme]
