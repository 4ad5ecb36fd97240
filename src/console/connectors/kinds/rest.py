"""Any source that a teammate's own manifest describes ("Generic REST"): the manifest is one of its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from console.connectors.contract import Connector, Found, Pulling, Speaking, wait_quietly
from console.connectors.errors import SourceError
from console.connectors.rest import described
from console.connectors.rest.manifest import Manifest
from console.connectors.rest.reading import manifest_of
from console.domain.outbox import Sending, Settled, WriteKind
from console.domain.records import Page
from console.domain.source_kinds import FieldKind, SourceField, SourceKind

NAME = "rest"
MANIFEST, FURTHER = "manifest", "further"
_SECONDS_BETWEEN = 300.0
_LARGEST_BYTES = 1_000_000

KIND = SourceKind(
    NAME,
    "Generic REST",
    "Whatever a manifest file of your own says, from any server that answers in JSON",
    "brackets",
    (
        SourceField(MANIFEST, "Manifest", FieldKind.FILE, "a .yaml file; docs/connectors.md says what stands in it"),
        SourceField("base_url", "Address", FieldKind.URL, "where the manifest asks for it", is_required=False),
        SourceField("username", "Sign-in name", FieldKind.TEXT, "where the manifest asks for it", is_required=False),
        SourceField("secret", "Key or password", FieldKind.SECRET, "", is_required=False),
        SourceField(FURTHER, "Further settings", FieldKind.TEXT, "name=value, parted by ;", is_required=False),
        described.PRIVATE_FIELD,
    ),
    writes=tuple(kind.value for kind in WriteKind),
    tried="Tried against Roundup and django-helpdesk with manifests of their own; what yours describes was tried by you alone.",
    search_words=("api", "json", "manifest", "http", "own", "custom"),
)


def settings_of(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Settings with the manifest's text in them: the file may go away. Raises SourceError with every mistake and its line."""
    text = _text_of(given.get(MANIFEST, ""))
    manifest = _manifest(text)
    rest = {name: value for name, value in given.items() if name not in {MANIFEST, FURTHER} and value.strip()}
    for pair in given.get(FURTHER, "").replace("\n", ";").split(";"):
        name, sign, value = pair.partition("=")
        if pair.strip() and not sign:
            raise SourceError("Further settings are not understood.", "Write them as name=value, parted by semicolons.")
        if name.strip():
            rest[name.strip()] = value.strip()
    return {MANIFEST: text, **described.settings_of(manifest, rest)}, ()


def _text_of(written: str) -> str:
    """A manifest itself, or the path of a file with one."""
    if not written.strip():
        raise SourceError("The manifest is missing.", "Choose a .yaml file.")
    if "\n" in written.strip():
        return written
    path = Path(written.strip())
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SourceError("This file is too large for a manifest.", "Choose another file.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError("The manifest cannot be read.", "Choose a .yaml file in UTF-8.") from error


@lru_cache(maxsize=16)
def _manifest(text: str) -> Manifest:
    return manifest_of(text)


def _parted(settings: Mapping[str, str]) -> tuple[Manifest, dict[str, str]]:
    rest = {name: value for name, value in settings.items() if name != MANIFEST}
    return _manifest(settings.get(MANIFEST, "")), rest


def _check(settings: Mapping[str, str], secret: str) -> Found:
    manifest, rest = _parted(settings)
    return described.checked(manifest, rest, secret)


def _pull(pulling: Pulling) -> Iterator[Page]:
    manifest, rest = _parted(pulling.settings)
    return described.pulled(manifest, replace(pulling, settings=rest))


def _push(speaking: Speaking, sending: Sending) -> Settled:
    manifest, rest = _parted(speaking.settings)
    return described.push(manifest, Speaking(rest, speaking.secret, speaking.stop), sending)


def _probe(speaking: Speaking, sending: Sending) -> Settled | None:
    manifest, rest = _parted(speaking.settings)
    return described.probe(manifest, Speaking(rest, speaking.secret, speaking.stop), sending)


CONNECTOR = Connector(KIND, settings_of, _check, _pull, wait_quietly, _SECONDS_BETWEEN, push=_push, probe=_probe)
