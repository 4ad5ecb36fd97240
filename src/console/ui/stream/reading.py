"""The part of a stream that is in memory: read in the background, page by page, in both directions, never more than some pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from console.domain.activity import Line, LineKey, LineKind, StreamFilter, StreamPage
from console.domain.edits import Owner
from console.store import activity
from console.ui.session import Session

MOST_LOADED = 600
_ENOUGH = 20
_FIRST_REF = -(1 << 63)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose stream, what of it, up to when (aware UTC, None: now), and from which moment on (None: from the newest)."""

    owner: Owner
    wanted: StreamFilter = field(default_factory=StreamFilter)
    until: datetime | None = None
    start: datetime | None = None


class StreamReading(QObject):
    """The lines around where the teammate looks, newest first.

    Signals:
        changed: `lines`, `has_older` or `has_newer` are others.
        failed: a sentence: a page could not be read; what was there stays.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question: Question | None = None
        self._older: LineKey | None = None
        self._newer: LineKey | None = None
        self.lines: tuple[Line, ...] = ()
        self.is_first = True
        self._is_asking = False
        self._asked: Callable[[], None] = self.refresh

    @property
    def has_older(self) -> bool:
        """Whether there is more below."""
        return self._older is not None

    @property
    def has_newer(self) -> bool:
        """Whether there is more above."""
        return self._newer is not None

    def open(self, question: Question) -> None:
        """Reads another stream, or another part of it, from its first page on."""
        self._question, self.lines, self.is_first = question, (), True
        self._older = self._newer = None
        start = None if question.start is None else LineKey(question.start, LineKind.MESSAGE, _FIRST_REF)
        self._ask(question, start, self._take_first)

    def read_older(self) -> None:
        """The next page below; nothing where there is none or one is on its way."""
        if self._question is not None and self._older is not None and not self._is_asking:
            self._ask(self._question, self._older, self._take_older)

    def read_newer(self) -> None:
        """The next page above."""
        if self._question is not None and self._newer is not None and not self._is_asking:
            self._ask(self._question, self._newer, self._take_newer, is_up=True)

    def refresh(self) -> None:
        """Reads again what is in memory: something of it became stale."""
        question = self._question
        if question is None or self.is_first:
            return
        start = None
        if self.has_newer and self.lines:
            # From just above the first line on, so that it is read as well.
            start = LineKey(self.lines[0].at + timedelta(microseconds=1), LineKind.MESSAGE, _FIRST_REF)
        self._ask(question, start, self._take_again, limit=max(activity.PAGE, len(self.lines)))

    def try_again(self) -> None:
        """What failed once more."""
        self._asked()

    def _ask(
        self,
        question: Question,
        key: LineKey | None,
        then: Callable[[StreamPage], None],
        *,
        is_up: bool = False,
        limit: int = activity.PAGE,
    ) -> None:
        def answered(page: StreamPage) -> None:
            self._is_asking = False
            then(page)

        def again() -> None:
            self._is_asking = True
            self._session.background.run(
                lambda: _page(self._session, question, key, is_up=is_up, limit=limit),
                answered,
                asker=self,
                about="page",
                failed=self._fail,
            )

        self._asked = again
        again()

    def _fail(self, error: Exception) -> None:
        self._is_asking = False
        self.failed.emit(str(error))

    def _take_first(self, page: StreamPage) -> None:
        question = self._question
        if question is not None and question.start is not None:
            key = LineKey(question.start, LineKind.MESSAGE, _FIRST_REF)
            # The line at this very key is none of those below, so reading upwards begins just before it.
            self._newer = page.lines[0].key if page.lines else key
        self._take_older(page)

    def _take_older(self, page: StreamPage) -> None:
        self.lines, self._older, self.is_first = (*self.lines, *page.lines), page.following, False
        if len(self.lines) > MOST_LOADED:
            self.lines = self.lines[-MOST_LOADED:]
            self._newer = self.lines[0].key
        self._go_on(page, self.read_older)

    def _take_newer(self, page: StreamPage) -> None:
        self.lines, self._newer = (*page.lines, *self.lines), page.following
        if len(self.lines) > MOST_LOADED:
            self.lines = self.lines[:MOST_LOADED]
            self._older = self.lines[-1].key
        self._go_on(page, self.read_newer)

    def _take_again(self, page: StreamPage) -> None:
        self.lines, self._older = page.lines, page.following
        if self._newer is not None and page.lines:
            self._newer = page.lines[0].key
        self.changed.emit()

    def _go_on(self, page: StreamPage, further: Callable[[], None]) -> None:
        """A narrow filter finds little in one step: looks on by itself until there is something to see."""
        self.changed.emit()
        if page.following is not None and len(page.lines) < _ENOUGH:
            further()
        elif not self.lines and self.has_newer:
            self.read_newer()


def _page(session: Session, question: Question, key: LineKey | None, *, is_up: bool, limit: int) -> StreamPage:
    owner, wanted, until = question.owner, question.wanted, question.until
    with session.workspace.database.read() as connection, session.workspace.search.read() as index:
        if is_up and key is not None:
            return activity.page_after(connection, owner, wanted, key, until=until, limit=limit, index=index)
        return activity.page(connection, owner, wanted, key, until=until, limit=limit, index=index)
