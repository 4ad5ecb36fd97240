"""What is said in one conversation of the sample: who speaks when, before it becomes a mail, a chat or a survey."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from console.connectors.kinds.sample.people import Person
from console.domain.records import AuthorKind

OWN_ADDRESSES = (
    "help@acme.dev",
    "support@acme.dev",
    "billing@acme.dev",
    "nadia@acme.dev",
    "jonas@acme.dev",
    "aisha@acme.dev",
    "ravi@acme.dev",
    "clara@acme.dev",
)
MY_NAME = "Nadia Kovac"
ADDRESS_BY_TEAMMATE = {
    MY_NAME: "nadia@acme.dev",
    "Jonas Weber": "jonas@acme.dev",
    "Aisha Bello": "aisha@acme.dev",
    "Ravi Menon": "ravi@acme.dev",
    "Clara Duval": "clara@acme.dev",
}
TEAMMATES = tuple(ADDRESS_BY_TEAMMATE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn. ``speaker`` is ``customer``, ``bot`` or a teammate's name; ``attach`` names a file, ``html`` is as sent."""

    at: datetime
    speaker: str
    text: str
    html: str = ""
    attach: str = ""
    is_read: bool = True

    @property
    def kind(self) -> AuthorKind:
        """Who speaks, in the words of records."""
        return {"customer": AuthorKind.CUSTOMER, "bot": AuthorKind.BOT}.get(self.speaker, AuthorKind.TEAMMATE)


@dataclass(frozen=True, slots=True)
class Plot:
    """A conversation: ``key`` names it in the sample, ``person`` is None where nobody knows who wrote (``nickname``).

    ``is_story``: written by hand, so that nothing is added to its words. ``is_done``: the team needs to do nothing any more. ``display`` is the name that the customer gives this time.
    ``language`` is the one they write in. ``score`` of a survey is 0–10, of a review 1–5 stars.
    """

    key: str
    person: Person | None
    subject: str
    turns: tuple[Turn, ...]
    tags: tuple[str, ...] = ()
    is_done: bool = False
    assignee: str = ""
    is_priority: bool = False
    nickname: str = ""
    display: str = ""
    score: int | None = None
    is_story: bool = False
    language: str = "en"
    notes: tuple[Turn, ...] = field(default=())

    @property
    def last_at(self) -> datetime:
        """When the last turn was (aware UTC)."""
        return self.turns[-1].at

    @property
    def shown_name(self) -> str:
        """The name under which the customer writes."""
        return self.display or (self.person.name if self.person else self.nickname)
