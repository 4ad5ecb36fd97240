"""Replies from a mailbox: handed over by SMTP, then laid into the folder of sent mail under the same Message-ID.

The copy is read again with the mailbox and is the message that waited: they share their Message-ID. A mail whose answer
got lost is looked for by that ID in the sent mail, and among mails that answer it.
"""

from __future__ import annotations

import logging
from threading import Event

from console.connectors.contract import Speaking
from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds.imap_folders import folders_of
from console.connectors.kinds.imap_session import Client, session
from console.connectors.kinds.imap_settings import ImapSettings, settings_from
from console.connectors.kinds.imap_smtp import deliver, try_out
from console.connectors.mail_sending import NotSendable, OutgoingMail, mail_of
from console.domain.outbox import Sending, SendingState, Settled
from console.system import clock

_log = logging.getLogger(__name__)
_SENT = "Sent"


def push(speaking: Speaking, sending: Sending) -> Settled:
    """Send a reply. Raises TemporaryError where it certainly was not accepted, SourceError where somebody must act."""
    settings = settings_from(speaking.settings)
    try:
        mail = mail_of(sending, clock.now())
    except NotSendable as error:
        return Settled(SendingState.REFUSED, str(error))
    settled = deliver(settings.outgoing, speaking.secret, mail, speaking.stop)
    if settled.state is SendingState.SENT:
        _keep_copy(settings, speaking.secret, mail)
    return settled


def probe(speaking: Speaking, sending: Sending) -> Settled | None:
    """Whether a reply is in the sent mail, or somebody answered it. Raises TemporaryError, SourceError."""
    message_id = str(sending.body.get("message_id", ""))
    if not message_id:
        return None
    settings = settings_from(speaking.settings)
    with session(settings, speaking.secret) as client:
        folders = folders_of(client, _all_folders(settings))
        for folder in sorted(folders, key=lambda one: not one.is_sent):
            if speaking.stop.is_set():
                # Not looked at everywhere is not the same as not found.
                raise TemporaryError("Stopped.", "")
            client.select_folder(folder.name, readonly=True)
            if _holds(client, "Message-ID", message_id) or _holds(client, "References", message_id):
                return Settled(SendingState.SENT, receipt=message_id)
    return None


def check_outgoing(settings: ImapSettings, password: str) -> str:
    """Whether mail can be sent, as a sentence; reading works either way."""
    try:
        try_out(settings.outgoing, password, Event())
    except (SourceError, TemporaryError) as error:
        return f"Replies cannot be sent yet: {error.what}"
    return f"Replies go out through {settings.outgoing.host}."


def _keep_copy(settings: ImapSettings, password: str, mail: OutgoingMail) -> None:
    """Lay the mail into the folder of sent mail, unless the server did so itself. It is sent, whatever becomes of this."""
    try:
        with session(settings, password) as client:
            folder = _sent_folder(client, settings)
            client.select_folder(folder)
            if not _holds(client, "Message-ID", mail.message_id):
                client.append(folder, mail.raw, (rb"\Seen",), clock.now())
    except (SourceError, TemporaryError) as error:
        _log.warning("a mail was sent, its copy could not be kept: %s", error.what)


def _sent_folder(client: Client, settings: ImapSettings) -> str:
    found = next((folder.name for folder in folders_of(client, _all_folders(settings)) if folder.is_sent), None)
    if found is None:
        client.create_folder(_SENT)
        found = _SENT
    return found


def _all_folders(settings: ImapSettings) -> ImapSettings:
    """All folders, whichever are read: a choice that no longer exists is no reason not to find the sent mail."""
    return ImapSettings(settings.host, settings.username, settings.port, settings.security, (), settings.ca_file)


def _holds(client: Client, header: str, message_id: str) -> bool:
    return bool(client.search(["HEADER", header, message_id]))  # pyright: ignore[reportArgumentType]  # criteria may be a list, which quotes for us
