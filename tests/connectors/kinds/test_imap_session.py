"""Connecting to an IMAP mailbox: every failure is a sentence, nothing leaks, news arrives."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from tests.connectors.kinds.imap_mirror import Mirror, mail, plain
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.fixtures import dovecot, dovecot_user, pymap
from tests.peers.network import free_port

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds import imap_session
from console.connectors.kinds.imap import check, wait_for_news
from console.connectors.kinds.imap_settings import ImapSettings, Security, settings_from
from console.domain.records import Page

__all__ = ["dovecot", "dovecot_user", "pymap"]
pytestmark = pytest.mark.peer


@pytest.fixture
def mirror(dovecot: Dovecot, dovecot_user: str) -> Mirror:
    return Mirror(plain(dovecot, dovecot_user))


def test_a_check_says_which_folders_there_are_and_what_the_server_can(dovecot: Dovecot, dovecot_user: str) -> None:
    found = check(plain(dovecot, dovecot_user), PASSWORD)

    uses = {folder.name: (folder.use, folder.is_chosen) for folder in found.folders}
    assert found.folders[0].name == "INBOX"
    assert uses["INBOX"] == ("", True)
    assert uses["Sent"] == ("\\Sent", True)
    assert found.tells_news
    assert found.tells_changes


def chain(error: BaseException | None) -> Iterable[BaseException]:
    """An error and all that a traceback would show before it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_with_a_certificate_of_the_companys_own(dovecot: Dovecot, dovecot_user: str, security: Security) -> None:
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    trusting = ImapSettings("localhost", dovecot_user, port, security, ca_file=str(dovecot.certificate))

    assert check(trusting, PASSWORD).folders
    with pytest.raises(SourceError, match=r"certificate of localhost is refused .*CA file"):
        check(replace(trusting, ca_file=None), PASSWORD)


def test_everything_that_can_be_wrong_is_said_with_what_to_do(dovecot: Dovecot, dovecot_user: str) -> None:
    settings = plain(dovecot, dovecot_user)

    with pytest.raises(SourceError, match="refused the sign-in name or the password") as refused:
        check(settings, "canary-password")
    assert "canary" not in "".join(map(str, chain(refused.value)))
    with pytest.raises(SourceError, match=r"no folder 'Nowhere'\. Choose among: .*INBOX"):
        check(replace(settings, folders=("Nowhere",)), PASSWORD)
    with pytest.raises(TemporaryError, match="Nothing answers on port"):
        check(replace(settings, port=free_port()), PASSWORD)
    with pytest.raises(TemporaryError, match="is not found"):
        check(ImapSettings("no-such-host.invalid", "x"), PASSWORD)
    with pytest.raises(SourceError, match="No encrypted connection"):
        check(ImapSettings("localhost", dovecot_user, dovecot.port, Security.TLS), PASSWORD)
    with pytest.raises(SourceError, match="CA file cannot be read"):
        check(replace(settings, ca_file="/nowhere"), PASSWORD)


def test_a_connection_that_is_cut_is_temporary_and_what_was_committed_stays(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(n, "x" * 60_000) for n in range(600)], user=dovecot_user)
    real = mirror.take_in

    def take_in_and_cut(page: Page) -> None:
        real(page)
        dovecot.kick(user=dovecot_user)

    mirror.take_in = take_in_and_cut
    with pytest.raises(TemporaryError, match=r"broke off\. It will be continued"):
        mirror.sync()
    mirror.take_in = real
    assert 0 < len(mirror.keys()) < 600

    mirror.sync()

    assert len(mirror.keys()) == 600


def test_a_server_that_announces_an_absurd_size_is_not_believed(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_session, "MAX_LITERAL_BYTES", 1_000)
    dovecot.load([mail(1, "x" * 5_000)], user=dovecot_user)

    with pytest.raises(TemporaryError):
        mirror.sync()


def test_news_arrives_by_itself_and_waiting_can_be_ended(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    dovecot.load([mail(1)], user=dovecot_user)
    stop = threading.Event()
    delivery = threading.Timer(1.0, lambda: dovecot.append(mail(2), user=dovecot_user))
    delivery.start()

    is_news = wait_for_news(mirror.settings, PASSWORD, "INBOX", stop, 30)
    delivery.join()
    nothing = wait_for_news(mirror.settings, PASSWORD, "INBOX", stop, 1)
    ending = threading.Timer(0.5, stop.set)
    ending.start()
    stopped = wait_for_news(mirror.settings, PASSWORD, "INBOX", stop, 300)
    ending.join()

    assert (is_news, nothing, stopped) == (True, False, False)


def test_a_wait_that_is_cut_is_temporary(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    dovecot.load([mail(1)], user=dovecot_user)
    cut = threading.Timer(0.7, lambda: dovecot.kick(user=dovecot_user))
    cut.start()

    with pytest.raises(TemporaryError):
        wait_for_news(mirror.settings, PASSWORD, "INBOX", threading.Event(), 20)
    cut.join()


def test_nothing_of_a_mail_and_no_password_is_ever_logged(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    dovecot.load([mail(1, "canary-content")], user=dovecot_user)

    mirror.sync()

    assert mirror.keys()
    assert "canary" not in caplog.text
    assert PASSWORD not in caplog.text
    assert "ann@b.example" not in caplog.text


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"username": "ann"}, "mail server or the sign-in name is missing"),
        ({"host": "mail.example", "username": "ann", "port": "many"}, "port is no number"),
        ({"host": "mail.example", "username": "ann", "security": "plain"}, "never travels unencrypted"),
        ({"host": "mail.example", "username": "ann", "security": "best"}, "no security 'best'"),
        ({"host": "mail.example", "username": "ann", "password": "x"}, "no setting 'password'"),
    ],
)
def test_settings_are_refused_before_anything_connects(said: Mapping[str, str], problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        settings_from(said)


def test_settings_have_sensible_defaults() -> None:
    assert settings_from({"host": " mail.example ", "username": "ann"}) == ImapSettings("mail.example", "ann")
    assert settings_from(
        {"host": "m", "username": "a", "security": "STARTTLS", "folders": "INBOX, Sent\nOld"}
    ) == ImapSettings("m", "a", 143, Security.STARTTLS, ("INBOX", "Sent", "Old"))
