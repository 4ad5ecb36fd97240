"""Edits of sources that are connected: their name, their settings, what they bring and how often, and reading again."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import SourceId


@dataclass(frozen=True, slots=True)
class RenameSource:
    """Call a source something else; what it brought stays its own."""

    source: SourceId
    name: str


@dataclass(frozen=True, slots=True)
class ChangeSource:
    """Other settings for a source, as ``AddSource`` takes them; its pace and its streams stay as they are chosen."""

    source: SourceId
    settings: str
    own_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChooseStreams:
    """Read all streams of a source but these; what they brought before stays."""

    source: SourceId
    off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetSourcePace:
    """Ask a source every so many minutes; None leaves it to the kind of source."""

    source: SourceId
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Forget where the streams of a source ended: everything is read once more, and nothing comes in twice."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class RetryQuarantine:
    """Try once more to read what was put aside: from what is kept of it, else by asking the source again."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class TrustSources:
    """Of two integrations the one that is named earlier is believed; of those that are not named, the latest one."""

    order: tuple[SourceId, ...]


OfSources = RenameSource | ChangeSource | ChooseStreams | SetSourcePace | ReadAgain | RetryQuarantine | TrustSources
