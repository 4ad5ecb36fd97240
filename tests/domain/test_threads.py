"""Which mails are one conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.threads import Threaded, base_subject, first_message_id, joins, message_ids, referenced_ids

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OWN = frozenset({"support@acme.example"})


def mail(
    days: float = 0,
    *,
    subject: str = "the invoice",
    is_reply: bool = False,
    sender: str = "ann@b.example",
    to: str = "support@acme.example",
) -> Threaded:
    return Threaded(subject, is_reply, NOON + timedelta(days=days), sender, frozenset({sender, to}))


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Invoice", ("invoice", False)),
        ("Re: Invoice", ("invoice", True)),
        ("RE: Fwd: AW:  [list] Re[2]: Invoice (fwd)", ("invoice", True)),
        ("[list] Invoice", ("invoice", False)),
        ("[list]", ("[list]", False)),
        ("Antw: Rechnung", ("rechnung", True)),
        ("SV: VS: Faktura", ("faktura", True)),
        ("TR : Facture", ("facture", True)),
        ("RV: Factura", ("factura", True)),
        ("WG: Rechnung", ("rechnung", True)),
        ("回复：发票", ("发票", True)),
        ("Re: ", ("", True)),
        ("Regarding: you", ("regarding: you", False)),
        ("Research: results", ("research: results", False)),
        ("  many\n  spaces ", ("many spaces", False)),
    ],
)
def test_the_base_subject_is_what_the_mail_is_about(subject: str, expected: tuple[str, bool]) -> None:
    assert base_subject(subject) == expected


@given(st.text(max_size=300))
def test_the_base_of_a_base_subject_is_itself_unless_it_was_tagged(subject: str) -> None:
    base, _ = base_subject(subject)

    assert base == " ".join(base.split())
    assert base_subject(f"Re: {base}")[0] == base_subject(base)[0]


def test_a_crafted_subject_takes_no_time_to_speak_of() -> None:
    assert base_subject("re:" * 100_000)[1]
    assert base_subject("[" * 100_000 + "]") == ("[" * 1_000, False)


def test_ids_are_found_in_brackets_and_each_counts_once() -> None:
    assert message_ids("<a@x>\r\n\t<b@x> noise <a@x> <not an id> <>") == ("a@x", "b@x")
    assert first_message_id(" <a@x> (added by relay)") == "a@x"
    assert first_message_id("a@x") == "a@x"
    assert first_message_id("") == ""
    assert first_message_id("two words") == ""


def test_only_the_first_id_of_an_in_reply_to_counts_since_old_programs_write_sentences() -> None:
    assert referenced_ids(["<a@x> <b@x>"], ["<c@x> from <ann@b.example> at noon", "<b@x>"]) == ("a@x", "b@x", "c@x")


def test_a_reply_joins_an_earlier_mail_with_a_common_participant_within_thirty_days() -> None:
    first = mail(sender="ann@b.example", to="cy@d.example")
    answer = mail(20, is_reply=True, sender="cy@d.example", to="ann@b.example")

    assert joins(first, answer, OWN)
    assert not joins(first, mail(31, is_reply=True, sender="cy@d.example", to="ann@b.example"), OWN)
    assert not joins(first, mail(20, is_reply=False, sender="cy@d.example", to="ann@b.example"), OWN)
    assert not joins(first, mail(20, is_reply=True, sender="x@y.example", to="z@y.example"), OWN)
    assert not joins(mail(21), mail(20, is_reply=True, sender="cy@d.example", to="ann@b.example"), OWN)


def test_two_customers_who_write_to_us_about_the_same_subject_are_two_conversations() -> None:
    assert not joins(mail(sender="ann@b.example"), mail(1, is_reply=True, sender="bob@c.example"), OWN)


def test_the_same_sender_and_subject_within_two_days_are_one_conversation_but_not_when_it_is_us() -> None:
    assert joins(mail(), mail(1.9), OWN)
    assert not joins(mail(), mail(2.1), OWN)
    assert not joins(
        mail(sender="support@acme.example", to="a@x"), mail(1, sender="support@acme.example", to="b@x"), OWN
    )


def test_mails_without_a_subject_or_a_sender_never_join() -> None:
    assert not joins(mail(subject=""), mail(1, subject="", is_reply=True), OWN)
    assert not joins(mail(sender="", to="a@x"), mail(sender="", to="b@x"), OWN)


PERSON = st.sampled_from(["a@x", "b@x", "support@acme.example", ""])
MAILS = st.builds(
    Threaded,
    st.sampled_from(["", "s", "t"]),
    st.booleans(),
    st.integers(0, 40).map(lambda days: NOON + timedelta(days=days)),
    PERSON,
    st.frozensets(PERSON.filter(bool)),
)


@given(MAILS, MAILS)
def test_joining_is_symmetric(a: Threaded, b: Threaded) -> None:
    assert joins(a, b, OWN) == joins(b, a, OWN)
