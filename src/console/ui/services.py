"""Services: what the sync process does for the windows, as callables that wiring gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.domain.ids import SourceId
    from console.domain.importing import ImportKind, ImportPlan, LayoutChoice
    from console.domain.source_kinds import SourceKind


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task of the sync process is.

    `task` is `sync`, `import` or `connection`. For a sync `name` is the source's name and `stream` what is read; for an
    import `name` is the batch. `total` is None where nobody knows yet. `state` is running, waiting, done, failed or
    offline; `problem` is a sentence where it failed. Of a sync, `records` came in this run, at `rate` a second; `seconds_left`
    is smoothed and None while nobody can tell; a waiting source goes on by itself at `until` (seconds since 1970, UTC).
    """

    task: str
    name: str
    state: str
    done: int = 0
    total: int | None = None
    stream: str = ""
    problem: str = ""
    records: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A source that is about to be added or tried; `secret` is a password that is never kept in a window."""

    kind: str
    name: str
    settings: Mapping[str, str]
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a trial of a source found: a sentence, the folders it offers where it is a mailbox, facts (label, value)."""

    is_good: bool
    sentence: str
    folders: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedSource:
    """A draft as `AddSource` and `ChangeSource` keep it: `settings` as JSON without any secret, and our own addresses."""

    settings: str
    own_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Services:
    """The sync process, seen from a window. `poke` returns at once; all others are slow and run in the background.

    Commands of `poke`: `{"command": "fold"}`, `{"command": "sync", "source": name | None}`, `{"command": "stop",
    "task": "sync" | "import", "name": source or batch}`, `{"command": "look up", "customer": key}` when a profile opens. `guess` tells what files hold (a kind given is kept, the
    first is laid out as chosen); `check_source` tries a source without keeping anything; `keep_secret` keeps a source's
    password where only this computer's keyring or the encrypted journal hold it. `zone_at` names the time zone of a point
    (degrees north, degrees east), empty where there is none. `write_dossier` writes all that is known of a customer (its
    key, the file, under whose name); `back_up` writes a verified backup and says where. `source_kinds` are the kinds that can
    be added; `prepare_source` sees to what was filled in, and gives what the edit takes. They raise StoreError, ValueError or OSError with a sentence.
    """

    poke: Callable[[Mapping[str, object]], None]
    guess: Callable[[tuple[str, ...], ImportKind | None, LayoutChoice], ImportPlan]
    check_source: Callable[[SourceDraft], SourceCheck]
    keep_secret: Callable[[SourceId, str], None]
    zone_at: Callable[[float, float], str]
    write_dossier: Callable[[int, str, str], None]
    back_up: Callable[[], str]
    source_kinds: Callable[[], tuple[SourceKind, ...]] = tuple
    prepare_source: Callable[[SourceDraft], PreparedSource] = lambda draft: PreparedSource(
        json.dumps(dict(draft.settings), ensure_ascii=False, sort_keys=True)
    )
