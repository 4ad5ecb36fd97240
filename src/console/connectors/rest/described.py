"""A connector out of a manifest: settings checked, tried out, pulled, written back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Event

from console.connectors.contract import Connector, Found, Pulling, Speaking, wait_quietly
from console.connectors.errors import RecordError, SourceError, TemporaryError
from console.connectors.http import Auth, Client, StoppedError
from console.connectors.rest import templates
from console.connectors.rest.asking import Asking, good
from console.connectors.rest.lists import Lists
from console.connectors.rest.manifest import Manifest
from console.connectors.rest.paths import Scope
from console.connectors.rest.picks import text_of
from console.connectors.rest.pulling import StreamPull
from console.connectors.rest.signing import auth_of
from console.connectors.rest.writing import probed, pushed
from console.domain.outbox import Sending, Settled
from console.domain.records import Page
from console.domain.source_kinds import FieldKind, SourceField, SourceKind, SourceStream

ALLOW_PRIVATE = "allow_private"
PRIVATE_FIELD = SourceField(
    ALLOW_PRIVATE, "Private addresses", FieldKind.FLAG, "yes for a server in your own network", "no", is_required=False
)
_FLAGS = ("yes", "no", "")


def connector_of(manifest: Manifest) -> Connector:
    """The connector that a manifest describes."""
    return Connector(
        kind_of(manifest),
        lambda given: (settings_of(manifest, given), ()),
        lambda settings, secret: checked(manifest, settings, secret),
        lambda pulling: pulled(manifest, pulling),
        wait_quietly,
        manifest.seconds_between_pulls,
        push=lambda speaking, sending: push(manifest, speaking, sending),
        probe=lambda speaking, sending: probe(manifest, speaking, sending),
    )


def kind_of(manifest: Manifest) -> SourceKind:
    """What the window and the command line show of it."""
    return SourceKind(
        manifest.name,
        manifest.title,
        manifest.brings,
        manifest.icon,
        (*manifest.fields, PRIVATE_FIELD),
        tuple(SourceStream(stream.name, stream.label, stream.limits) for stream in manifest.streams),
        tuple(dict.fromkeys(name.partition(":")[0] for name in manifest.writes)),
        manifest.tried,
        manifest.search_words,
    )


def settings_of(manifest: Manifest, given: Mapping[str, str]) -> dict[str, str]:
    """Settings with what stands where nothing was said. Raises SourceError for what is missing, wrong or unknown."""
    fields = [one for one in (*manifest.fields, PRIVATE_FIELD) if one.kind is not FieldKind.SECRET]
    names = [field.name for field in fields]
    for name in given:
        if name not in names:
            raise SourceError(f"{manifest.title} has no setting {name!r}.", f"Use {', '.join(names)}.")
    found = {field.name: given.get(field.name, "").strip() or field.default for field in fields}
    for field in fields:
        _check_setting(field, found[field.name])
    _opened(manifest, found, Auth.none(), Event()).close()
    return {name: value for name, value in found.items() if value}


def _check_setting(field: SourceField, value: str) -> None:
    if field.is_required and not value:
        raise SourceError(f"{field.label} is missing.", f"Enter it{f' ({field.hint})' if field.hint else ''}.")
    if field.kind is FieldKind.CHOICE and value and value not in field.choices:
        raise SourceError(f"{field.label} is none of its choices.", f"Choose one of: {', '.join(field.choices)}.")
    if field.kind is FieldKind.FLAG and value not in _FLAGS:
        raise SourceError(f"{field.label} is neither yes nor no.", "Say yes or no.")
    if field.kind is FieldKind.NUMBER and value and not (value.isascii() and value.isdigit()):
        raise SourceError(f"{field.label} is no number.", "Enter digits only.")


def checked(manifest: Manifest, settings: Mapping[str, str], secret: str) -> Found:
    """Try a source out. Raises SourceError or TemporaryError."""
    with _client(manifest, settings, secret, Event()) as client:
        asking = Asking(client, settings, manifest.headers)
        answer = good(asking.once(manifest.trial.request, {}), manifest.trial.request).json()
        try:
            facts = tuple((label, text_of(pick, Scope(answer))) for label, pick in manifest.trial.facts.items())
        except RecordError as error:
            raise TemporaryError("The source answered, but not as expected.", "Check the address.") from error
    sentence = templates.text_of(manifest.trial.sentence, answer if isinstance(answer, dict) else {})
    return Found(sentence, facts=tuple((label, value) for label, value in facts if value))


def pulled(manifest: Manifest, pulling: Pulling) -> Iterator[Page]:
    """All streams that are wanted, in the manifest's order; ends early and in peace when ``stop`` is set."""
    with _client(manifest, pulling.settings, pulling.secret, pulling.stop, pulling) as client:
        asking = Asking(client, pulling.settings, manifest.headers)
        lists = Lists(asking, manifest.lists)
        keys = keys_of(manifest, pulling.source)
        try:
            for stream in manifest.streams:
                if stream.name in pulling.streams_off:
                    continue
                if pulling.stop.is_set():
                    return
                yield from StreamPull(stream, asking, pulling, lists, keys).pages()
        except StoppedError:
            return
        except RecordError as error:
            raise TemporaryError(error.what, "It will be tried again.") from error


def push(manifest: Manifest, speaking: Speaking, sending: Sending) -> Settled:
    """Send one edit. Raises TemporaryError (certainly not taken), UncertainError, SourceError."""
    with _client(manifest, speaking.settings, speaking.secret, speaking.stop) as client:
        return pushed(manifest, Asking(client, speaking.settings, manifest.headers), sending)


def probe(manifest: Manifest, speaking: Speaking, sending: Sending) -> Settled | None:
    """Whether an edit is there. Raises TemporaryError, SourceError."""
    with _client(manifest, speaking.settings, speaking.secret, speaking.stop) as client:
        return probed(manifest, Asking(client, speaking.settings, manifest.headers), sending)


def keys_of(manifest: Manifest, source: int) -> str:
    """What the keys of all messages begin with: two sources never share a message, be they two accounts at one address."""
    return f"{manifest.name}:{source:x}"


def _client(
    manifest: Manifest, settings: Mapping[str, str], secret: str, stop: Event, pulling: Pulling | None = None
) -> Client:
    """Signed in. Raises SourceError, TemporaryError where that needs a token that is not given."""

    def opening(address: str, auth: Auth) -> Client:
        return _opened(manifest, settings, auth, stop, pulling, address)

    return opening("", auth_of(manifest.signing, settings, secret, opening))


def _opened(
    manifest: Manifest,
    settings: Mapping[str, str],
    auth: Auth,
    stop: Event,
    pulling: Pulling | None = None,
    address: str = "",
) -> Client:
    return Client(
        address or templates.text_of(manifest.address, settings),
        auth=auth,
        allowed_hosts=[templates.text_of(host, settings) for host in manifest.hosts],
        allow_private=settings.get(ALLOW_PRIVATE) == "yes",
        stop=stop,
        seconds_between=manifest.seconds_between_requests,
        limit_headers=manifest.limit_headers,
        count_request=pulling.count_request if pulling else lambda: None,
        count_wait=pulling.count_wait if pulling else lambda _seconds: None,
    )
