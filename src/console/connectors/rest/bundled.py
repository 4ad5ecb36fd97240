"""Manifests that come with the console, and one that a teammate brings."""

from __future__ import annotations

from console.connectors.contract import Connector
from console.connectors.errors import SourceError
from console.connectors.rest.described import connector_of
from console.connectors.rest.reading import manifest_of
from console.system.paths import resources

FOLDER = "connectors"


def bundled_connectors() -> tuple[Connector, ...]:
    """One connector for each manifest in ``resources/connectors``, in order of names. Raises SourceError that names the file."""
    found = []
    for path in sorted((resources() / FOLDER).glob("*.yaml")):
        try:
            found.append(connector_of(manifest_of(path.read_text(encoding="utf-8"))))
        except SourceError as error:
            raise SourceError(
                f"{path.name}: {error.what}", "The program's own resources are damaged. Install it again."
            ) from error
    return tuple(found)
