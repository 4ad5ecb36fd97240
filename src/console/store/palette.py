"""The palette's search: every kind of thing by words and conditions, all time, each kind in the order in which it is most wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial

from console.domain.palette_query import Part, asked, nearest_field
from console.domain.search import Hit, HitKind
from console.domain.search_query import fold, terms
from console.store.connection import Connection, Row
from console.store.palette_filters import Fields, NoFilter
from console.store.palette_talks import Question, conversations, few_customers, messages, notes, talks_of
from console.store.palette_words import properties_called, segments_called, tags_called
from console.store.schema.search import is_of_this_version
from console.store.search import owners_found, owners_of
from console.store.segment_tests import Clause
from console.store.spelling import owners_nearly_called
from console.store.workspace import Workspace

PEOPLE = (HitKind.CUSTOMER, HitKind.COMPANY)
_FEW = 3
_LOOKED_AT, _SEEN_LATELY = 2_000, 2_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a condition cannot be understood, and from where to where in the text it stands."""

    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, group by group; ``problem`` instead where a condition makes no sense.

    ``spelled``: the word that was likely meant, where nothing holds the one that was typed. ``field``: the field that was
    likely meant. ``parts``: the conditions of the text, ``words`` all else.
    """

    hits: tuple[Hit, ...] = ()
    problem: Problem | None = None
    spelled: str = ""
    field: str = ""
    words: str = ""
    parts: tuple[Part, ...] = ()


def look_up(
    workspace: Workspace, text: str, kinds: Iterable[HitKind], limit: int, *, now: datetime | None = None
) -> Answer:
    """What ``text`` asks for among ``kinds``, at most ``limit`` of each; any text may be asked.

    With conditions alone (``plan:enterprise``) those who meet them, the last seen first; with neither conditions nor words
    nothing. Customers and companies whose names are only nearly so come after all others.
    """
    with workspace.search.read() as index, workspace.database.read() as connection:
        fields = Fields(connection, now)
        read = asked(text, fields.names)
        wanted = terms(read.words)
        try:
            narrowed = fields.narrow(read.parts, of_few=True)
        except NoFilter as error:
            return Answer(problem=Problem(error.sentence, error.part.start, error.part.end))
        answer = Answer(words=read.words, parts=read.parts, field=nearest_field(text, fields.names))
        if not wanted and not narrowed.is_any:
            return answer
        if not is_of_this_version(index) and wanted:
            return answer
        everybody = cache(partial(fields.narrow, read.parts, of_few=False))
        few = cache(lambda: few_customers(connection, everybody()))
        question = Question(
            index, connection, wanted, narrowed, max(1, limit), fold(read.words).strip(), everybody, few
        )
        return _answered(question, tuple(kinds), answer)


def kept_hits(workspace: Workspace, keys: Sequence[tuple[HitKind, int]]) -> tuple[Hit, ...]:
    """Customers, companies and conversations by their keys, in the order given; those that are gone are left out."""
    with workspace.database.read() as connection:
        found: dict[tuple[HitKind, int], Hit] = {}
        for kind in dict.fromkeys(kind for kind, _ in keys):
            of_kind = [key for one, key in keys if one is kind]
            hits = owners_of(connection, kind, of_kind, ()) if kind in PEOPLE else talks_of(connection, of_kind, ())
            found.update({(kind, int(hit.id)): hit for hit in hits})
    return tuple(found[key] for key in keys if key in found)


def _answered(question: Question, kinds: Sequence[HitKind], answer: Answer) -> Answer:
    hits: list[Hit] = []
    spelled = ""
    for kind in kinds:
        if kind in PEOPLE:
            found, near = _owners(question, kind)
            hits += found
            spelled = spelled or near
        elif kind in _FINDERS:
            hits += _FINDERS[kind](question)
    return replace(answer, hits=tuple(hits), spelled=spelled)


def _owners(question: Question, kind: HitKind) -> tuple[list[Hit], str]:
    """Customers or companies, and the word that was likely meant where no name holds the typed one."""
    narrowed = question.narrowed
    clause = narrowed.customer if kind is HitKind.CUSTOMER else narrowed.company
    if clause is None or narrowed.is_of_talk:
        return [], ""
    if not question.wanted:
        return _all_owners(question, kind, clause), ""
    found = owners_found(
        question.index, question.connection, kind, question.wanted, question.limit, clause, looked_at=_LOOKED_AT
    )
    if len(found) >= min(_FEW, question.limit):
        return found, ""
    known = {hit.id for hit in found}
    near = owners_nearly_called(question.index, question.connection, kind, question.wanted, clause, question.limit)
    more = [hit for hit in near.hits if hit.id not in known]
    return [*found, *more][: question.limit], near.spelled if not found and more else ""


def _all_owners(question: Question, kind: HitKind, clause: Clause) -> list[Hit]:
    """Everybody who passes, the last seen first: found among those seen lately, else by asking everybody at once."""
    is_customer = kind is HitKind.CUSTOMER
    table, row = ("customers", "u") if is_customer else ("companies", "y")
    lately = f"(SELECT * FROM {table} WHERE merged_into IS NULL ORDER BY last_seen DESC LIMIT {_SEEN_LATELY})"
    rows: list[Row] = []
    for source in (lately, table):
        if source == table:
            everybody = question.everybody()
            clause = (everybody.customer if is_customer else everybody.company) or clause
        rows = question.connection.exec_driver_sql(
            f"""SELECT {row}.id FROM {source} {row} WHERE {row}.merged_into IS NULL AND {clause.sql}
                ORDER BY {row}.last_seen DESC LIMIT ?""",
            (*clause.arguments, question.limit),
        ).fetchall()
        if len(rows) >= question.limit:
            break
    return owners_of(question.connection, kind, [one[0] for one in rows], question.wanted)


def _words(find: Callable[[Connection, str, int], list[Hit]]) -> Callable[[Question], list[Hit]]:
    """Tags, properties and segments are found by their own words, where nothing narrows."""
    return lambda question: (
        []
        if question.narrowed.is_any or not question.folded
        else find(question.connection, question.folded, question.limit)
    )


_FINDERS: dict[HitKind, Callable[[Question], list[Hit]]] = {
    HitKind.CONVERSATION: conversations,
    HitKind.MESSAGE: messages,
    HitKind.NOTE: notes,
    HitKind.TAG: _words(tags_called),
    HitKind.PROPERTY: _words(properties_called),
    HitKind.SEGMENT: _words(segments_called),
}
