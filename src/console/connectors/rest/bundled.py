"""Manifests that come with the console, and one that a teammate brings."""

from __future__ import annotations

import logging

from console.connectors.contract import Connector
from console.connectors.errors import SourceError
from console.connectors.rest.described import connector_of
from console.connectors.rest.manifest import Manifest
from console.connectors.rest.reading import manifest_of
from console.system.paths import resources

FOLDER = "connectors"

_log = logging.getLogger(__name__)


def bundled_connectors() -> tuple[Connector, ...]:
    """One connector for each manifest in ``resources/connectors``, in order of names.

    One that is damaged is left out and named in the log: mail has to come in all the same.
    """
    found = []
    for path in sorted((resources() / FOLDER).glob("*.yaml")):
        try:
            found.append(connector_of(manifest_of(path.read_text(encoding="utf-8"))))
        except SourceError as error:
            _log.error("the manifest %s is damaged: %s", path.name, error.what)
    return tuple(found)


def bundled_manifest(name: str) -> Manifest:
    """One that comes with the console, by its file's name. Raises SourceError where it is damaged."""
    return manifest_of((resources() / FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
