"""Handing one mail over by SMTP: all recipients or none, within a total deadline, and honest about what is not known.

The server takes a mail over with its answer to the final dot. Whatever fails before the dot went out was certainly not
accepted; whatever fails after it is unknown.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds.imap_settings import Security, SmtpSettings
from console.connectors.mail_sending import OutgoingMail
from console.domain.outbox import SendingState, Settled
from console.system import clock

TOTAL_SECONDS = 60.0
_STEP_SECONDS = 20.0
_LOOK_SECONDS = 0.2
_LONGEST_WORDS = 300
_DOT_AT_START = re.compile(rb"^\.", re.MULTILINE)
# RFC 5321: 421 and the other 4xx answers pass by themselves; 5xx do not.
_FINAL = 500


@dataclass(slots=True)
class _Phase:
    """How far it is: ``is_handed_over`` once the final dot may have gone out, from when on stop waits for the answer."""

    is_handed_over: bool = False
    over: Event = field(default_factory=Event)


class _Refused(Exception):
    """The server said no for good; the text repeats its words."""


class _Line(smtplib.SMTP):
    """A connection whose socket is known from its first moment, so that it can be cut at any time."""

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext) -> None:
        self._context = context if settings.security is Security.TLS else None
        # Not this computer's own name, which smtplib would look up and tell.
        super().__init__(local_hostname="[127.0.0.1]", timeout=_STEP_SECONDS)
        self._host = settings.host

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # what smtplib connects with
        self.sock = plain = socket.create_connection((host, port), timeout)
        if self._context is None:
            return plain
        self.sock = wrapped = self._context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
        wrapped.do_handshake()
        return wrapped


def deliver(settings: SmtpSettings, password: str, mail: OutgoingMail, stop: Event) -> Settled:
    """Hand a mail over: sent, refused with the server's words, or unknown where its answer did not come.

    Raises TemporaryError where it certainly was not accepted, SourceError where somebody must act.
    """
    phase = _Phase()
    try:
        with _failures(settings, phase), _connected(settings, phase, stop) as line:
            _sign_in(line, settings, password)
            _hand_over(line, settings, mail, phase)
    except _Refused as refusal:
        return Settled(SendingState.REFUSED, str(refusal))
    except _Unanswered:
        what = f"The connection to {settings.host} was lost after the mail had been handed over."
        return Settled(SendingState.UNKNOWN, what)
    return Settled(SendingState.SENT, receipt=mail.message_id)


def try_out(settings: SmtpSettings, password: str, stop: Event) -> None:
    """Connect and sign in. Raises SourceError or TemporaryError with what is wrong and what to do."""
    phase = _Phase()
    with _failures(settings, phase), _connected(settings, phase, stop) as line:
        _sign_in(line, settings, password)


class _Unanswered(Exception):
    """The final dot may have gone out, and no answer came."""


@contextmanager
def _failures(settings: SmtpSettings, phase: _Phase) -> Iterator[None]:
    """The world's failures in our words; after the final dot there is only one: nobody knows."""
    host = settings.host
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        what = f"The certificate of {host} is refused ({error.verify_message})."
        raise SourceError(
            what, "Check smtp_host; for a certificate of your own company, choose its CA file."
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        if phase.is_handed_over:
            raise _Unanswered from error
        raise _before_the_dot(settings, error) from error


def _before_the_dot(settings: SmtpSettings, error: OSError | smtplib.SMTPException) -> SourceError | TemporaryError:
    place = f"port {settings.port} of {settings.host}"
    if isinstance(error, ssl.SSLError):
        what = f"No encrypted connection to {place} can be made."
        return SourceError(what, "Check smtp_port and smtp_security: 465 is for tls, 587 for starttls.")
    if isinstance(error, socket.gaierror):
        return TemporaryError(f"The mail server {settings.host} is not found.")
    if isinstance(error, ConnectionRefusedError):
        return TemporaryError(f"Nothing answers on {place}.")
    if isinstance(error, TimeoutError):
        return TemporaryError(f"The mail server {settings.host} does not answer.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return SourceError(f"{settings.host} offers no STARTTLS.", "Choose another smtp_security or smtp_port.")
    return TemporaryError(f"The connection to {settings.host} broke off before the mail was handed over.")


@contextmanager
def _connected(settings: SmtpSettings, phase: _Phase, stop: Event) -> Iterator[_Line]:
    context = ssl.create_default_context()
    if settings.ca_file:
        try:
            context.load_verify_locations(settings.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise SourceError("The CA file cannot be read.", "Choose a file with certificates in PEM form.") from error
    line = _Line(settings, context)
    watch = Thread(target=_watch, args=(line, phase, stop), name="smtp deadline", daemon=True)
    watch.start()
    try:
        _expect(settings, line.connect(settings.host, settings.port), 220)
        line.ehlo_or_helo_if_needed()
        if settings.security is Security.STARTTLS:
            line.starttls(context=context)
            line.ehlo_or_helo_if_needed()
        yield line
        with suppress(OSError, smtplib.SMTPException):
            # Everything is done already; how the server says goodbye does not matter.
            line.quit()
    finally:
        phase.over.set()
        line.close()
        watch.join()


def _watch(line: _Line, phase: _Phase, stop: Event) -> None:
    """Cut the connection when the time is over, or at once when it is to stop and nothing was handed over yet."""
    deadline = clock.monotonic() + TOTAL_SECONDS
    while not phase.over.wait(_LOOK_SECONDS):
        if clock.monotonic() > deadline or (stop.is_set() and not phase.is_handed_over):
            with suppress(OSError, AttributeError):
                # Not there yet, or just being wrapped: the next look cuts it.
                line.sock.shutdown(socket.SHUT_RDWR)  # pyright: ignore[reportOptionalMemberAccess]  # None is suppressed


def _sign_in(line: _Line, settings: SmtpSettings, password: str) -> None:
    ways = str(line.esmtp_features.get("auth", "")).upper().split()
    if not ways or not settings.username:
        return
    if settings.username.isascii() and password.isascii():
        try:
            line.login(settings.username, password)
        except smtplib.SMTPAuthenticationError as error:
            code, words = error.smtp_code, error.smtp_error
        except smtplib.SMTPException as error:
            raise SourceError(f"{settings.host} offers no way to sign in that we know.", _ASK) from error
        else:
            return
    else:
        secret = f"\0{settings.username}\0{password}".encode()
        code, words = line.docmd("AUTH", f"PLAIN {base64.b64encode(secret).decode('ascii')}")
        if code == 235:
            return
    if code < _FINAL:
        raise TemporaryError(f"{settings.host} takes no sign-in at the moment: {_words(code, words)}.")
    what = f"{settings.host} refused the sign-in name or the password for sending: {_words(code, words)}."
    raise SourceError(what, "Enter the password again; some providers need one made for programs.")


_ASK = "Ask whoever runs the mail server."


def _hand_over(line: _Line, settings: SmtpSettings, mail: OutgoingMail, phase: _Phase) -> None:
    options = ["SMTPUTF8", "BODY=8BITMIME"] if mail.needs_utf8 else []
    if mail.needs_utf8 and not line.has_extn("smtputf8"):
        raise _Refused(f"{settings.host} cannot send to an address with signs outside ASCII.")
    line.command_encoding = "utf-8" if mail.needs_utf8 else "ascii"
    _expect(settings, line.mail(mail.sender, options), 250)
    for recipient in mail.recipients:
        _expect(settings, line.rcpt(recipient), 250, 251)
    _expect(settings, line.docmd("DATA"), 354)
    body = _DOT_AT_START.sub(b"..", mail.raw)
    line.send(body if body.endswith(b"\r\n") else body + b"\r\n")
    phase.is_handed_over = True
    line.send(b".\r\n")
    code, words = line.getreply()
    if code < 0:
        raise smtplib.SMTPServerDisconnected("no answer to the final dot")
    # An answer is an answer: from here on it is known again.
    phase.is_handed_over = False
    _expect(settings, (code, words), 250)


def _expect(settings: SmtpSettings, answer: tuple[int, bytes], *wanted: int) -> None:
    code, words = answer
    if code in wanted:
        return
    said = f"{settings.host} said: {_words(code, words)}"
    if code >= _FINAL:
        if code == 530:
            raise SourceError(f"{said}.", "The server wants to be signed in to: check smtp_security and the password.")
        raise _Refused(said)
    if code < 0:
        raise smtplib.SMTPServerDisconnected(said)
    raise TemporaryError(f"{said}.")


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} " + " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST_WORDS]
