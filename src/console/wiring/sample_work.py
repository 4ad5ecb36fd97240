"""What the sample's teammates did, in the words of this workspace's keys."""

from __future__ import annotations

from datetime import datetime

from console.connectors.kinds.sample.edits import sample_draft, sample_edits
from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.store.called_by_sources import company_of, conversation_of
from console.store.database import Connection
from console.store.profile_calling import customer_called
from console.store.workspace import Workspace

_TEAMMATE = "Nadia Kovac"


class _Keys:
    """Keys of the workspace by what the sample's sources call things."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def customer_of(self, email: str, /) -> CustomerId:
        return customer_called(self._connection, email)

    def company_of(self, source: str, external_id: str, /) -> CompanyId:
        return company_of(self._connection, source, external_id)

    def conversation_of(self, source: str, external_id: str, /) -> ConversationId:
        return conversation_of(self._connection, source, external_id)


def write_sample_edits(workspace: Workspace, now: datetime) -> None:
    """Append the sample's edits to the journal, and an answer that was begun; ``now`` as for the pages."""
    with workspace.database.read() as connection:
        keys = _Keys(connection)
        entries = sample_edits(now, keys)
        conversation, draft = sample_draft(now, keys)
    for entry in entries:
        workspace.journal.append(entry)
    workspace.journal.keep_draft(f"reply:{conversation}", draft, now)


def keep_sample_steps(workspace: Workspace) -> None:
    """Who the teammate is, and that nothing of the sample can be undone: call it behind its last edit."""
    workspace.journal.keep_settings({"teammate": _TEAMMATE, "steps_from": str(workspace.journal.last_seq())})
