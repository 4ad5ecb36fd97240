"""What a workspace of Intercom holds, for the server of ours: contacts, companies, conversations and what hangs on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ME = "991267459"
MOST_EMBEDDED, MOST_PARTS, EVENT_DAYS = 10, 500, 90


@dataclass(slots=True)
class IntercomWorld:
    """One workspace. ``clock`` gives seconds since 1970; ids are handed out in order. Objects are as Intercom gives them."""

    zone: str = "UTC"
    name: str = "Acme"
    id_code: str = "acme0001"
    clock: Callable[[], int] = lambda: int(time.time())
    contacts: dict[str, Json] = field(default_factory=dict)
    companies: dict[str, Json] = field(default_factory=dict)
    conversations: dict[str, Json] = field(default_factory=dict)
    parts: dict[str, list[Json]] = field(default_factory=dict)
    tags: dict[str, Json] = field(default_factory=dict)
    notes: dict[str, list[Json]] = field(default_factory=dict)
    segments: dict[str, list[Json]] = field(default_factory=dict)
    events: dict[str, list[Json]] = field(default_factory=dict)
    attributes: list[Json] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    deleted: list[Json] = field(default_factory=list)
    admins: dict[str, Json] = field(default_factory=dict)
    scrolls: dict[str, tuple[int, float]] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.admin(ME, "Marta Weiss", "marta@acme.example")

    def key(self) -> str:
        self.made += 1
        return str(self.made)

    def admin(self, key: str, name: str, email: str) -> Json:
        self.admins[key] = {
            "type": "admin", "id": key, "name": name, "email": email, "away_mode_enabled": False, "away_mode_reassign": False,
            "has_inbox_seat": True, "team_ids": [],
        }  # fmt: skip
        return self.admins[key]

    def contact(
        self, email: str = "", name: str = "", *, updated_at: int | None = None, role: str = "user", **more: Any
    ) -> str:
        key, at = f"6762f0d0{int(self.key()):016x}", self.clock() if updated_at is None else updated_at
        self.contacts[key] = {
            "type": "contact", "id": key, "workspace_id": self.id_code, "external_id": more.pop("external_id", None), "role": role,
            "email": email, "phone": None, "name": name, "owner_id": None, "has_hard_bounced": False, "marked_email_as_spam": False,
            "unsubscribed_from_emails": False, "created_at": at, "updated_at": at, "signed_up_at": at, "last_seen_at": None,
            "avatar": None, "custom_attributes": {}, "tag_ids": [], "company_ids": [], "merge_history": [],
            "location": {"type": "location", "country": None, "region": None, "city": None}, **more,
        }  # fmt: skip
        return key

    def company(self, name: str, *, updated_at: int | None = None, **more: Any) -> str:
        key, at = f"6762f0a6{int(self.key()):016x}", self.clock() if updated_at is None else updated_at
        self.companies[key] = {
            "type": "company", "id": key, "company_id": f"remote-{key[-6:]}", "app_id": self.id_code, "name": name, "created_at": at,
            "updated_at": at, "remote_created_at": at, "monthly_spend": 0, "session_count": 0, "user_count": 1, "plan": {},
            "custom_attributes": {}, "tag_ids": [], **more,
        }  # fmt: skip
        return key

    def tag(self, name: str) -> str:
        for key, tag in self.tags.items():
            if tag["name"] == name:
                return key
        key = self.key()
        self.tags[key] = {"type": "tag", "id": key, "name": name}
        return key

    def conversation(self, contact: str, body: str, *, at: int | None = None, subject: str = "", **more: Any) -> str:
        key, now = str(10_000 + int(self.key())), self.clock() if at is None else at
        who = self.contacts[contact]
        author = {"type": who["role"], "id": contact, "name": who["name"], "email": who["email"] or "none@acme.example"}
        source = {
            "type": "conversation", "id": f"4039{key}", "delivered_as": "customer_initiated", "subject": subject, "body": body,
            "author": author, "attachments": [], "url": None, "redacted": False,
        }  # fmt: skip
        self.conversations[key] = {
            "type": "conversation", "id": key, "title": None, "created_at": now, "updated_at": now, "waiting_since": None,
            "snoozed_until": None, "source": source, "open": True, "state": "open", "read": False, "priority": "none",
            "contact_ids": [contact], "tag_ids": [], "custom_attributes": {}, **more,
        }  # fmt: skip
        self.parts[key] = []
        return key

    def part(
        self,
        conversation: str,
        body: str | None,
        author: Json,
        *,
        kind: str = "comment",
        at: int | None = None,
        **more: Any,
    ) -> Json:
        now = self.clock() if at is None else at
        made = {
            "type": "conversation_part", "id": self.key(), "part_type": kind, "body": body, "created_at": now, "updated_at": now,
            "notified_at": now, "author": author, "attachments": [], "external_id": None, "redacted": False, **more,
        }  # fmt: skip
        self.parts[conversation].append(made)
        self.conversations[conversation]["updated_at"] = now
        return made

    def as_contact(self, contact: str) -> Json:
        who = self.contacts[contact]
        return {"type": "user", "id": contact, "name": who["name"], "email": who["email"] or "none@acme.example"}

    def as_admin(self, key: str = ME) -> Json:
        return {name: self.admins[key][name] for name in ("type", "id", "name", "email")}

    def note(self, owner: str, body: str, *, by: str = ME, at: int | None = None) -> Json:
        kind = "company" if owner in self.companies else "contact"
        made = {
            "type": "note", "id": self.key(), "created_at": self.clock() if at is None else at, kind: {"type": kind, "id": owner},
            "author": self.admins[by], "body": body,
        }  # fmt: skip
        self.notes.setdefault(owner, []).insert(0, made)
        return made

    def attribute(
        self,
        name: str,
        data_type: str = "string",
        *,
        model: str = "contact",
        options: tuple[str, ...] = (),
        writable: bool = True,
    ) -> None:
        self.attributes.append({
            "type": "data_attribute", "id": int(self.key()), "model": model, "name": name, "full_name": f"custom_attributes.{name}",
            "label": name, "description": "", "data_type": data_type, "options": list(options), "api_writable": writable,
            "messenger_writable": True, "ui_writable": True, "custom": True, "archived": False, "created_at": 1_700_000_000,
            "updated_at": 1_700_000_000,
        })  # fmt: skip

    def event(self, contact: str, name: str, at: int, **metadata: Any) -> None:
        self.events.setdefault(contact, []).append({
            "type": "event", "id": f"e{self.key()}", "event_name": name, "created_at": at, "intercom_user_id": contact,
            "email": self.contacts[contact]["email"], "metadata": metadata,
        })  # fmt: skip

    def merge(self, lead: str, into: str) -> None:
        """As Intercom does it: the lead vanishes from searches, its conversations and ids lead to the user."""
        gone = self.contacts.pop(lead)
        self.merged[lead] = into
        user = self.contacts[into]
        item = {
            "type": "merge_history",
            "source_contact_id": lead,
            "source_contact_role": gone["role"],
            "merged_at": self.clock(),
        }
        user["merge_history"].append(item)
        user["updated_at"] = self.clock()
        for conversation in self.conversations.values():
            conversation["contact_ids"] = [into if one == lead else one for one in conversation["contact_ids"]]

    def delete_conversation(self, key: str) -> None:
        del self.conversations[key], self.parts[key]
        self.deleted.insert(
            0, {"type": "conversation", "id": key, "metrics_retained": True, "deleted_at": self.clock()}
        )
