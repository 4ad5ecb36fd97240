"""The tree that is cut by hand is the standard library's, part by part; so are dates and people in their usual form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.peers import corpus

from console.connectors.mail_headers import parsed_date, people
from console.connectors.mail_tree import Mail, tree_of

PIECES = st.sampled_from(
    [
        *(b"\n", b"\n\n", b"\r\n", b"\r\n\r\n", b"\r", b" folded\n", b"\tfolded\r\n", b" \n", b"x: y\n", b"Subject: x\n", b": y\n"),
        *(b"Subject:\n a\n", b"From x\n", b"\xe4\xff\n", b"word", b"\x0b\x0c\x85\n", b"X-Long:  spaces  \n", b"no colon\n"),
        *(b"--b\n", b"--b--\n", b"--b \t\r\n", b"--bc\n", b"--b--x\n", b"--b", b"--b\r\n", b"--c\n", b"--c--\r\n", b" --b\n"),
        *(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b'Content-Type: multipart/alternative; boundary="c"\n\n'),
        *(b"Content-Type: text/plain; charset=utf-8\n", b"Content-Type: message/rfc822\n", b"Content-Type: multipart/digest; boundary=b\n"),
        *(b"Content-Type: multipart/mixed; boundary*0=b\n", b"content-type:MULTIPART/related;type=\"x;boundary=c\";\n\tboundary=\"b\"\n"),
        *(b"Content-Type: multipart/mixed; boundary=\"b \"\n", b"Content-Type: multipart/mixed; x=y; boundary=b; z=w\n\n--b\n\nhello\n--b\n"),
    ]
)  # fmt: skip


def said(part: Message) -> object:
    """All that is read of a part: its headers, its type, and its content or its parts."""
    held = part.__dict__["_payload"]
    content = [said(one) for one in held] if isinstance(held, list) else held
    return list(part.raw_items()), part.get_content_type(), content or ""


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=600, deadline=None)
def test_pieces_of_mail_make_the_tree_of_the_standard_library(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)

    assert said(tree_of(raw)) == said(BytesParser(policy=compat32).parsebytes(raw))


@pytest.mark.peer
def test_real_mails_make_the_trees_of_the_standard_library() -> None:
    for mail in corpus.ham(1_500):
        for raw in (mail, mail.replace(b"\n", b"\r\n")):
            assert said(tree_of(raw)) == said(BytesParser(policy=compat32).parsebytes(raw))


@given(
    st.lists(
        st.sampled_from(
            ["; ", ";", "charset=utf-8", "Name=a.b", 'name="a b"', "name*0=x", "name*=utf-8''%41", 'x="y;z=w"', "=", '"', "text/plain", "<x>", " "]
        ),
        max_size=8,
    )
)  # fmt: skip
@settings(max_examples=400)
def test_parameters_are_those_of_the_standard_library(pieces: list[str]) -> None:
    mail = Mail()
    mail.set_raw("Content-Type", "text/plain" + "".join(pieces))

    found: dict[str, object] = {}
    for name, value in mail.parameters("content-type"):
        found.setdefault(name, value)
    for name in ("charset", "name", "x"):
        assert found.get(name) == mail.get_param(name, None)


@given(
    st.integers(0, 28_000_000_000),
    st.integers(-1_439, 1_439),
    st.sampled_from(["", " (PST)", " (CEST)"]),
)
def test_a_date_as_mails_write_it_is_that_moment(seconds: int, minutes: int, comment: str) -> None:
    at = datetime(1980, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
    written = at.astimezone(timezone(timedelta(minutes=minutes)))

    assert parsed_date(format_datetime(written) + comment) == at


@pytest.mark.parametrize(
    "text", ["Mon, 32 Jan 2026 10:00:00 +0000", "Mon, 1 Jan 2026 24:00:00 +0000", "1 Jan 2026 10:61:00 -0000"]
)
def test_a_day_or_an_hour_that_does_not_exist_is_no_date(text: str) -> None:
    assert parsed_date(text) is None


def test_people_in_the_usual_form_are_those_in_any_other_form() -> None:
    """A comment behind it, of no meaning, takes the way that reads every form."""
    forms = [
        "Ann Example <Ann@Example.com>",
        " <a.b+c@x-y.example>",
        "A & B/C-D. <team@example.com> ",
        "a_b<x@example.com>",
    ]
    for plain, other in pairwise([form for one in forms for form in (one, f"{one.strip()} (x)")]):
        if other.endswith("(x)"):
            usual, odd = people([plain])[0], people([other])[0]
            assert (usual.address, usual.name) == (odd.address, odd.name)
            assert usual.written == plain.strip()
            assert usual.address
