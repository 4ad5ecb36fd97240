"""One mail as it was sent, in our words: a pure mapper from any bytes at all to a MailRecord."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from email.errors import MessageError

from console.connectors.html_cleaning import CleanedHtml, clean
from console.connectors.mail_bodies import Parts, parts_of
from console.connectors.mail_headers import author, first, is_automatic, people, sent_at
from console.connectors.mail_text import decoded, raw_text, scrub
from console.connectors.mail_tree import Mail, headers_of, tree_of
from console.domain.quoting import quoted_from
from console.domain.records import AuthorKind, MailRecord, MessageRecord, Rejected
from console.domain.threads import base_subject, first_message_id, referenced_ids

# Above these the standard library's parser takes quadratic time or a kilobyte for each empty part; no mail program does.
_MOST_BOUNDARIES = 200
_MOST_PARTS = 20_000
_LONGEST_TEXT = 5_000_000
_LONGEST_REJECTED = 100_000
_BOUNDARY = re.compile(rb"""boundary\s{0,3}=\s{0,3}"?([^"\s;]{0,80})|message/rfc822""", re.IGNORECASE)
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_CONTENT_HEADERS = ("From", "To", "Cc", "Date", "Subject")

NOT_WHOLE = "This mail is larger than 50 MB; only its beginning was taken in."
HEADERS_ONLY = "This mail is larger than 50 MB; only who wrote it, when and about what was taken in."
_DATE_UNKNOWN = "The date of this mail is missing or impossible; the time of its arrival is shown."
_TOO_COMPLEX = "This mail is built in a way that only its plain beginning can be shown."
_HTML_CUT = "This mail is very long; only its beginning is shown with its formatting."


def mail_record(
    raw: bytes,
    external_id: str,
    *,
    own_addresses: frozenset[str],
    is_read: bool,
    is_sent: bool = False,
    arrived: datetime | None = None,
    now: datetime | None = None,
    warnings: Iterable[str] = (),
) -> MailRecord:
    """What the bytes of one mail say; never raises, whatever they are.

    ``own_addresses`` are canonical: a mail from one of them is a teammate's, as is every mail in a folder of sent ones
    (``is_sent``). ``arrived`` (aware UTC) is when the mailbox got it, ``now`` the clock: both only judge its date.
    ``warnings`` of the caller stand before those found here.
    """
    mail, parts = _parsed(raw)
    for sentence in reversed(tuple(warnings)):
        parts.warnings = {sentence: None, **parts.warnings}
    message_id = first_message_id(raw_text(mail.all_of("message-id")[0])) if mail.all_of("message-id") else ""
    key = key_of(mail, raw, message_id)
    message = _message(mail, parts, key, own_addresses, (arrived, now), is_sent=is_sent, is_read=is_read)
    base, is_reply = base_subject(message.subject)
    references = referenced_ids(map(raw_text, mail.all_of("references")), map(raw_text, mail.all_of("in-reply-to")))
    return MailRecord(
        external_id=external_id,
        message=message,
        message_id=message_id,
        references=references,
        base_subject=base,
        is_reply=is_reply,
        raw=raw,
    )


def record_or_rejected(
    raw: bytes,
    external_id: str,
    *,
    own_addresses: frozenset[str],
    is_read: bool,
    is_sent: bool = False,
    arrived: datetime | None = None,
    now: datetime | None = None,
    warnings: Iterable[str] = (),
) -> MailRecord | Rejected:
    """``mail_record``, where one mail that our code stumbles over costs that mail and not the other 499."""
    try:
        return mail_record(
            raw,
            external_id,
            own_addresses=own_addresses,
            is_read=is_read,
            is_sent=is_sent,
            arrived=arrived,
            now=now,
            warnings=warnings,
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        reason = f"This mail could not be understood ({type(error).__name__})."
        return Rejected(external_id, reason, raw[:_LONGEST_REJECTED])


def key_of(mail: Mail, raw: bytes, message_id: str) -> str:
    """The message's name in the whole workspace: by its Message-ID, else by what its author wrote.

    Without an id, the headers on the way (Received, Status …) and the line ends do not count, so that one mail from two
    places is one message.
    """
    if message_id:
        return f"mail:{message_id}"
    digest = hashlib.sha256()
    for name in _CONTENT_HEADERS:
        for value in mail.all_of(name.lower()):
            digest.update(f"{name}: {' '.join(raw_text(value).split())}\n".encode())
    found = _HEADERS_END.search(raw)
    digest.update(raw[found.end() :].replace(b"\r\n", b"\n").rstrip() if found else raw.strip())
    return f"mail:sha256:{digest.hexdigest()}"


def _parsed(raw: bytes) -> tuple[Mail, Parts]:
    if _is_usual(raw):
        try:
            mail = tree_of(raw)
            return mail, parts_of(mail)
        except (RecursionError, MessageError):
            pass
    mail = headers_of(raw)
    parts = Parts()
    found = _HEADERS_END.search(raw)
    parts.body.text = decoded(raw[found.end() :][:_LONGEST_TEXT], None)[0] if found else ""
    parts.warn(_TOO_COMPLEX)
    return mail, parts


def _is_usual(raw: bytes) -> bool:
    """Whether the mail has no more parts, one inside or behind the other, than a mail program would ever make."""
    lowered = raw.lower()
    is_few = raw.count(b"\n--") <= _MOST_PARTS
    if is_few and lowered.count(b"boundary") + lowered.count(b"message/rfc822") <= _MOST_BOUNDARIES:
        return True
    boundaries = _BOUNDARY.findall(raw)
    if len(boundaries) > _MOST_BOUNDARIES:
        return False
    return is_few or sum(raw.count(b"\n--" + boundary) for boundary in set(boundaries) - {b""}) <= _MOST_PARTS


def _message(
    mail: Mail,
    parts: Parts,
    key: str,
    own_addresses: frozenset[str],
    clocks: tuple[datetime | None, datetime | None],
    *,
    is_sent: bool,
    is_read: bool,
) -> MessageRecord:
    writer, problem = author(mail)
    if problem:
        parts.warn(problem)
    at, is_date_known = sent_at(mail, *clocks)
    if not is_date_known:
        parts.warn(_DATE_UNKNOWN)
    cleaned = _cleaned(parts)
    # How many line ends close a mail depends on the file it lay in, so they are no part of what was said.
    text = scrub(parts.body.text if parts.body.text is not None else cleaned.text if cleaned else "").rstrip("\n")
    is_ours = is_sent or writer.address in own_addresses
    kind = AuthorKind.TEAMMATE if is_ours else AuthorKind.CUSTOMER
    return MessageRecord(
        key=key,
        at=at,
        author_kind=AuthorKind.BOT if is_automatic(mail, writer.address) else kind,
        author=writer,
        text=text,
        html=cleaned.joined if cleaned else None,
        to=people(mail.all_of("to")),
        cc=people(mail.all_of("cc")),
        attachments=tuple(parts.attachments),
        quoted_from=quoted_from(text),
        remote_images=cleaned.remote_images if cleaned else 0,
        subject=" ".join(first(mail, "subject").split())[:1_000],
        is_read=is_read or is_sent,
        is_date_known=is_date_known,
        warnings=tuple(parts.warnings),
    )


def _cleaned(parts: Parts) -> CleanedHtml | None:
    if parts.body.html is None:
        return None
    cleaned = clean(parts.body.html)
    if cleaned.is_cut:
        parts.warn(_HTML_CUT)
    return cleaned
