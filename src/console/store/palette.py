"""The palette's search: every kind of thing by words and conditions, all time, each kind in the order in which it is most wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.domain.ids import ConversationId
from console.domain.palette_query import Part, asked, nearest_field
from console.domain.search import Hit, HitKind
from console.domain.search_query import Term, fold, spans, terms
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.moments import moment
from console.store.palette_filters import Fields, Narrowed, NoFilter
from console.store.palette_words import properties_called, segments_called, tags_called
from console.store.schema.search import is_of_this_version
from console.store.search import match_expression, messages_found, notes_found, owners_found, owners_of
from console.store.segment_tests import Clause
from console.store.spelling import owners_nearly_called
from console.store.workspace import Workspace

PEOPLE = (HitKind.CUSTOMER, HitKind.COMPANY)
_FEW = 3
_LOOKED_AT = 2_000
_ROUNDS = (200, 800, 3_200, 12_800)
_NEWEST = 0x7FFF_FFFF_FFFF_FFFF
_MICROS, _MESSAGE_BITS = 1_000_000, 6

_TALKS = f"""SELECT c.id, c.subject, c.nickname, c.channel, c.state, c.last_at, c.assignee, c.preview, c.customer_id,
       coalesce(nullif(u.name, ''), u.email, '') AS customer
FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id
WHERE c.id IN {IN_LIST} AND c.merged_into IS NULL ORDER BY c.last_at DESC, c.id DESC"""
_TITLED = """SELECT w.rowid, r.scope FROM message_words w CROSS JOIN message_rows r ON r.id = w.rowid
WHERE w.message_words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?"""


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


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of each kind: terms, conditions, and how many hits at most."""

    index: Connection
    connection: Connection
    wanted: tuple[Term, ...]
    narrowed: Narrowed
    limit: int
    folded: str = field(default="")


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
            narrowed = fields.narrow(read.parts, of_few=bool(wanted))
        except NoFilter as error:
            return Answer(problem=Problem(error.sentence, error.part.start, error.part.end))
        answer = Answer(words=read.words, parts=read.parts, field=nearest_field(text, fields.names))
        if not wanted and not narrowed.is_any:
            return answer
        if not is_of_this_version(index) and wanted:
            return answer
        question = _Question(index, connection, wanted, narrowed, max(1, limit), fold(read.words).strip())
        return _answered(question, tuple(kinds), answer)


def kept_hits(workspace: Workspace, keys: Sequence[tuple[HitKind, int]]) -> tuple[Hit, ...]:
    """Customers, companies and conversations by their keys, in the order given; those that are gone are left out."""
    with workspace.database.read() as connection:
        found: dict[tuple[HitKind, int], Hit] = {}
        for kind in dict.fromkeys(kind for kind, _ in keys):
            of_kind = [key for one, key in keys if one is kind]
            if kind in PEOPLE:
                hits = owners_of(connection, kind, of_kind, ())
            else:
                rows = connection.exec_driver_sql(_TALKS, (listed(of_kind),)).fetchall()
                hits = [_talk(row, ()) for row in rows]
            found.update({(kind, int(hit.id)): hit for hit in hits})
    return tuple(found[key] for key in keys if key in found)


def _answered(question: _Question, kinds: Sequence[HitKind], answer: Answer) -> Answer:
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


def _owners(question: _Question, kind: HitKind) -> tuple[list[Hit], str]:
    """Customers or companies, and the word that was likely meant where no name holds the typed one."""
    narrowed = question.narrowed
    clause = narrowed.customer if kind is HitKind.CUSTOMER else narrowed.company
    if clause is None:
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


def _all_owners(question: _Question, kind: HitKind, clause: Clause) -> list[Hit]:
    table = "customers u" if kind is HitKind.CUSTOMER else "companies y"
    row = table[-1]
    rows = question.connection.exec_driver_sql(
        f"""SELECT {row}.id FROM {table} WHERE {row}.merged_into IS NULL AND {clause.sql}
            ORDER BY {row}.last_seen DESC LIMIT ?""",
        (*clause.arguments, question.limit),
    ).fetchall()
    return owners_of(question.connection, kind, [row[0] for row in rows], question.wanted)


def _conversations(question: _Question) -> list[Hit]:
    clause = question.narrowed.conversation
    if clause is None:
        return []
    if not question.wanted:
        return _talks(question, _newest(question, clause))
    expression = f"{{subject}} : ({match_expression(question.wanted)})"
    below, keys = _below(question.narrowed), dict[int, None]()
    for size in _ROUNDS:
        found = question.index.exec_driver_sql(_TITLED, (expression, below, size)).fetchall()
        keys.update(dict.fromkeys(_passing(question, clause, [row[1] for row in found])))
        if len(found) < size or len(keys) >= question.limit:
            break
        below = found[-1][0]
    return _talks(question, list(keys)[: question.limit])


def _newest(question: _Question, clause: Clause) -> list[int]:
    """The newest conversations that pass, one arm for each state, which is how the index has them."""
    arms = [
        f"""SELECT * FROM (SELECT c.last_at, c.id FROM conversations c WHERE c.state = '{state}' AND c.merged_into IS NULL
            AND {clause.sql} ORDER BY c.last_at DESC, c.id DESC LIMIT ?)"""
        for state in ("open", "snoozed", "closed")
    ]
    arguments = (*(*clause.arguments, question.limit) * len(arms), question.limit)
    statement = f"{' UNION ALL '.join(arms)} ORDER BY 1 DESC, 2 DESC LIMIT ?"
    return [row[1] for row in question.connection.exec_driver_sql(statement, arguments).fetchall()]


def _passing(question: _Question, clause: Clause, keys: Sequence[int]) -> list[int]:
    """Those of the conversations that meet the conditions, in their order."""
    if clause.sql == "1":
        return list(keys)
    rows = question.connection.exec_driver_sql(
        f"SELECT c.id FROM conversations c WHERE c.id IN {IN_LIST} AND {clause.sql}", (listed(keys), *clause.arguments)
    ).fetchall()
    there = {row[0] for row in rows}
    return [key for key in keys if key in there]


def _talks(question: _Question, keys: Sequence[int]) -> list[Hit]:
    rows = question.connection.exec_driver_sql(_TALKS, (listed(keys),)).fetchall()
    return [_talk(row, question.wanted) for row in rows]


def _talk(row: Row, wanted: Sequence[Term]) -> Hit:
    title = row.subject or row.preview
    who = row.customer or row.nickname
    return Hit(
        kind=HitKind.CONVERSATION,
        id=str(row.id),
        title=title,
        snippet=who,
        at=moment(row.last_at),
        conversation_id=ConversationId(row.id),
        spans=spans(who, wanted),
        title_spans=spans(title, wanted),
        customer_id=row.customer_id,
        channel=row.channel,
        state=row.state,
        assignee=row.assignee or "",
    )


def _messages(question: _Question) -> list[Hit]:
    narrowed = question.narrowed
    clause = narrowed.conversation
    if clause is None or not question.wanted:
        return []
    passes: Callable[[Sequence[int]], Iterable[int]] = lambda keys: _passing(question, clause, keys)  # noqa: E731
    return messages_found(
        question.index,
        question.connection,
        question.wanted,
        question.limit,
        below=_below(narrowed),
        rounds=_ROUNDS if narrowed.is_any else (),
        passes=passes if clause.sql != "1" else None,
        message=narrowed.message,
    )


def _notes(question: _Question) -> list[Hit]:
    narrowed = question.narrowed
    if not question.wanted:
        return []
    if not narrowed.is_any:
        return notes_found(question.index, question.connection, question.wanted, question.limit)
    owners = (
        ("customer", "customers u", narrowed.customer),
        ("company", "companies y", narrowed.company),
        ("conversation", "conversations c", narrowed.conversation),
    )
    tests = [
        Clause(
            f"(x.owner_kind = '{kind}' AND EXISTS (SELECT 1 FROM {rows} WHERE {rows[-1]}.id = x.owner_id AND {one.sql}))",
            one.arguments,
        )
        for kind, rows, one in owners
        if one is not None and narrowed.low is narrowed.high
    ]
    if narrowed.low is not None or narrowed.high is not None:
        tests = [Clause("x.at >= ? AND x.at < ?", (narrowed.low or 0, narrowed.high or _NEWEST))]
    if not tests:
        return []
    clause = Clause(
        " OR ".join(one.sql for one in tests), tuple(argument for one in tests for argument in one.arguments)
    )
    return notes_found(question.index, question.connection, question.wanted, question.limit, clause)


def _below(narrowed: Narrowed) -> int:
    """The row before which everything lies that was said in time: a message's key is its second."""
    return _NEWEST if narrowed.high is None else (int(narrowed.high) // _MICROS + 1) << _MESSAGE_BITS


def _words(find: Callable[[Connection, str, int], list[Hit]]) -> Callable[[_Question], list[Hit]]:
    """Tags, properties and segments are found by their own words, where nothing narrows."""
    return lambda question: (
        []
        if question.narrowed.is_any or not question.folded
        else find(question.connection, question.folded, question.limit)
    )


_FINDERS: dict[HitKind, Callable[[_Question], list[Hit]]] = {
    HitKind.CONVERSATION: _conversations,
    HitKind.MESSAGE: _messages,
    HitKind.NOTE: _notes,
    HitKind.TAG: _words(tags_called),
    HitKind.PROPERTY: _words(properties_called),
    HitKind.SEGMENT: _words(segments_called),
}
