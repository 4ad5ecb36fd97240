"""The sample's mailbox: questions in INBOX, answers in Sent, as raw mails taken through the same mapper as any mailbox."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.connectors.kinds.sample.letters import letters
from console.connectors.kinds.sample.material import chance
from console.connectors.kinds.sample.mime import Letter, mail_bytes
from console.connectors.kinds.sample.moments import some_moment
from console.connectors.kinds.sample.newsletters import newsletters, odd_letters
from console.connectors.kinds.sample.people import Person, people
from console.connectors.kinds.sample.plots import OWN_ADDRESSES, Plot
from console.connectors.kinds.sample.stories import stories
from console.connectors.kinds.sample.threads import thread
from console.connectors.mail_parts import mail_record
from console.domain.records import Page

NAME = "Support mailbox"
THREAD_COUNT = 315
PAGE_SIZE = 200
_FOLDER_NUMBER = 1_700_000_001
_CAST_SIZE = 41


@dataclass(frozen=True, slots=True)
class Filed:
    """A mail in its folder: ``external_id`` is its place, ``plot`` the conversation that it belongs to, if one was told."""

    external_id: str
    letter: Letter
    plot: Plot | None
    is_read: bool
    is_sent: bool


@functools.lru_cache(maxsize=2)
def plots(now: datetime) -> tuple[Plot, ...]:
    """All told mail conversations, the stories first."""
    told = [thread(f"mail-{number:04}", writer, start, now) for number, (writer, start) in enumerate(_openings(now))]
    return (*stories("mail", now), *told)


@functools.lru_cache(maxsize=2)
def filed(now: datetime) -> tuple[Filed, ...]:
    """All mails in the order of time; numbers count up in each folder as a mail server counts."""
    written = [
        (letter, plot, turn.is_read, letter.sender[1] in OWN_ADDRESSES)
        for plot in plots(now)
        for letter, turn in zip(letters(plot), plot.turns, strict=True)
    ]
    written += [(letter, None, True, False) for letter in (*newsletters(now), *odd_letters(now))]
    written.sort(key=lambda one: (one[0].at, one[0].message_id))
    count_by_folder = {"INBOX": 0, "Sent": 0}
    found = []
    for letter, plot, is_read, is_sent in written:
        folder = "Sent" if is_sent else "INBOX"
        count_by_folder[folder] += 1
        place = f"{folder}/{_FOLDER_NUMBER}/{count_by_folder[folder]}"
        found.append(Filed(place, letter, plot, is_read, is_sent))
    return tuple(found)


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """Pages of mails with the moment of their synchronisation, the oldest first."""
    mails = filed(now)
    for start in range(0, len(mails), PAGE_SIZE):
        part = mails[start : start + PAGE_SIZE]
        done = start + len(part)
        records = tuple(
            mail_record(
                mail_bytes(mail.letter),
                mail.external_id,
                own_addresses=frozenset(OWN_ADDRESSES),
                is_read=mail.is_read,
                is_sent=mail.is_sent,
                arrived=mail.letter.at,
                now=now,
            )
            for mail in part
        )
        at = min(now, part[-1].letter.at + timedelta(minutes=1))
        yield at, Page("mail", records, str(done), is_last=done == len(mails), done=done, total=len(mails))


def _openings(now: datetime) -> Iterator[tuple[Person, datetime]]:
    """Who writes when: everybody whom no other source knows once, the others as often as they use the product."""
    rng = chance("mailbox")
    crowd = [person for person in people()[_CAST_SIZE:] if person.emails]
    quiet = [person for person in crowd if not person.logins]
    for person in quiet:
        yield person, some_moment(rng, now)
    everybody = [person for person in people()[16:] if person.emails and person.logins]
    weights = [3 + person.logins for person in everybody]
    for person in rng.choices(everybody, weights=weights, k=THREAD_COUNT - len(quiet)):
        yield person, some_moment(rng, now, earliest=timedelta(days=min(425, person.joined_days)))
