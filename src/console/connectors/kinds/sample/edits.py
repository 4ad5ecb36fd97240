"""What the team of the sample did by hand, as entries for the journal."""

from __future__ import annotations

from datetime import datetime

from console.connectors.kinds.sample.edits_conversations import conversation_edits
from console.connectors.kinds.sample.edits_customers import customer_edits
from console.connectors.kinds.sample.lookup import Done, Lookup
from console.connectors.kinds.sample.mailbox import NAME as MAILBOX
from console.connectors.kinds.sample.mailbox import filed
from console.connectors.kinds.sample.material import chance
from console.domain.edits import Entry
from console.domain.ids import ConversationId, new_edit_id


def sample_edits(now: datetime, lookup: Lookup) -> tuple[Entry, ...]:
    """All edits of the sample, oldest first; ask for them once the pages of all sources are taken in.

    The same ``now`` and the same keys give the same entries, with the same keys of their own.
    """
    done = sorted([*customer_edits(now, lookup), *conversation_edits(now, lookup)], key=lambda one: one.at)
    return tuple(_entry(position, one, now) for position, one in enumerate(done))


def sample_draft(now: datetime, lookup: Lookup) -> tuple[ConversationId, str]:
    """An answer that was begun and not sent: in which conversation, and its text so far."""
    first = next(mail for mail in filed(now) if mail.plot and mail.plot.key == "ariana")
    text = "Yes – in Reports › Schedule you can pick a weekday and we will e-mail the file to everybody on the list."
    return lookup.conversation_of(MAILBOX, first.external_id), text


def _entry(position: int, one: Done, now: datetime) -> Entry:
    at = min(one.at, now)
    return Entry(new_edit_id(at, chance("entry", position).randbytes(10)), at, one.teammate, one.edit)
