"""An IMAP mailbox as a source, against a real Dovecot and against a server without CONDSTORE."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from tests.connectors.kinds.imap_mirror import NOW, Mirror, in_pymap, mail, plain, records
from tests.peers import corpus
from tests.peers.dovecot import PASSWORD, Dovecot
from tests.peers.fixtures import dovecot, dovecot_user, pymap
from tests.peers.pymap import Pymap

from console.connectors.kinds import imap_folder
from console.connectors.kinds.imap import pull
from console.connectors.mail_parts import HEADERS_ONLY
from console.domain.records import AuthorKind, DeletionRecord, MailRecord

__all__ = ["dovecot", "dovecot_user", "pymap"]
pytestmark = pytest.mark.peer


@pytest.fixture
def mirror(dovecot: Dovecot, dovecot_user: str) -> Mirror:
    return Mirror(plain(dovecot, dovecot_user))


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


def test_a_folder_inside_a_folder_is_a_stream_of_its_own(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    for number, folder in enumerate(("Done", "Done/2025")):
        with dovecot.session(user=dovecot_user) as client:
            client.create_folder(folder)
        for copy in range(number + 2):
            dovecot.append(mail(10 * number + copy), folder, user=dovecot_user)
    mirror.sync()

    dovecot.delete([1], "Done", user=dovecot_user)
    mirror.sync()

    assert len(mirror.keys("Done")) == 1
    assert len(mirror.keys("Done/2025")) == 3
    assert mirror.sync() == []


def test_a_folder_that_may_not_be_opened_is_said_and_stops_nothing(
    dovecot: Dovecot, dovecot_user: str, mirror: Mirror
) -> None:
    for folder in ("Closed", "Open"):
        with dovecot.session(user=dovecot_user) as client:
            client.create_folder(folder)
        dovecot.append(mail(len(folder)), folder, user=dovecot_user)
    closed = dovecot.folder / "mail" / dovecot_user / "Maildir" / ".Closed"
    dovecot.kick(user=dovecot_user)
    closed.chmod(0o000)

    pages = mirror.sync()
    closed.chmod(0o700)
    mirror.sync()

    (said,) = [rejected for page in pages for rejected in page.rejected]
    assert said.external_id == "Closed"
    assert "refuses to open this folder" in said.reason
    assert [page.stream for page in pages if page.records] == ["Open"]
    assert len(mirror.keys("Closed")) == 1


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


def test_the_whole_corpus_comes_over_once(dovecot: Dovecot, dovecot_user: str, mirror: Mirror) -> None:
    raw = list(corpus.ham())
    dovecot.load(raw, user=dovecot_user)

    mirror.sync()

    assert len(mirror.mails["INBOX"]) == len(raw)
    assert len(mirror.keys()) == len(set(mirror.keys()))
    assert mirror.sync() == []


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
