"""A logged-in connection to an IMAP server, with every way it can fail as a sentence for the teammate."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError, ProtocolError
from imapclient.response_types import SearchIds
from typing_extensions import override

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds.imap_settings import ImapSettings, Security

TIMEOUT_SECONDS = 60.0
# Above what one mail that is fetched whole may have; a server that announces more is broken or hostile.
MAX_LITERAL_BYTES = 60_000_000
_TRY_LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")


class Client(IMAPClient):
    """IMAPClient, for which an answer that its parser stumbles over is a broken protocol, whatever it raised inside."""

    @override
    def list_folders(self, directory: str = "", pattern: str = "*") -> list[tuple[Any, ...]]:
        with _understood():
            return list(super().list_folders(directory, pattern))

    @override
    def select_folder(self, folder: str, readonly: bool = False) -> dict[bytes, Any]:
        with _understood():
            return super().select_folder(folder, readonly)

    @override
    def search(self, criteria: str = "ALL", charset: str | None = None) -> SearchIds:
        with _understood():
            return super().search(criteria, charset)

    @override
    def fetch(self, messages: Sequence[int], data: Sequence[str], modifiers: Any = None) -> dict[int, dict[bytes, Any]]:
        with _understood():
            return dict(super().fetch(messages, data, modifiers))

    @override
    def idle_check(self, timeout: float | None = None) -> list[Any]:
        with _understood():
            return super().idle_check(timeout)

    @override
    def noop(self) -> tuple[Any, Any]:
        with _understood():
            return super().noop()


@contextmanager
def _understood() -> Iterator[None]:
    """WORKAROUND(IMAPClient 4.1): crafted answers raise whatever its parser meets, down to RecursionError."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise ProtocolError(type(error).__name__) from error


@contextmanager
def session(settings: ImapSettings, password: str) -> Iterator[Client]:
    """A connection for the length of the block. Raises TemporaryError or SourceError, also for what fails inside it."""
    with _failures(settings):
        client = _connected(settings)
        try:
            _log_in(client, settings, password)
            if client.has_capability("ENABLE") and client.has_capability("CONDSTORE"):
                # Without it the first EXAMINE of a folder does not tell HIGHESTMODSEQ (Dovecot).
                client.enable("CONDSTORE")
            yield client
            _log_out(client)
        finally:
            _close(client)


@contextmanager
def _failures(settings: ImapSettings) -> Iterator[None]:
    """The world's failures in our words; passwords and contents never get into them."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        what = f"The certificate of {settings.host} is refused ({error.verify_message})."
        to_do = "Check the server's name; for a certificate of your own company, choose its CA file."
        raise SourceError(what, to_do) from error
    except ssl.SSLError as error:
        what = f"No encrypted connection to {settings.host} on port {settings.port} can be made."
        raise SourceError(what, "Check port and security: 993 is for tls, 143 for starttls.") from error
    except socket.gaierror as error:
        raise TemporaryError(f"The mail server {settings.host} is not found.", _CHECK_NETWORK) from error
    except TimeoutError as error:
        raise TemporaryError(f"The mail server {settings.host} does not answer.", _CHECK_NETWORK) from error
    except ConnectionRefusedError as error:
        what = f"Nothing answers on port {settings.port} of {settings.host}."
        raise TemporaryError(what, _CHECK_NETWORK) from error
    except (IMAPClientAbortError, OSError) as error:
        raise TemporaryError(f"The connection to {settings.host} broke off.", _CONTINUED) from error
    except ProtocolError as error:
        raise TemporaryError(f"{settings.host} gave an answer that cannot be understood.", _CONTINUED) from error
    except IMAPClientError as error:
        raise _refused(settings, error) from error


_CHECK_NETWORK = "Check the name and your network; it will be tried again."
_CONTINUED = "It will be continued where it stopped."


def _refused(settings: ImapSettings, error: IMAPClientError) -> SourceError | TemporaryError:
    text = str(error).upper()
    if any(word in text for word in _TRY_LATER):
        return TemporaryError(f"{settings.host} cannot answer at the moment.", _CONTINUED)
    return SourceError(
        f"{settings.host} refused a request of ours.", "Test the source; ask whoever runs the mail server."
    )


def _connected(settings: ImapSettings) -> Client:
    context = _trust(settings)
    is_tls = settings.security is Security.TLS
    client = Client(
        settings.host, settings.port, ssl=is_tls, ssl_context=context if is_tls else None, timeout=TIMEOUT_SECONDS
    )
    # Its own dates are naive and of this computer's zone; and it would log everything that is sent and received.
    client.normalise_times = False
    client._imap.debug = 0
    client._imap.read = _BoundedRead(client._imap.read)
    if settings.security is Security.STARTTLS:
        client.starttls(context)
    return client


def _trust(settings: ImapSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file:
        try:
            context.load_verify_locations(settings.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SourceError("The CA file cannot be read.", "Choose a file with certificates in PEM form.") from error
    return context


class _BoundedRead:
    """WORKAROUND(Python 3.11): imaplib takes a literal of any size that a server announces into memory."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def __call__(self, size: int) -> bytes:
        if size > MAX_LITERAL_BYTES:
            raise imaplib.IMAP4.abort("literal too large")
        return self._read(size)


def _log_in(client: Client, settings: ImapSettings, password: str) -> None:
    if client.has_capability("LOGINDISABLED"):
        raise SourceError(f"{settings.host} takes no password on this connection.", "Choose tls or starttls.")
    try:
        if settings.username.isascii() and password.isascii():
            client.login(settings.username, password)
        else:
            client.plain_login(settings.username, password)
    except LoginError as error:
        # The library's text may repeat what was sent: neither it nor its chain goes any further.
        is_cut = isinstance(error.__context__, IMAPClientAbortError)
        text = str(error).upper()
    else:
        return
    if is_cut:
        raise TemporaryError(f"{settings.host} ended the connection while signing in.", _CONTINUED)
    if any(word in text for word in _TRY_LATER):
        raise TemporaryError(f"{settings.host} takes no sign-in at the moment.", _CONTINUED)
    raise SourceError(
        f"{settings.host} refused the sign-in name or the password.",
        "Enter the password again; some providers need one made for programs.",
    )


def _log_out(client: Client) -> None:
    try:
        client.logout()
    except (IMAPClientError, OSError):
        # Everything is done already; how the server says goodbye does not matter.
        return


def _close(client: Client) -> None:
    try:
        client.shutdown()
    except (IMAPClientError, OSError):
        return
