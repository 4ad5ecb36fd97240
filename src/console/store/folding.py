"""One edit on its way in: where it goes, who made it, and what it has touched so far."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.edits import Entry, Owner
from console.domain.profile import OriginKind
from console.domain.records import OwnerKind
from console.store.connection import Connection
from console.store.errors import Refused
from console.store.identities import following, home_of
from console.store.journal import Journal
from console.store.recorder import Recorder
from console.store.refreshing import Touched
from console.store.threading_mail import following_conversation
from console.store.undoing import touch_owner

MANUAL_KEY = "manual"
_GONE = {
    OwnerKind.CUSTOMER: "This customer is no longer here; it may have come with an import that was taken back",
    OwnerKind.COMPANY: "This company is no longer here",
    OwnerKind.CONVERSATION: "This conversation is no longer here; it may have come with an import that was taken back",
}


@dataclass(slots=True)
class Folding:
    """What the effect of an edit works with. ``now`` is the moment of folding, ``recorder.now`` that of the edit.

    ``remark``: what a teammate has to know of an edit that took effect, but not on everybody; kept as its reason.
    """

    connection: Connection
    entry: Entry
    recorder: Recorder
    touched: Touched
    now: int
    journal: Journal | None = None
    remark: str = ""

    def living(self, owner: Owner) -> Owner:
        """The customer, company or conversation that is meant, after merges. Raises Refused where it is gone."""
        kind = owner.kind
        table = {
            OwnerKind.CUSTOMER: "customers",
            OwnerKind.COMPANY: "companies",
            OwnerKind.CONVERSATION: "conversations",
        }[kind]
        key = (
            following_conversation(self.connection, owner.id)
            if kind is OwnerKind.CONVERSATION
            else following(self.connection, kind, owner.id)
        )
        if not self.connection.exec_driver_sql(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).scalar():
            raise Refused(_GONE[kind])
        touch_owner(kind, key, self.touched)
        return Owner(kind, key)

    def subject(self, owner: Owner) -> int:
        """What notes, tags and claims by hand hang on: the home identity, or the conversation itself."""
        return owner.id if owner.kind is OwnerKind.CONVERSATION else home_of(owner.kind, owner.id)

    def origin(self) -> dict[str, str | int | bool | None]:
        """The origin columns of a claim that this edit makes."""
        return {
            "origin_kind": OriginKind.MANUAL.value,
            "origin_name": self.entry.teammate,
            "origin_key": MANUAL_KEY,
            "acted_at": self.recorder.now,
            "since": self.recorder.now,
            "edit_id": self.entry.id,
        }
