"""What the keyboard does to the selected conversation: each deed is one edit."""

from __future__ import annotations

from collections.abc import Callable

from console.domain.edits import (
    AssignTeammate,
    CloseConversation,
    Edit,
    Entry,
    MarkRead,
    ReopenConversation,
    SetPriority,
    Several,
    SnoozeConversation,
)
from console.domain.ids import ConversationId
from console.domain.inbox import ConversationState, InboxRow
from console.ui.inbox.column import InboxColumn
from console.ui.session import Session


class ConversationDeeds:
    """Edits on the conversation that is selected in the inbox; without one they do nothing."""

    def __init__(self, session: Session, column: InboxColumn) -> None:
        self._session, self._column = session, column
        session.submitted.connect(self._follow)

    def close(self) -> None:
        """Done with it, where it is not closed already."""
        self._with_row(self._close)

    def reopen(self) -> None:
        """It needs somebody again, where it is not open already."""
        self._with_row(self._reopen)

    def take(self) -> None:
        """It becomes the teammate's own, or nobody's where it was."""
        self._with_row(self._take)

    def toggle_priority(self) -> None:
        """It goes before others, or no longer."""
        self._with_row(lambda row: self._session.submit(SetPriority(row.id, not row.is_priority)))

    def toggle_unread(self) -> None:
        """It counts as unread, or as read."""
        self._with_row(lambda row: self._session.submit(MarkRead(row.id, row.unread_count > 0)))

    def mark_read(self, key: int) -> None:
        """It was looked at; without a word."""
        self._session.submit(MarkRead(ConversationId(key), is_read=True))

    def _close(self, row: InboxRow) -> None:
        if row.state is not ConversationState.CLOSED:
            self._session.submit(CloseConversation(row.id))

    def _reopen(self, row: InboxRow) -> None:
        if row.state is not ConversationState.OPEN:
            self._session.submit(ReopenConversation(row.id))

    def _take(self, row: InboxRow) -> None:
        me = self._session.teammate
        self._session.submit(AssignTeammate(row.id, None if row.assignee == me else me))

    def _with_row(self, deed: Callable[[InboxRow], object]) -> None:
        row = self._column.current_row()
        if row is not None:
            deed(row)

    def _follow(self, entry: Entry) -> None:
        """Whoever sends the selected conversation out of the list, the next one is to follow."""
        shown = self._column.choice.filter(self._session.teammate).state
        left = _left_for(entry.edit, self._column.list.current_key())
        if left is not None and left is not shown:
            self._column.list.advance_when_gone()


def _left_for(edit: Edit, key: int | None) -> ConversationState | None:
    """The state that an edit brings a conversation into, None where it is about something else."""
    match edit:
        case CloseConversation(conversation=about) if about == key:
            return ConversationState.CLOSED
        case SnoozeConversation(conversation=about) if about == key:
            return ConversationState.SNOOZED
        case ReopenConversation(conversation=about) if about == key:
            return ConversationState.OPEN
        case Several(edits=parts):
            return next((left for part in parts if (left := _left_for(part, key)) is not None), None)
        case _:
            return None
