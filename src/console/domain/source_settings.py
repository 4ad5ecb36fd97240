"""Settings of every source, whatever its kind: how often it is asked, and which of its streams are not wanted.

They lie beside the settings of its connector, which never sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

EVERY = "every"
STREAMS_OFF = "streams_off"
OURS = frozenset((EVERY, STREAMS_OFF))

LONGEST_EVERY = 7 * 24 * 60
"""Minutes: a source that is asked less than once a week had better be paused."""


def theirs(settings: Mapping[str, str]) -> dict[str, str]:
    """What the connector is told."""
    return {name: value for name, value in settings.items() if name not in OURS}


def ours(settings: Mapping[str, str]) -> dict[str, str]:
    """What is about any source. Raises ValueError where it makes no sense."""
    kept = {name: value for name, value in settings.items() if name in OURS}
    every(kept)
    return kept


def every(settings: Mapping[str, str]) -> int | None:
    """Minutes between two runs, None for the kind's own pace. Raises ValueError."""
    text = settings.get(EVERY, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_EVERY:
        raise ValueError(
            f"“{text}” is no number of minutes from 1 to {LONGEST_EVERY}. Leave it empty for the usual pace"
        )
    return int(text)


def streams_off(settings: Mapping[str, str]) -> frozenset[str]:
    """The streams that a teammate does not want."""
    return frozenset(line for line in settings.get(STREAMS_OFF, "").split("\n") if line)


def with_streams_off(settings: Mapping[str, str], off: Iterable[str]) -> dict[str, str]:
    """The settings with these streams off and no others."""
    return _with(settings, STREAMS_OFF, "\n".join(sorted(set(off))))


def with_every(settings: Mapping[str, str], minutes: int | None) -> dict[str, str]:
    """The settings with another pace. Raises ValueError."""
    changed = _with(settings, EVERY, "" if minutes is None else str(minutes))
    every(changed)
    return changed


def _with(settings: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    kept = {one: value for one, value in settings.items() if one != name}
    return {**kept, name: text} if text else kept
