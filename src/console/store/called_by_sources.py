"""Keys of what a source knows under a name of its own: the source's name and the external id tell which is meant."""

from __future__ import annotations

from console.domain.ids import CompanyId, ConversationId
from console.store.connection import Connection
from console.store.errors import NotFound
from console.store.threading_mail import following_conversation

_COMPANY = """SELECT i.owner_id FROM identities i JOIN sources s ON s.id = i.source_id
WHERE i.kind = 'company' AND s.name = ? AND i.external_id = ?"""
_CONVERSATION = """SELECT c.id FROM conversations c JOIN sources s ON s.id = c.source_id
WHERE s.name = ? AND c.external_id = ?"""
_OF_MESSAGE = """SELECT m.conversation_id FROM records r JOIN sources s ON s.id = r.source_id
JOIN messages m ON m.id = r.target_id WHERE s.name = ? AND r.external_id = ?"""


def company_of(connection: Connection, source: str, external_id: str) -> CompanyId:
    """The company that a source calls so. Raises NotFound."""
    return CompanyId(_first(connection, (_COMPANY,), source, external_id))


def conversation_of(connection: Connection, source: str, external_id: str) -> ConversationId:
    """The conversation that a source calls so, or in which its message of that name stands, after merges. Raises NotFound."""
    found = _first(connection, (_CONVERSATION, _OF_MESSAGE), source, external_id)
    return ConversationId(following_conversation(connection, found))


def _first(connection: Connection, statements: tuple[str, ...], source: str, external_id: str) -> int:
    for statement in statements:
        found = connection.exec_driver_sql(statement, (source, external_id)).scalar()
        if found is not None:
            return found
    raise NotFound(f"{source} knows nothing called {external_id}")
