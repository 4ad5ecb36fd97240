"""The real IMAP server starts, holds mail, and does the things a sync must survive."""

from __future__ import annotations

import ssl
from typing import cast

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, LoginError
from imapclient.response_types import Envelope
from tests.peers import corpus
from tests.peers.dovecot import HOST, PASSWORD, Dovecot

pytestmark = pytest.mark.peer

MAILS = [
    b"From: ann@example.com\nSubject: One\nMessage-ID: <1@example.com>\n\nFirst\n",
    b"From: bob@example.com\nSubject: Re: One\nMessage-ID: <2@example.com>\nReferences: <1@example.com>\n\nSecond\n",
    b"From: cy@example.com\nSubject: Two\nMessage-ID: <3@example.com>\n\nThird\n",
]


def test_loaded_mails_have_rising_uids_in_their_order_and_form_threads(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(MAILS, user=dovecot_user)
    dovecot.load(MAILS[:1], "Sent", user=dovecot_user)

    with dovecot.session(user=dovecot_user) as client:
        parts = client.fetch([1, 2, 3], ["ENVELOPE"])
    with dovecot.session("Sent", user=dovecot_user) as client:
        sent = client.search("ALL")

    subjects = {uid: cast("Envelope", part[b"ENVELOPE"]).subject for uid, part in parts.items()}
    assert subjects == {1: b"One", 2: b"Re: One", 3: b"Two"}
    assert dovecot.threads(user=dovecot_user) == 2
    assert sent == [1]


def test_mails_change_behind_a_clients_back(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(MAILS[:2], user=dovecot_user)

    dovecot.append(MAILS[2], user=dovecot_user)
    dovecot.flag([1], [b"\\Flagged"], user=dovecot_user)
    dovecot.delete([2], user=dovecot_user)

    with dovecot.session(user=dovecot_user) as client:
        flags = client.get_flags([1, 3])
        assert client.search("ALL") == [1, 3]
    assert flags[1] == (b"\\Flagged",)


def test_a_kicked_client_loses_its_connection(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(MAILS, user=dovecot_user)

    client = IMAPClient(HOST, dovecot.port, ssl=False)
    client.login(dovecot_user, PASSWORD)
    client.select_folder("INBOX")
    dovecot.kick(user=dovecot_user)

    with pytest.raises((IMAPClientAbortError, OSError)):
        keep_asking(client)
    client.shutdown()


def keep_asking(client: IMAPClient) -> None:
    for _ in range(50):
        client.noop()


def test_a_reset_gives_the_same_mails_a_new_uidvalidity(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(MAILS, user=dovecot_user)
    with dovecot.session(user=dovecot_user) as client:
        before = client.select_folder("INBOX")[b"UIDVALIDITY"]

    dovecot.reset_uidvalidity(user=dovecot_user)

    with dovecot.session(user=dovecot_user) as client:
        assert client.select_folder("INBOX")[b"UIDVALIDITY"] != before
        assert len(client.search("ALL")) == 3


def test_a_restarted_server_has_kept_everything_and_speaks_tls(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(MAILS, user=dovecot_user)

    dovecot.restart()

    trust = ssl.create_default_context(cafile=str(dovecot.certificate))
    with IMAPClient(HOST, dovecot.tls_port, ssl=True, ssl_context=trust) as client:
        client.login(dovecot_user, PASSWORD)
        assert client.select_folder("INBOX")[b"EXISTS"] == 3


def test_a_wrong_password_is_refused(dovecot: Dovecot, dovecot_user: str) -> None:
    with IMAPClient(HOST, dovecot.port, ssl=False) as client, pytest.raises(LoginError):
        client.login(dovecot_user, "wrong")


def test_dovecot_threads_the_whole_corpus_as_it_did_when_it_was_measured(dovecot: Dovecot, dovecot_user: str) -> None:
    dovecot.load(corpus.ham(), user=dovecot_user)

    assert dovecot.threads(user=dovecot_user) == corpus.DOVECOT_THREADS
