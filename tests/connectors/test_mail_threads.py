"""The conversations of 4,150 real mails, counted by our rule, against Dovecot's own count."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import pytest
from tests.peers import corpus

from console.connectors.mail_parts import mail_record
from console.domain.records import MailRecord
from console.domain.threads import Threaded, joins

pytestmark = pytest.mark.peer


class Sets:
    """Disjoint sets of message ids."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        parent = self._parent.setdefault(name, name)
        while parent != name:
            name, parent = parent, self._parent[parent]
        return name

    def join(self, a: str, b: str) -> None:
        self._parent[self.root(a)] = self.root(b)


def test_our_rule_finds_within_two_percent_as_many_conversations_as_dovecot() -> None:
    mails = [mail_record(raw, str(n), own_addresses=frozenset(), is_read=True) for n, raw in enumerate(corpus.ham())]
    sets = Sets()
    mails_by_subject: dict[str, list[MailRecord]] = defaultdict(list)
    for mail in mails:
        sets.root(name_of(mail))
        for reference in mail.references:
            sets.join(name_of(mail), reference)
        mails_by_subject[mail.base_subject].append(mail)
    for same in mails_by_subject.values():
        for a, b in combinations(same, 2):
            if joins(threaded(a), threaded(b), frozenset()):
                sets.join(name_of(a), name_of(b))

    count = len({sets.root(name_of(mail)) for mail in mails})

    assert abs(count - corpus.DOVECOT_THREADS) <= corpus.DOVECOT_THREADS * 0.02


def name_of(mail: MailRecord) -> str:
    return mail.message_id or mail.message.key


def threaded(mail: MailRecord) -> Threaded:
    message = mail.message
    named = (message.author, *message.to, *message.cc)
    participants = frozenset(person.address for person in named if person.address)
    return Threaded(mail.base_subject, mail.is_reply, message.at, message.author.address, participants)
