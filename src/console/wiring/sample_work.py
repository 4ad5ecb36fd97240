"""What the sample's teammates did, in the words of this workspace's keys."""

from __future__ import annotations

from datetime import datetime

from console.connectors.kinds.sample.edits import sample_draft, sample_edits
from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.store.database import Connection
from console.store.errors import NotFound
from console.store.profile_calling import customer_called
from console.store.threading_mail import following_conversation
from console.store.workspace import Workspace

_TEAMMATE = "Nadia Kovac"


class _Keys:
    """Keys of the workspace by what the sample's sources call things."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def customer_of(self, email: str, /) -> CustomerId:
        return customer_called(self._connection, email)

    def company_of(self, source: str, external_id: str, /) -> CompanyId:
        return CompanyId(
            self._one(
                "SELECT i.owner_id FROM identities i JOIN sources s ON s.id = i.source_id WHERE i.kind = 'company' AND s.name = ? AND i.external_id = ?",
                source,
                external_id,
            )
        )

    def conversation_of(self, source: str, external_id: str, /) -> ConversationId:
        found = self._connection.exec_driver_sql(
            "SELECT c.id FROM conversations c JOIN sources s ON s.id = c.source_id WHERE s.name = ? AND c.external_id = ?",
            (source, external_id),
        ).scalar()
        if found is None:
            found = self._one(
                """SELECT m.conversation_id FROM records r JOIN sources s ON s.id = r.source_id JOIN messages m ON m.id = r.target_id
                   WHERE s.name = ? AND r.external_id = ?""",
                source, external_id,
            )  # fmt: skip
        return ConversationId(following_conversation(self._connection, found))

    def _one(self, statement: str, *names: str) -> int:
        found = self._connection.exec_driver_sql(statement, names).scalar()
        if found is None:
            raise NotFound(f"The sample has nothing called {' / '.join(names)}")
        return found


def write_sample_edits(workspace: Workspace, now: datetime) -> None:
    """Append the sample's edits to the journal, and an answer that was begun; ``now`` as for the pages."""
    with workspace.database.read() as connection:
        keys = _Keys(connection)
        entries = sample_edits(now, keys)
        conversation, draft = sample_draft(now, keys)
    for entry in entries:
        workspace.journal.append(entry)
    workspace.journal.keep_draft(f"reply:{conversation}", draft, now)
    workspace.journal.keep_settings({"teammate": _TEAMMATE, "steps_from": str(workspace.journal.last_seq())})
