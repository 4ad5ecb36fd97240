"""A folder whose files are read when they appear or change: mail, tables and exported surveys, each in a bounded child."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from console.connectors.bounded import pages_in_child, result_in_child
from console.connectors.contract import Connector, Found, Pulling
from console.connectors.errors import SourceError
from console.connectors.kinds.folder_files import Lying, Sort, cursor_of, files_in, marks_of, sort_of
from console.domain.address import canonical
from console.domain.importing import ImportPlan, can_import, plan_to_json
from console.domain.records import CompanyRecord, Coverage, CustomerRecord, Page, Record, Rejected
from console.domain.source_kinds import FieldKind, SourceField, SourceKind, SourceStream
from console.system import clock

STREAM = "files"
FOLDER, OWN = "folder", "own_addresses"
_SECONDS_WITHOUT_PAGE = 60.0
_GUESS_SECONDS = 120.0
_SETTLED_SECONDS = 2.0
_LOOK_SECONDS = 2.0
_SECONDS_BETWEEN = 300.0
_MAILS_AT_ONCE = 200
_REMARK = "Only what files say: a row or a file that was taken away stays in the console."

KIND = SourceKind(
    "folder",
    "Folder of files",
    "Mail (mbox, eml), tables (CSV, XLSX, JSON lines) and exported surveys that appear or change in a folder",
    "folder",
    (
        SourceField(FOLDER, "Folder", FieldKind.FOLDER, "the whole path"),
        SourceField(OWN, "Own addresses", FieldKind.TEXT, "help@example.com, for mail", is_required=False),
    ),
    (SourceStream(STREAM, "Files", _REMARK),),
    tried="Tried with files of every kind that it reads, appearing, changing and damaged.",
    search_words=("directory", "watch", "csv", "excel", "mbox", "spreadsheet", "delighted"),
)


def _settings_of(given: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    for name in given:
        if name not in {FOLDER, OWN}:
            raise SourceError(f"A folder has no setting {name!r}.", f"Use {FOLDER}, {OWN}.")
    written = given.get(FOLDER, "").strip()
    if not written:
        raise SourceError("The folder is missing.", "Choose one.")
    folder = Path(written).expanduser().absolute()
    if not folder.is_dir():
        raise SourceError("There is no such folder.", "Choose one that is there.")
    own = []
    for text in given.get(OWN, "").replace(";", ",").split(","):
        address = canonical(text) if text.strip() else None
        if text.strip() and address is None:
            raise SourceError(f"{text.strip()!r} is not an e-mail address.", "Part several addresses by commas.")
        own += [address] if address else []
    return {FOLDER: str(folder)}, tuple(own)


def _check(settings: Mapping[str, str], _secret: str) -> Found:
    sorts = [_sorted(lying) for lying in files_in(Path(settings[FOLDER]))]
    counts = tuple(
        (label, str(sorts.count(sort)))
        for label, sort in (("Mail", Sort.MAIL), ("Tables", Sort.TABLE), ("Surveys", Sort.SURVEY))
        if sort in sorts
    )
    count = len([one for one in sorts if one])
    return Found(f"{count} of {len(sorts)} files can be read; others appear when they are put there.", facts=counts)


def _sorted(lying: Lying) -> Sort | None:
    try:
        return sort_of(lying.path)
    except OSError:
        return None


@dataclass(slots=True)
class Reading:
    """One look at the folder: what was read of it, and how much."""

    pulling: Pulling
    marks: dict[str, str]
    total: int = 0
    done: int = 0
    _mails: list[Lying] = field(default_factory=list)

    def pages(self, lying: tuple[Lying, ...]) -> Iterator[Page]:
        """Pages of the files; the cursor moves with the last page of each, or of some mails together."""
        self.total = len(lying)
        for one in lying:
            sort = _sorted(one)
            if sort is Sort.MAIL:
                self._mails.append(one)
                if len(self._mails) < _MAILS_AT_ONCE:
                    continue
            yield from self._gathered()
            if sort not in (None, Sort.MAIL):
                yield from self.read([one], sort)
            elif sort is None:
                self.done += 1
                self.marks[one.name] = one.mark
            if self.pulling.stop.is_set():
                return
        yield from self._gathered()

    def _gathered(self) -> Iterator[Page]:
        mails, self._mails = self._mails, []
        if mails:
            yield from self.read(mails, Sort.MAIL)

    def read(self, lying: list[Lying], sort: Sort) -> Iterator[Page]:
        """Pages of some mails together, or of one file of another sort; one that is damaged becomes a rejected record."""
        last: Page | None = None
        try:
            for page in self._child(lying, sort):
                if self.pulling.stop.is_set():
                    return
                if last is not None:
                    yield self._page(last, lying[0])
                last = page
        except SourceError as error:
            if last is not None:
                yield self._page(last, lying[0])
            if len(lying) > 1:
                # One of them is damaged; which one, shows when they are read one by one.
                for one in lying:
                    yield from self.read([one], sort)
                return
            refused = Rejected(f"file:{lying[0].name}", str(error), json.dumps({"file": lying[0].name}).encode())
            last = Page(STREAM, (), rejected=(refused,))
        for one in lying:
            self.marks[one.name] = one.mark
        self.done += len(lying)
        yield self._page(last or Page(STREAM, ()), lying[0], cursor=cursor_of(self.marks))

    def _child(self, lying: list[Lying], sort: Sort) -> Iterator[Page]:
        paths = [str(one.path) for one in lying]
        if sort is Sort.TABLE:
            arguments: dict[str, object] = {"plan": plan_to_json(_plan_of(paths[0]))}
        else:
            own = sorted(self.pulling.own_addresses)
            arguments = {"paths": paths, "own_addresses": own, "now": clock.now().isoformat()}
        return pages_in_child(sort.value, arguments, seconds_without_page=_SECONDS_WITHOUT_PAGE)

    def _page(self, page: Page, lying: Lying, *, cursor: str | None = None) -> Page:
        records = tuple(_said_in(record, lying.name) for record in page.records)
        return Page(STREAM, records, cursor, page.rejected, done=self.done, total=self.total)


def _said_in(record: Record, name: str) -> Record:
    """What tables say of somebody is what this file says: another file, or a row without a column, takes nothing of it back."""
    if isinstance(record, (CustomerRecord, CompanyRecord)) and not record.saying:
        return replace(record, saying=name)
    return record


def _plan_of(path: str) -> ImportPlan:
    """Columns as they are guessed. Raises SourceError where somebody would have to choose."""
    arguments = {"path": path, "kind": "", "choice": None}
    plan = result_in_child("preview", arguments, ImportPlan, seconds=_GUESS_SECONDS)
    if reason := can_import(plan):
        raise SourceError(f"{reason}.", "Change the file, or import it by hand, where columns can be chosen.")
    return plan


def _pull(pulling: Pulling) -> Iterator[Page]:
    marks = marks_of(pulling.cursor_by_stream.get(STREAM))
    if STREAM in pulling.streams_off:
        return
    now = clock.now().timestamp()
    lying = files_in(Path(pulling.settings[FOLDER]))
    # A file that is being written changes again at once, and is read whole a moment later.
    changed = tuple(
        one for one in lying if marks.get(one.name) != one.mark and not 0 <= now - one.changed_at < _SETTLED_SECONDS
    )
    reading = Reading(pulling, marks)
    yield from reading.pages(changed)
    if not pulling.stop.is_set():
        here = {one.name for one in lying}
        cursor = cursor_of({name: mark for name, mark in reading.marks.items() if name in here})
        yield Page(
            STREAM, (), cursor, is_last=True, done=reading.done, total=reading.total, coverage=Coverage(remark=_REMARK)
        )


def _wait_for_news(settings: Mapping[str, str], _secret: str, news: Event, seconds: float) -> None:
    """Until a file appears, changes, or has just been left to settle. Raises SourceError where the folder is gone."""
    folder = Path(settings[FOLDER])
    started = clock.monotonic()
    before = _marks(files_in(folder))
    since = clock.now().timestamp() - 2 * _SETTLED_SECONDS
    while clock.monotonic() - started < seconds:
        if news.wait(_LOOK_SECONDS):
            return
        lying = files_in(folder)
        if _marks(lying) != before or any(one.changed_at >= since for one in lying):
            news.wait(_SETTLED_SECONDS)
            return


def _marks(lying: tuple[Lying, ...]) -> set[tuple[str, str]]:
    return {(one.name, one.mark) for one in lying}


CONNECTOR = Connector(KIND, _settings_of, _check, _pull, _wait_for_news, _SECONDS_BETWEEN)
