"""The same mail or another one: a Message-ID that two different mails carry is parted by author and time.

Software that writes one id on many mails exists; the second mail must not vanish behind the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from console.domain.records import MailRecord
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.store.moments import micros

Mark = tuple[str, int | None]


def parted(connection: Connection, records: Sequence[MailRecord]) -> list[MailRecord]:
    """The records, those with a key of their own that carry the id of another mail; such a mail is threaded by nobody's id."""
    rows = connection.exec_driver_sql(
        f"SELECT key, author_address, at, is_date_known FROM messages WHERE key IN {IN_LIST}",
        (listed(record.message.key for record in records),),
    ).fetchall()
    mark_by_key: dict[str, Mark] = {key: (address, at if is_known else None) for key, address, at, is_known in rows}
    found = []
    for record in sorted(records, key=lambda one: (one.message.at, one.external_id)):
        mark = _mark(record)
        is_same = mark_by_key.setdefault(record.message.key, mark) == mark
        found.append(record if is_same else _with_own_key(record, mark))
    return found


def _mark(record: MailRecord) -> Mark:
    """Who wrote it and when; a mail without a date arrives at another time in every folder."""
    message = record.message
    return (message.author.address, micros(message.at) if message.is_date_known else None)


def _with_own_key(record: MailRecord, mark: Mark) -> MailRecord:
    key = f"{record.message.key}#{mark[0]}/{mark[1] or ''}"
    return replace(record, message_id="", message=replace(record.message, key=key))
