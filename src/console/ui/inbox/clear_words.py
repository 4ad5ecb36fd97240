"""What an empty inbox says: whose turn it is, and when something comes back."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.domain.inbox import ConversationState, InboxCounts, InboxFilter
from console.store import inbox
from console.ui.inbox import ages
from console.ui.inbox.counted import counted
from console.ui.session import Session

_LOOKED_THROUGH = 200


def clear_words(session: Session, counts: InboxCounts) -> tuple[str, str]:
    """(title, sentence) of the empty inbox; one quick question to the store."""
    if counts.open:
        others = _tr("{0} conversations are open for the team.").format(counted(counts.open))
        return _tr("Nothing is assigned to you"), others
    if not (counts.snoozed or counts.closed):
        return _tr("Nothing here yet"), _tr("Import a file or connect a mailbox to begin.")
    now = session.now()
    wanted = InboxFilter(state=ConversationState.SNOOZED)
    rows = session.read(lambda connection: inbox.rows(connection, wanted, None, _LOOKED_THROUGH, now=now))
    times = [row.snoozed_until for row in rows if row.snoozed_until is not None]
    if not times:
        return _tr("All clear"), _tr("Nothing waits for you.")
    words = _tr("Nothing waits for you. The next snoozed conversation comes back at {0}.")
    return _tr("All clear"), words.format(ages.until(min(times), now))


def _tr(words: str) -> str:
    return QCoreApplication.translate("AllClear", words)
