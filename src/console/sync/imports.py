"""Imports as tasks: untrusted files are parsed in a bounded child, their pages handed to the writer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from console.connectors.bounded import pages_in_child
from console.connectors.errors import RecordError, SourceError, TemporaryError
from console.connectors.survey_kinds import is_survey_export
from console.domain.file_names import as_text, title_of
from console.domain.importing import ImportKind, ImportPlan, plan_from_json, plan_to_json
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import Page
from console.store.import_writes import WaitingBatch
from console.store.source_writes import source_id
from console.store.taking import Intake
from console.sync.work import Finished, PageWork, Task, Work

_log = logging.getLogger(__name__)

MAIL_FILES = ("mail-files", "Imported mail")
SURVEY_FILES = ("survey-files", "Imported surveys")
SPREADSHEETS = ("spreadsheets", "Spreadsheets")
_SECONDS_WITHOUT_PAGE = 60.0


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import on its way; call it in a thread of its own. ``stop`` ends it after the page at hand."""

    batch: WaitingBatch
    own_addresses: frozenset[str]
    put: Callable[[Work], None]
    stop: Event

    def __call__(self) -> None:
        """Deliver every page, then how it ended: done, previewed, stopped or failed."""
        task = Task("import", self.batch.id, self.batch.is_dry_run)
        state, problem = "previewed" if self.batch.is_dry_run else "done", ""
        try:
            plan = plan_from_json(self.batch.plan)
            intake = intake_of(plan, None if self.batch.is_dry_run else self.batch.id, self.own_addresses)
            for page in _pages(plan, self.own_addresses, self.batch.asked_at):
                self.put(PageWork(task, page, intake, self.batch.asked_at))
                if self.stop.is_set():
                    state = "stopped"
                    break
        except (SourceError, TemporaryError, RecordError, ValueError, OSError) as error:
            state, problem = "failed", as_text(str(error))
        self.put(Finished(task, state, problem))


def intake_of(plan: ImportPlan, batch: str | None, own_addresses: frozenset[str]) -> Intake:
    """On whose behalf the pages of an import are taken in: mail ranks as an integration, a spreadsheet as said by hand."""
    own = own_addresses | frozenset(plan.my_addresses)
    if plan.kind is ImportKind.CONVERSATIONS:
        source = SURVEY_FILES if _is_survey(plan) else MAIL_FILES
        key = source_id(*source)
        return Intake(key, Rank.INTEGRATION, Origin(OriginKind.SOURCE, source[1], f"source:{key}"), own, batch)
    name = plan.origin_name or title_of(Path(plan.paths[0]))
    origin = Origin(OriginKind.SPREADSHEET, name, f"spreadsheet:{name}")
    return Intake(source_id(*SPREADSHEETS), Rank.BY_HAND, origin, own, batch, is_partial=True)


def _is_survey(plan: ImportPlan) -> bool:
    return is_survey_export(Path(plan.paths[0]))


def _pages(plan: ImportPlan, own: frozenset[str], now: datetime) -> Iterator[Page]:
    if plan.kind is ImportKind.CONVERSATIONS and _is_survey(plan):
        paths = {"paths": list(plan.paths)}
        return pages_in_child("surveys", paths, seconds_without_page=_SECONDS_WITHOUT_PAGE)
    if plan.kind is ImportKind.CONVERSATIONS:
        arguments = {
            "paths": list(plan.paths),
            "own_addresses": sorted(own | frozenset(plan.my_addresses)),
            "now": now.isoformat(),
        }
        return pages_in_child("mailbox", arguments, seconds_without_page=_SECONDS_WITHOUT_PAGE)
    return pages_in_child("spreadsheet", {"plan": plan_to_json(plan)}, seconds_without_page=_SECONDS_WITHOUT_PAGE)
