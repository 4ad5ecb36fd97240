"""An IMAP mailbox as a source, against a real Dovecot and against a server without CONDSTORE."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.peers import corpus
from tests.peers import pymap as pymap_peer
from tests.peers.dovecot import HOST, PASSWORD, Dovecot
from tests.peers.fixtures import dovecot, dovecot_user, pymap
from tests.peers.network import free_port
from tests.peers.pymap import Pymap

from console.connectors.errors import SourceError, TemporaryError
from console.connectors.kinds import imap_folder, imap_session
from console.connectors.kinds.imap import check, pull, wait_for_news
from console.connectors.kinds.imap_settings import ImapSettings, Security, settings_from
from console.connectors.mail_parts import HEADERS_ONLY
from console.domain.records import AuthorKind, DeletionRecord, FlagsRecord, MailRecord, Page, Record

__all__ = ["dovecot", "dovecot_user", "pymap"]

pytestmark = pytest.mark.peer
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def mail(number: int, body: str = "Hello") -> bytes:
    return (
        f"From: ann@b.example\r\nTo: support@acme.example\r\nSubject: Mail {number}\r\nMessage-ID: <{number}@b.example>\r\n"
        f"Date: Mon, 2 Mar 2026 10:{number % 60:02}:00 +0000\r\n\r\n{body}\r\n"
    ).encode()


class Mirror:
    """What a store does with pages, as little of it as the connector relies on: upsert, delete, cursor; per stream."""

    def __init__(self, settings: ImapSettings, password: str = PASSWORD) -> None:
        self.settings = settings
        self.password = password
        self.cursors: dict[str, str] = {}
        self.mails: dict[str, dict[str, MailRecord]] = {}
        self.is_read: dict[str, bool] = {}

    def sync(self, *, pages: int | None = None, stop: threading.Event | None = None) -> list[Page]:
        """One sync, or only its first pages, as if the machine had died then."""
        found: list[Page] = []
        for page in pull(
            self.settings,
            self.password,
            self.cursors,
            own_addresses=frozenset({"support@acme.example"}),
            known_ids=self.known,
            stop=stop or threading.Event(),
            now=NOW,
        ):
            found.append(page)
            self.take_in(page)
            if pages is not None and len(found) >= pages:
                break
        return found

    def known(self, stream: str) -> Iterable[str]:
        return tuple(self.mails.get(stream, {}))

    def take_in(self, page: Page) -> None:
        held = self.mails.setdefault(page.stream, {})
        for record in page.records:
            match record:
                case MailRecord():
                    held[record.external_id] = record
                    self.is_read[record.external_id] = record.message.is_read
                case FlagsRecord():
                    assert record.external_id in held
                    self.is_read[record.external_id] = record.is_read
                case DeletionRecord():
                    del held[record.external_id]
                case _:
                    raise AssertionError(record)
        if page.cursor is not None:
            self.cursors[page.stream] = page.cursor

    def keys(self, stream: str = "INBOX") -> list[str]:
        return sorted(record.message.key for record in self.mails.get(stream, {}).values())

    def unread(self) -> set[str]:
        return {name.rpartition("/")[2] for name, is_read in self.is_read.items() if not is_read}


def plain(server: Dovecot, user: str) -> ImapSettings:
    return ImapSettings(HOST, user, server.port, Security.PLAIN)


def records(pages: Iterable[Page]) -> list[Record]:
    return [record for page in pages for record in page.records]


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

    with pytest.raises(SourceError, match="refused the user name or the password") as refused:
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


def test_a_first_sync_takes_everything_oldest_first_and_a_second_one_nothing(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(n) for n in range(450)], user=dovecot_user)
    dovecot.load(
        [mail(1_000).replace(b"From: ann@b.example", b"From: us@alias.example")], "Sent", user=dovecot_user, flags=""
    )

    first = mirror.sync()
    second = mirror.sync()

    assert [(page.stream, len(page.records), page.done, page.total) for page in first[:3]] == [
        ("INBOX", 200, 200, 450),
        ("INBOX", 200, 400, 450),
        ("INBOX", 50, 450, 450),
    ]
    assert len(mirror.keys()) == len(set(mirror.keys())) == 450
    (sent,) = mirror.mails["Sent"].values()
    assert (sent.message.author_kind, sent.message.is_read) == (AuthorKind.TEAMMATE, True)
    assert second == []
    cursors = [json.loads(page.cursor)["uidnext"] for page in first if page.stream == "INBOX" and page.cursor]
    assert cursors == sorted(cursors)


def test_new_read_and_deleted_mails_are_noticed(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    dovecot.load([mail(n) for n in range(1, 7)], user=dovecot_user, flags="")
    mirror.sync()
    assert mirror.unread() == {"1", "2", "3", "4", "5", "6"}

    dovecot.append(mail(7), user=dovecot_user)
    dovecot.flag([1], [rb"\Seen"], user=dovecot_user)
    dovecot.flag([2], [rb"\Deleted"], user=dovecot_user)
    dovecot.delete([3], user=dovecot_user)
    changes = mirror.sync()

    # The peer's delete expunges everything that is marked, so both are gone.
    assert mirror.keys() == [f"mail:{n}@b.example" for n in (1, 4, 5, 6, 7)]
    assert mirror.unread() - {"2", "3"} == {"4", "5", "6", "7"}
    assert len(records(changes)) == 4
    assert mirror.sync() == []


def test_a_mail_that_is_only_marked_as_deleted_is_gone_and_comes_back_when_the_mark_goes(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(1), mail(2)], user=dovecot_user)
    mirror.sync()

    dovecot.flag([1], [rb"\Deleted"], user=dovecot_user)
    mirror.sync()
    gone = mirror.keys()
    dovecot.flag([1], [rb"\Seen"], user=dovecot_user)
    mirror.sync()

    assert gone == ["mail:2@b.example"]
    assert mirror.keys() == ["mail:1@b.example", "mail:2@b.example"]


def test_drafts_are_no_mails_yet(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    dovecot.load([mail(1)], user=dovecot_user)
    dovecot.append(mail(2), user=dovecot_user, flags=[rb"\Draft"])

    mirror.sync()

    assert mirror.keys() == ["mail:1@b.example"]
    assert mirror.sync() == []


@pytest.mark.parametrize("died_after", [1, 2, 3])
def test_a_sync_that_dies_goes_on_where_it_stopped(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror, died_after: int
) -> None:
    dovecot.load([mail(n) for n in range(700)], user=dovecot_user)
    mirror.sync(pages=died_after)
    assert len(mirror.keys()) == died_after * 200

    rest = mirror.sync()

    assert len([record for record in records(rest) if isinstance(record, MailRecord)]) == 700 - died_after * 200
    assert len(mirror.keys()) == 700
    assert mirror.sync() == []


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


def test_stop_ends_it_between_two_pages(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    dovecot.load([mail(n) for n in range(500)], user=dovecot_user)
    stop = threading.Event()

    generator = pull(
        mirror.settings, PASSWORD, {}, own_addresses=frozenset(), known_ids=mirror.known, stop=stop, now=NOW
    )
    mirror.take_in(next(generator))
    stop.set()

    assert list(generator) == []
    mirror.sync()
    assert len(mirror.keys()) == 500


def test_renumbered_mails_are_taken_in_anew_before_the_old_numbers_go(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(n) for n in range(250)], user=dovecot_user)
    mirror.sync()
    before = mirror.keys()
    old = set(mirror.mails["INBOX"])

    dovecot.reset_uidvalidity(user=dovecot_user)
    pages = mirror.sync()

    assert mirror.keys() == before
    assert not old & set(mirror.mails["INBOX"])
    kinds = [type(record) for record in records(pages)]
    assert kinds == [MailRecord] * 250 + [DeletionRecord] * 250
    assert mirror.sync() == []


def test_old_numbers_stay_while_the_new_ones_are_not_complete(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(n) for n in range(250)], user=dovecot_user)
    mirror.sync()
    dovecot.reset_uidvalidity(user=dovecot_user)

    mirror.sync(pages=1)
    halfway = set(mirror.keys())
    mirror.sync()

    assert len(halfway) == 250
    assert len(mirror.keys()) == 250


def test_a_moved_mail_is_known_in_its_new_place_before_it_is_gone_from_the_old(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    dovecot.load([mail(n) for n in range(3)], user=dovecot_user)
    mirror.sync()

    with dovecot.session(user=dovecot_user) as client:
        client.create_folder("Done")
        client.move([2], "Done")
    pages = mirror.sync()

    assert [(page.stream, type(record)) for page in pages for record in page.records] == [
        ("Done", MailRecord),
        ("INBOX", DeletionRecord),
    ]


def test_the_mails_of_a_folder_that_is_gone_are_gone(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    with dovecot.session(user=dovecot_user) as client:
        client.create_folder("Übergang/Projekte & mehr")
    dovecot.append(mail(1), "Übergang/Projekte & mehr", user=dovecot_user)
    mirror.sync()
    assert mirror.keys("Übergang/Projekte & mehr") == ["mail:1@b.example"]

    with dovecot.session(user=dovecot_user) as client:
        client.delete_folder("Übergang/Projekte & mehr")
    mirror.sync()

    assert mirror.keys("Übergang/Projekte & mehr") == []


def test_spam_trash_and_drafts_are_left_out_unless_named(dovecot: Dovecot, dovecot_user: str) -> None:
    for folder in ("Junk", "Trash", "Entwürfe", "Customers"):
        with dovecot.session(user=dovecot_user) as client:
            client.create_folder(folder)
        dovecot.append(mail(len(folder)), folder, user=dovecot_user)
    everything = Mirror(plain(dovecot, dovecot_user))
    named = Mirror(replace(plain(dovecot, dovecot_user), folders=("Trash", "inbox")))

    everything.sync()
    named.sync()

    assert {stream for stream, held in everything.mails.items() if held} == {"Customers"}
    assert {stream for stream, held in named.mails.items() if held} == {"Trash"}


def test_a_mail_that_is_too_large_comes_with_its_headers_only(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_folder, "MAX_MAIL_BYTES", 10_000)
    dovecot.load([mail(1, "x" * 20_000), mail(2)], user=dovecot_user)

    mirror.sync()

    large, small = (record.message for record in mirror.mails["INBOX"].values())
    assert (large.subject, large.text, large.warnings) == ("Mail 1", "", (HEADERS_ONLY,))
    assert small.text
    assert not small.warnings


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


def test_the_whole_corpus_comes_over_once(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    raw = list(corpus.ham())
    dovecot.load(raw, user=dovecot_user)

    mirror.sync()

    assert len(mirror.mails["INBOX"]) == len(raw)
    assert len(mirror.keys()) == len(set(mirror.keys()))
    assert mirror.sync() == []


def in_pymap(server: Pymap) -> Mirror:
    settings = ImapSettings(pymap_peer.HOST, pymap_peer.USER, server.port, Security.PLAIN, folders=("INBOX",))
    return Mirror(settings, pymap_peer.PASSWORD)


def test_without_condstore_new_read_and_deleted_mails_are_noticed_too(pymap: Pymap) -> None:
    mirror = in_pymap(pymap)
    pymap.delete_all()
    pymap.load([mail(n) for n in range(1, 6)])
    mirror.sync()
    first = mirror.keys()
    uid_by_key = {record.message.key: int(name.rpartition("/")[2]) for name, record in mirror.mails["INBOX"].items()}
    assert mirror.sync() == []

    with pymap.session() as client:
        client.set_flags([uid_by_key["mail:1@b.example"]], [rb"\Seen"])
        client.delete_messages([uid_by_key["mail:2@b.example"]])
        client.expunge()
        client.append("INBOX", mail(9))
    mirror.sync()

    assert first == [f"mail:{n}@b.example" for n in range(1, 6)]
    assert mirror.keys() == [f"mail:{n}@b.example" for n in (1, 3, 4, 5, 9)]
    read = {record.message.key for name, record in mirror.mails["INBOX"].items() if mirror.is_read[name]}
    assert read == {"mail:1@b.example"}
    assert mirror.sync() == []


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"username": "ann"}, "mail server or the user name is missing"),
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
