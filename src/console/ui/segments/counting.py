"""Counting while somebody edits: 300 ms after the last key, the old number dimmed until then; and who is explained."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, Condition, Rule, Subject, Verb, conditions_of
from console.domain.segments import Segment
from console.store.property_values import values_of
from console.store.segments import GivenSegment, Member, Span, members
from console.ui.segments import draft as d
from console.ui.segments import reading
from console.ui.segments.beside import Beside
from console.ui.segments.middle import Middle
from console.ui.segments.reading import Fitting, Why
from console.ui.segments.rule_row import RuleRow
from console.ui.session import Session

PAUSE_MS = 300
_DAY = timedelta(days=1)


class Counting(QObject):
    """Asks who fits the rules and why, and shows it in the two columns."""

    def __init__(self, session: Session, middle: Middle, beside: Beside, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._middle, self._beside = session, middle, beside
        self._owner_kind = OwnerKind.CUSTOMER
        self._segment: int | None = None
        self._rule: Rule = AllOf(())
        self._left_out = 0
        self._turn = 0
        self._is_asking = False
        self._fitting: Fitting | None = None
        self._picked: Member | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.count)
        beside.shuffled.connect(self._shuffle)
        beside.picked.connect(self._pick)
        middle.sought.connect(self._seek)
        middle.editor.sought.connect(self._offer)

    def begin(self, segment: Segment, draft: d.Group, *, is_kept: bool) -> None:
        """Counts a segment that was just chosen; of one that is kept, who joined and left is shown as well."""
        if (segment.id, segment.owner_kind) != (self._segment, self._owner_kind):
            self._picked = None
        self._owner_kind, self._segment = segment.owner_kind, segment.id
        self._take(draft)
        self.count()
        now = self._session.now()
        if is_kept and segment.made_at is not None:
            show = partial(self._show_moved, segment.id, segment.made_at)
            self._session.ask(lambda c: reading.moved_since(c, segment.id, now), show, asker=self, about="moved")
        else:
            self._beside.show_moved(0, (), now)

    def show_given(self, given: GivenSegment) -> None:
        """Who is in a segment that a source keeps."""
        self._owner_kind, self._segment, self._left_out = OwnerKind.CUSTOMER, None, 0
        self._rule = Condition(Subject.SEGMENT, Verb.IS, (given.name,))
        self._beside.show_moved(0, (), self._session.now())
        self.count()

    def expect(self, draft: d.Group) -> None:
        """The rules are different: they are counted once somebody has stopped typing."""
        before = self._rule, self._left_out
        self._take(draft)
        if (self._rule, self._left_out) != before:
            self._beside.wait()
            self._pause.start()

    def is_counting(self) -> bool:
        """Whether the number is not of the rules that are shown."""
        return self._pause.isActive() or self._is_asking

    def count(self) -> None:
        """Counts now."""
        self._pause.stop()
        self._is_asking = True
        self._beside.wait()
        kind, rule, now, turn = self._owner_kind, self._rule, self._session.now(), self._turn
        self._session.ask(lambda c: reading.fitting(c, kind, rule, now, turn), self._show, asker=self, about="count")

    def _take(self, draft: d.Group) -> None:
        self._rule, self._left_out = d.rule_of(draft), len(d.unfinished(draft))

    def _show(self, found: Fitting) -> None:
        self._fitting, self._is_asking = found, False
        self._beside.show_fitting(found, self._owner_kind, self._left_out)
        is_asking = any(True for _ in conditions_of(self._rule))
        self._explain(0, found.sample[0] if found.sample and is_asking else None)
        self._explain(1, (self._picked or found.outside) if is_asking else None)

    def _explain(self, place: int, member: Member | None) -> None:
        now, zone = self._session.now(), self._fitting.zone if self._fitting else UTC
        if member is None:
            self._middle.show_why(place, None, self._owner_kind, now, zone)
            return
        kind, rule, segment = self._owner_kind, self._rule, self._segment

        def show(found: Why) -> None:
            self._middle.show_why(place, found, kind, now, zone)

        self._session.ask(
            lambda c: reading.why(c, kind, member, rule, segment, now), show, asker=self, about=f"why {place}"
        )

    def _show_moved(self, segment: int, made_at: datetime, found: tuple[int, tuple[Span, ...]]) -> None:
        if segment == self._segment:
            # On its first day everybody is new, which says nothing.
            more = found[0] if self._session.now() - made_at > _DAY else 0
            self._beside.show_moved(more, found[1], self._session.now())

    def _shuffle(self) -> None:
        self._turn += 1
        self.count()

    def _pick(self, member: Member) -> None:
        self._picked = member
        self._explain(1, member)

    def _seek(self, words: str) -> None:
        """Explains the first one whom the words name."""
        if not words:
            self._picked = None
            self._explain(1, self._fitting.outside if self._fitting else None)
            return
        kind, now = self._owner_kind, self._session.now()
        wanted = Condition(Subject.WORDS if kind is OwnerKind.CUSTOMER else Subject.NAME, Verb.CONTAINS, (words,))
        self._session.ask(lambda c: members(c, kind, wanted, 1, now=now), self._take_found, asker=self, about="seek")

    def _offer(self, row: RuleRow, words: str) -> None:
        """Tells a rule which values its property has."""
        condition = row.line.condition
        if condition is None:
            return
        kind = OwnerKind.COMPANY if condition.of_company else self._owner_kind
        name = condition.name
        self._session.ask(lambda c: values_of(c, kind, name, words), row.offer, asker=row, about="values")

    def _take_found(self, found: tuple[Member, ...]) -> None:
        if found:
            self._pick(found[0])
