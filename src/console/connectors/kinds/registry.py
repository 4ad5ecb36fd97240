"""The kinds of source that can be connected, by name."""

from __future__ import annotations

from collections.abc import Mapping

from console.connectors.contract import Connector, Found
from console.connectors.errors import SourceError
from console.connectors.kinds import folder, imap_connector, intercom, rest
from console.connectors.rest.bundled import bundled_connectors


def connector_called(name: str) -> Connector:
    """The connector for a kind of source. Raises SourceError."""
    if name not in CONNECTORS:
        raise SourceError(f"There is no kind of source {name!r}.", f"Choose one of: {', '.join(sorted(CONNECTORS))}.")
    return CONNECTORS[name]


def settings_of(kind: str, given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Settings as they are kept, and our own addresses. Raises SourceError for what is missing, wrong or unknown."""
    return connector_called(kind).settings_of(given)


def check(kind: str, settings: Mapping[str, str], secret: str) -> Found:
    """Try a source out. Raises SourceError or TemporaryError with what is wrong and what to do."""
    return connector_called(kind).check(settings, secret)


CONNECTORS: Mapping[str, Connector] = {
    one.kind.name: one
    for one in (imap_connector.CONNECTOR, folder.CONNECTOR, intercom.CONNECTOR, *bundled_connectors(), rest.CONNECTOR)
}
