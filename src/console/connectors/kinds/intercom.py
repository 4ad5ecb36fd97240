"""Intercom behind the contract of all connectors (API version 2.16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event

from console.connectors.contract import Connector, Found, Pulling, wait_quietly
from console.connectors.errors import RecordError, SourceError, TemporaryError
from console.connectors.http import Client, StoppedError
from console.connectors.kinds.intercom_client import (
    ALLOW_PRIVATE,
    BASE_URL,
    HOST_BY_REGION,
    REGION,
    VERSION,
    Asking,
    Missing,
    speaking_to,
)
from console.connectors.kinds.intercom_companies import ScrollTakenError, companies
from console.connectors.kinds.intercom_people import events, opened
from console.connectors.kinds.intercom_reference import known_at, workspace_of
from console.connectors.kinds.intercom_run import (
    COMPANIES,
    CONVERSATIONS,
    CUSTOMERS,
    DELETED,
    EVENTS,
    EVENTS_LIMIT,
    NOTES,
    NOTES_LIMIT,
    PARTS_LIMIT,
    PROPERTIES,
    SEGMENTS,
    SEGMENTS_LIMIT,
    SPEND_LIMIT,
    Run,
)
from console.connectors.kinds.intercom_streams import conversations, customers, deleted, properties
from console.connectors.kinds.intercom_writes import probe, push
from console.domain.outbox import WriteKind
from console.domain.records import Coverage, Page
from console.domain.source_kinds import FieldKind, SourceField, SourceKind, SourceStream

_SECONDS_BETWEEN = 300.0

KIND = SourceKind(
    "intercom",
    "Intercom",
    "Customers, companies, conversations, notes, tags and events; replies and edits go back",
    "message-circle",
    (
        SourceField("access_token", "Access token", FieldKind.SECRET, "Intercom: Settings, Developers, your app, Authentication"),
        SourceField(REGION, "Region", FieldKind.CHOICE, "where the workspace is kept", "us", choices=tuple(HOST_BY_REGION)),
        SourceField(BASE_URL, "Address", FieldKind.URL, "only where it is not the region's own", is_required=False),
        SourceField(ALLOW_PRIVATE, "Private network", FieldKind.FLAG, "The server may have a private address", is_required=False),
    ),
    (
        SourceStream(CUSTOMERS, "Customers"),
        SourceStream(COMPANIES, "Companies", SPEND_LIMIT),
        SourceStream(CONVERSATIONS, "Conversations", PARTS_LIMIT),
        SourceStream(DELETED, "Deleted conversations"),
        SourceStream(NOTES, "Notes", NOTES_LIMIT),
        SourceStream(SEGMENTS, "Segments", SEGMENTS_LIMIT),
        SourceStream(EVENTS, "Events", EVENTS_LIMIT),
        SourceStream(PROPERTIES, "Definitions of properties"),
    ),
    writes=tuple(kind.value for kind in WriteKind),
    tried=(
        f"Tried against a server of our own that is checked against Intercom's description {VERSION}, and against Prism; "
        "never against Intercom itself."
    ),
    search_words=("chat", "messenger", "helpdesk", "fin"),
)  # fmt: skip


def _settings_of(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    known = {field.name for field in KIND.fields if field.kind is not FieldKind.SECRET}
    unknown = sorted(given.keys() - known)
    if unknown:
        raise SourceError(f"Intercom has no setting {unknown[0]!r}.", f"It has: {', '.join(sorted(known))}.")
    kept = {REGION: "us"} | {name: value.strip() for name, value in given.items() if value.strip()}
    speaking_to(kept, "checked-later", Event()).close()
    return kept, ()


def _check(settings: Mapping[str, str], secret: str) -> Found:
    with _in_sentences(), speaking_to(settings, secret, Event()) as client:
        workspace = workspace_of(Asking(client))
    called, signed_in_as = workspace.name or workspace.id, workspace.own_name or workspace.teammate
    facts = (
        ("Workspace", called),
        ("Region", workspace.region or settings.get(REGION, "")),
        ("Time zone", workspace.zone_name or "not said, UTC is used"),
        ("Signed in as", signed_in_as),
    )
    return Found(f"Connected to {called} as {signed_in_as}.", facts=facts)


def _pull(pulling: Pulling) -> Iterator[Page]:
    with _in_sentences(), _speaking(pulling) as client, suppress(StoppedError):
        run = _run(Asking(client), pulling)
        taken: TemporaryError | None = None
        for stream, pages in _STREAMS:
            if not run.wants(stream):
                continue
            try:
                yield from pages(run)
            except ScrollTakenError as error:
                taken = error  # everything else can be read meanwhile
        if taken is not None:
            raise taken


def _look_up(pulling: Pulling, customer: str) -> Iterator[Page]:
    with _in_sentences(), _speaking(pulling) as client, suppress(StoppedError):
        run = _run(Asking(client), pulling)
        if run.wants(SEGMENTS):
            records = opened(run.asking, customer, run.known, run.wants(NOTES))
            yield Page(SEGMENTS, records, is_last=True, done=len(records), coverage=Coverage(remark=SEGMENTS_LIMIT))
        if run.wants(EVENTS):
            done = tuple(events(run.asking, customer))
            yield Page(EVENTS, done, is_last=True, done=len(done), coverage=Coverage(remark=EVENTS_LIMIT))


def _speaking(pulling: Pulling) -> Client:
    return speaking_to(pulling.settings, pulling.secret, pulling.stop, pulling.count_request, pulling.count_wait)


def _run(asking: Asking, pulling: Pulling) -> Run:
    workspace = workspace_of(asking)
    return Run(asking, pulling, workspace, known_at(asking, workspace))


@contextmanager
def _in_sentences() -> Iterator[None]:
    """What is missing or odd at the very beginning is about the source, not about a record."""
    try:
        yield
    except Missing:
        raise SourceError(
            "This address does not answer as Intercom does.", "Check the region and the address of the source."
        ) from None
    except RecordError as error:
        raise TemporaryError(f"Intercom gave an answer that cannot be used: {error.what}") from error


_STREAMS: tuple[tuple[str, Callable[[Run], Iterator[Page]]], ...] = (
    (PROPERTIES, properties),
    (COMPANIES, companies),
    (CUSTOMERS, customers),
    (CONVERSATIONS, conversations),
    (DELETED, deleted),
)

CONNECTOR = Connector(
    KIND, _settings_of, _check, _pull, wait_quietly, _SECONDS_BETWEEN, push=push, probe=probe, look_up=_look_up
)
