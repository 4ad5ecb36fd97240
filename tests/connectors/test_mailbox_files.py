"""Mails out of files: each once, each whole, the same ones from every form."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from tests.peers import corpus

from console.connectors import mailbox_files
from console.connectors.errors import SourceError
from console.connectors.mailbox_files import mails, pages, pages_of
from console.connectors.mailbox_kinds import MailboxKind, mailbox_kind
from console.domain.records import MailRecord, Page

SEPARATOR = b"From ann@b.example Mon Mar  2 10:00:00 2026\n"
ONE = b"From: ann@b.example\nSubject: One\nMessage-ID: <1@b>\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nFirst\n"
TWO = b"From: bob@c.example\nSubject: Two\nMessage-ID: <2@c>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nSecond\n"


def written(folder: Path, content: bytes, name: str = "mails.mbox") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def raws(path: Path) -> list[bytes]:
    return [found.raw for found in mails(path)]


def records(found: list[Page]) -> list[MailRecord]:
    return [record for page in found for record in page.records if isinstance(record, MailRecord)]


def test_an_mbox_file_holds_each_mail_without_its_separator(tmp_path: Path) -> None:
    path = written(tmp_path, SEPARATOR + ONE + b"\n" + SEPARATOR + TWO + b"\n")

    assert mailbox_kind(path) is MailboxKind.MBOX
    assert raws(path) == [ONE, TWO]


@pytest.mark.parametrize("trap", [b"From here on", b">From there", b"From me Mon", b"From a@b.example 12:30 2026"])
def test_a_line_that_looks_like_a_separator_divides_nothing(tmp_path: Path, trap: bytes) -> None:
    mail = ONE + b"\n" + trap + b"\n\nmore\n"
    path = written(tmp_path, SEPARATOR + mail + b"\n" + SEPARATOR + TWO)

    assert [raw.count(b"more") for raw in raws(path)] == [1, 0]


def test_escaped_separators_come_back_as_they_were_written(tmp_path: Path) -> None:
    mail = ONE + b"From here\n>From there\n>>From everywhere\nnot From\n"
    path = corpus.write_mbox(tmp_path / "mails.mbox", [mail, TWO])

    assert raws(path) == [mail, TWO]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SEPARATOR + ONE.rstrip(b"\n"), [ONE.rstrip(b"\n")]),
        (SEPARATOR + ONE + b"\n" + SEPARATOR + TWO[:40], [ONE, TWO[:40]]),
        (SEPARATOR + ONE + SEPARATOR + TWO, [ONE, TWO]),
        (b"\xef\xbb\xbf" + SEPARATOR + ONE, [ONE]),
        (b"From - Mon Mar  2 10:00:00 2026\n" + ONE + b"\nFrom - Mon Mar  2 11:00 2026\n" + TWO, [ONE, TWO]),
        (b"From 1743@xxx Mon Mar 02 10:00:00 +0000 2026\n" + ONE, [ONE]),
        (b"From nobody\n" + ONE + b"\nFrom nobody\n" + TWO, [ONE, TWO]),
        (
            b"From nobody\n" + ONE + b"\nFrom here on\nall is well\n\nFrom nobody\n" + TWO,
            [ONE + b"\nFrom here on\nall is well\n", TWO],
        ),
        (SEPARATOR + SEPARATOR + ONE, [ONE]),
    ],
    ids=range(9),
)
def test_files_of_other_programs_and_cut_off_ones_are_read(
    tmp_path: Path, content: bytes, expected: list[bytes]
) -> None:
    assert raws(written(tmp_path, content)) == expected


def test_line_ends_of_other_systems_stay_and_give_the_same_ids(tmp_path: Path) -> None:
    unix = list(mails(corpus.write_mbox(tmp_path / "unix.mbox", [ONE, TWO])))
    path = written(tmp_path, (tmp_path / "unix.mbox").read_bytes().replace(b"\n", b"\r\n"), "dos.mbox")

    dos = list(mails(path))

    assert [found.raw for found in dos] == [mail.replace(b"\n", b"\r\n") for mail in (ONE, TWO)]
    assert [found.external_id for found in dos] == [found.external_id for found in unix]


@pytest.mark.parametrize(
    ("header", "is_read"),
    [
        (b"", True),
        (b"Status: RO\n", True),
        (b"Status: O\n", False),
        (b"Status: \nX-Status: A\n", False),
        (b"X-Mozilla-Status: 0001\n", True),
        (b"X-Mozilla-Status: 0000\n", False),
        (b"X-Gmail-Labels: Inbox,Unread\n", False),
        (b"X-Gmail-Labels: Inbox\n", True),
    ],
)
def test_whether_a_mail_was_read_is_what_its_program_wrote(tmp_path: Path, header: bytes, is_read: bool) -> None:
    plain = list(mails(written(tmp_path, SEPARATOR + ONE, "plain.mbox")))

    found = list(mails(written(tmp_path, SEPARATOR + header + ONE)))

    assert [mail.is_read for mail in found] == [is_read]
    assert found[0].external_id == plain[0].external_id


def test_a_mail_that_thunderbird_deleted_is_gone(tmp_path: Path) -> None:
    assert raws(written(tmp_path, SEPARATOR + b"X-Mozilla-Status: 0009\n" + ONE + b"\n" + SEPARATOR + TWO)) == [TWO]


def test_a_maildir_knows_read_gone_and_sent(tmp_path: Path) -> None:
    corpus.write_maildir(tmp_path, [ONE])
    written(tmp_path, TWO, "new/1.host")
    written(tmp_path, ONE, "cur/2.host:2,ST")
    written(tmp_path, ONE, "cur/3.host:2,DS")
    corpus.write_maildir(tmp_path / ".Sent", [TWO], flags="")

    found = list(mails(tmp_path))

    assert mailbox_kind(tmp_path) is MailboxKind.MAILDIR
    assert [(mail.raw, mail.is_read, mail.is_sent) for mail in found] == [
        (TWO, False, False),
        (ONE, True, False),
        (TWO, False, True),
    ]


def test_a_folder_is_read_with_everything_in_it_and_links_are_not_followed(tmp_path: Path) -> None:
    written(tmp_path, ONE, "box/a.eml")
    written(tmp_path, SEPARATOR + TWO, "box/deeper/Sent")
    written(tmp_path, b"just a note\n", "box/readme.txt")
    written(tmp_path, ONE, "elsewhere/x.eml")
    (tmp_path / "box" / "link").symlink_to(tmp_path / "elsewhere")
    written(tmp_path, b"%d\n" % len(TWO) + TWO + b"<?xml version='1.0'?><plist/>", "box/z.emlx")

    found = list(mails(tmp_path / "box"))

    assert mailbox_kind(tmp_path / "box") is MailboxKind.FOLDER
    assert [(mail.raw, mail.is_sent) for mail in found] == [(ONE, False), (TWO, True), (TWO, False)]


@pytest.mark.parametrize("content", [b"", b"Note: buy milk\n", b"\x89PNG\r\n", b"a,b\n1,2\n"])
def test_what_is_no_mail_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SourceError, match="Choose an mbox file"):
        list(mails(written(tmp_path, content, "x.txt")))


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no mail in gone"):
        list(mails(tmp_path / "gone"))


def test_pages_are_small_sorted_by_date_and_say_how_far_they_are(tmp_path: Path) -> None:
    many = [ONE.replace(b"1@b", b"%d@b" % n).replace(b"10:00:00", b"10:%02d:00" % (59 - n % 60)) for n in range(450)]
    path = corpus.write_mbox(tmp_path / "mails.mbox", many)

    found = list(pages([path], frozenset()))

    assert [len(page.records) for page in found] == [200, 200, 50]
    assert [page.is_last for page in found] == [False, False, True]
    assert all(earlier.done <= later.done for earlier, later in pairwise(found))
    assert found[-1].done == found[-1].total == path.stat().st_size
    times = [[record.message.at for record in records([page])] for page in found]
    assert times == [sorted(page) for page in times]


def test_importing_again_gives_exactly_the_same_records(tmp_path: Path) -> None:
    path = corpus.write_mbox(tmp_path / "mails.mbox", [ONE, TWO, b"no id at all\n"])

    assert list(pages([path], frozenset())) == list(pages([path], frozenset()))


def test_a_mail_that_is_too_large_keeps_its_beginning_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_files, "MAX_MAIL_BYTES", 1_000)
    large = ONE + b"line\n" * 1_000
    box = corpus.write_mbox(tmp_path / "mails.mbox", [large, TWO])
    single = written(tmp_path, large, "a.eml")

    found = records(list(pages([box, single], frozenset())))

    assert len(found) == 3
    warnings_by_length = {len(record.raw): record.message.warnings for record in found}
    assert warnings_by_length == {len(TWO): (), 1_000: (mailbox_files.NOT_WHOLE,)}


def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    path = corpus.write_mbox(tmp_path / "mails.mbox", [ONE + (b"text " * 200 + b"\n") * 260] * 100)
    assert path.stat().st_size > 25_000_000

    tracemalloc.start()
    count = sum(1 for _ in mails(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 100
    assert peak < 5_000_000


def test_one_poisoned_mail_costs_nothing_but_itself(tmp_path: Path) -> None:
    poison = (
        b"From: \xff\x00\nSubject: =?utf-8?q?=ED=A0=80=00?=\nMessage-ID: <"
        + b"x" * 5_000
        + b">\n\n"
        + b"\0\xed\xa0\x80" * 3_000_000
    )
    many = [ONE.replace(b"1@b", b"%d@b" % n) for n in range(499)]
    path = corpus.write_mbox(tmp_path / "mails.mbox", [*many[:250], poison, *many[250:]])

    found = records(list(pages([path], frozenset())))

    assert len(found) == 500
    assert len({record.message.key for record in found}) == 500
    assert not any("\0" in record.message.text + record.message.subject + record.message.key for record in found)


def test_the_task_of_the_child_takes_plain_values(tmp_path: Path) -> None:
    path = corpus.write_mbox(tmp_path / "mails.mbox", [ONE])
    arguments = {"paths": [str(path)], "own_addresses": ["ann@b.example"], "now": "2026-03-02T12:00:00+00:00"}

    (record,) = records(list(pages_of(arguments)))

    assert record.message.author_kind == "teammate"


@pytest.mark.peer
def test_the_whole_corpus_is_the_same_from_mbox_maildir_and_eml(tmp_path: Path) -> None:
    raw = list(corpus.ham(1_500))
    places = [
        corpus.write_mbox(tmp_path / "mails.mbox", raw),
        corpus.write_maildir(tmp_path / "Maildir", raw),
        corpus.write_eml_folder(tmp_path / "eml", raw),
    ]

    keys = [
        sorted((record.external_id, record.message.key) for record in records(list(pages([place], frozenset()))))
        for place in places
    ]

    assert len(keys[0]) == len(raw)
    assert keys[0] == keys[1] == keys[2]
