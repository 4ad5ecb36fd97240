"""What the windows are given to ask with: each question is answered by a process of its own, or by the keyring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from console.ui.services import PreparedSource, Services, SourceCheck
from console.wiring import opening

if TYPE_CHECKING:
    from console.store.workspace import Workspace
    from console.ui.services import SourceDraft


def services_of(workspace: Workspace, key: bytes, poke: Callable[[Mapping[str, object]], None]) -> Services:
    """The services of an open workspace; ``poke`` gives the sync process a command."""
    folder = workspace.folder

    def check(draft: SourceDraft) -> SourceCheck:
        return SourceCheck(*_asked().check(draft.kind, draft.settings, draft.secret))

    def prepare(draft: SourceDraft) -> PreparedSource:
        return PreparedSource(*_asked().prepare(draft.kind, draft.settings))

    return Services(
        poke=poke,
        guess=lambda paths, kind, layout: _asked().guess(paths, kind, layout),
        check_source=check,
        keep_secret=lambda source, secret: opening.keep_secret(folder, workspace.journal, source, secret),
        zone_at=lambda latitude, longitude: _asked().zone_at(latitude, longitude),
        write_dossier=lambda customer, target, by: _asked().write_dossier(folder, key, customer, target, by),
        back_up=lambda: _asked().back_up(folder, key),
        source_kinds=lambda: _asked().source_kinds(),
        prepare_source=prepare,
    )


def _asked() -> ModuleType:
    # Imported with the first question: a window that opens asks nothing.
    from console.wiring import asked

    return asked
