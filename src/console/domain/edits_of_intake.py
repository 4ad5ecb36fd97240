"""Edits of what comes in, and edits about edits: imports, sources, undo and redo."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.ids import EditId, SourceId


@dataclass(frozen=True, slots=True)
class StartImport:
    """Take in files as one batch; ``plan`` is the reading plan as JSON (see ``domain.importing``).

    A dry run (``is_dry_run``) only counts what would happen; it is no step of the undo history.
    """

    batch: str
    plan: str
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Take a whole batch out again; edits made since stay."""

    batch: str


@dataclass(frozen=True, slots=True)
class AddSource:
    """Connect a source; ``settings`` is JSON without any secret, which lies in the keyring or in the journal's settings."""

    source: SourceId
    kind: str
    name: str
    settings: str
    own_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Disconnect a source. What it brought stays, or goes in steps (``is_dropping``) but for what teammates touched."""

    source: SourceId
    is_dropping: bool = False


@dataclass(frozen=True, slots=True)
class PauseSource:
    """Let a source rest, or go on."""

    source: SourceId
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Undo:
    """Take one edit back, where nothing newer stands on it."""

    edit: EditId


@dataclass(frozen=True, slots=True)
class Redo:
    """Do an edit again that was taken back."""

    edit: EditId
