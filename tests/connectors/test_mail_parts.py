"""What a mail says, in our words."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from console.connectors.mail_parts import mail_record
from console.domain.records import AuthorKind, MailRecord

OWN = frozenset({"support@acme.example"})
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def record(raw: bytes | str, *, is_read: bool = False, is_sent: bool = False) -> MailRecord:
    content = raw.encode() if isinstance(raw, str) else raw
    return mail_record(content, "INBOX/1/1", own_addresses=OWN, is_read=is_read, is_sent=is_sent, now=NOW)


def test_a_plain_mail_becomes_a_message_with_what_it_is_threaded_by() -> None:
    mail = record(
        "From: Ann Example <Ann@B.example>\r\nTo: support@acme.example, Bob <bob@c.example>\r\nCc: cy@d.example\r\n"
        "Subject: Re: [help]  =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\n"
        "Message-ID: <m1@b.example>\r\nReferences: <a@x>\r\n <b@x>\r\nIn-Reply-To: <c@x>\r\n\r\nHello.\r\n\r\n-- \r\nAnn\r\n"
    )

    message = mail.message
    assert (mail.message_id, mail.references, mail.base_subject, mail.is_reply) == (
        "m1@b.example",
        ("a@x", "b@x", "c@x"),
        "größe",
        True,
    )
    assert message.key == "mail:m1@b.example"
    assert (message.author.address, message.author.name) == ("Ann@B.example".lower(), "Ann Example")
    assert [person.address for person in message.to] == ["support@acme.example", "bob@c.example"]
    assert [person.address for person in message.cc] == ["cy@d.example"]
    assert message.at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert message.subject == "Re: [help] Größe"
    assert message.text == "Hello.\n\n-- \nAnn"
    assert message.text[message.quoted_from :] == "-- \nAnn"
    assert message.author_kind is AuthorKind.CUSTOMER
    assert not message.warnings


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("From: Us <Support@Acme.Example>", AuthorKind.TEAMMATE),
        ("From: ann@b.example", AuthorKind.CUSTOMER),
        ("From: MAILER-DAEMON@b.example", AuthorKind.BOT),
        ("From: ann@b.example\nAuto-Submitted: auto-replied (vacation)", AuthorKind.BOT),
        ("From: ann@b.example\nAuto-Submitted: auto-generated", AuthorKind.CUSTOMER),
        ("From: ann@b.example\nReturn-Path: <>", AuthorKind.BOT),
        ('From: x@y.example\nContent-Type: multipart/report; boundary="b"', AuthorKind.BOT),
        ("From: support@acme.example, ann@b.example", AuthorKind.CUSTOMER),
    ],
)
def test_who_wrote_it_is_a_customer_a_teammate_or_a_machine(headers: str, kind: AuthorKind) -> None:
    assert record(f"{headers}\nSubject: x\n\nx").message.author_kind is kind


def test_what_lies_in_a_folder_of_sent_mails_is_ours_and_read_whatever_its_address() -> None:
    message = record("From: alias@elsewhere.example\n\nx", is_sent=True).message

    assert message.author_kind is AuthorKind.TEAMMATE
    assert message.is_read


ODD_FROM = [
    "alice@example.org)bob@example.com",
    "alice@example.org(<bob@example.com>",
    "alice@example.org<bob@example.com",
    "alice@example.org>bob@example.com",
    "alice@example.org@bob@example.com",
    "alice@example.org,bob@example.com",
    "alice@example.org;<bob@example.com>",
    "alice@example.org:<bob@example.com>",
    "alice@example.org.<bob@example.com>, <x@y.example>",
    'alice@example.org"<bob@example.com>',
    "alice@example.org[<bob@example.com>]",
    "Friends: alice@example.org, bob@example.com;",
    "Friends: alice@example.org;",
    "<alice@example.org> <bob@example.com>",
    "<<alice@example.org>>",
    '"alice bob"@example.org',
    "<@relay.example:alice@example.org>",
    "alice@example.org\nFrom: bob@example.com",
    "alice@\u202eexample.org",
    "alice @example.org",
    "Alice",
    "",
]


@pytest.mark.parametrize("written", ODD_FROM)
def test_an_odd_from_line_never_names_a_person_by_address(written: str) -> None:
    message = record(f"From: {written}\nSubject: x\n\nx").message

    assert message.author.address == ""
    assert message.warnings


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("'boss@acme.example' <bob@example.com>", "boss@acme.example"),
        ('"boss@acme.example" <bob@example.com>', "boss@acme.example"),
        ('"<boss@acme.example>, x" <bob@example.com>', "<boss@acme.example>, x"),
        ("=?utf-8?q?boss=40acme=2Eexample=2C?= <bob@example.com>", "boss@acme.example,"),
        ("=?utf-8?b?PGJvc3NAYWNtZS5leGFtcGxlPg==?= <bob@example.com>", "<boss@acme.example>"),
        ("bob@example.com (boss@acme.example)", "boss@acme.example"),
        ('"Example, Bob \\"B\\"" <bob@example.com>', 'Example, Bob "B"'),
    ],
)
def test_a_display_name_that_looks_like_an_address_is_only_text(written: str, name: str) -> None:
    author = record(f"From: {written}\n\nx").message.author

    assert (author.address, author.name) == ("bob@example.com", name)


@pytest.mark.parametrize(
    ("raw", "charset", "expected"),
    [
        ("Größe €".encode("cp1252"), "iso-8859-1", "Größe €"),
        ("Größe".encode(), "us-ascii", "Größe"),
        ("Größe".encode("latin-1"), "utf-8", "Größe"),
        ("Größe".encode(), "x-nonsense", "Größe"),
        ("Größe".encode(), "rot13", "Größe"),
        ("Größe".encode(), "idna", "Größe"),
        ("Größe".encode("utf-16"), "utf-16", "Größe"),
        ("発票の件".encode("shift_jis"), "shift_jis", "発票の件"),
        ("発票の件".encode("iso2022_jp"), "iso-2022-jp", "発票の件"),
        ("你好，發票".encode("gb18030"), "gb2312", "你好，發票"),
        ("Добрый день".encode("koi8-r"), "koi8-r", "Добрый день"),
        (b"a\x00b", "utf-8", "a\ufffdb"),
    ],
)
def test_text_is_read_by_its_charset_or_the_one_that_was_meant(raw: bytes, charset: str, expected: str) -> None:
    body = base64.encodebytes(raw)
    head = f'Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: base64\n\n'.encode()

    assert record(head + body).message.text == expected


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        (b"=?utf-8?B?R3LDtg==?= =?utf-8?B?w59l?=", "Größe"),
        (b"=?utf-8?B?R3LD?=\n =?utf-8?B?tsOfZQ==?=", "Größe"),
        (b"=?iso-8859-1?Q?Gr=F6=DFe_x?= y", "Größe x y"),
        (b"=?utf-8*de?Q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        (b"a =?utf-8?q?b?= c =?utf-8?q?d?= =?latin1?q?=E9?=", "a b c dé"),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("latin-1"), "Größe"),
        (b"=?nonsense?q?x=C3=A9?=", "xé"),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        (b"=?utf-8?b?%%%?= ok", "ok"),
        (b"a\x00\x1b[31mb", "a[31mb"),
    ],
)
def test_a_subject_is_decoded_however_it_was_written(written: bytes, subject: str) -> None:
    assert record(b"Subject: " + written + b"\n\nx").message.subject == subject


@pytest.mark.parametrize(
    ("headers", "at", "is_known"),
    [
        ("Date: Mon, 2 Mar 2026 10:00:00 +0100", "2026-03-02T09:00", True),
        ("Date: 2 Mar 26 10:00 EST", "2026-03-02T15:00", True),
        ("Date: Mon Mar  2 10:00:00 2026", "2026-03-02T10:00", True),
        ("Date: Mon, 02 Mar 2026 10:00:00 GMT (with a comment)", "2026-03-02T10:00", True),
        ("Date: yesterday\nReceived: by x; Mon, 2 Mar 2026 10:00:00 +0000", "2026-03-02T10:00", False),
        ("Received: by x; Mon, 2 Mar 2026 10:00:00 +0000", "2026-03-02T10:00", False),
        (
            "Date: Thu, 1 Jan 1970 00:00:00 +0000\nReceived: by x; Mon, 2 Mar 2026 10:00:00 +0000",
            "2026-03-02T10:00",
            False,
        ),
        (
            "Date: Mon, 2 Mar 2099 10:00:00 +0000\nReceived: by x; Mon, 2 Mar 2026 10:00:00 +0000",
            "2026-03-02T10:00",
            False,
        ),
        ("Date: Mon, 2 Mar 2099 10:00:00 +0000", "2099-03-02T10:00", False),
        ("Date: Mon, 2 Mar 2026 25:61:00 +9999", "1970-01-01T00:00", False),
        ("Date: Fri, 31 Dec 9999 23:59:59 -2359", "1970-01-01T00:00", False),
        ("Subject: no date", "1970-01-01T00:00", False),
    ],
)
def test_a_date_is_believed_only_if_it_is_possible(headers: str, at: str, is_known: bool) -> None:
    message = record(f"{headers}\n\nx").message

    assert message.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert message.is_date_known is is_known
    assert bool([warning for warning in message.warnings if "date" in warning]) is not is_known


def test_text_html_attachments_and_pictures_find_their_places() -> None:
    mail = EmailMessage()
    mail["From"] = "ann@b.example"
    mail.set_content("Plain.\n")
    mail.add_alternative('<p>Rich.<img src="cid:logo@b"><img src="https://t.example/x.gif"></p>', subtype="html")
    rich = mail.get_payload(1)
    assert isinstance(rich, EmailMessage)
    rich.add_related(b"\x89PNG", "image", "png", cid="<logo@b>")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="..\\..\\Ä rechnung.pdf")
    nested = EmailMessage()
    nested["Subject"] = "Inner"
    nested.set_content("From the inside\n")
    mail.add_attachment(nested)

    message = record(bytes(mail)).message

    assert message.text == "Plain."
    assert message.html == '<p>Rich.<img src="cid:logo@b"><img data-remote="https://t.example/x.gif"></p>\n'
    assert message.remote_images == 1
    logo, bill, inner = message.attachments
    assert (logo.content_id, logo.is_inline, logo.content, logo.media_type) == ("logo@b", True, b"\x89PNG", "image/png")
    assert (bill.name, bill.content, bill.is_inline) == ("Ä rechnung.pdf", b"%PDF", False)
    assert (inner.name, inner.media_type) == ("Inner.eml", "message/rfc822")
    assert b"From the inside" in inner.content


def test_html_alone_gives_text_as_well() -> None:
    message = record("Content-Type: text/html\n\n<p>One</p><p>Two &amp; three</p><script>x</script>").message

    assert message.text == "One\n\nTwo & three"
    assert message.html == "<p>One</p><p>Two &amp; three</p>"


def test_a_text_and_the_footer_behind_it_are_one_text() -> None:
    raw = 'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nOne\n--b\nContent-Type: text/plain\n\nFooter\n--b--\n'

    assert record(raw).message.text == "One\n\nFooter"


def test_flowed_lines_are_joined_again() -> None:
    raw = "Content-Type: text/plain; format=flowed\n\nOne \ntwo \nthree.\n> quoted \n> on\n-- \nAnn\n"

    assert record(raw).message.text == "One two three.\n> quoted on\n-- \nAnn"


def test_the_same_mail_without_an_id_has_one_key_wherever_it_lay() -> None:
    ways = [
        b"From: a@x.example\nSubject: Hi\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nBody\n",
        b"Received: by y\r\nFrom: a@x.example\r\nSubject:  Hi\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\n\r\nBody\r\n\r\n",
        b"Status: RO\nFrom: a@x.example\nSubject: Hi\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\nBody",
    ]

    assert len({record(raw).message.key for raw in ways}) == 1
    assert record(ways[0]).message.key != record(ways[0].replace(b"Body", b"Other")).message.key


def test_a_long_text_full_of_dashes_is_no_attack() -> None:
    dump = b"-- a comment in a database dump\n" * 30_000
    raw = b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee the dump.\n--b\nContent-Type: text/plain; name=dump.sql\n\n'

    message = record(raw + dump + b"--b--\n").message

    assert message.text == "See the dump."
    assert [(attachment.name, attachment.content) for attachment in message.attachments] == [("dump.sql", dump[:-1])]
