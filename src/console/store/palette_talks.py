"""The palette's search in what was said: conversations, messages and notes, the newest first, narrowed by conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from console.domain.ids import ConversationId
from console.domain.search import Hit, HitKind
from console.domain.search_query import Term, holds, spans
from console.store.connection import Connection, Row
from console.store.dialect import IN_LIST, listed
from console.store.inbox import STANDING
from console.store.moments import moment
from console.store.palette_filters import Narrowed
from console.store.search import EVERY, match_expression, messages_at, messages_found, notes_found
from console.store.search_rows import Entry, messages_of
from console.store.segment_tests import Clause

_ROUNDS = (200, 800, 5_000)
_NEWEST = 0x7FFF_FFFF_FFFF_FFFF
_MICROS, _MESSAGE_BITS = 1_000_000, 6
_RARE, _MOST_TALKS, _SCANNED, _EVERY_ROW = 300, 500, 2_000, 1 << 60
_STATES = ("open", "snoozed", "closed")
_MATCHES = "SELECT count(*) FROM (SELECT 1 FROM message_words WHERE message_words MATCH ? LIMIT ?)"

_TALKS = f"""SELECT c.id, c.subject, c.nickname, c.channel, c.state, c.last_at, c.assignee, c.preview, c.customer_id,
       coalesce(nullif(u.name, ''), u.email, '') AS customer
FROM conversations c LEFT JOIN customers u ON u.id = c.customer_id
WHERE c.id IN {IN_LIST} AND c.merged_into IS NULL ORDER BY c.last_at DESC, c.id DESC"""
_TITLED = """SELECT w.rowid, r.scope FROM message_words w CROSS JOIN message_rows r ON r.id = w.rowid
WHERE w.message_words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each kind: terms, conditions, and how many hits at most; ``folded``: the words, folded.

    ``everybody``: the same conditions in the form that is right for asking everybody. ``few``: the customers who meet them
    where they are few; None where they are many, or conditions say nothing of them. Both are worked out once.
    """

    index: Connection
    connection: Connection
    wanted: tuple[Term, ...]
    narrowed: Narrowed
    limit: int
    folded: str
    everybody: Callable[[], Narrowed]
    few: Callable[[], list[int] | None]


def conversations(question: Question) -> list[Hit]:
    """Conversations by their subjects; with conditions alone all that meet them."""
    clause = _in_time(question.narrowed)
    if clause is None:
        return []
    if not question.wanted:
        return talks_of(question.connection, _newest(question, clause), ())
    expression = f"{{subject}} : ({match_expression(question.wanted)})"
    below, keys = _NEWEST, dict[int, None]()
    for size in _ROUNDS:
        found = question.index.exec_driver_sql(_TITLED, (expression, below, size)).fetchall()
        keys.update(dict.fromkeys(_passing(question, clause, [row[1] for row in found])))
        if len(found) < size or len(keys) >= question.limit:
            break
        if not keys and _is_of_few(question):
            keys.update(dict.fromkeys(_of_few(question, lambda entry: entry.texts[:1])))
            break
        below = found[-1][0]
    else:
        keys.update(dict.fromkeys(_of_few(question, lambda entry: entry.texts[:1])))
    return talks_of(question.connection, list(keys)[: question.limit], question.wanted)


def messages(question: Question) -> list[Hit]:
    """The newest matching message of each conversation."""
    narrowed = question.narrowed
    clause = narrowed.conversation
    if clause is None or not question.wanted:
        return []
    found = _messages(question, clause, _ROUNDS[:1]) if narrowed.is_any else []
    is_told_by_few = narrowed.is_any and not found and _is_of_few(question)
    if not is_told_by_few:
        found = _messages(question, clause, _ROUNDS if narrowed.is_any else ())
    if len(found) >= question.limit or clause == EVERY or not (is_told_by_few or _has_more(question)):
        return found
    few = _of_few(question, lambda entry: entry.texts)
    known = {hit.conversation_id for hit in found}
    more = [key for talk, key in few.items() if talk not in known]
    return [*found, *messages_at(question.connection, more, question.wanted)][: question.limit]


def _messages(question: Question, clause: Clause, rounds: Sequence[int]) -> list[Hit]:
    """Those that pass among the newest of everybody's that hold the words."""
    return messages_found(
        question.index,
        question.connection,
        question.wanted,
        question.limit,
        below=_key_at(question.narrowed.high, _NEWEST),
        least=_key_at(question.narrowed.low, 0),
        rounds=rounds,
        passes=partial(_passing, question, clause) if clause != EVERY else None,
    )


def notes(question: Question) -> list[Hit]:
    """Notes by their words: of customers, companies and conversations that meet the conditions."""
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
        if one is not None
    ]
    if not tests:
        return []
    either = " OR ".join(one.sql for one in tests)
    arguments = tuple(argument for one in tests for argument in one.arguments)
    reach = (0 if narrowed.low is None else narrowed.low, _NEWEST if narrowed.high is None else narrowed.high)
    clause = Clause(f"x.at >= ? AND x.at < ? AND ({either})", (*reach, *arguments))
    return notes_found(question.index, question.connection, question.wanted, question.limit, clause)


def talks_of(connection: Connection, keys: Sequence[int], wanted: Sequence[Term]) -> list[Hit]:
    """Conversations as hits, the newest first; those that were joined to others are left out."""
    rows = connection.exec_driver_sql(_TALKS, (listed(keys),)).fetchall()
    return [_talk(row, wanted) for row in rows]


def _of_few(question: Question, texts: Callable[[Entry], Sequence[str]]) -> dict[int, int]:
    """Where few customers meet the conditions: of each of their conversations the newest message that holds the words.

    Words that are frequent would hide them behind the messages of all others; theirs are read one by one.
    """
    clause, few = question.narrowed.conversation, question.few()
    if few is None or clause is None:
        return {}
    connection = question.connection
    talks = connection.exec_driver_sql(
        f"""SELECT c.id FROM conversations c WHERE c.customer_id IN {IN_LIST} AND {clause.sql}
            ORDER BY c.last_at DESC LIMIT ?""",
        (listed(few), *clause.arguments, _MOST_TALKS),
    ).fetchall()
    least, below = _key_at(question.narrowed.low, 0), _key_at(question.narrowed.high, _NEWEST)
    found: dict[int, int] = {}
    for entry in reversed(messages_of(connection, [row[0] for row in talks])):
        is_in_time = least <= entry.id < below
        if is_in_time and entry.scope not in found and holds(" \n ".join(texts(entry)), question.wanted):
            found[entry.scope] = entry.id
    return found


def few_customers(connection: Connection, everybody: Narrowed) -> list[int] | None:
    """The customers who meet the conditions where they are few; None where they are many, or conditions say nothing of them."""
    wide = everybody.customer
    if wide is None or wide == EVERY:
        return None
    rows = connection.exec_driver_sql(
        f"SELECT u.id FROM customers u WHERE u.merged_into IS NULL AND {wide.sql} LIMIT ?", (*wide.arguments, _RARE + 1)
    ).fetchall()
    return None if len(rows) > _RARE else [row[0] for row in rows]


def _is_of_few(question: Question) -> bool:
    """Whether whatever passes is a conversation of a few customers, whose own need not be looked for among everybody's."""
    return question.narrowed.is_of_customers and question.few() is not None


def _has_more(question: Question) -> bool:
    """Whether more messages hold the words than are looked at for those that meet the conditions."""
    looked_at = sum(_ROUNDS)
    rows = question.index.exec_driver_sql(_MATCHES, (match_expression(question.wanted), looked_at)).scalar_one()
    return rows >= looked_at


def _in_time(narrowed: Narrowed) -> Clause | None:
    """The test on conversations, in which something was said in time."""
    clause = narrowed.conversation
    if clause is None or (narrowed.low is None and narrowed.high is None):
        return clause
    reach = (_NEWEST if narrowed.high is None else narrowed.high, 0 if narrowed.low is None else narrowed.low)
    return Clause(f"(c.first_at < ? AND c.last_at >= ? AND {clause.sql})", (*reach, *clause.arguments))


def _key_at(moment_: float | None, otherwise: int) -> int:
    """The first key of a message that can have been said at a moment: a message's key is its second."""
    return otherwise if moment_ is None else int(moment_) // _MICROS << _MESSAGE_BITS


def _newest(question: Question, clause: Clause) -> list[int]:
    """The newest conversations that pass: found among the newest of all, else through the few customers that pass, else
    by looking at all."""
    found = [_newest_of(question, state, clause) for state in _STATES]
    if any(keys is None for keys in found):
        few = question.few()
        if few is not None:
            rows = question.connection.exec_driver_sql(
                f"""SELECT c.last_at, c.id FROM conversations c WHERE c.customer_id IN {IN_LIST} AND c.merged_into IS NULL
                    AND {clause.sql} ORDER BY c.last_at DESC, c.id DESC LIMIT ?""",
                (listed(few), *clause.arguments, question.limit),
            ).fetchall()
            found = [[tuple(row) for row in rows]]
        else:
            wide = _in_time(question.everybody()) or EVERY
            found = [_newest_of(question, state, wide, scanned=_EVERY_ROW) for state in _STATES]
    ordered = sorted((one for keys in found if keys for one in keys), reverse=True)
    return [key for _, key in ordered[: question.limit]]


def _newest_of(
    question: Question, state: str, clause: Clause, *, scanned: int = _SCANNED
) -> list[tuple[int, int]] | None:
    """When and which, of one state, which is how the index has them; None where more would have to be looked at."""
    rows = question.connection.exec_driver_sql(
        f"""SELECT c.last_at, c.id FROM (
                SELECT id, customer_id, company_id, channel, state, assignee, unread_count, first_at, last_at
                FROM conversations WHERE state = ? AND merged_into IS NULL ORDER BY last_at DESC, id DESC LIMIT ?) c
            WHERE {clause.sql} ORDER BY c.last_at DESC, c.id DESC LIMIT ?""",
        (state, scanned, *clause.arguments, question.limit),
    ).fetchall()
    if len(rows) < question.limit and scanned < _EVERY_ROW:
        standing = question.connection.exec_driver_sql(STANDING, (state, scanned)).scalar_one()
        if standing >= scanned:
            return None
    return [tuple(row) for row in rows]


def _passing(question: Question, clause: Clause, keys: Sequence[int]) -> list[int]:
    """Those of the conversations that meet the conditions, in their order."""
    if clause == EVERY:
        return list(keys)
    rows = question.connection.exec_driver_sql(
        f"SELECT c.id FROM conversations c WHERE c.id IN {IN_LIST} AND {clause.sql}", (listed(keys), *clause.arguments)
    ).fetchall()
    there = {row[0] for row in rows}
    return [key for key in keys if key in there]


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
