"""What comes in of customers who were erased: nothing. What others say of them comes in without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from console.domain.erasing import ERASED, addresses_in, struck_out
from console.domain.records import (
    AuthorKind,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    JoinedRecord,
    MailRecord,
    MessageRecord,
    NoteRecord,
    OwnerKind,
    Page,
    Person,
    Record,
)
from console.store.connection import Connection
from console.store.erased_marks import Marks, is_anybody_erased, marks


def let_in(connection: Connection, page: Page, source_id: int) -> Page:
    """The page without what is about erased customers; the cursor goes on as if it had been taken in."""
    if not is_anybody_erased(connection):
        return page
    known = marks(connection)
    kept = (_let_in(record, source_id, known) for record in page.records)
    return replace(
        page,
        records=tuple(record for record in kept if record is not None),
        rejected=tuple(one for one in page.rejected if not _speaks_of(known, one.raw.decode("utf-8", "replace"))),
    )


def _let_in(record: Record, source_id: int, known: Marks) -> Record | None:
    match record:
        case CustomerRecord():
            is_erased = known.has_identity(source_id, record.external_id) or any(map(known.has_address, record.emails))
            return None if is_erased else record
        case EventRecord():
            is_erased = known.has_identity(source_id, record.customer_id) or known.has_address(record.email)
            return None if is_erased else record
        case NoteRecord(owner_kind=OwnerKind.CUSTOMER):
            return None if known.has_identity(source_id, record.owner_id) else record
        case JoinedRecord():
            is_erased = any(known.has_identity(source_id, one) for one in (record.external_id, record.into))
            return None if is_erased else record
        case ConversationRecord():
            return _conversation(record, source_id, known)
        case MailRecord():
            return _mail(record, known)
        case _:
            return record


def _conversation(record: ConversationRecord, source_id: int, known: Marks) -> Record | None:
    if known.has_identity(source_id, record.customer_id):
        return None
    kept = tuple(_message(one, known) for one in record.messages if not known.has_address(one.author.address))
    if not kept and record.messages:
        return None
    return record if kept == record.messages else replace(record, messages=kept, source_raw=b"")


def _mail(record: MailRecord, known: Marks) -> Record | None:
    """Mail from them, and mail of the team to nobody else, is theirs; other mail comes in without their name."""
    message = record.message
    others = [one for one in (*message.to, *message.cc) if not known.has_address(one.address)]
    is_to_them = message.author_kind is AuthorKind.TEAMMATE and not others and bool(message.to or message.cc)
    if known.has_address(message.author.address) or is_to_them:
        return None
    struck = _message(message, known)
    return record if struck is message else replace(record, message=struck, raw=b"")


def _message(message: MessageRecord, known: Marks) -> MessageRecord:
    people = (message.author, *message.to, *message.cc)
    named = [one for one in people if known.has_address(one.address)]
    text = f"{message.text}\n{message.html or ''}\n{message.subject}"
    words = [word for one in named for word in (one.address, one.written, one.name) if word]
    words += [address for address in addresses_in(text) if known.has_address(address)]
    if not words:
        return message
    return replace(
        message,
        text=struck_out(message.text, words),
        html=None if message.html is None else struck_out(message.html, words),
        subject=struck_out(message.subject, words),
        to=_people(message.to, known),
        cc=_people(message.cc, known),
    )


def _people(people: Iterable[Person], known: Marks) -> tuple[Person, ...]:
    return tuple(Person("", ERASED, ERASED) if known.has_address(one.address) else one for one in people)


def _speaks_of(known: Marks, text: str) -> bool:
    return any(known.has_address(address) for address in addresses_in(text))
