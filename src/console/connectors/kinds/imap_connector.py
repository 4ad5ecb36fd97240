"""An IMAP mailbox behind the contract of all connectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Event

from console.connectors.contract import Connector, Found, Pulling
from console.connectors.errors import SourceError
from console.connectors.kinds import imap
from console.connectors.kinds.imap_sending import check_outgoing, probe, push
from console.connectors.kinds.imap_settings import settings_from
from console.domain.address import canonical
from console.domain.outbox import WriteKind
from console.domain.records import Page
from console.domain.source_kinds import FieldKind, SourceField, SourceKind

OWN = "own_addresses"

KIND = SourceKind(
    "imap",
    "IMAP mailbox",
    "Mail of every folder that you choose, sent mail included",
    "mail",
    (
        SourceField("host", "Server", FieldKind.TEXT, "imap.example.com"),
        SourceField("port", "Port", FieldKind.NUMBER, "", "993", is_required=False),
        SourceField("security", "Security", FieldKind.CHOICE, "", "tls", choices=("tls", "starttls", "plain")),
        SourceField("username", "Sign-in name", FieldKind.TEXT, "usually the e-mail address"),
        SourceField("password", "Password", FieldKind.SECRET),
        SourceField(OWN, "Own addresses", FieldKind.TEXT, "help@example.com", is_required=False),
        SourceField("smtp_host", "Outgoing server", FieldKind.TEXT, "guessed where empty", is_required=False),
        SourceField("smtp_port", "Outgoing port", FieldKind.NUMBER, "587", is_required=False),
        SourceField(
            "smtp_security",
            "Outgoing security",
            FieldKind.CHOICE,
            "",
            is_required=False,
            choices=("", "starttls", "tls", "plain"),
        ),
    ),
    writes=(WriteKind.REPLY.value,),
    tried="Tried against Dovecot and pymap, sending through Exim.",
    search_words=("mail", "e-mail", "gmail", "dovecot"),
)


def _settings_of(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    kept = {name: value for name, value in given.items() if name != OWN}
    known = settings_from(kept)
    written = given.get(OWN, "") or known.username
    own = []
    for text in written.replace(";", ",").split(","):
        address = canonical(text)
        if address is None and given.get(OWN):
            raise SourceError(f"{text.strip()!r} is not an e-mail address.", "Part several addresses by commas.")
        own += [address] if address else []
    return kept, tuple(own)


def _check(settings: Mapping[str, str], secret: str) -> Found:
    found = imap.check(settings_from(settings), secret)
    chosen = [folder.name for folder in found.folders if folder.is_chosen]
    news = "News arrives by itself." if found.tells_news else "News is asked for once a minute."
    sends = check_outgoing(settings_from(settings), secret)
    return Found(
        f"Connected. {len(chosen)} of {len(found.folders)} folders are read: {', '.join(chosen)}. {news} {sends}",
        tuple(folder.name for folder in found.folders),
    )


def _pull(pulling: Pulling) -> Iterator[Page]:
    return imap.pull(
        settings_from(pulling.settings), pulling.secret, pulling.cursor_by_stream,
        own_addresses=pulling.own_addresses, known_ids=lambda stream: pulling.known_ids(f"{stream}/"), stop=pulling.stop,
    )  # fmt: skip


def _wait_for_news(settings: Mapping[str, str], secret: str, news: Event, seconds: float) -> None:
    imap.wait_for_news(settings_from(settings), secret, "INBOX", news, seconds)


CONNECTOR = Connector(KIND, _settings_of, _check, _pull, _wait_for_news, seconds_between=300.0, push=push, probe=probe)
