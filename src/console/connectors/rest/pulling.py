"""Pulling the streams of a manifest: pages with the cursor after each, in an order that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.connectors.contract import Pulling
from console.connectors.errors import RecordError, SourceError
from console.connectors.rest import templates
from console.connectors.rest.asking import Asking, ForgottenError, Turned
from console.connectors.rest.lists import Lists
from console.connectors.rest.manifest import MessageMap, Stream
from console.connectors.rest.mapping import Taken, name_of, raw_of, records_of
from console.connectors.rest.paths import Scope, first_at, list_at
from console.connectors.rest.picks import key_of, texts_of
from console.connectors.rest.picks import text_of as text_of_pick
from console.connectors.rest.standing import Standing, kept_from, standings_of, text_of, values_of
from console.connectors.rest.values import moment_in
from console.connectors.rest.windows import turned_in_windows
from console.domain.records import Coverage, DeletionRecord, Page, Record, Rejected
from console.system import clock

_IDS_AT_ONCE = 100


@dataclass(slots=True)
class _Read:
    """What one page came to, the latest time in it, and whether it holds what was taken in already."""

    records: list[Record] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    latest: datetime | None = None
    is_behind: bool = False


@dataclass(slots=True)
class StreamPull:
    """One stream being pulled. ``keys`` begins the keys of its messages."""

    stream: Stream
    asking: Asking
    pulling: Pulling
    lists: Lists
    keys: str
    _standings: dict[str, Standing] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _done: int = 0
    _rejected: int = 0
    _is_whole: bool = True

    def pages(self) -> Iterator[Page]:
        """All pages; the last one is empty, moves the cursor, and says what is not given. Raises what asking raises."""
        self._standings = standings_of(self.pulling.cursor_by_stream.get(self.stream.name))
        for parent in self._parents():
            for attempt in (1, 2):
                try:
                    yield from self._of_parent(parent)
                    break
                except ForgottenError:
                    if attempt == 2:
                        raise
                    # Nothing is lost: everything comes again, and what is known already changes nothing.
                    self._standings.pop(parent, None)
        if not self.pulling.stop.is_set():
            yield from self._gone()
            yield self._page((), (), None, is_last=True)

    def _parents(self) -> Iterator[str]:
        if self.stream.parent is None:
            yield ""
            return
        if self.stream.parent.request is None:
            words = templates.text_of(self.stream.parent.each, self.asking.settings).split(",")
            yield from dict.fromkeys(word.strip() for word in words if word.strip())
            return
        for turned in self.asking.pages(self.stream.parent.request, {}):
            yield from (key_of(self.stream.parent.id, Scope(one)) for one in turned.records)

    def _of_parent(self, parent: str) -> Iterator[Page]:
        """All that is new of one parent; where the source gives only so many pages at once, asked on from the last of them."""
        most = self.stream.request.paging.most if self._is_moving() else 0
        while True:
            before, pages = self._standings.get(parent, Standing()), 0
            for page in self._asked_once(parent, before):
                pages += 1
                yield page
            if not most or pages < most or self.pulling.stop.is_set():
                return
            if self._standings.get(parent, Standing()) == before:
                raise SourceError(
                    "The source holds more records of one moment than it gives.",
                    "Ask the vendor for a way to read them all.",
                )

    def _is_moving(self) -> bool:
        return self.stream.cursor is not None and self.stream.cursor.is_ascending

    def _asked_once(self, parent: str, before: Standing) -> Iterator[Page]:
        now, cursor, latest = clock.now(), self.stream.cursor, before
        if cursor is not None and not before.is_whole(cursor, now):
            before = Standing()
        self._is_whole = self._is_whole and before == Standing()
        for turned in self._turned(parent, before, now):
            if self.pulling.stop.is_set():
                return
            taken = self._taken(turned, parent, before)
            latest = latest.seen(taken.latest, now)
            if cursor is not None and cursor.token:
                latest = latest.with_token(first_at(Scope(turned.answer), cursor.token))
            if cursor is not None and (cursor.is_ascending or cursor.token):
                self._standings[parent] = latest
            yield self._page(tuple(taken.records), tuple(taken.rejected), turned.total)
            if cursor is not None and cursor.is_descending and taken.is_behind:
                break
        if cursor is not None:
            # Newest first, or in no order: only now is everything before it known to be here.
            is_anew = cursor.whole_every and before == Standing()
            self._standings[parent] = replace(latest, whole_at=now) if is_anew else latest

    def _turned(self, parent: str, standing: Standing, now: datetime) -> Iterator[Turned]:
        stream, values = self.stream, {"parent": parent or None}
        if stream.cursor is None:
            return self.asking.pages(stream.request, values)
        if stream.window is not None:
            return turned_in_windows(self.asking, stream, standing, values, now)
        known = {**values, **values_of(stream.cursor, standing)}
        forgotten = stream.cursor.forgotten if standing.token else frozenset()
        return self.asking.pages(stream.request, known, forgotten)

    def _taken(self, turned: Turned, parent: str, before: Standing) -> _Read:
        read = _Read()
        for raw in turned.records:
            try:
                at = self._time_of(raw)
                if self._is_known(at, before):
                    read.is_behind = True
                    continue
                found, refused = self._mapped(raw, parent)
                read.latest = max(read.latest, at) if read.latest and at else read.latest or at
            except RecordError as error:
                found, refused = [], [Rejected(name_of(self.stream.maps[0], Scope(raw)), error.what, raw_of(raw))]
            read.records += found
            read.rejected += refused
        self._done += len(read.records)
        self._rejected += len(read.rejected)
        return read

    def _mapped(self, raw: Any, parent: str) -> tuple[list[Record], list[Rejected]]:
        known = Scope(raw, None, parent, self.lists.of(parent))
        lists = self.lists.of(parent, text_of_pick(self.stream.maps[0].id, known))
        scope = Scope(raw, None, parent, lists)
        if self.stream.detail is not None:
            values = {"id": key_of(self.stream.maps[0].id, scope), "parent": parent or None}
            answer = self.asking.found(self.stream.detail, values)
            whole = first_at(Scope(answer), self.stream.detail.records or ".") if answer is not None else None
            if whole is None:
                return [], []
            scope = Scope(whole, None, parent, lists)
        found, rejected = records_of(self.stream.maps, Taken(scope, self._said(scope, lists)), self.keys)
        if self.stream.is_snapshot:
            self._seen.update(one.external_id for one in found)
        return found, rejected

    def _said(self, scope: Scope, lists: Lists) -> list[list[Any]]:
        """Messages that are asked for beside the record, by the map's position."""
        talk = next((one for one in self.stream.maps if any(part.request for part in one.messages)), None)
        if talk is None:
            return []
        values = {"id": key_of(talk.id, scope), "parent": scope.parent or None}
        said: list[list[Any]] = []
        for part in talk.messages:
            said.append([])
            for turned in self._asked(part, scope, values):
                said[-1] += turned.records
                for name, beside in part.also.items():
                    lists.give(name, list_at(turned.answer, beside.at), beside.key)
        return said

    def _asked(self, part: MessageMap, scope: Scope, values: dict[str, Any]) -> Iterator[Turned]:
        if part.request is None:
            return
        if part.ids is None:
            yield from self.asking.pages(part.request, values)
            return
        ids = texts_of(part.ids, scope)
        for start in range(0, len(ids), _IDS_AT_ONCE):
            some = ",".join(ids[start : start + _IDS_AT_ONCE])
            yield from self.asking.pages(part.request, {**values, "ids": some})

    def _time_of(self, raw: Any) -> datetime | None:
        cursor = self.stream.cursor
        return moment_in(cursor.at, Scope(raw)) if cursor is not None and cursor.at is not None else None

    def _is_known(self, at: datetime | None, before: Standing) -> bool:
        start = kept_from(self.stream.cursor, before) if self.stream.cursor else None
        return start is not None and at is not None and at < start

    def _gone(self) -> Iterator[Page]:
        """After a finished snapshot: what the store knows and the source did not name is gone there."""
        if not (self.stream.is_snapshot and self._is_whole) or self._rejected:
            return
        prefix = f"{self.stream.maps[0].kind}:"
        missing = sorted(
            place for place in self.pulling.known_ids(prefix) if place.removeprefix(prefix) not in self._seen
        )
        if missing:
            yield self._page(tuple(DeletionRecord(place) for place in missing), (), None)

    def _page(
        self, records: tuple[Record, ...], rejected: tuple[Rejected, ...], total: int | None, *, is_last: bool = False
    ) -> Page:
        coverage = Coverage(remark=self.stream.limits) if is_last else None
        return Page(
            self.stream.name,
            records,
            text_of(self._standings),
            rejected,
            is_last=is_last,
            done=self._done,
            total=total,
            coverage=coverage,
        )
