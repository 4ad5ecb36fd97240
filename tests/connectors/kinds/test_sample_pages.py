"""The pages of the sample workspace: the same every time, rich enough, and true to the forms of real sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import cache

import pytest

from console.connectors.kinds.sample import calls, chats, events, mailbox, reviews, surveys
from console.connectors.kinds.sample.sources import SampleSource, sample_sources
from console.domain.address import canonical
from console.domain.profile import OriginKind, Rank
from console.domain.records import (
    AuthorKind,
    Channel,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MailRecord,
    MessageRecord,
    Page,
    Person,
    Record,
)
from console.domain.values import Value, ValueKind, restored, stored

NOW = datetime(2026, 11, 21, 11, 8, tzinfo=UTC)


@cache
def _pages(now: datetime = NOW) -> dict[str, list[tuple[datetime, Page]]]:
    return {source.name: list(source.dated_pages()) for source in sample_sources(now)}


def _records(*names: str) -> Iterator[Record]:
    for name, pages in _pages().items():
        if not names or name in names:
            yield from (record for _, page in pages for record in page.records)


def _messages() -> Iterator[MessageRecord]:
    for record in _records():
        if isinstance(record, MailRecord):
            yield record.message
        elif isinstance(record, ConversationRecord):
            yield from record.messages


def _values() -> Iterator[Value]:
    for record in _records():
        match record:
            case (
                EventRecord(metadata=values) | ConversationRecord(properties=values) | CustomerRecord(properties=values)
            ):
                yield from values.values()
            case _:
                yield from getattr(record, "properties", {}).values()


def _mails() -> list[MailRecord]:
    return [record for record in _records() if isinstance(record, MailRecord)]


def test_the_same_moment_gives_the_same_pages_even_when_nothing_is_remembered() -> None:
    first = dict(_pages())
    for remembered in (mailbox.plots, mailbox.filed, chats.plots, events.events, events.last_login_by_key):
        remembered.cache_clear()
    for remembered in (surveys.form_plots, surveys.score_plots, reviews.plots, calls.plots):
        remembered.cache_clear()
    _pages.cache_clear()

    assert dict(_pages()) == first


def test_another_moment_moves_the_times_and_keeps_the_people() -> None:
    later = {source.name: source for source in sample_sources(NOW + timedelta(days=40, minutes=7))}
    moved = [
        record for page in later["Intercom"].pages() for record in page.records if isinstance(record, CustomerRecord)
    ]
    before = [record for record in _records("Intercom") if isinstance(record, CustomerRecord)]

    assert [record.external_id for record in moved] == [record.external_id for record in before]
    assert [record.at for record in moved] != [record.at for record in before]


def test_there_is_as_much_of_everything_as_was_promised() -> None:
    kinds = Counter(type(record).__name__ for record in _records())
    told = len(mailbox.plots(NOW)) + kinds["ConversationRecord"]

    assert kinds["CompanyRecord"] == 60
    assert 650 <= told <= 750
    assert 2_300 <= sum(1 for _ in _messages()) <= 2_900
    assert 5_500 <= kinds["EventRecord"] <= 6_800
    assert max(len(plot.turns) for plot in chats.plots(NOW)) == 120


def test_every_kind_of_record_value_channel_and_author_is_there() -> None:
    kinds = {type(record).__name__ for record in _records()}
    channels = {record.channel for record in _records() if isinstance(record, ConversationRecord)}

    assert kinds == {"CompanyRecord", "CustomerRecord", "ConversationRecord", "EventRecord", "MailRecord"}
    assert channels == set(Channel) - {Channel.EMAIL}
    assert {value.kind for value in _values()} == set(ValueKind)
    assert {message.author_kind for message in _messages()} == set(AuthorKind)


def test_every_value_is_one_that_the_store_gives_back() -> None:
    assert all(restored(value.kind, stored(value)) == value for value in _values())


def test_every_address_is_canonical_and_reserved_for_examples() -> None:
    people: list[Person] = [message.author for message in _messages()]
    people += [person for message in _messages() for person in (*message.to, *message.cc)]
    known = {person.address for person in people if person.address}
    known |= {email for record in _records() if isinstance(record, CustomerRecord) for email in record.emails}

    assert all(canonical(address) == address for address in known)
    assert {address.rpartition("@")[2].rpartition(".")[2] for address in known} == {"example", "io", "dev"}
    assert {address.rpartition("@")[2] for address in known if not address.endswith(".example")} == {
        "northpeak.io",
        "acme.dev",
    }


def test_times_lie_between_fourteen_months_ago_and_now_the_freshest_minutes_old() -> None:
    written = sorted(message.at for message in _messages())
    done = sorted(record.at for record in _records() if isinstance(record, EventRecord))

    assert timedelta(0) < NOW - written[-1] < timedelta(minutes=5)
    assert timedelta(days=365) < NOW - written[0] < timedelta(days=440)
    assert done[-1] <= NOW
    assert sum(at.weekday() >= 5 for at in written) < len(written) / 5


@pytest.mark.parametrize("name", [source.name for source in sample_sources(NOW)])
def test_pages_of_a_source_come_in_the_order_of_their_synchronisation(name: str) -> None:
    moments = [at for at, _ in _pages()[name]]

    assert moments == sorted(moments)
    assert all(at <= NOW for at in moments)


def test_each_place_a_source_names_is_named_once_in_a_synchronisation() -> None:
    for name, pages in _pages().items():
        places = Counter(
            (
                page.cursor.partition(":")[0] if page.cursor else "",
                page.stream,
                type(record).__name__,
                record.external_id,
            )
            for _, page in pages
            for record in page.records
        )
        assert max(places.values()) == 1, name


def test_mails_are_real_mails_with_threads_quotes_attachments_and_old_charsets() -> None:
    parsed = [message_from_bytes(mail.raw) for mail in _mails()]
    charsets = {
        part.get_content_charset() for mail in parsed for part in mail.walk() if part.get_content_maintype() == "text"
    }
    types = {attachment.media_type for mail in _mails() for attachment in mail.message.attachments}
    ids = [mail.message_id for mail in _mails()]

    assert not [mail["Subject"] for mail in parsed if mail.defects]
    assert {"iso-8859-1", "windows-1252", "iso-2022-jp", "windows-1256", "windows-1255", "iso-8859-2"} <= charsets
    assert types == {"text/csv", "image/png", "application/pdf"}
    assert len(set(ids)) == len(ids)
    assert all(set(mail.references) <= set(ids) for mail in _mails())
    assert sum(mail.message.quoted_from is not None for mail in _mails()) > 400
    assert sum(mail.message.remote_images > 0 for mail in _mails()) >= 12


def test_what_was_written_is_what_the_mapper_read() -> None:
    """Nothing is lost on the way through charsets and encodings."""
    text_by_place = {mail.external_id: mail.message.text for mail in _mails()}
    for filed in mailbox.filed(NOW):
        if filed.letter.text and not filed.letter.is_html_only:
            read = " ".join(text_by_place[filed.external_id].split())
            assert read == " ".join(filed.letter.text.split()), filed.external_id


def test_the_awkward_ones_are_all_there() -> None:
    customers = [record for record in _records("Intercom") if isinstance(record, CustomerRecord)]
    names = [str(record.properties["name"].content) for record in customers if "name" in record.properties]
    subjects = [mail.message.subject for mail in _mails()]

    assert any(not record.emails for record in customers)
    assert any(len(record.emails) == 5 for record in customers)
    assert "<b>Bo Tester</b>" in names
    assert max(map(len, names)) > 80
    assert any("\u0600" <= letter <= "\u06ff" for name in names for letter in name)
    assert any("\u0590" <= letter <= "\u05ff" for name in names for letter in name)
    assert any("<b>" in subject for subject in subjects)
    assert any(not mail.message.text and not mail.message.html for mail in _mails())
    assert any(mail.message.author.address.startswith("ariana@xn--") for mail in _mails())
    assert (
        len({mail.message.author.name for mail in _mails() if mail.message.author.address == "info@wren.example"}) > 1
    )


def test_reviews_name_nobody_and_some_nicknames_come_back() -> None:
    found = [record for record in _records("App Store") if isinstance(record, ConversationRecord)]
    nicknames = Counter(record.nickname for record in found)

    assert all(record.customer_id is None and record.nickname for record in found)
    assert nicknames["ari_d"] == 3
    assert sum(count > 1 for count in nicknames.values()) > 3


def test_sources_weigh_as_the_rule_says_and_disagree_about_the_first_hero() -> None:
    rank_by_name = {source.name: (source.rank, source.origin_kind) for source in sample_sources(NOW)}
    plans = {
        name: str(record.properties["plan"].content)
        for name in rank_by_name
        for record in _records(name)
        if isinstance(record, CustomerRecord) and "ariana@northpeak.io" in record.emails and "plan" in record.properties
    }

    assert rank_by_name["billing-sync"] == (Rank.PUSH_API, OriginKind.PUSH_API)
    assert rank_by_name["customers-november.xlsx"] == (Rank.BY_HAND, OriginKind.SPREADSHEET)
    assert plans == {"Intercom": "Pro", "Typeform": "Growth", "billing-sync": "Enterprise"}


def test_members_of_a_company_disagree_about_its_size() -> None:
    said = {
        str(record.properties["company.size"].content)
        for record in _records("Intercom")
        if isinstance(record, CustomerRecord)
        and record.company_ids == ("co-001",)
        and "company.size" in record.properties
    }

    assert said == {"120–250", "50–100"}


def test_the_inbox_does_not_look_generated() -> None:
    subjects = Counter(plot.subject for plot in (*mailbox.plots(NOW), *chats.plots(NOW)))
    first = Counter(plot.turns[0].text for plot in mailbox.plots(NOW))

    assert max(subjects.values()) <= 10
    assert len(subjects) > 280
    assert sum(count for count in first.values() if count > 1) < len(mailbox.plots(NOW)) / 4


def test_pages_alone_are_the_pages_without_their_moments() -> None:
    source: SampleSource = sample_sources(NOW)[2]

    assert list(source.pages()) == [page for _, page in source.dated_pages()]
